"""Compares what the coder makes of a case with what the case expects. Cases are data: ``tests/cases/<type>.yaml``; where a
file is of no one type, each case says its ``type``.

Keys of an expected record: subtype, status, historical, roles, materiel, personnel, casualties, attribution, time, place
(name of the first place, or name and province), place_country (the first place's), places (names of all, in any order),
recurrence, quantity, instrument. An
absent subtype, time, place, places, attribution, recurrence, instrument is not compared (an attribution [] is none); an
absent role, materiel, personnel or casualties means that the slot must be empty.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tocsin.model import Count, Record

CASES = Path(__file__).parent / "cases"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where it is there


def load_cases() -> list[tuple[str, dict[str, Any]]]:
    """(record type, case) for every case of every file."""
    return [
        (case.get("type") or file.stem, case)
        for file in sorted(CASES.glob("*.yaml"))
        for case in yaml.load(file.read_text(encoding="utf-8"), _LOADER)
    ]


def faults(kind: str, case: dict[str, Any], records: list[Record]) -> list[str]:
    """What is wrong with the records made of a case; empty where all is right."""
    found = [r for r in records if r.type == kind]
    expected = list(case.get("expect") or [])
    wrong = [
        f"unwanted {r.type}/{r.subtype} {r.status} {_roles(r)} [{r.coder.rule}]"
        for r in records
        if r.type in (case.get("never") or [])
    ]
    left = list(found)
    for want in expected:
        scored = sorted(((differences(kind, want, r), i) for i, r in enumerate(left)), key=lambda pair: len(pair[0]))
        if not scored:
            wrong.append(f"missing {want.get('subtype')} {want['status']} {want['roles']}")
            continue
        best, index = scored[0]
        left.pop(index)
        wrong += best
    wrong += [f"extra {r.subtype} {r.status} {_roles(r)} [{r.coder.rule}]" for r in left]
    return wrong


def differences(kind: str, want: dict[str, Any], record: Record) -> list[str]:
    """Slots in which a record differs from what is expected."""
    wrong: list[str] = []

    def compare(slot: str, expected: object, got: object) -> None:
        if expected != got:
            wrong.append(f"{slot}: expected {expected}, got {got}")

    compare("status", want["status"], record.status)
    compare("historical", bool(want.get("historical")), record.historical)
    if want.get("subtype"):
        compare("subtype", want["subtype"], record.subtype)
    _compare_roles(kind, want.get("roles") or {}, record, compare)
    compare("materiel", _lines(want), sorted(((m.class_, m.count.min, m.count.max) for m in record.materiel), key=str))
    compare("personnel", _bounds(want.get("personnel")), _bounds(record.personnel))
    for key in ("killed", "wounded", "captured"):
        compare(key, (want.get("casualties") or {}).get(key), _least(getattr(record.casualties, key)))
    if want.get("attribution") is not None:
        nearest = [str(a) for a in want["attribution"]][:1]
        compare("attribution", nearest, [_source_key(s, "".join(nearest)) for s in record.attribution[:1]])
    if want.get("time"):
        compare(
            "time",
            tuple(str(want["time"].get(k)) if want["time"].get(k) else None for k in ("earliest", "latest")),
            (record.time.earliest, record.time.latest),
        )
    if want.get("places") is not None:
        compare("places", sorted(want["places"]), sorted(place.name for place in record.places))
    if want.get("place"):
        told = ", ".join(n for p in record.places[:1] for n in (p.name, p.admin1) if n)
        compare("place", want["place"], told if ", " in want["place"] else told.partition(",")[0])
    if want.get("place_country"):
        compare("place_country", want["place_country"], next((p.country for p in record.places), None))
    if want.get("recurrence"):
        compare("recurrence", want["recurrence"]["ordinal"], record.recurrence.ordinal if record.recurrence else None)
    if want.get("quantity"):
        compare(
            "quantity",
            (want["quantity"].get("min"), want["quantity"].get("max")),
            (record.quantity.min, record.quantity.max) if record.quantity else None,
        )
    return wrong


def _compare_roles(kind: str, wanted: dict[str, list[str]], record: Record, compare: Any) -> None:
    got = shown_roles(record)
    want = {role: sorted({str(c) for c in codes}) for role, codes in wanted.items() if codes}
    if kind == "statement":
        for side in (got, want):
            joined = sorted(set(side.pop("addressee", [])) | set(side.pop("about", [])))
            if joined:
                side["second"] = joined
    for role in sorted(set(got) | set(want)):
        compare(role, want.get(role, []), got.get(role, []))


def _lines(want: dict[str, Any]) -> list[tuple[str, int | None, int | None]]:
    return sorted(((m["class"], m.get("min"), m.get("max")) for m in want.get("materiel") or []), key=str)


def _bounds(count: Any) -> tuple[int | None, int | None] | None:
    if count is None:
        return None
    if isinstance(count, Count):
        return count.min, count.max
    return count.get("min"), count.get("max")


def _least(count: Count | None) -> int | None:
    return count.min if count is not None and count.min is not None else (count.max if count else None)


def _source_key(source: Any, wanted: str) -> str:
    if wanted == source.country:
        return wanted
    return (
        wanted
        if wanted.lower() in (source.name.lower(), source.text.lower()) or wanted.lower() in source.text.lower()
        else str(source.country or source.name)
    )


def shown_roles(record: Record) -> dict[str, list[str]]:
    """Countries of the filled roles; "-" for a party without one."""
    return {role: sorted({p.country or "-" for p in parties}) for role, parties in record.roles.items() if parties}


def _roles(record: Record) -> dict[str, list[str]]:
    return {r: [p.country or p.text for p in ps] for r, ps in record.roles.items() if ps}
