"""The interpreter: walks the sentences of an article in order and says what each noun phrase stands for.

In: sentences, name mentions, numbers. Out: one ``Entity`` for every nominal token. Each face of an entity has a module:
``noun_phrases.py`` its words, ``parties.py`` (with ``owners.py``, ``pronouns.py``), ``gear.py``, ``sites.py``, ``kinds.py``.
What later phrases refer to ("the ministry", "it", a bare surname) is settled against the discourse so far.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import replace

from tocsin.language.digest import stories_of
from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention
from tocsin.language.names.name_runs import NameRun
from tocsin.language.numbers.amounts import Number
from tocsin.language.phrases.contents import held
from tocsin.language.phrases.discourse import Discourse
from tocsin.language.phrases.entities import Entity, Resolver, party_of
from tocsin.language.phrases.gear import GearFinder
from tocsin.language.phrases.kinds import Kinds
from tocsin.language.phrases.noun_phrases import NounPhrases
from tocsin.language.phrases.owners import Owners
from tocsin.language.phrases.parties import PartyFinder
from tocsin.language.phrases.pronouns import Pronouns
from tocsin.language.phrases.sites import SiteFinder
from tocsin.language.speakers import label_end
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"})
_FIRED = frozenset({"missile", "strategic_missile", "rocket_artillery"})
_FLOWN = frozenset({"uav", "missile", "projectile", "aircraft", "helicopter", "strategic_missile"})


class Interpreter:
    """Turns noun phrases of one article into entities, sentence by sentence."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[NameMention],
        numbers: Sequence[Number],
        lexicon: Lexicon,
        issuer: Party | None = None,
        quotes: Sequence[tuple[int, int]] = (),
        runs: Sequence[NameRun] = (),
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.lexicon = lexicon
        self.discourse = Discourse(text, lexicon, issuer)
        self.labels: dict[int, tuple[Party, ...]] = {}  # paragraph -> who its transcript label names
        self._entities: dict[tuple[int, int], Entity] = {}
        self._open: set[tuple[int, int]] = set()  # phrases that are being interpreted
        self._phrases = NounPhrases(text, mentions, numbers, lexicon)
        this: Resolver = weakref.proxy(self)  # a circle would leave the whole article to the garbage collector
        pronouns = Pronouns(self.discourse, this, quotes, self.labels)
        self._owners = Owners(sentences, self._phrases, pronouns, this)
        self._parties = PartyFinder(self._phrases, pronouns, self._owners, self.discourse, runs)
        self._gear = GearFinder(self._phrases)
        self._sites = SiteFinder(self._phrases, self._owners)
        self._kinds = Kinds(self._phrases, self._gear)
        people = (m for m in mentions if m.party is not None and m.party.sort == "person")
        self.discourse.expect(party_of(m.party, m.start, m.end, m.text) for m in people if m.party is not None)
        self._walk()

    def _walk(self) -> None:
        """Interpret every nominal token in the order of the text, so that what was said before is known."""
        paragraph = -1
        starts = {group[0].index for group in stories_of(self.sentences, self.text) if group}
        for sentence in self.sentences:
            if sentence.index in starts:
                self.discourse.forget()
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self._label(sentence)
            for token in sentence:
                if token.pos in _NOMINAL and (sentence.index, token.i) not in self._entities:
                    entity = self._interpret(sentence, token)
                    self._entities[sentence.index, token.i] = entity
                    self.discourse.see(sentence, token, entity)

    def _label(self, sentence: Sentence) -> None:
        """Take the speaker of a transcript from the label that opens the paragraph."""
        end = label_end(self.text, sentence)
        if end is None:
            return
        named = [self.entity(sentence, t) for t in sentence if t.end < end and t.pos in ("PROPN", "NOUN")]
        people = [e.parties for e in named if e.parties and e.parties[0].kind == "person"]
        if people:
            self.labels[sentence.paragraph] = people[-1]
            self.discourse.speaks(people[-1])

    def entity(self, sentence: Sentence, token: Token) -> Entity:
        """What the phrase headed by the token stands for."""
        mention = self.mention(sentence, token)
        if mention is not None and mention.head != token.i:
            token = sentence.tokens[mention.head]
        key = (sentence.index, token.i)
        found = self._entities.get(key)
        if found is None and key in self._open:  # "the state, its defence": whose "its" is may lead back to the phrase
            return Entity(sentence.index, token.i, token.start, token.end, token.text, token.lemma)
        if found is None:
            self._open.add(key)
            found = self._interpret(sentence, token)
            self._open.discard(key)
            self._entities[key] = found
        return found

    def settled(self, sentence: Sentence, token: Token) -> Entity | None:
        """What the token's phrase was found to stand for; None where nobody has asked yet."""
        return self._entities.get((sentence.index, token.i))

    def entities(self, sentence: Sentence, token: Token) -> list[Entity]:
        """The phrase and what is coordinated with it, looking through "dozens of"."""
        members = [token, *(c for c in sentence.kids(token, "conj") if c.pos not in ("VERB", "AUX"))]
        found: list[Token] = []
        for member in members:
            inner = self.effective(sentence, member)
            found += [inner, *(self._beside(sentence, inner) if inner is not member else ())]
            found += held(sentence, inner, self.lexicon)
        return [self.entity(sentence, t) for t in found]

    @staticmethod
    def _beside(sentence: Sentence, token: Token) -> list[Token]:
        """ "200 tons of ammunition and 20 vehicles": what has a number of its own is beside the tons."""
        return [c for c in sentence.kids(token, "conj") if c.pos == "NOUN" and sentence.kids(c, "nummod")]

    def mention(self, sentence: Sentence, token: Token) -> NameMention | None:
        """The name mention that covers a token."""
        return self._phrases.mention(sentence, token)

    def noun_types(self, sentence: Sentence, token: Token) -> frozenset[str]:
        """What the lexicon says of a noun; of each word it is looked up once."""
        return self._phrases.noun_types(sentence, token)

    def effective(self, sentence: Sentence, token: Token) -> Token:
        """The token that carries the meaning: "soldiers" of "dozens of soldiers"."""
        return self._phrases.effective(sentence, token)

    def number_at(self, start: int, end: int) -> Number | None:
        """The plain count (no unit, no ordinal) whose words overlap the range."""
        return self._phrases.number_at(start, end)

    def owners(self, sentence: Sentence, head: Token) -> list[Party]:
        """The parties that the modifiers of a phrase name as its owner or author."""
        return self._owners.owners(sentence, head)

    def belonging(self, entity: Entity, located: bool = True) -> list[Party]:
        """Whose a thing is: its owners ("SDF positions"), else the state where it stands ("oil fields in Kuwait")."""
        return self._owners.belonging(entity, located)

    def located(self, entity: Entity) -> list[str]:
        """The countries where a thing or people are told to be ("firms in China and Turkey")."""
        return self._owners.located(entity)

    def _interpret(self, sentence: Sentence, head: Token) -> Entity:
        mention = self.mention(sentence, head)
        flown = self._flown(sentence, head)
        if flown is not None:
            return flown
        gear = self._gear.materiel(sentence, head, mention)
        role = self.lexicon.role(sentence, head) if gear is None or mention is None else None
        if gear is not None and role is not None and (role[0].kind == "unidentified" or gear.designation):
            role = None  # "bombers", "F-16 fighters" are aircraft where equipment can be meant
        parties, resolved = self._parties.parties(sentence, head, mention, role, gear)
        start, end = self._phrases.span(sentence, head)
        number = self._phrases.count(sentence, head, start)
        types = self._kinds.types(sentence, head, parties, gear, role, mention, number)
        return Entity(
            sentence.index,
            head.i,
            start,
            end,
            self.text[start:end],
            head.lemma,
            parties,
            self._sites.place(sentence, head, mention, parties),
            gear,
            number,
            types,
            definite=self._phrases.definite(sentence, head),
            resolved=resolved,
            mention=mention,
        )

    def _flown(self, sentence: Sentence, head: Token) -> Entity | None:
        """ "fired missiles at X, which shot down most of them": what is shot down is what was last told to fly. "A missile
        fell into the sea. It was fired from X": likewise what is fired."""
        if head.pos != "PRON" or head.lower not in ("it", "them"):
            return None
        top = head
        while (verb := sentence.parent(top)) is not None and top.dep == "nmod" and verb.pos in _NOMINAL:
            top = verb
        if verb is None or top.dep not in ("obj", "nsubj:pass"):
            return None
        particles = [k.lemma for k in sentence.kids(verb, "compound:prt")]
        phrase = " ".join([verb.lemma, *particles])
        fired = phrase in self.lexicon.words("firing_verbs")
        if not fired and phrase not in self.lexicon.words("downing_verbs"):
            return None
        doers = {t.i for k in sentence.kids(verb, "nsubj", "obl") for t in sentence.subtree(k)}
        for (index, at), seen in reversed(self._entities.items()):
            if sentence.index - index > 1:
                return None
            if index == sentence.index and at in doers:
                continue
            kinds = _FIRED if fired else _FLOWN
            if seen.types & kinds and (index, seen.head) < (sentence.index, head.i):
                return replace(
                    seen, sentence=sentence.index, head=head.i, start=head.start, end=head.end, text=head.text, count=None
                )
        return None
