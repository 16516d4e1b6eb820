"""Fills the slots of a record beside its roles: equipment, numbers, time, places.

In: a candidate and the annotated article. Out: model objects whose spans slice to the text. What the text does not say
stays empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tocsin.coding.by_side import lines_by_side, to_count
from tocsin.coding.candidate import Candidate
from tocsin.coding.verify import POINTS
from tocsin.coding.where import below, of_parts
from tocsin.language.annotate import Annotated
from tocsin.language.entities import Entity, PlaceRef
from tocsin.language.interpret import Interpreter
from tocsin.language.numbers import Number
from tocsin.language.times import TimeExpression, find_recurrence
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Count, EventPlace, EventTime, Materiel
from tocsin.syntax import Argument, Clause

MONEY = "military_aid_money"
_PLACE_ROLES = {
    "to": "destination",
    "toward": "destination",
    "towards": "destination",
    "into": "destination",
    "from": "origin",
    "out of": "origin",
    "near": "near",
}
_SITE_SLOTS = (
    "in",
    "at",
    "near",
    "on",
    "off",
    "over",
    "outside",
    "inside",
    "across",
    "along",
    "around",
    "to",
    "into",
    "obj.in",
    "obj.at",
    "obj.near",
    "obj.on",
    "obj.to",
    "of.in",
    "of.to",
    "from",
    "obj.from",
    "toward",
    "towards",
    "obj.toward",
    "obj.towards",
    "obj.along",
    "obj.off",
    "of.near",
    "of.on",
    "of.along",
    "of.off",
    "of.from",
    "by.in",
    "by.near",
    "with.in",
    "with.near",
    "between.in",
    "involving.in",
)
_PEOPLE = frozenset({"military", "person", "armed_group", "force", "unidentified"})
_SHIPS = frozenset({"ship", "submarine"})
_NO_HEADS = frozenset({"unit", "state", "official", "office", "area"})  # counted, but no people: battalions, countries


def count_of(entity: Entity, sentence: Sentence) -> Count:
    """How many of the entity the text tells; "a"/"an" with a singular is one."""
    if entity.count is not None:
        return to_count(entity.count)
    head = sentence.tokens[entity.head]
    article = [k for k in sentence.kids(head, "det") if k.lower in ("a", "an", "another")]
    if article and head.tag in ("NN", "NNP"):
        return Count(text=article[0].text, start=article[0].start, end=article[0].end, min=1, max=1, kind="exact")
    gear = entity.materiel
    if gear is not None and gear.class_ in _SHIPS and head.tag in ("NN", "NNP") and _named_ship(gear.text, head, sentence):
        return Count(text=gear.text, start=gear.start, end=gear.end, min=1, max=1, kind="exact")
    return Count()


def _named_ship(text: str, head: Token, sentence: Sentence) -> bool:
    """Whether the words name one ship ("USS Nimitz", "the carrier Kuznetsov"), not a class of ships."""
    if any(k.tag == "NNP" for k in sentence.kids(head, "appos")):
        return True
    prefixed = any(len(w) > 1 and w.isupper() and w.isalpha() for w in text.split())
    return prefixed or (head.tag == "NNP" and "class" not in text.lower())


def materiel_of(
    candidate: Candidate, note: Annotated, parts: tuple[str, ...], slots: tuple[str, ...], use: str | None
) -> list[Materiel]:
    """A line for each kind of equipment that the candidate's parts name."""
    sentence = candidate.clause.sentence
    lines: dict[tuple[int, int], Materiel] = {}
    named = [e for part in parts for e in candidate.parts.get(part, [])]
    named += [e for a in candidate.clause.get(*slots) for e in a.entities]
    before = {(e.start, e.end) for a in candidate.clause.get("comp") for e in a.entities}
    if candidate.clause.kind == "noun":
        own = note.interpreter.entity(sentence, candidate.clause.token)
        before.add((own.start, own.end))
        named.append(own)
    if named:
        for entity in named:
            for member in _members(entity, sentence, note.interpreter):
                line = line_of(member, note, use)
                for one in lines_by_side(member, line, note) if line is not None else ():
                    lines.setdefault((one.start, one.end), one)
    whole = [line for line in lines.values() if not any(_inside(other, line) for other in lines.values())]
    return _once(whole, before)


def _inside(inner: Materiel, outer: Materiel) -> bool:
    """Whether a line of the same class stands inside another's words ("arms" in "arms deliveries")."""
    within = outer.start <= inner.start and inner.end <= outer.end and inner is not outer
    return within and inner.class_ == outer.class_ and outer.count.min is None


def line_of(entity: Entity, note: Annotated, use: str | None) -> Materiel | None:
    """An entity's equipment as a line of materiel; aid told with its sum is money ("$20 million in military aid")."""
    gear = entity.materiel
    if gear is None:
        return None
    sentence = note.sentences[entity.sentence]
    sum_ = _sum_of(entity, sentence, note) if "aid" in gear.flags else None
    start = min(gear.start, sum_.start) if sum_ is not None else gear.start
    bundles = note.interpreter.lexicon.words("transfer_nouns")
    bundle = gear.class_ == "unspecified" and entity.lemma in bundles and entity.count is None  # "an arms package"
    return Materiel.model_validate(
        {
            "text": note.article.text[start : gear.end],
            "start": start,
            "end": gear.end,
            "designation": gear.designation,
            "class": MONEY if sum_ is not None else gear.class_,
            "count": Count() if "aid" in gear.flags or bundle else count_of(entity, sentence),
            "use": use,
        }
    )


def _sum_of(entity: Entity, sentence: Sentence, note: Annotated) -> Number | None:
    """The sum of money inside a phrase of aid, or right before it but for joining words."""
    gear, joints = entity.materiel, note.interpreter.lexicon.words("sum_joints")
    for number in note.numbers:
        if gear is None or number.unit is None or not (len(number.unit) == 3 and number.unit.isupper()):
            continue
        if gear.start <= number.start < gear.end:
            return number
        between = [t.lower for t in sentence if number.end <= t.start < gear.start]
        if sentence.start <= number.start < gear.start and len(between) <= 5 and joints.issuperset(between):
            return number
    return None


def _once(lines: list[Materiel], before: set[tuple[int, int]]) -> list[Materiel]:
    """Without what only repeats another line of its class: "the ICBM test of the Hwasong-14" tells of one missile.
    ``before`` are the phrases of the event noun itself and of the nouns before it."""
    told = {line.class_ for line in lines if (line.start, line.end) not in before}
    kept = [line for line in lines if (line.start, line.end) not in before or line.class_ not in told]
    names = [line.designation for line in kept]
    return [k for i, k in enumerate(kept) if not k.designation or k.designation not in names[:i]]


def _members(entity: Entity, sentence: Sentence, interpreter: Interpreter) -> list[Entity]:
    """The entity and what "including", "such as" or an apposition adds to it."""
    head = sentence.tokens[entity.head]
    found = [entity]
    for kid in sentence.kids(head, "nmod", "appos"):
        case = " ".join(t.lower for t in sentence.kids(kid, "case"))
        if case == "with" or case in interpreter.lexicon.words("including"):
            found += interpreter.entities(sentence, kid)
    return found


def personnel_of(candidate: Candidate, parts: tuple[str, ...], interpreter: Interpreter) -> Count | None:
    """Number of people in the parts of the candidate that the record type names for it."""
    if not parts:
        return None
    sentence = candidate.clause.sentence
    entities = [e for part in parts for e in candidate.parts.get(part, [])]
    entities += [e for a in candidate.clause.get("with", "involving", "of") for e in a.entities if "force" in e.types]
    for entity in entities:
        if entity.sentence != sentence.index or entity.materiel is not None:
            continue
        for member in [entity, *_of_whom(entity, sentence, interpreter)]:
            people = member.types & _PEOPLE and not member.types & _NO_HEADS
            if people and member.count is not None and not _counts_sides(member):
                return to_count(member.count)
    return None


def _of_whom(entity: Entity, sentence: Sentence, interpreter: Interpreter) -> list[Entity]:
    """The people that a unit is made of or reinforced with: "a battalion of 550 soldiers"."""
    if not entity.types & {"unit", "troop_presence"}:
        return []
    kids = sentence.kids(sentence.tokens[entity.head], "nmod")
    return [
        interpreter.entity(sentence, interpreter.effective(sentence, k))
        for k in kids
        if any(c.lower in ("of", "with", "by") for c in sentence.kids(k, "case"))
    ]


def _counts_sides(entity: Entity) -> bool:
    """Whether the number counts one, or the sides named ("the two armies", "both navies"), not heads."""
    number = entity.count
    if number is None or (number.min, number.max) == (1, 1):
        return True
    return len(entity.countries) > 1 and number.min == number.max == len(entity.countries)


# --- time --------------------------------------------------------------------------------------------------------------


def time_of(candidate: Candidate, note: Annotated) -> EventTime:
    """When: the time expression that hangs from the event's own predicate, else the bound that tense gives."""
    expression = attached_time(candidate.clause, note)
    if expression is not None:
        return stated_time(expression, candidate.status)
    if candidate.status in ("occurred", "denied") and note.published is not None:
        latest = note.published.isoformat()
        return EventTime(edtf=f"../{latest}", latest=latest, basis="inferred")
    return EventTime()


def stated_time(expression: TimeExpression, status: str) -> EventTime:
    """A time expression as the event's time; a plan takes the future reading where there are two."""
    if status in ("planned", "possible"):
        expression = expression.toward("future")
    earliest, latest = expression.earliest, expression.latest
    return EventTime(
        text=expression.text,
        start=expression.start,
        end=expression.end,
        edtf=_edtf(earliest, latest, expression.edtf),
        earliest=_iso(earliest),
        latest=_iso(latest),
        basis="stated",
    )


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _edtf(earliest: dt.date | None, latest: dt.date | None, given: str | None) -> str | None:
    if earliest is None and latest is None:
        return given
    if earliest == latest:
        return _iso(earliest)
    return f"{_iso(earliest) or '..'}/{_iso(latest) or '..'}"


def attached_time(clause: Clause, note: Annotated) -> TimeExpression | None:
    """The first dated expression of the sentence whose words hang from the clause's predicate or its light verb."""
    own = {clause.token.i} | ({clause.support.i} if clause.support else set())
    bearing = note.interpreter.lexicon.words("bearing_nouns")
    if any(a.token.lemma in bearing for a in clause.get("obj")):  # "claimed responsibility for Friday's attack"
        own |= {a.token.i for a in clause.get("for")}
    found = _first_time(clause, own, note)
    token = clause.support or clause.token
    while found is None and _shares_time(clause.sentence, token) and (first := clause.sentence.parent(token)) is not None:
        token = first
        found = _first_time(clause, {token.i}, note)
    return found


def _shares_time(sentence: Sentence, token: Token) -> bool:
    """Coordinated predicates, and a participle without a conjunction, are told of the time of the one above."""
    bare = token.tag == "VBG" and token.dep == "advcl" and not sentence.kids(token, "mark", "case")
    return token.dep == "conj" or bare


def _first_time(clause: Clause, anchors: set[int], note: Annotated) -> TimeExpression | None:
    """The first expression that hangs from one of the anchors; one that resolves is better than one that does not."""
    sentence = clause.sentence
    best: TimeExpression | None = None
    windows = [(sentence.start + r.start, sentence.start + r.end) for r in find_recurrence(_words(sentence, note))]
    for expression in note.times:
        if not sentence.start <= expression.start < sentence.end or expression.timex3_type in ("DURATION", "SET"):
            continue
        if any(start <= expression.start < end for start, end in windows):
            continue  # "the third time this month" does not say when
        head = head_of(sentence, expression.start, expression.end)
        if head is not None and expression.text == head.text and _of_a_name(sentence, head):
            continue
        better = best is None or (best.earliest is None and expression.earliest is not None)
        if better and head is not None and hangs_from(sentence, head, anchors):
            best = expression
    return best


def _of_a_name(sentence: Sentence, token: Token) -> bool:
    """Whether a year is the end of a name ("Sea Breeze 2021"), no date."""
    before = sentence.tokens[token.i - 1] if token.i else token
    year = token.pos == "NUM" and len(token.text) == len("2021") and token.text.isdigit()
    return year and token.i != before.i and before.pos == "PROPN"


def _words(sentence: Sentence, note: Annotated) -> str:
    return note.article.text[sentence.start : sentence.end]


def head_of(sentence: Sentence, start: int, end: int) -> Token | None:
    inside = [t for t in sentence if t.start >= start and t.end <= end] or [
        t for t in sentence if t.start < end and t.end > start
    ]
    for token in inside:
        parent = sentence.parent(token)
        if parent is None or not start <= parent.start < end:
            return token
    return None


def hangs_from(sentence: Sentence, token: Token, anchors: set[int]) -> bool:
    """Whether the way up from the token meets the clause before it meets another predicate."""
    current = token
    for _ in range(8):
        if current.i in anchors:
            return True
        if current.pos in ("VERB", "AUX") and current.i not in anchors:
            return False
        parent = sentence.parent(current)
        if parent is None:
            return False
        if current.dep == "nmod:poss" and parent.i not in anchors and parent.dep in ("obl", "nmod"):
            return False  # "in answer to Monday's attack": the day is that of the attack
        current = parent
    return False


# --- places ------------------------------------------------------------------------------------------------------------


def places_of(
    candidate: Candidate,
    note: Annotated,
    select: Callable[[Clause, str], list[Argument]],
    parts: tuple[str, ...] = (),
) -> list[EventPlace]:
    """Where: the principal place first; a town before its country, a destination before an origin. ``parts`` are those
    whose own place is the event's; with them, the phrases below the event's words are searched too."""
    clause = candidate.clause
    found: list[tuple[int, EventPlace]] = []
    for slot in _SITE_SLOTS:
        if parts and slot.endswith("from"):
            continue  # what is hit is not where it was fired from
        for argument in select(clause, slot):
            for entity in argument.entities:
                if entity.place is not None:
                    role = _PLACE_ROLES.get(slot.rsplit(".", 1)[-1], "site")
                    found.append((_rank(entity.place, role), to_place(entity.place, role)))
    if parts:
        more = list(of_parts(candidate, parts)) or ([] if found else list(below(candidate, note)))
        found += [(_rank(place, "site"), to_place(place, "site")) for place in more]
    found.sort(key=lambda pair: pair[0])
    distinct: dict[tuple[str, str | None], EventPlace] = {}
    for _, place in found:
        distinct.setdefault((place.name, place.country), place)
    return list(distinct.values())


def to_place(place: PlaceRef, role: str) -> EventPlace:
    """A place of the article as an event's place; a point only where it is a province or finer."""
    fine = place.precision in POINTS
    return EventPlace(
        text=place.text,
        start=place.start,
        end=place.end,
        name=place.name,
        country=place.country,
        admin1=place.admin1,
        geonameid=place.geonameid,
        lat=place.lat if fine else None,
        lon=place.lon if fine else None,
        precision=place.precision,
        role=role,
    )


def _rank(place: PlaceRef, role: str) -> int:
    fineness = {"site": 0, "town": 1, "district": 2, "province": 3, "region": 4, "border": 4, "sea": 4, "country": 5}
    return fineness.get(place.precision, 6) + (10 if role == "origin" else 0)
