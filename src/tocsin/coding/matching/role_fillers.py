"""Which parties a part of a clause gives to a role.

In: a frame, a clause, a part and what the role asks. Out: the entities of the first slot that has known ones, each with the
parties of it that fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.coding.draft import BARE
from tocsin.coding.matching.fillers import (
    ANYBODY,
    COUNTED_PEOPLE,
    FIGHTERS,
    LOCATIVE_SLOTS,
    as_side,
    held_by,
    known,
    place_border,
    placed_bomb,
    site_only,
    state_media,
    tied_to,
)
from tocsin.coding.matching.frames import Frame
from tocsin.coding.matching.parts import PartFinder
from tocsin.coding.matching.record_types import RoleSpec
from tocsin.language.phrases.entities import Entity, PlaceRef, as_party
from tocsin.model import Party
from tocsin.syntax import Clause

_YEAR = re.compile(r"(19|20)\d\d")
CRAFT = frozenset({"ship", "civil_ship", "aircraft", "helicopter", "uav"})
TOWN_HIT = "town hit"  # the same for a town that no table knows
PLACE_HIT = "place hit"  # a stand-in sector, cleared when the record is finished
_PLACES_HIT = frozenset({"building", "base"})  # their country is that of the event's place

Fillers = list[tuple[Entity, list[Party]]]


class RoleFillers:
    """Finds who fills roles in clauses of one article."""

    def __init__(self, parts: PartFinder) -> None:
        self.parts = parts
        self.frames = parts.frames
        self.interpreter = parts.interpreter

    def of_part(
        self, frame: Frame, clause: Clause, part: str, role: RoleSpec, used: set[tuple[int, int]]
    ) -> Fillers:
        """Fillers from the first slot of the part that has a known one, else from the first that has any."""
        first: Fillers = []
        if part == "maker" and clause.kind == "verb" and clause.get("subj"):
            return first  # "the drones tested Poland's air defences": something else does it
        for selector in self.frames.selectors(frame, part, clause.kind):
            fillers = self._fillers(clause, selector, role, used)
            if known(fillers):
                return fillers
            if role.from_place and not fillers and self._at_border(clause, selector):
                return first  # "to the border on the Gaza Strip": what follows tells which border
            first = first or fillers
        return first

    def _at_border(self, clause: Clause, selector: str) -> bool:
        """Whether a slot holds a border, which is in no state."""
        locative = selector in LOCATIVE_SLOTS or selector == "to"
        return locative and any("border_line" in e.types for a in self.parts.select(clause, selector) for e in a.entities)

    def _fillers(
        self, clause: Clause, selector: str, role: RoleSpec, used: set[tuple[int, int]]
    ) -> Fillers:
        found = []
        for argument in self.parts.select(clause, selector):
            for entity in argument.entities:
                if (entity.sentence, entity.head) in used:
                    continue
                parties = list(self._parties(entity, selector, role))
                if parties:
                    found.append((entity, parties))
        return found

    def _parties(self, entity: Entity, selector: str, role: RoleSpec) -> Iterable[Party]:
        """The parties of an entity that fit the role, else those that its place, its owner or its words stand for."""
        slot = selector.rsplit(".", 1)[-1]
        if role.not_gear and "materiel" in entity.types:
            return []
        if role.not_town and (site_only(entity, slot) or placed_bomb(entity, self.interpreter.sentences)):
            return []
        hitting = entity.lemma in self.interpreter.lexicon.words("hitting_bodies")  # "a coalition air strike"
        if role.victims and slot == "comp" and (hitting or any(p.kind in FIGHTERS for p in entity.parties)):
            return []  # "a terrorist attack", "the military offensive": who does it, if anybody
        if "meeting" in role.forbid and "meeting" in entity.types:
            return []  # "the run-up to the U.S.-Russia summit"
        own_word = state_media(entity) if role.state_media else None
        if own_word is not None:
            return [own_word]
        locative = slot in LOCATIVE_SLOTS
        if locative and role.from_place and not entity.parties and self._on_soil(entity):
            return self._soil_of(entity)
        if locative and slot == "near" and role.only and (entity.place is None or entity.place.precision == "country"):
            return []  # troops near a state are not in it
        if place_border(entity):
            return []
        fitting = self._fitting(entity, selector, role)
        if fitting and (not locative or role.from_place or role.only == {"igo"}):
            nobodys = all(p.country is None and p.id is None and p.kind in ANYBODY for p in fitting)
            countries = self.interpreter.located(entity) if nobodys and role.from_owner else []
            if role.tied and all(p.country is None and p.id is None for p in fitting):
                countries = countries or tied_to(entity, self.interpreter)
            return [fitting[0].model_copy(update={"country": c}) for c in countries] or fitting
        return self._standing_for(entity, role)

    @staticmethod
    def _fitting(entity: Entity, selector: str, role: RoleSpec) -> list[Party]:
        """The parties of an entity that the role admits."""
        parties = [as_side(p) for p in entity.parties] if "side_noun" in entity.types else entity.parties
        fitting = [p for p in parties if p.kind not in role.forbid and (not role.only or p.kind in role.only)]
        if "treaty" in entity.types and role.only != {"igo"}:
            fitting = [p for p in fitting if p.kind != "igo"]  # a treaty acts for nobody
        if "." in selector and selector.rsplit(".", 1)[-1] == "nat":  # "military assistance" names nobody
            fitting = [p for p in fitting if p.country or p.id]
        return fitting

    def _on_soil(self, entity: Entity) -> bool:
        return entity.lemma in self.interpreter.lexicon.words("soil_nouns")

    def _soil_of(self, entity: Entity) -> list[Party]:
        """ "on NATO territory": whose soil it is."""
        owners = self.interpreter.belonging(entity, located=False)
        return [p.model_copy(update={"kind": "igo" if p.country == "IGO" else "state"}) for p in owners if p.country]

    def _standing_for(self, entity: Entity, role: RoleSpec) -> list[Party]:
        """Whom an entity without a fitting party stands for: the state of a place, nameless people, an owner."""
        place = entity.place
        if place is not None and role.from_place and place.country and place.precision != "border":
            around = not entity.start <= place.start < entity.end  # "Houthi targets in Yemen" are the Houthis'
            owners = self.interpreter.belonging(entity, located=False) if around and role.from_owner else []
            if owners:
                return owners
            places = [place, *self._beside(entity, place)] if around else [place]
            return [as_party(p, "state", name=p.name, country=p.country, id=f"state:{p.country}") for p in places]
        if place is not None and place.precision == "town" and not place.country and role.victims:
            return [as_party(place, "population", name=place.name, sector=TOWN_HIT)]
        if role.described and not entity.parties and entity.lemma in self.interpreter.lexicon.words("described_parties"):
            beside = self.interpreter.sentences[entity.sentence].tokens[entity.head].dep == "conj"
            return [as_party(entity, "state" if beside else "unidentified")]  # "the US and its allies": states, too
        if role.victims and self._is_victim(entity) and entity.parties and all(p.kind == "media" for p in entity.parties):
            return self._people_of(entity)
        if role.victims and not entity.parties and "of_rebels" in entity.types:  # "two ISIS operatives"
            whose = self.interpreter.belonging(entity, located=False)
            return [as_party(entity, "armed_group", country=whose[0].country if whose else None)]
        if role.victims and not entity.parties and self._is_victim(entity):
            head = self.interpreter.sentences[entity.sentence].tokens[entity.head]
            return [as_party(entity, "population", sector=BARE if head.pos == "NUM" else None)]
        if not role.from_owner or entity.parties:
            return []
        if role.victims and (holders := held_by(entity, self.interpreter)):
            return holders
        if role.tied and (tied := tied_to(entity, self.interpreter)):
            return [as_party(entity, "company", country=country) for country in tied]
        located = role.from_owner != "named" and not entity.types & CRAFT  # "a tanker off Benin" is nobody's by that
        owners = self.interpreter.belonging(entity, located=located)
        if not owners and located and entity.types & _PLACES_HIT:
            owners = [as_party(entity, "population", sector=PLACE_HIT)]
        lands = self.interpreter.located(entity) if located else []
        if lands and len(owners) == 1 and owners[0].country in lands:  # "targets in A and B" are hit in both
            owners = [owners[0].model_copy(update={"country": land}) for land in lands]
        return owners or (self._force_named(entity) if role.victims and "platform" in entity.types else [])

    def _beside(self, entity: Entity, place: PlaceRef) -> list[PlaceRef]:
        """ "civilian targets in Oman and Egypt": the places that are coordinated with the one of an entity."""
        sentence = self.interpreter.sentences[entity.sentence]
        inner = next((t for t in sentence.subtree(sentence.tokens[entity.head]) if t.end == place.end), None)
        others = self.interpreter.entities(sentence, inner)[1:] if inner is not None else []
        return [e.place for e in others if e.place is not None and e.place.country not in (None, place.country)]

    def _force_named(self, entity: Entity) -> list[Party]:
        """ "an army truck": of an army, whosever it is."""
        sentence = self.interpreter.sentences[entity.sentence]
        for word in sentence.kids(sentence.tokens[entity.head], "compound"):
            role = self.interpreter.lexicon.role(sentence, word)
            if role is not None and role[0].kind == "military":
                return [as_party(entity, "military")]
        return []

    def _people_of(self, entity: Entity) -> list[Party]:
        """A journalist who is hit is no outlet; his country is what an adjective says, not where his outlet sits."""
        sentence = self.interpreter.sentences[entity.sentence]
        told = any(k.tag == "JJ" and k.text[:1].isupper() for k in sentence.kids(sentence.tokens[entity.head], "amod"))
        return [
            p.model_copy(update={"kind": "population", "country": p.country if told else None}) for p in entity.parties
        ]

    def _is_victim(self, entity: Entity) -> bool:
        if "number" in entity.types and _YEAR.fullmatch(entity.text):
            return False  # "an attack in 2015"
        return bool(entity.types & COUNTED_PEOPLE) or entity.lemma in self.interpreter.lexicon.words("victim_nouns")
