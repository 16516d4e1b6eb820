"""Exercise tempo: how often military exercises are reported, by month, and who takes part.

    pip install 'tocsin[pandas,figures]'
    python examples/exercise_tempo.py demo.db -o tempo.png

The month is that of the exercise where the article tells it, else that of the article; the figure keeps the two apart.
"""

from __future__ import annotations

import argparse

import matplotlib
import pandas as pd

from tocsin import Register

matplotlib.use("Agg")
from matplotlib import pyplot as plt


def exercises(register: str) -> pd.DataFrame:
    """Exercises that were held or were under way, with their month and where the month is from."""
    with Register(register, read_only=True) as opened:
        frame = opened.to_pandas(type="military_exercise", status=["occurred", "ongoing"], historical=False)
    held = frame["earliest"].notna() & (frame["earliest"].dt.to_period("M") == frame["latest"].dt.to_period("M"))
    frame["month"] = frame["earliest"].where(held, frame["published"]).dt.to_period("M")
    frame["from"] = held.map({True: "month of the exercise", False: "month of the article"})
    return frame.dropna(subset="month")


def tempo(frame: pd.DataFrame) -> pd.DataFrame:
    """Records by month, every month between the first and the last, in two columns by where the month is from."""
    if frame.empty:
        return pd.DataFrame()
    counts = frame.groupby(["month", "from"]).size().unstack(fill_value=0)
    return counts.reindex(pd.period_range(counts.index.min(), counts.index.max(), freq="M"), fill_value=0)


def takers(frame: pd.DataFrame) -> pd.Series:
    """Exercises by country that takes part."""
    countries = frame["participant_country"].map(lambda found: sorted({one for one in found if one})).explode().dropna()
    return countries.value_counts().rename("records")


def draw(counts: pd.DataFrame, countries: pd.Series, output: str) -> None:
    """Months on the left, countries on the right."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), width_ratios=[3, 1], layout="constrained")
    bottom = pd.Series(0, index=counts.index)
    for name in counts.columns:
        left.bar(counts.index.to_timestamp(), counts[name], width=25, bottom=bottom, label=name)
        bottom = bottom + counts[name]
    left.set_title("Exercises reported as held, by month")
    left.set_ylabel("records")
    left.yaxis.get_major_locator().set_params(integer=True)
    if len(counts.columns):
        left.legend(frameon=False, loc="upper left")  # "best" is a search, and Matplotlib warns where it is slow
    top = countries.head(12).iloc[::-1]
    right.barh(top.index.astype(str), top.to_numpy())
    right.set_title("Who takes part")
    right.set_xlabel("records")
    figure.savefig(output, dpi=150)


def main() -> None:
    options = argparse.ArgumentParser(description="Exercise tempo")
    options.add_argument("register")
    options.add_argument("-o", "--output", default="exercise_tempo.png")
    given = options.parse_args()
    frame = exercises(given.register)
    counts, countries = tempo(frame), takers(frame)
    print(f"{len(frame)} exercises in {len(counts)} months")
    print(countries.head(12).to_string())
    draw(counts, countries, given.output)


if __name__ == "__main__":
    main()
