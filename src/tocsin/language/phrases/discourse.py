"""What has been mentioned so far, so that later short forms find whom they stand for.

In: entities as they are met. Out: parties for pronouns and surnames; ``descriptions.py`` settles "the ministry" and "the
country". Where two readings compete the answer is none: an empty slot costs less than a wrong one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

if TYPE_CHECKING:
    from tocsin.language.phrases.entities import Entity


@dataclass(slots=True)
class Seen:
    """Parties as a phrase named them, and how it stood in its sentence."""

    sentence: int
    token: int
    parties: tuple[Party, ...]
    subject: bool
    lemma: str
    plural: bool = False
    beside: bool = False  # told only as the other side of a border
    scene: bool = False  # a land that is told only as where something is


@dataclass(slots=True)
class Discourse:
    """Parties seen so far in one article."""

    text: str
    lexicon: Lexicon
    issuer: Party | None = None
    seen: list[Seen] = field(default_factory=list)
    _surnames: dict[str, Party] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    _speaker: tuple[Party, ...] = ()
    _they: dict[int, tuple[Party, ...]] = field(default_factory=dict)  # sentence -> whom its subject "they" stood for
    _stood: dict[tuple[int, int], tuple[Party, ...]] = field(default_factory=dict)  # pronoun -> whom it stood for

    def forget(self) -> None:
        """A new story begins: nobody of the one before is meant in it."""
        self.seen.clear()
        self.countries.clear()
        self._they.clear()
        self._speaker = ()

    def see(self, sentence: Sentence, token: Token, entity: Entity) -> None:
        """Note an entity with parties."""
        if not entity.parties or token.pos == "PRON" or self._stands_behind(sentence, token):
            return
        title = token.dep == "compound" and "role" in entity.types and entity.parties[0].kind == "person"
        if title and not sentence.kids(token):
            return  # "King NAME": a bare title is nobody beside him
        if token.pos == "ADJ" and token.dep == "amod" and entity.mention is None:
            return  # "another military defeat": "they" are not the military
        subject = token.dep.startswith("nsubj")
        plural = token.tag == "NNS" or (entity.count is not None and (entity.count.min or 0) > 1)  # "six aircraft"
        beside = self._beyond_border(sentence, token)
        scene = self._scene(sentence, token, entity.parties)
        self.seen.append(Seen(sentence.index, token.i, entity.parties, subject, token.lemma, plural, beside, scene))
        if token.dep == "conj":
            self._group(sentence, token, entity)
        for party in entity.parties:
            if party.country:
                self.countries[party.country] += 1
            if party.kind == "person" and "role" not in entity.types:  # "Speaker of the House" has no surname
                self._remember(party, entity, token)
        if subject and _says(sentence, token):
            self._speaker = entity.parties

    def _group(self, sentence: Sentence, token: Token, entity: Entity) -> None:
        """Coordinated phrases are also one group, which "they" and "both" stand for."""
        first = next((s for s in reversed(self.seen) if s.sentence == sentence.index and s.token == token.head), None)
        if first is not None:
            both = first.parties + entity.parties
            self.seen.append(Seen(sentence.index, token.head, both, first.subject, first.lemma, scene=first.scene))

    def named(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The parties under the words that last named them, where a pronoun stands for them."""
        for seen in reversed(self.seen):
            if parties and seen.parties[0].name == parties[0].name:
                return seen.parties
        return ()

    def speaks(self, parties: tuple[Party, ...]) -> None:
        """Tell who speaks from here on."""
        self._speaker = parties

    def _remember(self, party: Party, entity: Entity, head: Token) -> None:
        surname = entity.text.split()[-1] if entity.text else party.name
        behind = entity.text.partition(f"{head.text} of ")[2]
        surname = head.text if behind and surname == behind.split()[-1] else surname  # "King Hussein of Jordan"
        for title in self.lexicon.words("royal_titles") & set(entity.text.lower().split()):
            self._surnames.setdefault(f"{title} {surname}", party)
        prefix, _, rest = surname.partition("-")
        bare = [rest] if rest and prefix.lower() in self.lexicon.words("name_particles") else []
        words = party.name.split()
        if len(words) > 1 and party.country in self.lexicon.words("family_first") and party.name in entity.text:
            bare.append(words[0])  # "Suh Hoon" is "Mr. Suh"
        for name in (surname, *bare):  # "al-Quaety" is headed by "Quaety"
            old = self._surnames.get(name)
            if old is None or (party.country and not old.country):
                self._surnames[name] = party

    def expect(self, people: Iterable[Party]) -> None:
        """The people whom the article names in full anywhere: a headline may give the surname alone before."""
        people, rivals = list(people), dict[str, Party | None]()
        for party in people:
            words = party.name.split()
            if len(words) > 1:
                old = rivals.setdefault(words[-1], party)
                rivals[words[-1]] = party if old is not None and old.name == party.name else None
        for party in people:  # "Osama bin Laden" is "Osama" too
            words = party.name.split()
            if len(words) > 2 and words[1].lower() in self.lexicon.words("name_particles"):
                rivals.setdefault(words[0], party)
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
        if word in self.lexicon.words("pronouns_thing") and len({p.country or p.name for p in found}) > 1:
            found = ()  # "it" is one: of two who stand together it is neither for sure
        self._stood[sentence.index, token.i] = tuple(found)
        return tuple(p.model_copy(update={"start": token.start, "end": token.end, "text": token.text}) for p in found)

    def _other_person(self, sentence: Sentence, token: Token) -> Callable[[Party], bool]:
        """Fits people; for "him" or "her" as object or complement not who the clause says does it."""
        taken: set[str] = set()
        verb = sentence.parent(token)
        if verb is not None and token.dep in ("obj", "iobj", "obl"):
            doers = {k.i for k in sentence.kids(verb, "nsubj")}
            taken = {p.name for s in self.seen if s.sentence == sentence.index and s.token in doers for p in s.parties}
            taken |= {p.name for i in doers for p in self._stood.get((sentence.index, i), ())}
        return lambda p: p.kind == "person" and p.name not in taken

    def together(self, reach: int, wanted: int | None = None) -> tuple[Party, ...]:
        """The people who stand together nearest before: "X spoke with Y" makes "the two leaders"."""
        for back in range(len(self.seen) - 1, -1, -1):
            index = self.seen[back].sentence
            if self.seen[-1].sentence - index > reach:
                break
            people: dict[str, Party] = {}
            for seen in self.seen:
                if seen.sentence == index:
                    for party in seen.parties:
                        if party.kind == "person" and party.country:
                            people.setdefault(party.country, party)
            if len(people) > 1 and wanted in (None, len(people)):
                return tuple(people.values())
        return ()

    def _latest(
        self, sentence: Sentence, token: Token, fits: Callable[[Party], bool], plural: bool = False
    ) -> tuple[Party, ...]:
        """The latest fitting parties before a token, the subject of its sentence or the one before first."""
        near = [
            s
            for s in self.seen
            if sentence.index - 2 <= s.sentence <= sentence.index
            and (s.sentence, s.token) < (sentence.index, token.i)
            and all(fits(p) for p in s.parties)
            and (plural or not s.plural)
            and not (plural and s.scene)
        ]
        here = [s for s in near if s.subject and s.sentence == sentence.index]
        if plural and here:
            alone = len(here[-1].parties) == 1 and here[-1].parties[0].kind == "person" and not here[-1].plural
            return self._with_others(sentence, token, here[-1], near) if alone else here[-1].parties
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
        alone = plural and bool(pool) and not pool[-1].plural and [p.kind for p in pool[-1].parties] == ["person"]
        return self.together(2) if alone else (pool[-1].parties if pool else ())  # one person is no "they"

    def _with_others(self, sentence: Sentence, token: Token, one: Seen, near: list[Seen]) -> tuple[Party, ...]:
        """Whom "they" stands for beside one person: "X met the leaders of Y and Z; they agreed" all, "X told the leaders
        that they" the others; the one where no others are told."""
        others = [s for s in near if s.sentence == sentence.index and s is not one]
        groups = [s for s in others if len({p.country for p in s.parties}) > 1]
        if not groups:
            return one.parties
        widest = max(groups, key=lambda s: len(s.parties)).parties
        below = sentence.parent(token)
        while below is not None and below.dep in ("conj", "xcomp"):
            below = sentence.parent(below)
        if below is None or below.dep not in ("root", "parataxis"):
            return widest
        return (*one.parties, *(p for p in widest if p.country not in {q.country for q in one.parties}))

    def _stands_behind(self, sentence: Sentence, token: Token) -> bool:
        """ "an Iran-allied group": who only backs it is not what the text is about."""
        above, backing = sentence.tokens[token.head], self.lexicon.words("backing_participles")
        if "-" in token.text and token.lower.rsplit("-", 1)[-1] in backing:
            return True
        return token.dep == "compound" and above.i == token.i + 2 and above.lower in backing

    def _scene(self, sentence: Sentence, token: Token, parties: tuple[Party, ...]) -> bool:
        """ "forces stood in X and Y; they …": a land that something is in does nothing there."""
        first = sentence.first_of_row(token)
        if first.dep not in ("obl", "nmod") or any(p.kind != "state" for p in parties):
            return False
        return any(k.lower in self.lexicon.words("lands_of_scenes") for k in sentence.kids(first, "case"))

    def _beyond_border(self, sentence: Sentence, token: Token) -> bool:
        """ "in Mali, near the border with Niger"."""
        border = sentence.tokens[token.head].lemma in self.lexicon.words("border_nouns")
        return border and token.dep == "nmod" and any(k.lower == "with" for k in sentence.kids(token, "case"))

    def actor_before(self, index: int, reach: int) -> Party | None:
        """The state that acts, as a subject, in the sentences before; none where two do."""
        near = [s for s in self.seen if index - reach <= s.sentence < index and s.subject]
        states = {p.country: p for s in near for p in s.parties if p.kind == "state" and p.country}
        return next(iter(states.values())) if len(states) == 1 else None

    def respan(self, parties: tuple[Party, ...], span: tuple[int, int]) -> tuple[Party, ...]:
        """The same parties under the words that refer to them."""
        start, end = span
        return tuple(p.model_copy(update={"start": start, "end": end, "text": self.text[start:end]}) for p in parties)


def _says(sentence: Sentence, token: Token) -> bool:
    verb = sentence.parent(token)
    return verb is not None and any(k.dep == "ccomp" for k in sentence.kids(verb))
