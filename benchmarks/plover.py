"""Which PLOVER root: of the records in which a sentence's source takes part, how many have the root that the sentence has.

In: ../shared/corpora/plover_verbs_train (1,050 sentences with a source, a target and a PLOVER root; the texts are not in
the repository), our crosswalk, and ``plover_roots.yaml``, which says openly where the data set's roots are wider. Out:
the share of right roots, also by the crosswalk alone, and how many sentences of each root have a record of the source.

A record covers a source if one of its parties overlaps the source's words or is of the country that stands there. Where
some of these records cover the target too, only they are judged: the others tell another event of the sentence.

    python benchmarks/plover.py [--errors] [--root ACCUSE]
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from _floors import check
from tocsin import Reader
from tocsin.coding.codes import Crosswalk
from tocsin.evaluation.faults import compact
from tocsin.knowledge.loader import Tables
from tocsin.model import Party, Record

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "shared" / "corpora" / "plover_verbs_train" / "PLV_train.tsv"
Span = tuple[int, int]


class Roots:
    """The roots that are right for a record."""

    def __init__(self, file: Path) -> None:
        table = yaml.safe_load(file.read_text(encoding="utf-8"))
        self._names: Mapping[str, str] = table["names"]
        self._modal = frozenset(table["modal"])
        self._rows: list[dict[str, Any]] = table["rows"]
        self._crosswalk = Crosswalk(Tables())

    def strict(self, record: Record) -> str | None:
        """The root by the crosswalk alone, under the data set's name."""
        return self._root(record, record.status)

    def all(self, record: Record) -> set[str]:
        """Every root that counts as right."""
        roots = {self.strict(record)}
        if record.status in self._modal:
            roots.add(self._root(record, "occurred"))
        for row in self._rows:
            if self._applies(row, record):
                roots |= set(row["roots"])
        return {root for root in roots if root}

    def _root(self, record: Record, status: str) -> str | None:
        roles = {role: list(parties) for role, parties in record.roles.items()}
        codes = self._crosswalk.codes(record.type, record.subtype, status, roles)
        event = (codes.get("plover") or {}).get("event")
        return self._names.get(event, event) if event else None

    @staticmethod
    def _applies(row: Mapping[str, Any], record: Record) -> bool:
        has = all(record.roles.get(role) for role in row.get("has", ()))
        facts = {"type": record.type, "subtype": record.subtype or "none", "status": record.status}
        return has and all(value in _listed(row.get(key, value)) for key, value in facts.items())


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="PLOVER roots")
    options.add_argument("--errors", action="store_true", help="print the records with another root")
    options.add_argument("--root", help="only sentences of this root")
    chosen = options.parse_args()
    if not CORPUS.exists():
        print(f"plover: skipped, {CORPUS} is not there")
        return 0
    with CORPUS.open(encoding="utf-8", newline="") as rows:
        sentences = [row for row in csv.DictReader(rows, delimiter="\t") if chosen.root in (None, row["gold_root"])]
    reader, roots = Reader(), Roots(HERE / "plover_roots.yaml")
    counts: dict[str, Counter[str]] = {}
    for row in sentences:
        count, gold = counts.setdefault(row["gold_root"], Counter()), row["gold_root"]
        records = _judged(reader.read_text(row["sentence"], plain=True).records, row)
        count["sentences"] += 1
        count["covered"] += bool(records)
        for record in records:
            right = gold in roots.all(record)
            count["records"] += 1
            count["right"] += right
            count["strict"] += gold == roots.strict(record)
            count["uncoded"] += not roots.all(record)
            if chosen.errors and not right:
                print(f"{gold}: {row['source']} -> {row['target']}: {sorted(roots.all(record))}"
                      f"\n    {compact(record.model_dump(mode='json', by_alias=True))}\n    {row['sentence']}")
    figures = _report(counts)
    faults = check("plover", figures) if chosen.root is None else []
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _judged(records: Iterable[Record], row: Mapping[str, str]) -> list[Record]:
    """The records that cover the source; of these, those that cover the target too, where there are any."""
    records = list(records)
    source, target = (_covering(records, _span(row, name)) for name in ("source", "target"))
    both = [r for r in records if r.id in source and r.id in target]
    return both or [r for r in records if r.id in source]


def _covering(records: Iterable[Record], span: Span) -> set[str]:
    """The ids of the records with a party in the span, or of a country that stands there."""
    parties = [(record.id, party) for record in records for role in record.roles.values() for party in role]
    countries = {party.country for _, party in parties if party.country and _inside(party, span)}
    return {name for name, party in parties if _inside(party, span) or party.country in countries}


def _inside(party: Party, span: Span) -> bool:
    return party.start < span[1] and party.end > span[0]


def _span(row: Mapping[str, str], name: str) -> Span:
    """Where the source or target stands: by the marks, for the same words may stand twice."""
    mark, other = ("<s>", "<t>") if name == "source" else ("<t>", "<s>")
    marked, start = row["marked_sentence"], row["marked_sentence"].find(mark)
    before = marked[: max(start, 0)]
    start -= sum(before.count(tag) * len(tag) for tag in (other, other.replace("<", "</")))
    found = row["sentence"].find(row[name], max(0, start - 2))
    return (found, found + len(row[name])) if found >= 0 else (-1, -1)


def _report(counts: Mapping[str, Counter[str]]) -> dict[str, float]:
    """Print the table; what has a floor comes back."""
    whole: Counter[str] = sum(counts.values(), Counter())
    print(f"{'root':<12}{'sentences':>10}{'covered':>9}{'records':>9}{'right':>7}{'strict':>8}")
    for root, count in [*sorted(counts.items()), ("ALL", whole)]:
        print(f"{root:<12}{count['sentences']:>10}{count['covered']:>9}{count['records']:>9}{count['right']:>7}"
              f"{count['strict']:>8}")
    records = max(1, whole["records"])
    right, strict = whole["right"] / records, whole["strict"] / records
    print(f"right {right:.3f}, by the crosswalk alone {strict:.3f}; {whole['uncoded']} records with no root at all;"
          f" sentences covered {whole['covered'] / max(1, whole['sentences']):.3f}")
    return {"right": round(right, 3), "covered": whole["covered"]}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


if __name__ == "__main__":
    raise SystemExit(main())
