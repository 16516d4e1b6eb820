"""Who is meant where the coder's own reading is not whom a reader sees: "the council" of a longer name told before, a
surname that is a capital ("Amman"), "I" of a release, a body under arms.

In: an annotated article. Out: for the token that heads a phrase, the parties to take instead, or the party with another
kind.
"""

from __future__ import annotations

from typing import Any

from tocsin.language.annotate import Annotated
from tocsin.language.linking.kinds import Kinds
from tocsin.language.names.mentions import NameMention
from tocsin.language.phrases.entities import Entity, party_of
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

_SEATS = frozenset({"metonym"})
_ONE_SELF = frozenset({"i", "me", "my"})



class Told:
    """The readings of one article."""

    def __init__(self, note: Annotated, table: dict[str, Any], kinds: Kinds) -> None:
        self._note, self._kinds = note, kinds
        self._shortened = frozenset(table["shortened"])
        self._armed = {key: frozenset(words) for key, words in table["armed_bodies"].items()}
        self._oppositions = frozenset(table["armed_oppositions"])

    def instead(self, sentence: Sentence, token: Token, entity: Entity) -> tuple[Party, ...]:
        """Other parties than the coder's; () where his stand."""
        return self._namesake(sentence, token, entity) or self._longer(sentence, token, entity)

    def kind_here(self, sentence: Sentence, token: Token, party: Party) -> Party:
        """The party with the kind that it has for a reader."""
        before = {k.lower for k in sentence.kids(token, "amod", "compound")}
        if party.kind == "government_body" and token.lemma in self._armed["nouns"] and before & self._armed["words"]:
            return party.model_copy(update={"kind": "military", "sector": "MIL"})
        if party.kind == "ngo" and token.lemma == "opposition" and party.country in self._oppositions:
            return party.model_copy(update={"kind": "armed_group", "sector": "OPP"})
        if party.kind == "state" and token.lower in _ONE_SELF:
            return party.model_copy(update={"kind": "person", "id": None, "name": party.text})
        if party.kind == "ngo" and party.id is None and token.pos == "NOUN" and self._kinds.person_noun(sentence, token):
            return party.model_copy(update={"kind": "person"})
        return party

    def _namesake(self, sentence: Sentence, token: Token, entity: Entity) -> tuple[Party, ...]:
        """ "Amman told her": the Amman who was named in full, not the capital."""
        name = entity.mention.party if entity.mention is not None else None
        if name is None or name.sort not in _SEATS or set(case_of(sentence, token).split()) & self._locative:
            return ()
        known = self._note.interpreter.discourse.surname(token.text)
        if known is None or " " not in known.name:
            return ()
        return (known.model_copy(update={"start": token.start, "end": token.end, "text": token.text}),)

    @property
    def _locative(self) -> frozenset[str]:
        return self._note.interpreter.lexicon.words("locative")

    def _longer(self, sentence: Sentence, token: Token, entity: Entity) -> tuple[Party, ...]:
        """ "the council" behind "the Southern Transitional Council": the last such name."""
        settled = any(p.id for p in entity.parties) or entity.mention is not None
        alone = all(k.lower == "the" for k in sentence.kids(token, "det", "amod", "compound", "nmod", "nmod:poss"))
        if settled or not alone or token.lemma not in self._shortened or not sentence.kids(token, "det"):
            return ()
        named = [m for m in self._note.mentions if m.start < token.start and self._ends_in(m, token.lemma)]
        if not named or named[-1].party is None:
            return ()
        return (party_of(named[-1].party, entity.start, entity.end, entity.text),)

    @staticmethod
    def _ends_in(mention: NameMention, noun: str) -> bool:
        words = (mention.party.name if mention.party is not None and mention.party.id else "").lower().split()
        return len(words) > 1 and words[-1] == noun
