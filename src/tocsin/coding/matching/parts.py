"""Which phrases of a clause play a part (agent, theme, goal …) of a frame.

In: a frame and a clause in normal form. Out: entities and arguments, found by slots alone, never by word order or nearness.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from tocsin.coding.matching.frames import Frame, FrameSet
from tocsin.coding.matching.papers import adopters, turned_down
from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax import Argument, Clause

_OWNERS = ("by", "from", "poss", "nat", "of")  # whose a paper is
_ADJECTIVE = frozenset({"nationality"})


class PartFinder:
    """Finds the parts of frames in clauses of one article."""

    def __init__(self, frames: FrameSet, interpreter: Interpreter) -> None:
        self.frames = frames
        self.interpreter = interpreter
        self._clause: Clause | None = None
        self._known: dict[str, list[Argument]] = {}
        self._held: dict[str, tuple[list[Entity], frozenset[str]]] = {}

    @contextmanager
    def trying(self, clause: Clause) -> Iterator[None]:
        """While many frames are tried on a clause, which does not change meanwhile, what a selector gives is kept."""
        self._clause, self._known, self._held = clause, {}, {}
        try:
            yield
        finally:
            self._clause, self._known, self._held = None, {}, {}

    def part(self, frame: Frame, clause: Clause, part: str, wanted: frozenset[str]) -> list[Entity]:
        """Entities of the first slot of the part that has one of the wanted types, else of the first filled slot."""
        first: list[Entity] = []
        for selector in self.frames.selectors(frame, part, clause.kind):
            entities, types = self._entities(clause, selector)
            if not types.isdisjoint(wanted):
                return list(entities)
            first = first or entities
        return list(first)

    def _entities(self, clause: Clause, selector: str) -> tuple[list[Entity], frozenset[str]]:
        """The entities of a slot, and the types that they have between them."""
        held = self._held.get(selector) if clause is self._clause else None
        if held is None:
            entities = [e for a in self.select(clause, selector) for e in a.entities]
            held = entities, frozenset().union(*[e.types for e in entities])
            if clause is self._clause:
                self._held[selector] = held
        return held

    def select(self, clause: Clause, selector: str) -> list[Argument]:
        """Arguments of a slot; "obj.to" looks below the object for a phrase with "to", "in#" is the first,
        "comp:armed" those that are armed people ("the rebel attack"), "author" whose paper the subject is."""
        if selector.isalpha() and selector != "author":  # most name a slot alone
            return clause.get(selector)
        if clause is not self._clause:
            return self._select(clause, selector)
        known = self._known.get(selector)
        if known is None:
            known = self._known[selector] = self._select(clause, selector)
        return list(known)

    def _select(self, clause: Clause, selector: str) -> list[Argument]:
        if selector == "author":
            return self._authors(clause)
        if ":" in selector:
            slot, kind = selector.split(":")
            return [a for a in self.select(clause, slot) if self._is(kind, clause, a)]
        if "." not in selector and selector.endswith("#"):
            return clause.get(selector[:-1])[:1]
        if "." not in selector:
            return clause.get(selector)
        outer, inner = selector.rsplit(".", 1)
        found = []
        sentence = clause.sentence
        for argument in self.select(clause, outer):
            heads = [argument.token, *sentence.kids(argument.token, "conj")]
            heads += [sentence.tokens[e.head] for e in argument.entities]
            for head in {t.i: t for t in heads}.values():
                found += self._below(clause, head, inner)
        return found

    def _authors(self, clause: Clause) -> list[Argument]:
        """Whose paper the subject is ("a statement by N said", "the Turkish letter called for")."""
        papers = self.interpreter.lexicon.words("voicing_papers")
        heads = [a.token for a in clause.get("subj") if a.token.lemma.lower() in papers]
        refusing = self.interpreter.lexicon.words("paper_refusals")
        heads = [head for head in heads if not turned_down(clause.sentence, head, refusing)]
        found = [a for head in heads for inner in _OWNERS for a in self._below(clause, head, inner)]
        if not any(e.parties for a in found for e in a.entities):
            told = {head.i: adopters(self.interpreter, clause.sentence, head) for head in heads}
            found = [replace(a, entities=told[a.token.i]) for a in clause.get("subj") if told.get(a.token.i)]
        return [replace(a, entities=[self._as_state(e) for e in a.entities]) for a in found]

    @staticmethod
    def _as_state(entity: Entity) -> Entity:
        """ "the Turkish statement" is Turkey's."""
        return replace(entity, types=(entity.types - _ADJECTIVE) | {"state"}) if entity.types & _ADJECTIVE else entity

    def _is(self, kind: str, clause: Clause, argument: Argument) -> bool:
        """Whether a phrase is "armed" (people who, before an event noun, are its doers), "hit" (they are not), or somebody
        "met", not the other side of what is spoken of, as Russia is in "discussed the talks with Russia"."""
        words = self.interpreter.lexicon.words
        if kind == "armed":
            return argument.token.lemma in words("doers_before_acts")
        if kind == "hit":
            return argument.token.lemma.lower() not in words("doers_before_acts") | words("never_hit_before_acts")
        sides = any(p.kind in ("state", "igo", "armed_group") for e in argument.entities for p in e.parties)
        noun = clause.sentence.tokens[argument.token.head]
        before = noun.pos == "NOUN" and noun.i < argument.token.i
        if not before:  # the parse hangs it from the verb
            noun = clause.sentence.tokens[max(argument.token.i - 1, 0)]
            while noun.i > clause.token.i and noun.pos != "NOUN":
                noun = clause.sentence.tokens[noun.i - 1]
        return not (sides and noun.lemma in words("two_sided_nouns"))

    def _below(self, clause: Clause, head: Token, inner: str) -> list[Argument]:
        """Phrases below a token: its possessor, what leads it, words before it, those with a preposition."""
        sentence = clause.sentence
        if inner == "poss":
            kids = [self._antecedent(sentence, k) for k in sentence.kids(head, "nmod:poss")]
        elif inner == "led":  # "the Moscow-led alliance" has Moscow in it
            named = [head, *sentence.kids(head, "appos")]  # "the CSTO, the Moscow-led pact"
            leading = [k for t in named for k in sentence.kids(t, "amod") if k.lemma == "lead" and k.tag == "VBN"]
            kids = [sentence.tokens[k.i - 2] for k in leading if k.i > 1]
        elif inner == "nat":
            backing = self.interpreter.lexicon.words("backing_participles")
            kids = [k for k in sentence.kids(head, "amod", "compound", "nmod") if k.i < head.i]
            kids = [k for k in kids if k.lower.rsplit("-", 1)[-1] not in backing]  # "UN-brokered" is not the UN's
        elif inner == "appos":  # "the town of X, the last rebel bastion"
            kids = sentence.kids(head, "appos")
        elif inner == "comp":  # "a terrorist attack"
            kids = [k for k in sentence.kids(head, "compound", "amod") if k.i < head.i]
        else:
            kids = [k for k in sentence.kids(head, "nmod", "obl") if self._case(sentence, k) == inner]
            laid = self.interpreter.lexicon.words("laying_verbs")
            laying = [k for k in sentence.kids(head, "acl") if k.tag == "VBN" and k.lemma in laid]  # "imposed on X"
            kids += [p for k in laying for p in sentence.kids(k, "obl") if self._case(sentence, p) == inner]
            # "crimes committed by X"
            done = self.interpreter.lexicon.words("committing_verbs") if inner == "by" else frozenset()
            doing = [k for k in sentence.kids(head, "acl") if k.lemma in done]
            doing = [k for k in doing if any(t.lower == inner for t in sentence.tokens[k.i + 1 : k.i + 2])]
            kids += [p for k in doing for p in sentence.kids(k, "obl:agent")]
        return [Argument(k, self.interpreter.entities(sentence, k)) for k in kids]

    @staticmethod
    def _antecedent(sentence: Sentence, token: Token) -> Token:
        """ "X, whose border with Y": what "whose" refers to; any other possessor itself."""
        current: Token | None = token if token.lower == "whose" else None
        while current is not None and current.dep != "acl:relcl":
            current = sentence.parent(current)
        return (sentence.parent(current) if current is not None else None) or token

    @staticmethod
    def _case(sentence: Sentence, token: Token) -> str:
        return " ".join(t.lower for t in sentence.kids(token, "case"))

    def materiel_parts(self, frame: Frame) -> tuple[str, ...]:
        """The parts whose equipment a record of the frame lists."""
        return tuple(frame.raw.get("materiel") or self.frames.types[frame.type].materiel)
