"""Who is said to have done an attack by a charge or by the suspicion of those who investigate it.

In: a sentence. Out: for each such telling the people meant and the noun of the deed: "X is accused of masterminding the
attack", "agents charged in the bombing", "police believe that the group was behind the blast", "the alleged mastermind of
the attack, X". A charge that is denied, only asked about, or made by somebody who does not investigate gives nothing
(codebook G4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity, as_party
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

_SUBJECTS = ("nsubj", "nsubj:pass")
_CONTENT = ("advcl", "xcomp", "ccomp", "acl")
_BELOW = ("obl", "nmod", "obj", "advcl", "acl")


@dataclass(frozen=True, slots=True)
class Charge:
    """Some people and the noun of the deed that they are held to have done."""

    parties: tuple[Party, ...]
    sentence: int
    deed: int  # the token of "attack", "bombings"
    by: frozenset[str] = frozenset()  # the countries of those who investigate, where they are told


def charges_of(sentence: Sentence, note: Annotated) -> Iterator[Charge]:
    """The charges that a sentence tells."""
    reader = _Reader(sentence, note)
    for token in sentence:
        for person, deed in reader.pairs(token):
            parties = reader.known(person)
            if parties:
                yield Charge(parties, sentence.index, deed.i, reader.whose(token))


class _Reader:
    """Reads one sentence."""

    def __init__(self, sentence: Sentence, note: Annotated) -> None:
        self.sentence, self.note = sentence, note
        self.words = note.interpreter.lexicon.words

    def pairs(self, token: Token) -> Iterator[tuple[Token, Token]]:
        """Who and what deed, for each charge whose verb or noun the token is."""
        if token.lemma in self.words("mastermind_nouns"):
            yield from ((p, d) for d in self._deeds_of_noun(token) for p in self._named_beside(token))
        if token.lemma in self.words("arresting_verbs") and not self._open(token):
            yield from ((p, d) for d in self._roles_in(token) for p in self.sentence.kids(token, "obj", "nsubj:pass"))
        charging = token.lemma in self.words("indicting_verbs")
        if not (charging or token.lemma in self.words("believing_verbs")) or self._open(token):
            return
        person = self._charged(token)
        if person is not None:
            yield from ((person, deed) for deed in self._deeds(token, charging))
        elif self._investigates(token):
            yield from self._said(token)
            for one in self.sentence.kids(token, "obj") if charging else ():
                yield from ((one, deed) for deed in self._deeds(token, charging))

    def whose(self, verb: Token) -> frozenset[str]:
        """The countries of the investigators that a verb of charging or believing names."""
        arrest = verb.lemma in self.words("arresting_verbs")
        them = [k for k in self.sentence.kids(verb, "nsubj", "obl:agent") if arrest or self._investigator(k)]
        return frozenset(p.country for k in them for p in self._entity(k).parties if p.country)

    def known(self, token: Token) -> tuple[Party, ...]:
        """The people of a phrase by name, or described by their country; a state or "a man" is nobody."""
        head = self.sentence.parent(token)
        above = [head] if token.dep == "appos" and head is not None else []
        found: list[Party] = []
        for one in (token, *self.sentence.kids(token, "appos"), *above):
            for entity in self.note.interpreter.entities(self.sentence, one) if one is token else [self._entity(one)]:
                found += [self._in_full(p) for p in entity.parties if p.kind in ("person", "armed_group")]
            if any(self._named(p) for p in found):
                break
        if not any(p.country for p in found):
            found += self._described(token)
        countries = {p.country for p in found if p.country}
        named = [p for p in found if self._named(p)] or [p for p in found if p.country]
        if len(named) == 1 and named[0].country is None and len(countries) == 1:
            named = [named[0].model_copy(update={"country": next(iter(countries))})]
        told = self.sentence.kids(token, "appos") if token.pos == "PROPN" else []
        own = [p for p in named if told and p.start <= token.start < p.end]  # "X, a commander of the Y Forces": one man
        return tuple(own[:1] or named)

    def _described(self, token: Token) -> list[Party]:
        """ "two former Syrian agents": people told by their country alone."""
        kids = self.sentence.kids(token, "amod", "compound") if token.pos == "NOUN" else []
        lands = {p.country for k in kids for p in self._entity(k).parties if p.kind == "state" and p.country}
        entity = self._entity(token)
        if len(lands) != 1 or entity.place is not None or entity.materiel is not None:
            return []
        return [as_party(entity, "person", country=lands.pop())]

    def _named(self, party: Party) -> bool:
        proper = {t.start for t in self.sentence if t.pos == "PROPN"}
        return party.id is not None or (not party.country and any(party.start <= start < party.end for start in proper))

    def _in_full(self, party: Party) -> Party:
        """Somebody whose country another phrase of the article tells ("the Saudi radical X. X is accused")."""
        if party.id is None or party.country is not None:
            return party
        for mention in self.note.mentions:
            if mention.party is not None and mention.party.id == party.id:
                where = self.note.sentences[mention.sentence]
                entity = self.note.interpreter.entity(where, where.tokens[mention.head])
                full = next((p for p in entity.parties if p.id == party.id and p.country), None)
                if full is not None:
                    return full
        return party

    def _entity(self, token: Token) -> Entity:
        return self.note.interpreter.entity(self.sentence, token)

    def _open(self, token: Token) -> bool:
        """Whether a charge, or what it is told under, is denied, asked about, or only possible."""
        doubtful = self.words("negators") | self.words("asking_marks") | self.words("modals_possible")
        current: Token | None = token
        while current is not None:
            below = {k.lower for k in self.sentence.kids(current, "advmod", "aux", "mark", "det")}
            if below & doubtful or (current is not token and current.lemma in self.words("doubting_verbs")):
                return True
            current = self.sentence.parent(current) if current.dep in ("ccomp", "xcomp", "acl") else None
        return False

    def _charged(self, verb: Token) -> Token | None:
        """Who is charged, in a passive without an agent other than those who investigate."""
        sentence = self.sentence
        agents = sentence.kids(verb, "obl:agent")
        if verb.tag not in ("VBN", "VBD") or not all(map(self._investigator, agents)):
            return None
        subjects = sentence.kids(verb, "nsubj")
        above = sentence.parent(verb)
        if any(s.dep == "nsubj" for s in subjects) or verb.dep == "conj":
            return None
        if subjects and not (verb.dep == "acl:relcl" and subjects[0].tag in ("WP", "WDT")):
            return subjects[0]
        before = sentence.tokens[verb.i - 2] if verb.i > 1 and sentence.tokens[verb.i - 1].text == "," else None
        if not subjects and before is not None and before.pos == "PROPN" and not sentence.kids(verb, "aux"):
            return before  # "the arrest of X, indicted as …", wherever the parse hangs it
        return above if verb.dep in ("acl", "acl:relcl") else None

    def _investigates(self, verb: Token) -> bool:
        return any(map(self._investigator, self.sentence.kids(verb, "nsubj")))

    def _investigator(self, token: Token) -> bool:
        """ "authorities", "the FBI", but not the Palestinian Authority."""
        body = token.pos == "PROPN" and token.lemma == "authority"
        return token.lemma.lower() in self.words("investigators") and not body

    def _roles_in(self, verb: Token) -> Iterator[Token]:
        """The deeds of "arrested X for his role in the attacks"."""
        for kid in self.sentence.kids(verb, "obl"):
            case = {k.lower for k in self.sentence.kids(kid, "case")}
            if kid.lemma in self.words("role_nouns") and case & self.words("charge_joints"):
                yield from (k for k in self.sentence.kids(kid, "nmod") if self._attack(k))

    def _deeds(self, verb: Token, charging: bool) -> Iterator[Token]:
        """The deeds below a verb of charging or, where it only tells what is thought, below what it is thought of."""
        for kid in self.sentence.kids(verb, *_BELOW) if charging else ():
            case = {k.lower for k in self.sentence.kids(kid, "case")}
            if self._attack(kid) and case & self.words("charge_joints"):
                yield kid
            elif kid.lemma in self.words("mastermind_nouns"):
                yield from self._deeds_of_noun(kid)
            elif kid.lemma == "charge":
                yield from (d for one in self.sentence.kids(kid, "acl", "advcl") for d in self._done(one))
        for kid in self.sentence.kids(verb, *_CONTENT):
            yield from self._done(kid)

    def _done(self, verb: Token) -> Iterator[Token]:
        """The deed of "masterminding the attack", "be behind the attack", "responsible for the attack"."""
        plotting = verb.lemma in self.words("plotting_verbs")
        for kid in self.sentence.kids(verb, "obj", "obl"):
            case = {k.lower for k in self.sentence.kids(kid, "case")}
            objects = plotting and kid.dep == "obj" and not case
            if self._attack(kid) and (objects or "behind" in case or (verb.lemma == "responsible" and "for" in case)):
                yield kid

    def _said(self, verb: Token) -> Iterator[tuple[Token, Token]]:
        """What those who investigate hold: "that X was behind the attack", "the attack was plotted by X"."""
        for content in self.sentence.kids(verb, "ccomp"):
            if self._open(content):
                continue
            subjects = self.sentence.kids(content, *_SUBJECTS)
            yield from ((s, d) for s in subjects for d in self._done(content) if s.dep == "nsubj")
            for deed in (s for s in subjects if self._attack(s)):
                if content.lemma in self.words("plotting_verbs"):
                    yield from ((agent, deed) for agent in self.sentence.kids(content, "obl:agent"))
                elif content.lemma in self.words("work_nouns"):
                    yield from ((owner, deed) for owner in self.sentence.kids(content, "nmod"))

    def _deeds_of_noun(self, noun: Token) -> Iterator[Token]:
        for kid in self.sentence.kids(noun, "nmod"):
            case = {k.lower for k in self.sentence.kids(kid, "case")}
            if case & {"of", "behind"} and self._attack(kid):
                yield kid

    def _named_beside(self, noun: Token) -> Iterator[Token]:
        """Who is called the mastermind: in apposition, or by "X is the mastermind"."""
        above = self.sentence.parent(noun)
        for word in (noun, *self._deeds_of_noun(noun)):  # "the mastermind of the attack, X", hung from either
            yield from self.sentence.kids(word, "appos")
        if noun.dep == "appos" and above is not None:
            yield above
        elif self.sentence.kids(noun, "cop") and not self._open(noun):
            yield from self.sentence.kids(noun, "nsubj")

    def _attack(self, token: Token) -> bool:
        return token.pos == "NOUN" and "attack" in self._entity(token).types
