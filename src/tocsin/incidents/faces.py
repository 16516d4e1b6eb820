"""From a record to what is compared of it, and that to JSON and back.

In: a record of the model, the day of its article, the name that it goes by. Out: a ``Face``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re

from tocsin.incidents.model import AHEAD, Face, Line, Range, Side, Spot, When
from tocsin.incidents.rules import Rules, TypeRule
from tocsin.knowledge.folding import fold
from tocsin.model import Count, Record
from tocsin.model.record import EventPlace, Party

NAMED_SPOTS = ("site", "town", "district", "province")
_WORD = re.compile(r"[^\W_]+")
_PEOPLE = ("killed", "wounded", "captured")


def incident_name(text_sha256: str, record: Record, ordinal: str) -> str:
    """The name of the incident that a record makes alone: from the text, type and place of its evidence, so that it is the
    same in every register. ``ordinal`` tells apart the records of one type and sentence."""
    quote = record.evidence[0]
    key = f"{text_sha256}|{record.type}|{quote.start}|{quote.end}|{ordinal}"
    return "i_" + hashlib.sha256(key.encode()).hexdigest()[:12]


def face_of(record: Record, name: str, article: int, published: str | None, rules: Rules) -> Face:
    """What is compared of a record."""
    rule = rules.types[record.type]
    report = _ordinal(published)
    evidence = " ".join(quote.exact for quote in record.evidence)
    roles = tuple(_sides(record, role, rule, rules) for role in rule.roles)
    places = tuple(_spot(place) for place in record.places if place.role != "origin")
    return Face(
        name=name, article=article, type=record.type, subtype=record.subtype, status=record.status, roles=roles,
        when=_when(record, report, rule, rules), report=report, places=places,
        lines=tuple(Line(m.class_, m.designation, m.count.min, m.count.max)
                    for m in record.materiel),
        people=_range(record.personnel),
        tolls={kind: found for kind in _PEOPLE if (found := _range(getattr(record.casualties, kind)))},
        ordinal=record.recurrence.ordinal if record.recurrence else None,
        total=any(cue in evidence.casefold() for cue in rules.totals), words=content_words(evidence, rules),
        key=_key(record, roles, places, rule), record=record.id,
        denies=tuple(sorted(link.record for link in record.relations if link.kind == "denies")))


def content_words(text: str, rules: Rules) -> frozenset[str]:
    """The stems of the words that carry content, at most so many, in the order of the text."""
    found = dict.fromkeys(word[:rules.stem] for word in _WORD.findall(fold(text))
                          if word not in rules.stop and (len(word) > 1 or word.isdigit()))
    return frozenset(list(found)[:rules.most])


def to_json(face: Face) -> str:
    """A face as it is kept."""
    return json.dumps([
        face.name, face.article, face.type, face.subtype, face.status, face.roles, face.when, face.report, face.places,
        face.lines, face.people, face.tolls, face.ordinal, face.total, " ".join(sorted(face.words)), face.key,
        face.record, face.denies],
        ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Face:
    """A face as it was."""
    (name, article, type_, subtype, status, roles, when, report, places, lines, people, tolls, ordinal, total, words,
     key, record, denies) = json.loads(text)
    return Face(
        name, article, type_, subtype, status, tuple(tuple(Side(*side) for side in sides) for sides in roles), When(*when),
        report, tuple(Spot(*spot) for spot in places), tuple(Line(*line) for line in lines),
        tuple(people) if people else None, {kind: tuple(found) for kind, found in tolls.items()}, ordinal, total,
        frozenset(words.split()), key, record, tuple(denies))


def _sides(record: Record, role: str, rule: TypeRule, rules: Rules) -> tuple[Side, ...]:
    parties = record.roles.get(role) or (record.roles.get(rule.also[role], ()) if rule.also and role in rule.also else ())
    return tuple(side_of(party, rules) for party in parties)


def side_of(party: Party, rules: Rules) -> Side:
    """A party as it is compared."""
    country = None if party.country == "IGO" else party.country
    return Side(party.id, rules.top(party.id), _bare(party.name), country, party.kind)


def _bare(name: str) -> str:
    """A name without its article."""
    return name[4:] if name[:4].casefold() == "the " else name


def _spot(place: EventPlace) -> Spot:
    return Spot(place.geonameid, place.name, place.admin1, place.country,
                place.precision, place.lat, place.lon)


def _range(count: Count | None) -> Range | None:
    return (count.min, count.max) if count is not None and (count.min is not None or count.max is not None) else None


def _when(record: Record, report: int | None, rule: TypeRule, rules: Rules) -> When:
    first, last = _ordinal(record.time.earliest), _ordinal(record.time.latest)
    if record.status in AHEAD:
        return _ahead(first, last, report, record.time.basis, rule)
    if first is not None and last is not None:
        length = last - first
        return When("day" if length == 0 else "span" if length <= rules.limits["span"] else "long", first, last)
    if first is not None and report is not None and report >= first:
        return When("span" if report - first <= rules.limits["span"] else "long", first, report)
    until = last if last is not None else report
    if until is None or record.historical:
        return When("none", 0, 0)
    if record.status == "denied":  # of what is denied no day is told, and the deed may be told of long after
        reach = int(rules.limits["denied"]) * rule.recent
        return When("recent", until - reach, until + reach)
    return When("recent", until - rule.recent, until)


def _ahead(first: int | None, last: int | None, report: int | None, basis: str, rule: TypeRule) -> When:
    start = first if first is not None else report if report is not None else last
    if start is None:
        return When("none", 0, 0)
    if basis == "stated" and last is not None:
        return When("plan", min(start, last), last)
    return When("open", start, start + rule.horizon)


def _key(record: Record, roles: tuple[tuple[Side, ...], ...], places: tuple[Spot, ...], rule: TypeRule) -> str | None:
    """What identifies a lasting state: type, who, with or where whom, and, of what stands somewhere, the
    named place; None for an event."""
    standing = record.status in rule.standing or record.subtype in rule.standing
    bound = record.status == "occurred" and record.subtype in rule.begins | rule.ends
    if not (standing or bound) or record.status in AHEAD or not all(roles):
        return None
    if not all(side.known for sides in roles for side in sides):
        return None  # "soldiers" are not the same soldiers elsewhere
    who = ["+".join(sorted({side.token for side in sides})) for sides in roles]
    placed = "party_place" in rule.blocks  # a base stands somewhere; a membership does not, wherever the papers are signed
    spots = sorted(spot.folded for spot in places if spot.precision in NAMED_SPOTS) if placed else []
    if bound and placed and not spots:
        return None  # one of the bases of a host, no matter which
    return "|".join([record.type, *who, *spots[:1]])


def _ordinal(day: str | None) -> int | None:
    try:
        return dt.date.fromisoformat(day).toordinal() if day else None
    except ValueError:
        return None
