#!/usr/bin/env python3
"""Label-swap probes: other states, towns and weapons in the cases' sentences must give the same structure; and how many
minimal pairs (of direction and of status) have both halves right.

    python benchmarks/probes.py [--errors]

A state keeps its form ("Russian" becomes "Norwegian", "Moscow" "Oslo"), in sentences that name nothing else of a state; a
town becomes one that is in no table; a weapon's name, where a noun beside it says what it is, becomes an invented one.
Compared are type, subtype, status, which states fill which role (through the swap), and the classes and counts of
equipment. Nothing tells the country of an invented town: there only type, subtype and status are compared, of records that
have a party besides the town's own state.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import yaml

from _floors import check
from case_check import faults, load_cases
from tocsin.language.names.mentions import NameMention
from tocsin.model import Party, Record
from tocsin.reader import Reader
from tocsin.reading import article_from_text

STAND_INS = yaml.safe_load((Path(__file__).parent / "probes.yaml").read_text(encoding="utf-8"))
_HALF = re.compile(r"_\d+[a-z]?$")
Swap = tuple[str, dict[str, str]]  # the text, and what each country's code has become


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--errors", action="store_true", help="print the probes whose records differ")
    errors = options.parse_args().errors
    reader, same, tried = Reader(), Counter[str](), Counter[str]()
    codes = {row["name"]: row.get("country") for row in reader.tables.rows("parties/states.yaml")}
    for _, case in load_cases():
        if case["id"] in STAND_INS["left_out"]:
            continue
        whole = _records(reader, case, case["text"])
        for kind, make in (("states", _states), ("towns", _towns), ("weapons", _weapons)):
            swapped = make(reader, case["text"], codes)
            if swapped is None:
                continue
            given, got = whole, _records(reader, case, swapped[0])
            if kind == "towns":
                own = _of_towns(reader, case["text"])
                given = _with_others(reader, given, case["text"], swapped[0], own)
                got = _with_others(reader, got, swapped[0], swapped[0], own)
            wanted, found = _shape(given, swapped[1], kind), _shape(got, {}, kind)
            tried[kind] += 1
            same[kind] += wanted == found
            if errors and wanted != found:
                print(f"{case['id']} {kind}: {swapped[0]}\n    wanted {wanted}\n    found  {found}")
    pairs = _pairs(reader, errors)
    figures = {kind: round(same[kind] / tried[kind], 3) for kind in tried}
    figures["unchanged"] = round(sum(same.values()) / sum(tried.values()), 3)
    figures["pairs"] = round(sum(pairs.values()) / len(pairs), 3)
    for kind in tried:
        print(f"probes.{kind}: {figures[kind]} ({same[kind]} of {tried[kind]} unchanged)")
    print(f"probes.unchanged: {figures['unchanged']} of {sum(tried.values())}")
    print(f"probes.pairs: {figures['pairs']} ({sum(pairs.values())} of {len(pairs)} pairs with all halves right)")
    wrong = check("probes", figures)
    print("\n".join(wrong), file=sys.stderr) if wrong else None
    return 1 if wrong else 0


def _records(reader: Reader, case: dict[str, Any], text: str) -> list[Record]:
    published = str(case["published"]) if case.get("published") else None
    return list(reader.read_text(text, published=published, plain=True).records)


def _mentions(reader: Reader, text: str) -> list[NameMention]:
    article, _ = article_from_text(text, source="<probe>", plain=True)
    return reader.annotate(article).mentions


def _states(reader: Reader, text: str, codes: dict[str, str | None]) -> Swap | None:
    """The text with other states in place of those that it names by a plain form."""
    mentions = _mentions(reader, text)
    named = {m.party.country for m in mentions if m.party is not None and m.party.country}
    free = [row for row in STAND_INS["states"] if codes[row["name"]] not in named]
    becomes: dict[str, dict[str, str]] = {}
    spans: list[tuple[int, int, str]] = []
    for mention in mentions:
        party = mention.party
        if party is None or party.sort not in ("state", "nationality", "metonym"):
            if any(n is not None and n.country not in (None, "IGO") for n in (party, mention.place)):
                return None  # a town, a leader, a group of a state would stay behind and contradict the swap
            continue
        form = _form(mention.text, party.row)
        if form is None or mention.also:
            return None  # a form that has no like ("the North", "U.S.-led")
        if party.country not in becomes:
            if not free:
                return None
            becomes[party.country] = free.pop(0)
        spans.append((mention.start, mention.end, becomes[party.country][form]))
    if not spans:
        return None
    return _put(text, spans), {old: str(codes[new["name"]]) for old, new in becomes.items()}


def _form(text: str, row: dict[str, Any]) -> str | None:
    """Which plain form of a state's name a text is."""
    if text == row["name"] and " " not in text:
        return "name"
    if text in (row.get("adjectives") or []):
        return "adjective"
    if text in (row.get("demonyms") or []) and text.endswith("s"):
        return "demonym"
    return "capital" if text in (row.get("metonyms") or []) and text == row.get("capital") else None


def _towns(reader: Reader, text: str, _: dict[str, str | None]) -> Swap | None:
    """The text with towns of no table."""
    free = list(STAND_INS["towns"])
    mentions = _mentions(reader, text)
    spans = []
    for mention in mentions:
        town = mention.place is not None and mention.place.sector == "town" and mention.party is None
        if town and mention.equipment is None and free:
            spans.append((mention.start, mention.end, free.pop(0)))
    return (_put(text, spans), {}) if spans else None


def _of_towns(reader: Reader, text: str) -> set[str | None]:
    """The states of the towns of a text, which an invented town does not tell."""
    return {m.place.country for m in _mentions(reader, text) if m.place is not None and m.place.sector == "town"}


def _with_others(
    reader: Reader, records: list[Record], text: str, swapped: str, own: set[str | None]
) -> list[Record]:
    """The records of a text in which a party has a role that the text with invented towns still names; one of a town's
    own state, by words of its own ("the school in X" is of that state only by X)."""
    left = {m.party.country or m.party.id for m in _mentions(reader, swapped) if m.party is not None}
    named = [m for m in _mentions(reader, text) if m.party is not None]

    def by_name(party: Party) -> bool:
        told = (m.party.country for m in named if m.party is not None and party.start <= m.start < party.end)
        return party.country not in own or party.country in told

    return [
        r for r in records if any((p.country or p.id) in left and by_name(p) for ps in r.roles.values() for p in ps)
    ]


def _weapons(reader: Reader, text: str, _: dict[str, str | None]) -> Swap | None:
    """The text with invented weapons where the noun behind the name tells what they are."""
    article, _problems = article_from_text(text, source="<probe>", plain=True)
    note, free, spans = reader.annotate(article), list(STAND_INS["designations"]), []
    for mention in note.mentions:
        sentence = note.sentences[mention.sentence]
        after = sentence.tokens[mention.last + 1] if mention.last + 1 < len(sentence.tokens) else None
        if mention.equipment is None or mention.party is not None or after is None or not free:
            continue
        noun = next((t for t in sentence.tokens[after.i : after.i + 3] if t.pos != "NOUN"), after)
        told = note.interpreter.lexicon.gear(sentence, sentence.tokens[max(noun.i - 1, after.i)])
        if after.pos == "NOUN" and told is not None and told[0].class_ == mention.equipment.sector:
            spans.append((mention.start, mention.end, re.sub(r"^[^\d]+?(?=[\s-]?\d|$)", free.pop(0), mention.text)))
    return (_put(text, spans), {}) if spans else None


def _put(text: str, spans: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _shape(records: list[Record], codes: dict[str, str], kind: str) -> list[tuple[str, ...]]:
    """What must stay the same of records, in an order of its own."""
    return sorted(tuple(_parts(record, codes, kind)) for record in records)


def _parts(record: Record, codes: dict[str, str], kind: str) -> Iterator[str]:
    yield from (record.type, str(record.subtype), record.status)
    if kind == "towns":
        return
    for role, parties in sorted(record.roles.items()):
        yield f"{role}: {sorted({codes.get(p.country or '-', p.country or '-') for p in parties})}"
    count: Callable[[Any], str] = lambda m: f"{m.class_} {m.count.min} {m.count.max}"  # noqa: E731
    yield str(sorted(count(m) for m in record.materiel))


def _pairs(reader: Reader, errors: bool) -> dict[str, bool]:
    """Minimal pairs among the cases ("…_pair_direction_01", "…_02"): whether all of a group are right."""
    found: dict[str, bool] = {}
    for kind, case in load_cases():
        if "_pair" not in case["id"]:
            continue
        name = _HALF.sub("", case["id"])
        wrong = faults(kind, case, _records(reader, case, case["text"]))
        found[name] = found.get(name, True) and not wrong
        if errors and wrong:
            print(f"{case['id']}: {wrong}")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
