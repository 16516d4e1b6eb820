"""The number of people of a record.

In: a candidate and the parts that its record type names for it. Out: a count, or None where no people are counted.
"""

from __future__ import annotations

from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.slots.counts import to_count
from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence
from tocsin.model import Count

_PEOPLE = frozenset({"military", "person", "armed_group", "force", "unidentified"})
_BODIES = frozenset({"navy", "army", "militia", "service", "air force", "coast guard"})  # "the two navies"
_NO_TROOPS = frozenset({"police", "police_person", "civil_staff"})  # "1,000 policemen and 200 soldiers"
_NO_HEADS = frozenset({"unit", "state", "official", "office", "area"})  # counted, but no people: battalions, countries


def personnel_of(candidate: Candidate, parts: tuple[str, ...], interpreter: Interpreter) -> Count | None:
    """Number of people in the parts of the candidate that the record type names for it."""
    if not parts:
        return None
    sentence = candidate.clause.sentence
    entities = [e for part in parts for e in candidate.parts.get(part, [])]
    entities += [e for a in candidate.clause.get("with", "involving", "of") for e in a.entities if "force" in e.types]
    if candidate.type == "military_exercise":  # "9,000 troops began the drill held by X and Y"
        entities += [e for a in candidate.clause.get("subj") for e in a.entities]
    moved = candidate.type == "deployment" and any("force" in e.types and not e.types & _NO_TROOPS for e in entities)
    for entity in entities:
        if entity.sentence != sentence.index or entity.materiel is not None:
            continue
        for member in [entity, *_of_whom(entity, sentence, interpreter)]:
            people = member.types & _PEOPLE and not member.types & (_NO_HEADS | _NO_TROOPS if moved else _NO_HEADS)
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
        if any(c.lower in interpreter.lexicon.words("composition_prepositions") for c in sentence.kids(k, "case"))
    ]


def _counts_sides(entity: Entity) -> bool:
    """Whether the number counts one, or the sides named ("the two armies", "both navies"), not heads."""
    number = entity.count
    if number is None or (number.min, number.max) == (1, 1):
        return True
    if entity.lemma in _BODIES:
        return True
    return len(entity.countries) > 1 and number.min == number.max == len(entity.countries)
