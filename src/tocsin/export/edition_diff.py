"""What changed between two editions: records and articles added, removed, changed; corrections, coders, pages.

Two records are one where they have the same id, else where article (its address, else its file), type and first sentence are
the same. Of those the slots that differ are named with both values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tocsin.export.editions import Opened

Dict = dict[str, Any]
_APART = frozenset({"id", "coder", "codes", "confidence", "relations"})  # told apart from what a record claims
_RECORDS = "records.jsonl"
_OFFSETS = frozenset({"start", "end"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One record in two editions: None where it is not in one. ``slots`` are those that differ."""

    before: Dict | None
    after: Dict | None
    slots: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"


@dataclass(slots=True)
class Difference:
    """All that changed."""

    records: list[Changed] = field(default_factory=list)
    articles: dict[str, list[str]] = field(default_factory=dict)
    corrections: list[Dict] = field(default_factory=list)
    coders: dict[str, list[str]] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    recoded: int = 0  # records that claim the same and have another confidence, codes or coder

    @property
    def none(self) -> bool:
        """Whether nothing changed."""
        return not (self.records or any(self.articles.values()) or self.corrections or any(self.coders.values())
                    or self.pages or self.recoded)


def difference(before: Opened, after: Opened) -> Difference:
    """Compare two editions. Only what stands in one of them is held in memory."""
    found, gone, come = Difference(), list[Dict](), list[Dict]()
    for first, second in _merged(before.lines(_RECORDS), after.lines(_RECORDS)):
        if first is not None and second is not None:
            _compare(found, first, second)
        elif first is not None:
            gone.append(first)
        elif second is not None:
            come.append(second)
    _same_claims(found, gone, come)
    found.articles = _sets(*({line["id"] for line in one.lines("articles.jsonl")} for one in (before, after)))
    known = {_done(line) for line in before.lines("corrections.jsonl")}
    found.corrections = [line for line in after.lines("corrections.jsonl") if _done(line) not in known]
    found.coders = _sets(*({f"{one['coder']} {one['version']} {one['knowledge'][:12]}".strip()
                            for one in edition.lines("coders.jsonl")} for edition in (before, after)))
    sums = [{one["name"]: one["sha256"] for one in edition.manifest["files"] if one["name"].endswith(".md")}
            for edition in (before, after)]
    found.pages = sorted(name for name in {*sums[0], *sums[1]} if sums[0].get(name) != sums[1].get(name))
    return found


def _compare(found: Difference, before: Dict, after: Dict) -> None:
    """Take note of what differs in a record of both editions."""
    slots = _differing(before["record"], after["record"])
    if slots:
        found.records.append(Changed(before, after, slots))
    elif any(before["record"][name] != after["record"][name] for name in ("coder", "codes", "confidence")):
        found.recoded += 1


def _merged(before: Iterator[Dict], after: Iterator[Dict]) -> Iterator[tuple[Dict | None, Dict | None]]:
    """Records of both editions side by side: their files stand in the order of article and id."""
    first, second = next(before, None), next(after, None)
    while first is not None or second is not None:
        if second is None or (first is not None and _key(first) < _key(second)):
            yield first, None
            first = next(before, None)
        elif first is None or _key(second) < _key(first):
            yield None, second
            second = next(after, None)
        else:
            yield first, second
            first, second = next(before, None), next(after, None)


def _same_claims(found: Difference, gone: list[Dict], come: list[Dict]) -> None:
    """Of what stands in one edition only: the same claim in a changed text; the rest was added or removed."""
    left: defaultdict[tuple[str, ...], list[Dict]] = defaultdict(list)
    for line in gone:
        left[_claim(line)].append(line)
    for line in come:
        same = left.get(_claim(line))
        if same:
            _compare(found, same.pop(0), line)
        else:
            found.records.append(Changed(None, line))
    found.records += [Changed(line, None) for line in gone if any(one is line for one in left[_claim(line)])]


def _key(line: Dict) -> tuple[str, str]:
    return line["article"]["id"], line["record"]["id"]


def _done(line: Dict) -> tuple[Any, ...]:
    return line["id"], line["action"], line["by"], line["at"], line["record"]


def _claim(line: Dict) -> tuple[str, ...]:
    article, record = line["article"], line["record"]
    quote = record["evidence"][0]["exact"] if record["evidence"] else ""
    return article["url"] or article["source"], record["type"], quote


def _differing(before: Dict, after: Dict) -> tuple[str, ...]:
    return tuple(slot for slot in after if slot not in _APART and _placeless(before.get(slot)) != _placeless(after[slot]))


def _placeless(value: Any) -> Any:
    """A value without the offsets of its words, which move when the text does."""
    if isinstance(value, dict):
        return {name: _placeless(part) for name, part in value.items() if name not in _OFFSETS}
    return [_placeless(part) for part in value] if isinstance(value, list) else value


def _sets(before: set[str], after: set[str]) -> dict[str, list[str]]:
    return {"added": sorted(after - before), "removed": sorted(before - after)}
