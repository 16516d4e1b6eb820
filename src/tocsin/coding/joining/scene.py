"""Where and when a sentence sets the scene: "In Helmand on Monday, rebels tried to enter a post. Soldiers shot two."

In: sentences in text order. Out: for a sentence that opens with a place, the place and the day told with it, which hold for
the sentences that follow in the paragraph, until another place opens one.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.coding.places.slot import to_place
from tocsin.coding.places.where import below
from tocsin.coding.times.event_time import stated_time
from tocsin.coding.times.heads import head_of
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token
from tocsin.model import EventPlace, EventTime
from tocsin.syntax import Clause

_FINE = frozenset({"site", "town", "district", "province"})
_FORCES = frozenset({"force", "unit", "base"})
_REACH = 2  # sentences after it that a scene holds for


@dataclass(frozen=True, slots=True)
class Scene:
    """A place, and a day where one is told with it, that open a sentence."""

    sentence: int
    paragraph: int
    places: list[EventPlace]
    time: EventTime | None

    def holds(self, sentence: Sentence) -> bool:
        """Whether a later sentence still plays in the scene."""
        near = 0 <= sentence.index - self.sentence <= _REACH
        return near and sentence.paragraph - self.paragraph <= 1


def scene_of(sentence: Sentence, note: Annotated) -> Scene | None:
    """The scene that a sentence opens with; None where it opens with none."""
    root = next((t for t in sentence if t.dep == "root"), None)
    subject = next(iter(sentence.kids(root, "nsubj", "nsubj:pass")), None) if root is not None else None
    if root is None or subject is None or sentence.kind == "headline":
        return None
    before = [k for k in sentence.kids(root, "obl") if k.i < subject.i and _opens(sentence, k, note)]
    found = [e.place for k in before if (e := note.interpreter.entity(sentence, k)).place is not None]
    places = [to_place(p, "site") for p in found if p is not None and p.country and p.precision in _FINE]
    return Scene(sentence.index, sentence.paragraph, places, _time(sentence, root, subject, note)) if places else None


def acted(sentence: Sentence, clauses: list[Clause], note: Annotated) -> Scene | None:
    """ "A patrol saw rebels in X": where forces did what is no incident, the next sentences play."""
    root = next((c for c in clauses if c.kind == "verb" and c.token.dep == "root"), None)
    if root is None or root.tense != "past" or root.modality != "none" or root.complement is not None or root.negated:
        return None
    forces = any(e.types & _FORCES for a in root.get("subj") for e in a.entities)
    if sentence.kind == "headline" or not forces or root.lemma in note.interpreter.lexicon.words("leaving_words"):
        return None
    places = [to_place(p, "site") for p in below(root, [], note) if p.country and p.precision in _FINE]
    return Scene(sentence.index, sentence.paragraph, places[:1], None) if places else None


def _opens(sentence: Sentence, token: Token, note: Annotated) -> bool:
    case = {k.lower for k in sentence.kids(token, "case")}
    return bool(case & note.interpreter.lexicon.words("scene_prepositions"))


def _time(sentence: Sentence, root: Token, subject: Token, note: Annotated) -> EventTime | None:
    """The time told before the subject, where it hangs from the verb."""
    for expression in note.times:
        if not sentence.start <= expression.start < subject.start or expression.earliest is None:
            continue
        head = head_of(sentence, expression.start, expression.end)
        if head is not None and head.head == root.i and expression.timex3_type not in ("DURATION", "SET"):
            return stated_time(expression, "occurred")
    return None
