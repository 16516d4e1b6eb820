"""What an article tells of its people wherever it tells it: whom "Ortega" serves who was "police Sgt. Ana Ortega" before.

In: an annotated article. Out: by surname, the country told for a person, and whether a public office, rank or badge is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tocsin.language.annotate import Annotated
from tocsin.language.linking.kinds import Kinds
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

PUBLIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_PRIVATE = frozenset({"company", "ngo", "media"})
_OWNING = ("nmod", "compound", "nmod:poss", "amod")
_BODIES = "IGO"
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
        self._politics = frozenset(table["politics"])
        self._known: dict[str, Person] = {}
        self._first: dict[str, Person | None] = {}  # by given name, None where several bear it
        for sentence in note.sentences:
            for token in sentence:
                if token.pos == "PROPN":
                    self._read(sentence, token)

    def get(self, party: Party) -> Person | None:
        """What the article tells of a person; None where nothing."""
        keys = dict.fromkeys([*_surnames(party.name), *_surnames(party.text)])
        met = [self._known[key] for key in keys if key in self._known]
        known = next((p for p in met if p.country or p.public or p.private), met[0] if met else None)
        if " " in party.name or (known is not None and known.country is not None):
            return known
        return self._first.get(party.name.casefold()) or known  # "Nabil" of "the Yemeni journalist Nabil N"

    def _read(self, sentence: Sentence, token: Token) -> None:
        entity = self._note.interpreter.settled(sentence, token)
        if entity is None or entity.head != token.i or len(entity.parties) != 1 or entity.parties[0].kind != "person":
            return
        party = entity.parties[0]
        keys = _surnames(party.name)
        person = next((self._known[key] for key in keys if key in self._known), Person())
        self._known.update({key: self._known.get(key, person) for key in keys})
        if " " in party.name and party.id is None:
            first = party.name.split()[0].casefold()
            self._first[first] = person if self._first.setdefault(first, person) is person else None
        nouns = self._nouns(sentence, token)
        bodies = [k for k in sentence.kids(token, "nmod") if case_of(sentence, k) == "of"]  # "N, of the council"
        if any(self._is_body(sentence, k) for k in bodies) and not person.public:
            person.public, person.at = True, (sentence.index, token.i)
        firms = [*bodies, *(inner for k in bodies for inner in sentence.kids(k, "compound"))]
        private = any(self._is_private(sentence, k) for k in firms)
        if party.id is None and (private or any(self._private_owner(sentence, noun) for noun in nouns)):
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
            if owners == {_BODIES}:
                person.country = person.country or _BODIES  # "the central bank's president" of a union of states
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
        loose = noun.lemma.lower() in self._any and not whole
        if (loose or (role is not None and role[0].noun in self._any)) and not noun.text[:1].isupper():
            return self._public_owner(sentence, noun)
        if (role is not None and role[0].kind == "person" and role[0].sector in PUBLIC) or noun.lemma in self._public:
            return True
        return role is not None and role[0].kind == "person" and self._public_owner(sentence, noun)

    def _public_owner(self, sentence: Sentence, noun: Token) -> bool:
        """Whether the owner of a title is a state or one of its bodies."""
        owners = {p.kind for p in self._note.interpreter.owners(sentence, noun)}
        kids, places = sentence.kids(noun, *_OWNING), self._note.interpreter.lexicon.words("place_nouns")
        return bool(owners & _STATES) or any(
            k.lemma in places or k.lower in self._politics or self._is_body(sentence, k) for k in kids
        )

    def _private_owner(self, sentence: Sentence, noun: Token) -> bool:
        """Whether the owner of a title is a firm, a society, a newspaper."""
        kids = sentence.kids(noun, *_OWNING)
        if {k.lower for k in kids} & self._politics:
            return False
        if {p.kind for p in self._note.interpreter.owners(sentence, noun)} & _PRIVATE:
            return True  # "its chief executive" behind "the bank"
        if any(case_of(sentence, k) == "with" and not self._is_body(sentence, k) for k in kids):
            return True  # "a director with Verdant's software group"
        inner = [k for kid in kids for k in sentence.kids(kid, "nmod:poss", "compound")]
        return any(self._is_private(sentence, k) for k in [*kids, *inner])

    def _is_private(self, sentence: Sentence, token: Token) -> bool:
        """Whether a phrase is a firm, a society, a newspaper."""
        entity = self._note.interpreter.settled(sentence, token)
        kinds = {p.kind for p in entity.parties} if entity is not None else set()
        return bool(kinds & _PRIVATE) or (not kinds and self._kinds.of(self._note, sentence, token) in _PRIVATE)

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
        nouns = [k for k in sentence.kids(token, *_TITLES) if k.dep != "nmod" or not case_of(sentence, k)]
        run = next((r for r in self._note.runs if r.sentence == sentence.index and r.first <= token.i <= r.last), None)
        before = sentence.tokens[run.first - 1] if run is not None and run.first > 0 else None
        if before is not None and before.pos == "NOUN" and before.lemma in self._public and before not in nouns:
            nouns.append(before)  # "presidential nominee N", wherever the tree has hung it
        above = sentence.parent(token)
        if above is not None and token.dep in ("nsubj", "appos", "flat", "compound") and above.pos in ("NOUN", "PROPN"):
            told = token.dep != "nsubj" or bool(sentence.kids(above, "cop"))
            nouns = [*nouns, above] if told else nouns
        return nouns


def _surnames(name: str) -> tuple[str, ...]:
    """The keys of a name: its last word, and of one with hyphens the last part ("al-Quaety")."""
    last = name.replace("’", "'").removesuffix("'s").rsplit(" ", 1)[-1].casefold()
    return tuple(dict.fromkeys((last.replace("-", ""), last.rsplit("-", 1)[-1])))
