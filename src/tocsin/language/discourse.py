"""What has been mentioned so far, so that later short forms find whom they stand for.

In: entities as they are met. Out: parties for pronouns, surnames, "the ministry", "the country". Where two readings
compete the answer is none: an empty slot costs less than a wrong one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.language.lexicon import Lexicon, RoleNoun
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

if TYPE_CHECKING:
    from tocsin.language.entities import Entity

_REACH = 3  # sentences that a definite description may look back
_GROUP_REACH = 8  # a release speaks of "the two leaders" to its end

_SMALL = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3}
_KINDS_OF = {"state_nouns": ("state",), "bloc_nouns": ("igo",), "group_nouns": ("armed_group", "igo")}


@dataclass(slots=True)
class _Seen:
    sentence: int
    token: int
    parties: tuple[Party, ...]
    subject: bool
    lemma: str
    plural: bool = False


@dataclass(slots=True)
class Discourse:
    """Parties seen so far in one article."""

    text: str
    lexicon: Lexicon
    issuer: Party | None = None
    _seen: list[_Seen] = field(default_factory=list)
    _surnames: dict[str, Party] = field(default_factory=dict)
    _countries: Counter[str] = field(default_factory=Counter)
    _speaker: tuple[Party, ...] = ()
    _they: dict[int, tuple[Party, ...]] = field(default_factory=dict)  # sentence -> whom its subject "they" stood for
    _stood: dict[tuple[int, int], tuple[Party, ...]] = field(default_factory=dict)  # pronoun -> whom it stood for

    def see(self, sentence: Sentence, token: Token, entity: Entity) -> None:
        """Note an entity with parties."""
        if not entity.parties or token.pos == "PRON":
            return
        subject = token.dep.startswith("nsubj")
        plural = token.tag == "NNS"
        self._seen.append(_Seen(sentence.index, token.i, entity.parties, subject, token.lemma, plural))
        if token.dep == "conj":
            self._group(sentence, token, entity)
        for party in entity.parties:
            if party.country:
                self._countries[party.country] += 1
            if party.kind == "person":
                self._remember(party, entity)
        if subject and _says(sentence, token):
            self._speaker = entity.parties

    def _group(self, sentence: Sentence, token: Token, entity: Entity) -> None:
        """Coordinated phrases are also one group, which "they" and "both" stand for."""
        first = next((s for s in reversed(self._seen) if s.sentence == sentence.index and s.token == token.head), None)
        if first is not None:
            self._seen.append(
                _Seen(sentence.index, token.head, first.parties + entity.parties, first.subject, first.lemma)
            )

    def named(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The parties under the words that last named them, where a pronoun stands for them."""
        for seen in reversed(self._seen):
            if parties and seen.parties[0].name == parties[0].name:
                return seen.parties
        return ()

    def speaks(self, parties: tuple[Party, ...]) -> None:
        """Tell who speaks from here on."""
        self._speaker = parties

    def _remember(self, party: Party, entity: Entity) -> None:
        surname = entity.text.split()[-1] if entity.text else party.name
        old = self._surnames.get(surname)
        if old is None or (party.country and not old.country):
            self._surnames[surname] = party

    def expect(self, people: Iterable[Party]) -> None:
        """The people whom the article names in full anywhere: a headline may give the surname alone before."""
        rivals: dict[str, Party | None] = {}
        for party in people:
            words = party.name.split()
            if len(words) > 1:
                old = rivals.setdefault(words[-1], party)
                rivals[words[-1]] = party if old is not None and old.name == party.name else None
        self._surnames.update({surname: party for surname, party in rivals.items() if party is not None})

    def surname(self, word: str) -> Party | None:
        """The person whose name ended in this word, if one was met."""
        return self._surnames.get(word)

    def pronoun(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """Whom a pronoun stands for: the nearest fitting subject of this sentence or the one before."""
        word = token.lower
        if word in self.lexicon.words("pronouns_self"):
            found = self._speaker or ((self.issuer,) if self.issuer else ())
        elif word in self.lexicon.words("pronouns_person"):
            found = self._latest(sentence, token, self._other_person(sentence, token))
        elif word in self.lexicon.words("pronouns_thing"):
            found = self._latest(
                sentence, token, lambda p: p.kind not in ("person", "population", "media", "unidentified")
            )
        elif word in self.lexicon.words("pronouns_many"):
            subject = token.dep.startswith("nsubj")
            found = self._they.get(sentence.index - 1, ()) if subject and token.i < 2 else ()
            found = found or self._latest(sentence, token, lambda p: True, plural=True)
            if subject:
                self._they.setdefault(sentence.index, tuple(found))
        else:
            return ()
        self._stood[sentence.index, token.i] = tuple(found)
        return tuple(p.model_copy(update={"start": token.start, "end": token.end, "text": token.text}) for p in found)

    def _other_person(self, sentence: Sentence, token: Token) -> Callable[[Party], bool]:
        """Fits people; for "him" or "her" as object or complement not who the clause says does it."""
        taken: set[str] = set()
        verb = sentence.parent(token)
        if verb is not None and token.dep in ("obj", "iobj", "obl"):
            doers = {k.i for k in sentence.kids(verb, "nsubj")}
            taken = {p.name for s in self._seen if s.sentence == sentence.index and s.token in doers for p in s.parties}
            taken |= {p.name for i in doers for p in self._stood.get((sentence.index, i), ())}
        return lambda p: p.kind == "person" and p.name not in taken

    def together(self, reach: int, wanted: int | None = None) -> tuple[Party, ...]:
        """The people who stand together nearest before: "X spoke with Y" makes "the two leaders"."""
        for back in range(len(self._seen) - 1, -1, -1):
            index = self._seen[back].sentence
            if self._seen[-1].sentence - index > reach:
                break
            people: dict[str, Party] = {}
            for seen in self._seen:
                if seen.sentence == index:
                    for party in seen.parties:
                        if party.kind == "person" and party.country:
                            people.setdefault(party.country, party)
            if len(people) > 1 and wanted in (None, len(people)):
                return tuple(people.values())
        return ()

    def _latest(self, sentence: Sentence, token: Token, fits, plural: bool = False) -> tuple[Party, ...]:  # type: ignore[no-untyped-def]
        near = [
            s
            for s in self._seen
            if sentence.index - 2 <= s.sentence <= sentence.index
            and (s.sentence, s.token) < (sentence.index, token.i)
            and all(fits(p) for p in s.parties)
            and (plural or not s.plural)
        ]
        here = [s for s in near if s.subject and s.sentence == sentence.index]
        if plural and here:
            return here[-1].parties
        if plural:
            many = [
                s
                for s in near
                if len(s.parties) > 1
                or s.parties[0].kind in ("military", "armed_group", "population", "unidentified", "government_body")
            ]
            if not many and near and all(s.parties[0].kind == "person" for s in near):
                return self.together(2)  # one person is no "they"
            near = many or near
        same = [s for s in near if s.sentence == sentence.index]
        person = token.lower in self.lexicon.words("pronouns_person")
        if same and person and not token.dep.startswith("nsubj") and token.dep != "nmod:poss":
            return same[-1].parties  # "listed X and imposed sanctions on him"
        subjects = [s for s in same if s.subject] or [s for s in near if s.subject and s.sentence == sentence.index - 1]
        pool = subjects or same or near
        return pool[-1].parties if pool else ()

    def described(self, sentence: Sentence, head: Token, role: RoleNoun, span: tuple[int, int]) -> tuple[Party, ...]:
        """Whom "the ministry", "the president", "the army" stands for; "the two leaders" are those who met or spoke."""
        if head.tag in ("NNS", "NNPS") and role.kind == "person":  # "the two leaders", "officials"
            group = self._group_of(sentence, head)
            if group:
                return self.respan(group, span)
            if self.issuer is not None and role.group.endswith("office"):
                return ()
        for seen in self._own_first():
            same = seen.lemma == head.lemma and any(role.noun in p.text.lower() for p in seen.parties)
            if same and any(p.country or p.id for p in seen.parties):
                return self.respan(seen.parties, span)
        if role.kind == "person" and role.group != "spokesperson":
            for seen in self._own_first():
                party = seen.parties[0]
                if party.kind == "person" and role.noun in party.text.lower() and party.country:
                    return self.respan((party,), span)
            if self.issuer is not None and role.group.endswith("office"):
                own = {"kind": "person", "sector": role.sector, "id": None}
                return self.respan((self.issuer.model_copy(update=own),), span)
        named = any(k.pos == "PROPN" and k.i < head.i for k in sentence.kids(head, "compound"))
        if named and role.group == "government":
            return ()  # "the Zogu regime": whoever that is, not whom the article is about
        if role.kind in ("government_body", "military") or role.kind == "person":
            acting = self.actor_before(sentence.index, _REACH) if role.kind == "government_body" else None
            country = acting or self.focus()
            if country is not None and self.issuer is not None and country.country == self.issuer.country:
                country = None if head.lemma in self.lexicon.words("others_nouns") else country
            if country is not None and (role.kind != "military" or self._near(country, sentence)):
                return self.respan(
                    (country.model_copy(update={"kind": role.kind, "sector": role.sector, "id": None}),), span
                )
        return ()

    def _near(self, country: Party, sentence: Sentence) -> bool:
        """Whether a state was named in the sentences just before: "the troops" are not those of another report."""
        return any(
            sentence.index - s.sentence <= _REACH and any(p.country == country.country for p in s.parties)
            for s in reversed(self._seen)
        )

    def _own_first(self) -> list[_Seen]:
        """What was seen, latest first; in a release the issuer's own people before others ("the President")."""
        latest = list(reversed(self._seen))
        if self.issuer is None:
            return latest
        country = self.issuer.country
        return sorted(latest, key=lambda s: not any(p.country == country for p in s.parties))

    def _group_of(self, sentence: Sentence, head: Token) -> tuple[Party, ...]:
        """The people that a plural office ("both presidents", "the leaders", "the officials") stands for."""
        words = {k.lower for k in sentence.kids(head, "nummod", "det", "det:predet")}
        number = next((_SMALL[w] for w in words if w in _SMALL), None)
        return self.together(_GROUP_REACH, number)

    def typed(self, sentence: Sentence, head: Token, span: tuple[int, int]) -> tuple[Party, ...]:
        """Whom "the country", "the bloc", "the group" stands for: the nearest of that kind within reach."""
        noun = head.lemma
        for nouns, kinds in _KINDS_OF.items():
            if noun not in self.lexicon.words(nouns):
                continue
            plural = head.tag in ("NNS", "NNPS")
            wanted = self._how_many(sentence, head) if plural else 1
            recent = [
                s
                for s in self._seen
                if s.sentence >= sentence.index - _REACH and all(p.kind in kinds for p in s.parties)
                and not self._of_force(sentence, s)
            ]
            if plural:
                return self.respan(self._last(kinds, wanted, sentence, head), span)
            if recent:
                return self.respan(recent[-1].parties[:1], span)
        return ()

    def _of_force(self, sentence: Sentence, seen: _Seen) -> bool:
        """Whether a state was only told as that of troops in this sentence: "U.S. troops in the country" are abroad."""
        token = sentence.tokens[seen.token] if seen.sentence == sentence.index else None
        if token is None or token.dep not in ("amod", "compound", "nmod:poss"):
            return False
        role = self.lexicon.role(sentence, sentence.tokens[token.head])
        return role is not None and role[0].group == "force"

    def _how_many(self, sentence: Sentence, head: Token) -> int:
        """How many "the three countries", "both sides", "our two nations" are; two where no number stands."""
        for kid in sentence.kids(head, "nummod", "det", "det:predet"):
            if kid.lower in _SMALL:
                return _SMALL[kid.lower]
        return 2

    def _last(self, kinds: tuple[str, ...], wanted: int, sentence: Sentence, head: Token) -> tuple[Party, ...]:
        """The last distinct parties of the kinds, as many as wanted, else none; "our" counts the issuer in."""
        distinct: dict[str, Party] = {}
        ours = [k for k in sentence.kids(head, "nmod:poss") if k.lower == "our"]
        if ours and self.issuer is not None and self.issuer.country:
            distinct[self.issuer.country] = self.issuer
        verb = sentence.parent(head) if head.dep in ("obj", "iobj", "obl") and not ours else None
        doers = {k.i for k in (*sentence.kids(verb, "nsubj"), *sentence.kids(head))} if verb is not None else set()
        for seen in reversed(self._seen):
            if seen.sentence == sentence.index and seen.token in doers:
                continue  # "N urged both countries": N is none of them
            for party in seen.parties:
                state = party.country is not None and (
                    party.kind in kinds or party.kind in ("person", "government_body")
                )
                if state and len(distinct) < wanted:
                    distinct.setdefault(str(party.country), party)
        return tuple(reversed(distinct.values())) if len(distinct) == wanted else ()

    def actor_before(self, index: int, reach: int) -> Party | None:
        """The state that acts, as a subject, in the sentences before; none where two do."""
        near = [s for s in self._seen if index - reach <= s.sentence < index and s.subject]
        states = {p.country: p for s in near for p in s.parties if p.kind == "state" and p.country}
        return next(iter(states.values())) if len(states) == 1 else None

    def respan(self, parties: tuple[Party, ...], span: tuple[int, int]) -> tuple[Party, ...]:
        """The same parties under the words that refer to them."""
        start, end = span
        return tuple(p.model_copy(update={"start": start, "end": end, "text": self.text[start:end]}) for p in parties)

    def focus(self) -> Party | None:
        """The state that the article is about so far: the one named most, if it leads clearly."""
        ranked = self._countries.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] <= ranked[1][1]):
            return None
        for seen in reversed(self._seen):
            for party in seen.parties:
                if party.country == ranked[0][0]:
                    return party
        return None


def _says(sentence: Sentence, token: Token) -> bool:
    verb = sentence.parent(token)
    return verb is not None and any(k.dep == "ccomp" for k in sentence.kids(verb))
