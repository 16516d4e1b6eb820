"""Says what is wrong with a record, whoever made it.

In: a record and its article. Out: a list of findings, empty where the record keeps the contract; ``check_spans`` raises
instead, where a record is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from tocsin.coding.matching.frames import FrameSet
from tocsin.coding.matching.record_types import TypeSpec
from tocsin.errors import RecordError
from tocsin.knowledge.loader import Tables
from tocsin.model import Article, Record

POINTS = frozenset({"site", "town", "district", "province"})


def spans(record: Record) -> Iterator[tuple[str, int, int, str]]:
    """Every span of the record that carries words: (slot, start, end, words)."""
    for role, parties in record.roles.items():
        yield from ((f"roles.{role}", p.start, p.end, p.text) for p in parties)
    yield from (("materiel", m.start, m.end, m.text) for m in record.materiel)
    yield from (("places", p.start, p.end, p.text) for p in record.places)
    yield from (("attribution", s.start, s.end, s.text) for s in record.attribution)
    yield from (("evidence", e.start, e.end, e.exact) for e in record.evidence)
    counts = [
        ("personnel", record.personnel),
        ("killed", record.casualties.killed),
        ("wounded", record.casualties.wounded),
        ("captured", record.casualties.captured),
        *(("materiel.count", m.count) for m in record.materiel),
    ]
    for slot, count in counts:
        if count is not None and count.start is not None and count.end is not None:
            yield slot, count.start, count.end, count.text or ""
    if record.time.start is not None and record.time.end is not None:
        yield "time", record.time.start, record.time.end, record.time.text or ""
    for slot, item in (
        ("recurrence", record.recurrence),
        ("quantity", record.quantity),
        ("instrument", record.instrument),
    ):
        if item is not None:
            yield slot, item.start, item.end, item.text


def wrong_spans(record: Record, article: Article) -> list[str]:
    """Spans that do not slice to their words."""
    text = article.text
    return [
        f"{record.type} {slot}: {start}–{end} slices to {text[start:end]!r}, the record says {words!r}"
        for slot, start, end, words in spans(record)
        if text[start:end] != words
    ]


def check_spans(record: Record, article: Article) -> None:
    """Raise RecordError where a span of the record does not slice to its words."""
    wrong = wrong_spans(record, article)
    if wrong:
        raise RecordError("; ".join(wrong))


def verify(record: Record, article: Article, types: Mapping[str, TypeSpec] | None = None) -> list[str]:
    """What is wrong with a record from any coder; an empty list where it keeps the contract.

    ``types`` are the record types of the codebook (those of the package where None).
    """
    known = types if types is not None else _types()
    found = wrong_spans(record, article)
    spec = known.get(record.type)
    if spec is None:
        return [*found, f"unknown type {record.type!r}; known: {', '.join(sorted(known))}"]
    if set(record.roles) != set(spec.roles):
        found.append(f"{record.type}: roles are {sorted(record.roles)}, the type has {sorted(spec.roles)}")
    if record.subtype is not None and record.subtype not in spec.subtypes:
        found.append(f"{record.type}: unknown subtype {record.subtype!r}; known: {', '.join(sorted(spec.subtypes))}")
    found += [
        f"{record.type}: no {' or '.join(sorted(group))}"
        for group in spec.required
        if not any(record.roles.get(role) for role in group)
    ]
    if not record.evidence:
        found.append(f"{record.type}: no evidence")
    if record.time.earliest and record.time.latest and record.time.earliest > record.time.latest:
        found.append(f"{record.type}: earliest {record.time.earliest} is after latest {record.time.latest}")
    if any(p.lat is not None and p.precision not in POINTS for p in record.places):
        found.append(f"{record.type}: a point on a place that is coarser than a province")
    return found


@cache
def _types() -> dict[str, TypeSpec]:
    return FrameSet(Tables()).types
