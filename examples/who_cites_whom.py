"""Who cites whom: on whose word the outlets of a register report.

    pip install 'tocsin[polars,figures]'
    python examples/who_cites_whom.py demo.db -o cites.png

A cell is a number of articles of an outlet in which at least one record rests on the word of a source. What an article
says in its own voice cites nobody and is counted apart.
"""

from __future__ import annotations

import argparse

import matplotlib
import polars as pl

from tocsin import Register

matplotlib.use("Agg")
from matplotlib import pyplot as plt

SOURCES, OUTLETS = 15, 25  # that are drawn, the most frequent


def citations(register: str) -> tuple[pl.DataFrame, int]:
    """Articles by outlet and source, and how many records cite nobody."""
    with Register(register, read_only=True) as opened:
        frame = opened.to_polars()
    own = frame.filter(pl.col("said_by").list.len() == 0).height
    cited = (frame.select("outlet", "article", source="said_by").explode("source").drop_nulls()
             .group_by("outlet", "source").agg(articles=pl.col("article").n_unique()))
    return cited.sort("articles", "outlet", "source", descending=[True, False, False]), own


def matrix(cited: pl.DataFrame) -> tuple[list[str], list[str], list[list[int]]]:
    """The sources that most articles cite, the outlets that cite these most, and the numbers between them."""
    def most(table: pl.DataFrame, name: str, n: int) -> list[str]:
        ranked = table.group_by(name).agg(pl.sum("articles")).sort("articles", name, descending=[True, False])
        return ranked.head(n)[name].to_list()

    sources = most(cited, "source", SOURCES)
    outlets = most(cited.filter(pl.col("source").is_in(sources)), "outlet", OUTLETS)
    numbers = {(outlet, source): n for outlet, source, n in cited.iter_rows()}
    return outlets, sources, [[numbers.get((outlet, source), 0) for source in sources] for outlet in outlets]


def draw(outlets: list[str], sources: list[str], numbers: list[list[int]], output: str) -> None:
    """A table of shades with its numbers."""
    figure, axes = plt.subplots(figsize=(3 + 0.5 * len(sources), 2.5 + 0.3 * len(outlets)), layout="constrained")
    if outlets:
        axes.imshow(numbers, cmap="Blues", aspect="auto")
    axes.set_xticks(range(len(sources)), sources, rotation=60, ha="right")
    axes.set_yticks(range(len(outlets)), outlets)
    most = max((n for row in numbers for n in row), default=0)
    for y, row in enumerate(numbers):
        for x, n in enumerate(row):
            if n:
                axes.text(x, y, n, ha="center", va="center", color="white" if n > most / 2 else "black")
    axes.set_title("Articles of an outlet that report on the word of a source")
    figure.savefig(output, dpi=150)


def main() -> None:
    options = argparse.ArgumentParser(description="Who cites whom")
    options.add_argument("register")
    options.add_argument("-o", "--output", default="who_cites_whom.png")
    given = options.parse_args()
    cited, own = citations(given.register)
    print(cited.head(SOURCES))
    print(f"{own} records cite nobody")
    draw(*matrix(cited), given.output)


if __name__ == "__main__":
    main()
