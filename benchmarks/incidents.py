#!/usr/bin/env python3
"""Incidents: are reports of one event joined, and look-alike events kept apart?

    python benchmarks/incidents.py [--corpora ../shared/corpora] [--why]

Two things are measured, both through a register as `tocsin ingest` fills it. On ECB+ (topics of `incidents.yaml`): pairs of
articles that stand in one incident, against pairs that tell one event (the same topic and half). `precision` of the joined
pairs; recall and F1 of all such pairs (`f1_all`) and of those in which both articles have records whose sentences carry a
hand-marked event in common (`f1_found`): the coder has read the event there, so that it could be joined. On the bundled demo
reports: groups that tell one event, pairs of which a person is to be asked, and pairs that look alike. `--why` prints the
reasons of every join.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from _demo import demo_register
from _ecb import Document, documents
from _floors import check
from tocsin.incidents.telling import reasons
from tocsin.knowledge.words import words
from tocsin.reader import Reader
from tocsin.register import Register

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parents[1] / "shared" / "corpora"
Pair = tuple[str, str]
_ALL = 1_000  # more open questions than the demo has


def main() -> int:
    """Measure, print, compare with the floors."""
    options = argparse.ArgumentParser(description="incidents on ECB+ and the demo reports")
    options.add_argument("--corpora", type=Path, default=CORPORA)
    options.add_argument("--why", action="store_true")
    chosen = options.parse_args()
    listed = yaml.safe_load((HERE / "incidents.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        figures = planted(demo_register(Path(folder)), listed, why=chosen.why)
        corpus = chosen.corpora / "ecbplus"
        if corpus.exists():
            topics = sorted(listed["ecbplus"]["security"] + listed["ecbplus"]["beside"])
            figures |= ecb(Path(folder, "ecb.db"), list(documents(corpus, topics)), why=chosen.why)
        else:
            print(f"incidents: ECB+ is not measured, {corpus} is not here")
    for key, value in figures.items():
        print(f"incidents.{key}: {value}")
    faults = [fault for fault in check("incidents", figures) if corpus.exists() or "not measured" not in fault]
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def ecb(path: Path, texts: list[Document], *, why: bool) -> dict[str, Any]:
    """Figures on ECB+."""
    reader, by_name = Reader(), {text.name: text for text in texts}
    with Register(path) as register:
        for text in texts:
            register.add(reader.read_text(text.text, source=text.name))
        joined = together(register, why=why)
        events = {name: _events(register, text) for name, text in by_name.items()}
    same = {pair for pair in pairs(by_name) if by_name[pair[0]].half == by_name[pair[1]].half}
    found = {pair for pair in same if events[pair[0]] & events[pair[1]]}
    right = joined & same
    crossed = sorted(joined - same)
    print("\n".join(f"wrongly joined: {one} {other}" for one, other in crossed)) if crossed else None
    precision = len(right) / len(joined) if joined else 1.0
    return {"ecb_texts": len(texts), "ecb_pairs": len(same), "ecb_found": len(found), "ecb_joined": len(joined),
            "ecb_precision": round(precision, 3),
            "ecb_recall_found": round(len(right & found) / len(found), 3),
            "ecb_recall_all": round(len(right) / len(same), 3),
            "ecb_f1_found": round(_f1(precision, len(right & found) / len(found)), 3),
            "ecb_f1_all": round(_f1(precision, len(right) / len(same)), 3)}


def planted(path: Path, listed: Mapping[str, Any], *, why: bool) -> dict[str, Any]:
    """Figures on the demo reports."""
    with Register(path, read_only=True) as register:
        by_type = {type_: together(register, type_) for type_ in {group["type"] for group in listed["planted"]}}
        joined = together(register, why=why)
        asked = open_questions(register)
    wanted = [{(f"{a:03}", f"{b:03}") for a, b in combinations(group["reports"], 2)} for group in listed["planted"]]
    right = [group for group, needed in zip(listed["planted"], wanted, strict=True) if needed <= by_type[group["type"]]]
    allowed = {pair for needed in wanted for pair in needed} | {(f"{a:03}", f"{b:03}") for a, b in listed["also"]}
    wrong = sorted(joined - allowed)
    alike = sorted(joined & {(f"{a:03}", f"{b:03}") for a, b in listed["apart"]})
    missed = [group["reports"] for group in listed["planted"] if group not in right]
    print("\n".join(f"planted group not joined: {reports}" for reports in missed))
    print("\n".join(f"wrongly merged: {one} {other}" for one, other in [*wrong, *alike])) if wrong or alike else None
    unasked = [pair for pair in listed["asked"] if (f"{pair[0]:03}", f"{pair[1]:03}") not in asked]
    print("\n".join(f"not asked about: {pair}" for pair in unasked)) if unasked else None
    return {"planted": len(listed["planted"]), "planted_right": len(right),
            "wrongly_merged": len({*wrong, *alike}), "to_be_asked": len(listed["asked"]),
            "asked": len(listed["asked"]) - len(unasked)}


def together(register: Register, type_: str = "any", *, why: bool = False) -> set[Pair]:
    """Pairs of articles (by what their sources begin with) that stand in one incident, of records of a type."""
    members: defaultdict[str, set[str]] = defaultdict(set)
    rows = list(register.find() if type_ == "any" else register.find(type=type_))
    incident = register.incidents.of([row.number for row in rows])
    for row in rows:
        members[incident[row.number]].add(_short(row.article.source))
    for name in members if why else ():
        for pair in register.incidents.why(name):
            told = "; ".join(f"{'never' if points is None else f'{points:+g}'} {text}"
                             for points, text in reasons(pair.decision, words()))
            print(f"{name}: {pair.decision.score:g} points: {told}")
    return {pair for names in members.values() for pair in pairs(names)}


def open_questions(register: Register) -> set[Pair]:
    """Pairs of articles of whose incidents a person is asked whether they are one."""
    rows = list(register.find())
    incident = register.incidents.of([row.number for row in rows])
    members: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        members[incident[row.number]].add(_short(row.article.source))
    return {(min(one, other), max(one, other)) for pair in register.incidents.unsure(_ALL)
            for one in members[pair.incident] for other in members[pair.other_incident]}


def pairs(names: Iterable[str]) -> set[Pair]:
    """All pairs, each in order."""
    return set(combinations(sorted(names), 2))


def _events(register: Register, text: Document) -> frozenset[str]:
    """The hand-marked events in the sentences of an article's records."""
    rows = [row for row in register.find() if row.article.source == text.name]
    quotes = [quote for row in rows for quote in row.record.evidence]
    return frozenset(event for quote in quotes for event in text.events(quote.start, quote.end))


def _short(source: str) -> str:
    """Of a demo report its number, else the name."""
    stem = Path(source).stem
    return stem[:3] if re.match(r"\d{3}_", stem) else stem


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
