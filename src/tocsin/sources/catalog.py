"""The catalogue of feeds, ``knowledge/sources/catalog.yaml``: tables in, sources out, chosen by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from tocsin.errors import KnowledgeError, UsageError
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.sources.addresses import is_address

KINDS = ("agency", "state_media", "independent", "official")
NEVER = "never"
_TABLE = "sources/catalog.yaml"


@dataclass(frozen=True, slots=True)
class Source:
    """A feed of the catalogue. ``verified`` is the day when it was last reached, or "never"."""

    id: str
    name: str
    url: str
    region: str
    language: str
    kind: str
    country: str | None = None
    verified: str = NEVER


_KEYS = {field.name for field in fields(Source)}
_NEEDED = ("id", "name", "url", "region", "language", "kind")


def catalogue(tables: Tables) -> list[Source]:
    """All sources, in the order of the tables; of two with one id the later. Raises KnowledgeError."""
    found: dict[str, Source] = {}
    for row in tables.rows(_TABLE):
        source = _source(row)
        found[source.id] = source
    return list(found.values())


def chosen(sources: Sequence[Source], names: Sequence[str], *, regions: Sequence[str] = (), languages: Sequence[str] = (),
           kinds: Sequence[str] = ()) -> list[Source]:
    """Those of a name, region, language and kind; all where nothing is asked. A name may be the address of a feed that is
    in no catalogue. Raises UsageError for what is none."""
    known = {source.id: source for source in sources}
    there = ((regions, "region", {source.region for source in sources}),
             (languages, "language", {source.language for source in sources}), (kinds, "kind", set(KINDS)))
    for asked, what, values in there:
        for value in asked:
            if value not in values:
                raise UsageError(words()("sources.unknown_value", what=what, value=value, known=", ".join(sorted(values))))
    named = [_named(name, known) for name in names] if names else list(sources)
    return [source for source in named if (is_address(source.id) or (
        (not regions or source.region in regions) and (not languages or source.language in languages)
        and (not kinds or source.kind in kinds)))]


def _named(name: str, known: dict[str, Source]) -> Source:
    if is_address(name):
        return Source(name, name, name, "", "", "")
    if name not in known:
        raise UsageError(words()("sources.unknown", name=name))
    return known[name]


def _source(row: dict[str, Any]) -> Source:
    missing = [key for key in _NEEDED if not isinstance(row.get(key), str) or not row[key]]
    wrong = [*missing, *sorted(str(key) for key in row if key not in _KEYS)]
    if wrong:
        raise KnowledgeError(f"{_TABLE}: {row.get('id') or row.get('name')}: missing, empty or unknown: {', '.join(wrong)}")
    if row["kind"] not in KINDS or not is_address(row["url"]):
        raise KnowledgeError(f"{_TABLE}: {row['id']} is of no known kind ({', '.join(KINDS)}) or its address is none")
    return Source(**{**row, "verified": str(row.get("verified", NEVER))})
