"""A record in words: for each filled slot what it says and the words of the article that it rests on.

In: a record. Out: fields in reading order. The terminal's tables and the page both show these, so that a slot reads the
same wherever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tocsin.export.dates import count_phrase, day_phrase, period_phrase
from tocsin.knowledge.words import Words
from tocsin.model import Article, Count, EventPlace, EventTime, Materiel, Party, Record, Source


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a slot. ``group`` is who, what, when, where or source; ``said`` the article's own words where they
    differ from ``text``; ``spans`` where they stand; ``target`` the number of the record that a relation points to."""

    slot: str
    group: str
    label: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    said: str | None = None
    note: str = ""
    target: int | None = None


def fields(record: Record, words: Words, numbers: Mapping[str, int] | None = None) -> list[Field]:
    """All filled slots. ``numbers`` gives the number under which each record id of the article is shown."""
    found = [_party(role, party, words) for role, parties in record.roles.items() for party in parties]
    found += [_materiel(item, words) for item in record.materiel]
    found += list(_counts(record, words))
    found += list(_spanned(record, words))
    time = _time(record.time, words, ahead=record.status in ("planned", "possible"))
    found += [time] if time else []
    found += [_place(place, words) for place in record.places]
    found += [_source(source, words) for source in record.attribution] or [
        Field("attribution", "source", words("slot.attribution"), words("own_voice"))]
    found += list(_relations(record, words, numbers or {}))
    return found


def heading(record: Record, words: Words) -> list[str]:
    """Type, subtype and, where it is so, that it is history: the parts of a record's title."""
    parts = [words.name("type", record.type)]
    if record.subtype:
        parts.append(words.name("subtype", record.subtype))
    if record.historical:
        parts.append(words("historical"))
    return parts


def confidence_phrase(record: Record, words: Words) -> str:
    """The confidence, and that the record waits for review where it is below the upper threshold."""
    mark = [words("for_review")] if record.confidence < words.put_forward else []
    return " · ".join([f"{record.confidence:.2f}", *mark])


def published_phrase(article: Article, words: Words) -> str:
    """The day of publication with where it was found, or that there is none."""
    published = article.published
    if published.value is None:
        return words("article.undated")
    basis = words.get(f"date_basis.{published.basis}") or published.basis
    return words("article.date", day=day_phrase(published.value, words), basis=basis)


def title_of(article: Article, words: Words) -> str:
    """The title, else the first line, else that there is none; at most 160 characters, on one line."""
    title = article.title or next((line for line in article.text.splitlines() if line.strip()), "")
    title = " ".join(title.split()) or words("article.untitled")
    return title if len(title) <= 160 else title[:159] + "…"


def _party(role: str, party: Party, words: Words) -> Field:
    code = party.country or ""
    kind = "" if party.kind == "state" or code == "IGO" else words.name("kind", party.kind)
    note = " · ".join(part for part in (words.get(f"country.{code}") or code, kind) if part)
    return Field(role, "who", words.name("role", role), party.name, ((party.start, party.end),),
                 _other_words(party.text, party.name), note)


def _materiel(item: Materiel, words: Words) -> Field:
    count = item.count
    number = count_phrase(count, words)
    if count.kind == "exact" and count.text and number in item.text:
        number = words("exactly")
    name = item.designation if item.designation and item.designation.casefold() not in item.text.casefold() else ""
    note = " · ".join(part for part in (number, name, words.name("class", item.class_)) if part)
    spans = ((item.start, item.end), *_span(count))
    return Field("materiel", "what", words("slot.materiel"), item.text, spans, note=note)


def _counts(record: Record, words: Words) -> Iterator[Field]:
    tolls = record.casualties
    for slot, count in (("personnel", record.personnel), ("killed", tolls.killed), ("wounded", tolls.wounded),
                        ("captured", tolls.captured)):
        if count is not None:
            text = count_phrase(count, words) or count.text or words("nothing")
            yield Field(slot, "what", words(f"slot.{slot}"), text, _span(count), _other_words(count.text, text))


def _spanned(record: Record, words: Words) -> Iterator[Field]:
    if (item := record.instrument) is not None:
        yield Field("instrument", "what", words("slot.instrument"), item.name, ((item.start, item.end),),
                    _other_words(item.text, item.name))
    if (amount := record.quantity) is not None:
        yield Field("quantity", "what", words("slot.quantity"), amount.text, ((amount.start, amount.end),))
    if (series := record.recurrence) is not None:
        key = "ordinal_within" if series.window else "ordinal_time"
        text = words(key, n=series.ordinal, window=series.window)
        yield Field("recurrence", "what", words("slot.recurrence"), text, ((series.start, series.end),), series.text)


def _time(time: EventTime, words: Words, *, ahead: bool) -> Field | None:
    period = period_phrase(time.earliest, time.latest, words, ahead=ahead)
    text = period or time.edtf or time.text
    if text is None:
        return None
    note = words("unresolved") if not (period or time.edtf) else words.get(f"basis.{time.basis}") or ""
    span = ((time.start, time.end),) if time.start is not None and time.end is not None else ()
    return Field("time", "when", words("slot.time"), text, span, _other_words(time.text, text), note)


def _place(place: EventPlace, words: Words) -> Field:
    text = words(f"place.{place.role}", place=place.name)
    admin = place.admin1 if place.admin1 and not place.admin1.isdigit() else ""
    country = place.country if place.precision != "country" else ""
    note = " · ".join(part for part in (words.name("precision", place.precision), admin, country) if part)
    return Field("places", "where", words("slot.places"), text, ((place.start, place.end),),
                 _other_words(place.text, place.name), note)


def _source(source: Source, words: Words) -> Field:
    text = words("says", name=source.name, verb=source.verb) if source.verb else source.name
    note = " · ".join(part for part in (source.country or "", words("quoted") if source.quoted else "") if part)
    return Field("attribution", "source", words("slot.attribution"), text, ((source.start, source.end),),
                 _other_words(source.text, source.name), note)


def _relations(record: Record, words: Words, numbers: Mapping[str, int]) -> Iterator[Field]:
    for relation in record.relations:
        number = numbers.get(relation.record)
        text = words("relation", kind=words.name("relation", relation.kind), n=number or relation.record)
        yield Field("relations", "what", words("slot.relations"), text, target=number)


def _span(count: Count) -> tuple[tuple[int, int], ...]:
    return ((count.start, count.end),) if count.start is not None and count.end is not None else ()


def _other_words(said: str | None, shown: str) -> str | None:
    """The article's words, None where they are shown already."""
    plain = " ".join((said or "").split())
    if plain == shown:
        return None
    if plain.isascii() and shown.isascii() and plain.lower() not in shown.lower():  # to compile a pattern takes far longer
        return said or None
    shown_already = re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", shown, re.IGNORECASE)
    return said if plain and not shown_already else None
