"""What an article tells of its people wherever it tells it: whom "Ortega" serves who was "police Sgt. Ana Ortega" before.

In: an annotated article. Out: by surname, the country told for a person, and whether a public office, rank or badge is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tocsin.language.annotate import Annotated
from tocsin.language.linking.kinds import Kinds
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

PUBLIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_PRIVATE = frozenset({"company", "ngo", "media"})
_OWNING = ("nmod", "compound", "nmod:poss", "amod")
_STATES = frozenset({"state", "government_body", "military"})
_TITLES = ("compound", "amod", "nmod", "flat", "appos", "dep")


@dataclass(slots=True)
class Person:
    """What is told of one person; ``at`` is where his office is told, which decides the country of a local one."""

    country: str | None = None
    public: bool = False
    private: bool = False  # whether he is told to be of a firm, a society, a paper, whose country is not his
    at: tuple[int, int] | None = None  # sentence, token


class People:
    """The people of one article by surname."""

    def __init__(self, note: Annotated, table: dict[str, Any], kinds: Kinds) -> None:
        self._note, self._kinds = note, kinds
        self._public, self._sent, self._any = (frozenset(table[key]) for key in ("public_people", "sent", "any_titles"))
        self._known: dict[str, Person] = {}
        for sentence in note.sentences:
            for token in sentence:
                if token.pos == "PROPN":
                    self._read(sentence, token)

    def get(self, party: Party) -> Person | None:
        """What the article tells of a person; None where nothing."""
        return self._known.get(_surname(party.name)) or self._known.get(_surname(party.text))

    def _read(self, sentence: Sentence, token: Token) -> None:
        entity = self._note.interpreter.settled(sentence, token)
        if entity is None or entity.head != token.i or len(entity.parties) != 1 or entity.parties[0].kind != "person":
            return
        party = entity.parties[0]
        person = self._known.setdefault(_surname(party.name), Person())
        nouns = self._nouns(sentence, token)
        if party.id is None and any(self._private_owner(sentence, noun) for noun in nouns):
            person.private, person.country = True, None
        elif not person.private:
            person.country = person.country or party.country
        if party.sector in PUBLIC and not nouns and not person.public:
            person.public, person.at = True, (sentence.index, token.i)
        for noun in nouns:
            public = self.serves(sentence, noun)
            if public and not person.public:
                person.public, person.at = True, (sentence.index, token.i)
            abroad = noun.lemma.lower() in self._sent
            owners = {p.country for p in self._note.interpreter.owners(sentence, noun) if p.country}
            owners = set() if abroad and not self._native(sentence, noun) else owners
            if person.country is None and len(owners) == 1 and (public or self._native(sentence, noun)):
                person.country = owners.pop()

    def serves(self, sentence: Sentence, noun: Token) -> bool:
        """Whether a noun for people is a public office, rank or badge, or tells somebody of a public body."""
        lexicon = self._note.interpreter.lexicon
        role = lexicon.role(sentence, noun)
        if noun.lemma.lower() in self._sent:
            return False  # where he is told to be he is abroad
        if self._private_owner(sentence, noun):
            return False
        whole = role is not None and " " in role[0].noun  # "security chief"
        if noun.lemma.lower() in self._any and not whole and not noun.text[:1].isupper():
            return self._public_owner(sentence, noun)
        if (role is not None and role[0].kind == "person" and role[0].sector in PUBLIC) or noun.lemma in self._public:
            return True
        return role is not None and role[0].kind == "person" and self._public_owner(sentence, noun)

    def _public_owner(self, sentence: Sentence, noun: Token) -> bool:
        """Whether the owner of a title is a state or one of its bodies."""
        owners = {p.kind for p in self._note.interpreter.owners(sentence, noun)}
        kids, places = sentence.kids(noun, *_OWNING), self._note.interpreter.lexicon.words("place_nouns")
        return bool(owners & _STATES) or any(k.lemma in places or self._is_body(sentence, k) for k in kids)

    def _private_owner(self, sentence: Sentence, noun: Token) -> bool:
        """Whether the owner of a title is a firm, a society, a newspaper."""
        for kid in sentence.kids(noun, *_OWNING):
            entity = self._note.interpreter.settled(sentence, kid)
            kinds = {p.kind for p in entity.parties} if entity is not None else set()
            if kinds & _PRIVATE or (not kinds and self._kinds.of(self._note, sentence, kid) in _PRIVATE):
                return True
        return False

    def _is_body(self, sentence: Sentence, token: Token) -> bool:
        entity = self._note.interpreter.settled(sentence, token)
        kinds = {p.kind for p in entity.parties} if entity is not None else set()
        return bool(kinds & {"government_body", "military"}) or (
            not kinds and self._kinds.of(self._note, sentence, token) == "government_body"
        )

    def _native(self, sentence: Sentence, noun: Token) -> bool:
        """ "a Moroccan-born preacher", "a Swedish imam": his nationality is told."""
        mentions = [self._note.interpreter.mention(sentence, k) for k in sentence.kids(noun, "amod", "compound")]
        return any(m is not None and m.party is not None and m.party.sort == "nationality" for m in mentions)

    def _nouns(self, sentence: Sentence, token: Token) -> list[Token]:
        """The nouns that tell what somebody is: titles before the name, appositions, "N is a minister"."""
        nouns = sentence.kids(token, *_TITLES)
        above = sentence.parent(token)
        if above is not None and token.dep in ("nsubj", "appos", "flat", "compound") and above.pos in ("NOUN", "PROPN"):
            told = token.dep != "nsubj" or bool(sentence.kids(above, "cop"))
            nouns = [*nouns, above] if told else nouns
        return nouns


def _surname(name: str) -> str:
    return name.replace("’", "'").removesuffix("'s").rsplit(" ", 1)[-1].rsplit("-", 1)[-1].casefold()
