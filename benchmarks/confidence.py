#!/usr/bin/env python3
"""Does the confidence keep what it promises? Grouped cross-validation on hand-coded articles; with --write, the weights.

A record is right when it is usable (gold_format.md): type, status, principal roles and numbers together. Records that
answer to an optional gold record are compared with it; other unpaired ones are wrong.

The weights are fitted on all hand-coded articles: the development gold, every blind round. Most of these were read while
the rules were written, so the *level* is fitted on the rounds given as --unread alone: what it promises holds for articles
that nobody has looked at.

    python benchmarks/confidence.py [--unread 5] [--write]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

import blind
from _floors import check
from gold import GOLD
from tocsin import Reader, evaluation
from tocsin.coding import confidence
from tocsin.coding.draft import Draft
from tocsin.evaluation.score import score_article

Array = NDArray[np.float64]
TABLE = Path(confidence.__file__).parents[1] / "knowledge" / "confidence.yaml"
FOLDS, BINS, PENALTY, DRAWS = 5, 5, 5.0, 2000
UNREAD = "5"  # the newest round: coded and measured once before anybody read it


@dataclass(frozen=True, slots=True)
class Sample:
    """The records of the hand-coded articles: what they are made of, whether they are right, of which article and round."""

    names: list[str]
    made: Array
    right: Array
    article: NDArray[np.int64]
    rounds: list[str]
    promised: Array  # by the weights as they stand


def main() -> int:
    """Run from the command line; returns the exit status."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--unread", nargs="*", default=[UNREAD], help="blind rounds that nobody has read")
    p.add_argument("--write", action="store_true", help="write the weights into the knowledge tables")
    o = p.parse_args()
    if not (GOLD.is_dir() and blind.CORPORA.is_dir()):
        print(f"confidence: skipped, {GOLD} or {blind.CORPORA} is not there")
        return 0
    sample = _sample()
    unread = np.array([number in o.unread for number in sample.rounds])
    crossed = _crossed(sample)
    figures = _figures("cross-validated, all articles", crossed, sample.right, sample.article)
    constant = _loss(_crossed_constant(sample), sample.right)
    print(f"log-loss {figures['log_loss']:.3f}, of the constant {constant:.3f}")
    weights = _fit(sample.made, sample.right)
    level = _level(sample.made[unread] @ weights[1:], sample.right[unread]) if unread.any() else float(weights[0])
    if o.write:
        _write(sample.names, weights[1:], level)
        print(f"{TABLE}: written")
    elif unread.any():
        _figures(f"as promised, unread rounds {' '.join(o.unread)}", sample.promised[unread], sample.right[unread],
                 sample.article[unread])
    faults = check("confidence", {"ece": round(figures["ece"], 3), "gain": round(constant - figures["log_loss"], 4)})
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _sample() -> Sample:
    rows: list[tuple[list[str], bool, int, str, float]] = []
    kept: list[tuple[list[str], float]] = []
    reader = Reader()
    reader.coder.maker.least = 0.0  # the numbers that stand for records are no confidences
    promise = reader.coder.maker.confidence.of

    def of(draft: Draft) -> float:
        kept.append((confidence.features(draft), promise(draft)))
        return (len(kept) - 1) / 1_000_000  # the number of the record, to find it again

    reader.coder.maker.confidence.of = of  # type: ignore[method-assign]
    for number, (of_round, article) in enumerate(_articles()):
        kept.clear()
        result = reader.read_text(article.text, published=article.published, title=article.title, url=article.url,
                                  source=article.id)
        outcome = score_article(article, [r.model_dump(mode="json", by_alias=True) for r in result.records])
        told = [(pair.program, pair.comparison.usable) for pair in outcome.pairs] + [(r, False) for r in outcome.false]
        for record, right in told:
            features, promised = kept[round(record["confidence"] * 1_000_000)]
            rows.append((features, right, number, of_round, promised))
    names = sorted({name for features, *_ in rows for name in features})
    made = np.array([[float(name in features) for name in names] for features, *_ in rows])
    return Sample(names, made, np.array([float(r[1]) for r in rows]), np.array([r[2] for r in rows]), [r[3] for r in rows],
                  np.array([r[4] for r in rows]))


def _articles() -> Iterator[tuple[str, Any]]:
    for article in evaluation.load_gold(GOLD, []):
        yield "gold", article
    for folder in sorted(path.name for path in blind.LABELS.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as where:
            blind.unpack(Path(where), folder)
            for article in evaluation.load_gold(Path(where), []):
                yield folder, article


def _fit(made: Array, right: Array) -> Array:
    """Level and weights of a logistic regression, the weights held small (ridge), by Newton's steps."""
    x = np.hstack([np.ones((len(made), 1)), made])
    held = np.diag([1e-6, *[PENALTY] * made.shape[1]])
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = _chance(x @ w)
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + held, x.T @ (right - p) - held @ w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return w


def _level(scores: Array, right: Array) -> float:
    """The level at which scores promise as many right records as there are, drawn towards none by one of each kind."""
    low, high = -10.0, 10.0
    share = (right.sum() + 1) / (len(right) + 2)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _chance(scores + middle).mean() < share else (low, middle)
    return (low + high) / 2


def _folds(sample: Sample) -> Array:
    articles = np.unique(sample.article)
    fold = np.random.default_rng(7).permutation(len(articles)) % FOLDS
    return fold[np.searchsorted(articles, sample.article)]


def _crossed(sample: Sample) -> Array:
    out, fold = np.zeros(len(sample.right)), _folds(sample)
    for number in range(FOLDS):
        here = fold == number
        w = _fit(sample.made[~here], sample.right[~here])
        out[here] = _chance(w[0] + sample.made[here] @ w[1:])
    return out


def _crossed_constant(sample: Sample) -> Array:
    fold = _folds(sample)
    return np.array([sample.right[fold != f].mean() for f in fold])


def _figures(title: str, promised: Array, right: Array, article: NDArray[np.int64]) -> dict[str, float]:
    """Print the table of five equal bins; expected calibration error with a bootstrap interval over articles."""
    error = _error(promised, right)
    rng, groups = np.random.default_rng(11), [np.flatnonzero(article == a) for a in np.unique(article)]
    drawn = [np.concatenate([groups[i] for i in rng.integers(0, len(groups), len(groups))]) for _ in range(DRAWS)]
    low, high = np.quantile([_error(promised[d], right[d]) for d in drawn], (0.025, 0.975))
    print(f"{title}: {len(right)} records, {right.mean():.3f} right, promised {promised.mean():.3f};"
          f" expected calibration error {error:.3f} ({low:.3f} to {high:.3f})")
    for part in _bins(promised):
        print(f"  {promised[part].min():.2f} to {promised[part].max():.2f}: promised {promised[part].mean():.3f},"
              f" right {right[part].mean():.3f} of {len(part)}")
    return {"ece": error, "log_loss": _loss(promised, right)}


def _bins(promised: Array) -> Sequence[NDArray[np.int64]]:
    return np.array_split(np.argsort(promised, kind="stable"), BINS)


def _error(promised: Array, right: Array) -> float:
    return float(sum(len(part) * abs(promised[part].mean() - right[part].mean()) for part in _bins(promised)) / len(right))


def _loss(promised: Array, right: Array) -> float:
    p = np.clip(promised, 1e-6, 1 - 1e-6)
    return float(-(right * np.log(p) + (1 - right) * np.log(1 - p)).mean())


def _chance(score: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-score)))


def _write(names: Sequence[str], weights: Array, level: float) -> None:
    told = TABLE.read_text(encoding="utf-8")
    head = "".join(line + "\n" for line in told.splitlines() if line.startswith("#"))
    bounds = yaml.safe_load(told)["bounds"]
    values = {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005}
    body = {"level": round(level, 3), "weights": values, "bounds": bounds}
    TABLE.write_text(head + yaml.safe_dump(body, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
