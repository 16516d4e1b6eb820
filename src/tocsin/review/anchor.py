"""Finding a reviewed record's words again in a text that may have changed.

In: a record and the text of another version of its article. Out: the record with the offsets that its words have there;
None where its evidence no longer stands: a quote is gone, or a word that fills a slot.
"""

from __future__ import annotations

from typing import Any

from tocsin.model import Record


def reanchored(record: Record, text: str) -> Record | None:
    """The record with its spans in ``text``. Quotes are looked for whole, nearest to where they stood; other spans at the
    distance at which they stood from their quote, else at the nearest place that has the same words."""
    if all(text[q.start:q.end] == q.exact for q in record.evidence) and _stands(record, text):
        return record
    moves: list[tuple[int, int, int]] = []
    for quote in record.evidence:
        start = _nearest(text, quote.exact, quote.start)
        if start is None:
            return None
        moves.append((quote.start, quote.end, start - quote.start))
    data = record.model_dump(mode="json", by_alias=True)
    return Record.model_validate(data) if _move(data, text, moves) else None


def _stands(record: Record, text: str) -> bool:
    """Whether every span already slices to its words."""
    return _move(record.model_dump(mode="json", by_alias=True), text, [(0, 0, 0)], stay=True)


def _move(value: Any, text: str, moves: list[tuple[int, int, int]], *, stay: bool = False) -> bool:
    """Set the offsets of all spans in place; whether all were found."""
    if isinstance(value, dict):
        said = value.get("text", value.get("exact"))
        if said is not None and value.get("start") is not None:
            start = value["start"] if stay else _found(text, said, value["start"], moves)
            if start is None or text[start:start + len(said)] != said:
                return False
            value["start"], value["end"] = start, start + len(said)
        return all(_move(part, text, moves, stay=stay) for part in value.values())
    if isinstance(value, list):
        return all(_move(part, text, moves, stay=stay) for part in value)
    return True


def _found(text: str, said: str, start: int, moves: list[tuple[int, int, int]]) -> int | None:
    for first, last, by in moves:
        if first <= start < last and text[start + by:start + by + len(said)] == said:
            return start + by
    return _nearest(text, said, start + moves[0][2])


def _nearest(text: str, said: str, near: int) -> int | None:
    """Where the words stand, nearest to an offset; the earlier of two that are equally near."""
    if not said:
        return near if 0 <= near <= len(text) else None
    before = text.rfind(said, 0, max(near, 0) + len(said))
    after = text.find(said, max(near, 0))
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: (abs(place - near), place)) if places else None
