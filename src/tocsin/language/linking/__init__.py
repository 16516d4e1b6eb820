"""Whom a phrase stands for, whole: the party that the coder takes, its kind where the coder needs none, and the country
that the article around it suggests where the words tell none.

In: an annotated article. Out: for the token that heads a phrase, parties. The coder fills slots from the text alone
(``interpret.py``); this is for the layer of mentions, where a reader asks whose police these are.
"""

from __future__ import annotations

from typing import cast

from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.language.linking.home import Home
from tocsin.language.linking.kinds import Kinds
from tocsin.language.linking.people import PUBLIC, People
from tocsin.language.linking.shape import NOTHING, Shape
from tocsin.language.linking.told import Told
from tocsin.language.phrases.entities import Entity, as_party
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party
from tocsin.model.base import PartyKind

_WITH_HOMES = ("media", "firms", "societies")
_LOCAL = frozenset({"government_body", "population", "military", "armed_group", "company", "media", "ngo"})
_SCENE = frozenset({"population", "armed_group", "military", "government_body"})
BODIES = "IGO"  # the country of bodies of states
_ABROAD = frozenset({"military", "armed_group"})  # who may fight in a country that is not theirs


class Linking:
    """The tables of the linker; built once."""

    def __init__(self, tables: Tables) -> None:
        self.table = tables.mapping("parties/linking.yaml")
        self.kinds = Kinds(self.table)
        self.abroad = frozenset(self.table["abroad"])
        self.coalitions, self.sent = frozenset(self.table["coalitions"]), frozenset(self.table["sent"])
        self.domestic = frozenset(self.table["domestic"])
        self.lands = frozenset(self.table["lands"])
        self.suffixes = frozenset(self.table["suffixes"])
        self.within, self.towards = frozenset(self.table["within"]), frozenset(self.table["towards"])
        rows = (row for table in _WITH_HOMES for row in tables.rows(f"parties/{table}.yaml"))
        self.homes = {row["id"]: row.get("home") for row in rows}

    def linker(self, note: Annotated) -> Linker:
        """The linker of one article."""
        return Linker(note, self)


class Linker:
    """Links the phrases of one article."""

    def __init__(self, note: Annotated, linking: Linking) -> None:
        self._note = note
        self._linking = linking
        self._home = Home(note, linking.table)
        self._people = People(note, linking.table, linking.kinds)
        self._shape = Shape(note, linking.table, linking.kinds)
        self._others = Told(note, linking.table, linking.kinds)

    def parties(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """Whom the phrase that a token heads stands for; () where it is no party."""
        token = self._name_of(sentence, token)
        if self.nobody(sentence, token):
            return ()
        token = self._note.interpreter.effective(sentence, token)
        entity = self._note.interpreter.entity(sentence, token)
        found = self._others.instead(sentence, token, entity) or entity.parties
        found = self._whole(sentence, token, found) or self._told(sentence, token, entity)
        if found and self._shape.several(sentence, token) and len({p.country for p in found}) == 1:
            own = {"country": None, "id": None, "name": entity.text, "kind": self._kind_of_many(sentence, token, found[0])}
            return (found[0].model_copy(update=own),)
        if len(found) == 1:
            return (self._settled(sentence, token, entity, found[0]),)
        return tuple(self._with_office(sentence, token, party) for party in found)

    def _own_state(self, sentence: Sentence, token: Token, party: Party) -> Party:
        """ "across the country": of a release its issuer's, in news the one in which it plays; "the state" may be a part
        of one there."""
        possessors = sentence.kids(token, "nmod:poss", "nmod", "acl:relcl")
        country = None if possessors or sentence.kids(token, "amod", "compound") else self._home.issuer
        if country is None and token.lemma in self._linking.lands and not possessors:
            country = self._home.country(sentence, lead=self._linking.table["abroad_lead"])
        return party if country is None else _as_state(party.model_copy(update={"country": country}))

    def nobody(self, sentence: Sentence, token: Token) -> bool:
        """Whether a word that may mean a party means none here."""
        return self._shape.nobody(sentence, token, self._note.interpreter.entity(sentence, token))

    def explained(self, token: Token) -> bool:
        """Whether the article says in brackets what the capitals stand for."""
        return self._shape.short(token) is not None

    def _name_of(self, sentence: Sentence, token: Token) -> Token:
        """The name before "Jr." or "III"."""
        above = sentence.parent(token)
        if token.lower.rstrip(".") in self._linking.suffixes and above is not None and above.pos == "PROPN":
            return above
        return token

    def _with_office(self, sentence: Sentence, token: Token, party: Party) -> Party:
        """One of several people with the country that is told of him elsewhere."""
        if party.kind != "person" or party.country is not None:
            return party
        return party.model_copy(update={"country": self._of_person(sentence, token, party)})

    def _kind_of_many(self, sentence: Sentence, token: Token, party: Party) -> PartyKind:
        role = self._note.interpreter.lexicon.role(sentence, token)
        return cast(PartyKind, role[0].kind) if role is not None else party.kind

    def _settled(self, sentence: Sentence, token: Token, entity: Entity, party: Party) -> Party:
        """The party as what it is here, with the country that is told or suggested."""
        party = self._others.kind_here(sentence, token, self._beside(sentence, token, party))
        words = set(party.text.lower().split())
        listed = (party.id or "").startswith("coalition:") and bool(words & self._linking.coalitions)
        before = {k.lower for k in sentence.kids(token, "amod", "compound")}
        if token.lemma in self._linking.coalitions and before & self._linking.domestic:
            party = party.model_copy(update={"kind": "ngo", "id": None})  # "the ruling coalition": of parties
        elif listed or (token.lemma in self._linking.coalitions and party.kind == "igo"):
            return party.model_copy(update={"kind": "igo", "country": None})
        if before & self._note.interpreter.lexicon.words("of_many") and entity.mention is None:
            return party.model_copy(update={"country": None, "id": None})
        if party.kind == "state" and self._members(sentence, token, entity):
            party = party.model_copy(update={"kind": "population", "id": None})
        named = party.kind == "person" and party.id is None and token.pos != "NOUN"
        told = self._people.get(party) if named else None
        if party.country is not None and (told is None or not told.private):
            return party
        if party.kind == "state" and entity.definite and token.tag == "NN" and entity.mention is None:
            return self._own_state(sentence, token, party)
        return party.model_copy(update={"country": self._country(sentence, token, entity, party)})

    def tells_kind(self, name: str) -> bool:
        """Whether a word of a name says what sort of body it is."""
        return self._linking.kinds.named(name.lower().split()) is not None

    def _told(self, sentence: Sentence, token: Token, entity: Entity) -> tuple[Party, ...]:
        role = self._note.interpreter.lexicon.role(sentence, token)
        kind = self._linking.kinds.of(self._note, sentence, token) or (role[0].kind if role is not None else None)
        kind = self._short(sentence, token) or self._shape.short(token) or kind
        placed = entity.place is not None and entity.mention is not None and kind != "person"
        if kind is None or kind == NOTHING or entity.materiel is not None or placed:
            return ()
        owners = {p.country for p in self._note.interpreter.owners(sentence, token) if p.country}
        kind = "igo" if owners == {"IGO"} and kind == "government_body" else kind
        country = owners.pop() if len(owners) == 1 else None
        return (as_party(entity, cast(PartyKind, kind), country=country),)

    def _whole(self, sentence: Sentence, token: Token, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """ "both nations" told of two presidents are the states; "the Foreign Secretary" is of the state that has one."""
        lexicon = self._note.interpreter.lexicon
        role = lexicon.role(sentence, token)
        if role is None:
            return parties
        if role[0].kind == "state" and any(p.kind != "state" for p in parties):
            return tuple(_as_state(p) for p in parties)
        country = self._home.of_title(role[0].noun) or self._home.title_at(sentence, token)
        if role[0].kind == "person" and country is not None and token.pos == "PROPN":
            return tuple(p if p.id else p.model_copy(update={"country": country, "name": p.text}) for p in parties)
        return parties

    def _beside(self, sentence: Sentence, token: Token, party: Party) -> Party:
        """ "the Philippines, a Catholic nation": who stands beside it; "the newspaper Le Parisien" is a newspaper."""
        above = sentence.parent(token)
        if party.id is None and party.country is None:
            other = above if token.dep == "appos" else self._told_of(sentence, token)
            named = self.parties(sentence, other) if other is not None and other.pos in ("NOUN", "PROPN", "PRON") else ()
            if len(named) == 1 and named[0].kind == party.kind and named[0].country:
                return party.model_copy(update={"country": named[0].country, "id": named[0].id, "name": named[0].name})
        if party.kind != "person" or party.id is not None or token.pos != "PROPN":
            return party
        lexicon = self._note.interpreter.lexicon
        nouns = sentence.kids(token, "compound", "amod", "nmod", "flat")
        nouns += [above] if above is not None and token.dep in ("appos", "flat", "compound") else []
        nouns += self._right_before(sentence, token)
        roles = [(noun, role[0]) for noun in nouns if (role := lexicon.role(sentence, noun)) is not None]
        outlets = [noun for noun, role in roles if role.kind == "media"]
        first = party.text.split()[0].casefold()
        people = any(self._linking.kinds.person_noun(sentence, noun) for noun in nouns)  # "N Observer editor N"
        if people or any(role.kind == "person" for _, role in roles) or first in lexicon.given_names or not outlets:
            return party
        if outlets[0].lemma.lower() in self._linking.table["trades"] and _looks_a_person(sentence, token):
            return party
        owners = {p.country for p in self._note.interpreter.owners(sentence, outlets[0]) if p.country}
        country = owners.pop() if len(owners) == 1 else party.country
        return party.model_copy(update={"kind": "media", "sector": "JRN", "country": country})

    @staticmethod
    def _told_of(sentence: Sentence, token: Token) -> Token | None:
        """ "The Philippines is a Catholic nation", "he was a brigadier general": of whom it is said."""
        subjects = sentence.kids(token, "nsubj") if sentence.kids(token, "cop") else []
        return subjects[0] if subjects and not sentence.kids(token, "nmod:poss") else None

    def _right_before(self, sentence: Sentence, token: Token) -> list[Token]:
        """The word before a name, wherever the tree has hung it."""
        runs = (r for r in self._note.runs if r.sentence == sentence.index and r.first <= token.i <= r.last)
        return [sentence.tokens[r.first - 1] for r in runs if r.first]

    def _short(self, sentence: Sentence, token: Token) -> str | None:
        """What the capitals in brackets behind a name are: "the State Board of Antiquities (SBAH)"."""
        above = sentence.parent(token)
        if above is None or token.dep != "appos" or not token.text.isupper() or above.pos != "PROPN":
            return None
        return self._linking.kinds.of(self._note, sentence, above)

    @staticmethod
    def _members(sentence: Sentence, token: Token, entity: Entity) -> bool:
        """ "Syrians", "the Greeks": the people, not the state."""
        named = entity.mention.party if entity.mention is not None else None
        plural = token.text.endswith("s") and token.tag in ("NNS", "NNPS", "NNP")
        return named is not None and named.sort == "nationality" and plural and token.dep not in ("amod", "compound")

    def _country(self, sentence: Sentence, token: Token, entity: Entity, party: Party) -> str | None:
        if party.id in self._linking.homes:
            return self._linking.homes[party.id]
        if party.kind == "person":
            return self._of_person(sentence, token, party)
        if party.kind not in _LOCAL or party.id is not None:
            return None
        if {k.lower for k in sentence.kids(token, "amod", "compound", "det")} & self._linking.abroad:
            return None
        if party.kind in _ABROAD and token.tag == "NN" and sentence.kids(token, "det") and not entity.definite:
            return None  # "a terrorist organization", "a motorised division"
        lead = self._linking.table["abroad_lead"] if party.kind in _ABROAD else 1.0
        if token.lemma in self._linking.sent and self._home.issuer is not None:
            return self._home.issuer  # "will lead a delegation to Berlin"
        extent = self._extent(sentence, token, entity)
        away = self._away(sentence, token)
        return self._home.country(sentence, extent, scene=party.kind in _SCENE, lead=lead, away=away)

    def _of_person(self, sentence: Sentence, token: Token, party: Party) -> str | None:
        """Of a servant of a state the country around his office, of others the one that is told."""
        told = self._people.get(party) if token.pos == "PROPN" or token.pos == "PRON" else None
        if told is not None and told.country is not None:
            return told.country
        if told is not None and told.public and told.at is not None:
            there = self._note.sentences[told.at[0]]
            return self._office(there, there.tokens[told.at[1]], party)
        if {p.country for p in self._note.interpreter.owners(sentence, token)} == {BODIES}:
            return BODIES  # "the European Central Bank president"
        sent = {party.text.split()[0].lower(), token.lemma} & self._linking.sent
        if sent and self._home.issuer is not None and token.pos == "PROPN" and not self._away(sentence, token):
            return self._home.issuer  # "Ambassador N has completed" in a release of his own state
        if sent or {k.lower for k in sentence.kids(token, "amod", "det")} & self._linking.abroad:
            return None
        served = (
            self._people.serves(sentence, token) if token.pos == "NOUN" else party.sector in PUBLIC and told is None
        )
        return self._office(sentence, token, party) if served else None

    def _office(self, sentence: Sentence, token: Token, party: Party) -> str | None:
        """The country in which somebody holds an office; soldiers may be abroad."""
        entity = self._note.interpreter.entity(sentence, token)
        lead = self._linking.table["abroad_lead"] if party.sector == "MIL" else 1.0
        extent, named = self._extent(sentence, token, entity), token.pos == "PROPN"
        return self._home.country(sentence, extent, scene=False, lead=lead, named=named)

    def _away(self, sentence: Sentence, token: Token) -> tuple[int, int] | None:
        """Where the phrase is told to go: "a delegation to Berlin"."""
        goals = [k for k in sentence.kids(token, "nmod") if set(case_of(sentence, k).split()) & self._linking.towards]
        return (goals[0].start, sentence.subtree(goals[0])[-1].end) if goals else None

    def _extent(self, sentence: Sentence, token: Token, entity: Entity) -> tuple[int, int]:
        """From the first word of a phrase to the last of the complements that say whose or where it is."""
        end = entity.end
        for kid in sentence.kids(token, "nmod"):
            if kid.i > token.i and set(case_of(sentence, kid).split()) & self._linking.within:
                end = max(end, sentence.subtree(kid)[-1].end)
        behind = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
        if behind is not None and behind.pos == "ADP" and behind.lower == "from" and token.pos == "NOUN":
            end = max(end, sentence.subtree(sentence.tokens[behind.head])[-1].end)  # wherever the tree has hung it
        return entity.start, end


def _looks_a_person(sentence: Sentence, token: Token) -> bool:
    """Whether the tree's labels call the whole name a person."""
    name = [token, *sentence.kids(token, "compound", "flat")]
    proper = [t for t in name if t.pos == "PROPN"]
    return len(proper) > 1 and all(t.entity == "PERSON" for t in proper)


def _as_state(party: Party) -> Party:
    """The state of somebody who stands for it."""
    own = f"state:{party.country}" if party.country is not None and party.country != BODIES else None
    return party.model_copy(update={"kind": "state", "sector": "GOV", "id": own, "name": party.text})
