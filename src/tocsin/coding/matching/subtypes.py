"""Which subtype a matched frame's record has.

In: a candidate. Out: the frame's own subtype, else what is more exact where that one is general: the subtype of the event
noun that does it ("a bombing killed"), of the weapon, of who strikes.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.matching.frames import Frame, FrameSet
from tocsin.coding.matching.match import Matcher
from tocsin.language.tokens import Sentence, Token

_ROUNDS = frozenset({"small_round"})
_GENERAL = "attack"  # the most general of all: a subtype that yields to others is better than this one


class Subtypes:
    """Finds subtypes; ``event_noun`` says by which words a noun is an event."""

    def __init__(self, frames: FrameSet, event_noun: Callable[[Sentence, Token], str | None]) -> None:
        self.frames = frames
        self.event_noun = event_noun

    def of(self, candidate: Candidate, matcher: Matcher) -> str | None:
        """The subtype of a candidate's record."""
        subtype = candidate.frame.subtype
        above = self.frames.types[candidate.type].above
        for operator in candidate.clause.operators:
            if operator.scope and operator.lemma in above and not operator.negated:  # "did not rule out" refuses nothing
                return above[operator.lemma]
        spec = self.frames.types[candidate.type]
        if not spec.by_class or subtype not in spec.general or candidate.frame.raw.get("use"):
            return subtype
        told = [f.subtype for f in self._nouns(candidate, matcher)]
        exact = next((s for s in told if s not in spec.general), None) or self._by_means(candidate, matcher)
        vague = next((s for s in told if s is not None), None) if subtype == _GENERAL else None
        return exact or vague or subtype

    def _nouns(self, candidate: Candidate, matcher: Matcher) -> list[Frame]:
        """Frames of the event nouns beside the candidate's word."""
        clause, words = candidate.clause, matcher.interpreter.lexicon.words
        slots = ("subj", "in", "by", "during", "when", "with", "after", "from", "obj", "for")
        heads = [e.head for a in clause.get(*slots) for e in a.entities]
        verb = clause.sentence.parent(clause.token)
        if verb is not None and verb.lemma in words("summoning_verbs") and clause.token.tag == "VBG":
            heads += [k.i for k in clause.sentence.kids(verb, "obl", "obj")]  # "called for an air strike, killing ten"
        nouns = [self.event_noun(clause.sentence, clause.sentence.tokens[head]) for head in heads]
        frames = [f for noun in nouns for f in self.frames.by_noun.get(noun or "", []) if f.type == candidate.type]
        return [f for f in frames if not f.raw.get("pair") or clause.get("between")]  # "artillery fire" of one side

    def _by_means(self, candidate: Candidate, matcher: Matcher) -> str | None:
        """The subtype that the weapon, else the striking force, gives a general attack."""
        spec = self.frames.types[candidate.type]
        parts = [e for p in matcher.materiel_parts(candidate.frame) for e in candidate.parts.get(p, [])]
        parts += [e for a in candidate.clause.get(*spec.materiel_slots) for e in a.entities]
        for entity in parts:
            if entity.types & _ROUNDS:
                continue  # who is shot with a bullet is not shelled
            if entity.materiel is not None and entity.materiel.class_ in spec.by_class:
                return spec.by_class[entity.materiel.class_]
        agents = " ".join(p.text.lower() for p in next(iter(candidate.roles.values()), []))
        return next((subtype for word, subtype in spec.by_agent.items() if agents.endswith(word)), None)
