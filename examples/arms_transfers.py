"""Arms transfers of a region: who is said to have given, promised or refused arms to whom.

    pip install 'tocsin[polars,figures]'
    tocsin demo                                    # or a register of your own
    python examples/arms_transfers.py demo.db --region UKR POL SVK -o transfers.png

A bar is a number of records: claims of articles, not deliveries. Several articles that tell one delivery count each.
"""

from __future__ import annotations

import argparse

import matplotlib
import polars as pl

from tocsin import Register

matplotlib.use("Agg")
from matplotlib import pyplot as plt

STATUSES = {"occurred": "#1b4965", "planned": "#62b6cb", "possible": "#cae9ff", "not_occurred": "#bb4430",
            "denied": "#7e7f83"}
PAIRS = 15  # pairs of countries that are drawn, the most frequent


def transfers(register: str, region: list[str]) -> pl.DataFrame:
    """Records by supplier, recipient and status, a row a pair of countries; what names none on one side is left out."""
    with Register(register, read_only=True) as opened:
        frame = opened.to_polars(type="arms_transfer", party=f"recipient={','.join(region)}")
    pairs = (frame.select("status", supplier="supplier_country", recipient="recipient_country")
             .explode("supplier").explode("recipient").drop_nulls())
    return (pairs.filter(pl.col("recipient").is_in(region))
            .group_by("supplier", "recipient", "status").len("records")
            .sort("supplier", "recipient", "status"))


def draw(table: pl.DataFrame, region: list[str], output: str) -> None:
    """Bars by pair of countries, coloured by what is claimed of the transfer."""
    wide = table.with_columns(pair=pl.col("supplier") + " → " + pl.col("recipient")).pivot(
        "status", index="pair", values="records", aggregate_function="sum").fill_null(0)
    statuses = [name for name in STATUSES if name in wide.columns]
    wide = wide.with_columns(total=pl.sum_horizontal(pl.lit(0), *statuses)).sort("total", "pair").tail(PAIRS)
    figure, axes = plt.subplots(figsize=(8, 1.5 + 0.35 * len(wide)), layout="constrained")
    left = [0] * len(wide)
    for name in statuses:
        numbers = wide[name].to_list()
        axes.barh(wide["pair"].to_list(), numbers, left=left, color=STATUSES[name], label=name.replace("_", " "))
        left = [sum(pair) for pair in zip(left, numbers, strict=True)]
    axes.set_title(f"Arms to {', '.join(region)}: what articles claim")
    axes.set_xlabel("records")
    axes.xaxis.get_major_locator().set_params(integer=True)
    if statuses:
        axes.legend(frameon=False, loc="upper left")
    figure.savefig(output, dpi=150)


def main() -> None:
    options = argparse.ArgumentParser(description="Arms transfers of a region")
    options.add_argument("register")
    options.add_argument("--region", nargs="+", default=["UKR"], help="countries that receive, ISO 3166-1 alpha-3")
    options.add_argument("-o", "--output", default="arms_transfers.png")
    given = options.parse_args()
    table = transfers(given.register, given.region)
    print(table.sort("records", "supplier", descending=[True, False]).head(PAIRS))
    draw(table, given.region, given.output)


if __name__ == "__main__":
    main()
