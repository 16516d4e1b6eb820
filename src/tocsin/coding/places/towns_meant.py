"""Which place "the city" is, and where troops return that had left: by what was told just before.

In: a draft without a place, the annotated article. Out: the known place, or none.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.places.told_elsewhere import story_of
from tocsin.coding.verify import POINTS
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of, is_bare
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms import Toponym

_BACK = 2  # sentences before that may have named it


def of_definite(draft: Draft, note: Annotated) -> Toponym | None:
    """ "captured the city", "gained control of the city", "killed ten in the district": the town named last, here or just
    before; "left X, then returned": X."""
    if draft.type == "deployment":
        return _left(draft, note) or _base(draft, note)
    if draft.type != "armed_incident":
        return None
    for index, token in draft.anchors:
        sentence = note.sentences[index]
        event = sentence.tokens[token]
        told = sentence.kids(event, "obj", "obl", "nsubj:pass")
        control = [t for t in told if "control_noun" in note.interpreter.lexicon.noun_types(sentence, t)]
        for noun in (*told, *(kid for t in control for kid in sentence.kids(t, "nmod"))):
            if _points_back(sentence, noun, note):
                return _named_last(noun, draft, note)
    return None


def _base(draft: Draft, note: Annotated) -> Toponym | None:
    """ "the withdrawal from the airbase": the site named last."""
    for index, token in draft.anchors:
        sentence = note.sentences[index]
        for noun in sentence.kids(sentence.tokens[token], "obj", "obl", "nmod"):
            told = "base" in note.interpreter.lexicon.noun_types(sentence, noun) and noun.tag == "NN"
            if told and _bare(sentence, noun, note):
                return _named_last(noun, draft, note, frozenset({"site"}))
    return None


def _points_back(sentence: Sentence, noun: Token, note: Annotated) -> bool:
    """Whether a phrase is no more than "the city", as what is hit or where it is."""
    words = note.interpreter.lexicon.words
    kind = noun.lemma in words("town_nouns") | words("district_nouns") and noun.tag == "NN"
    case = case_of(sentence, noun)
    return kind and _bare(sentence, noun, note) and (noun.dep != "obl" or case in words("event_prepositions"))


def _bare(sentence: Sentence, noun: Token, note: Annotated) -> bool:
    """Whether a phrase is no more than a noun with "the" or "this"."""
    definite = note.interpreter.lexicon.words("definite")
    return is_bare(sentence, noun) and any(k.lower in definite for k in sentence.kids(noun, "det"))


def _named_last(noun: Token, draft: Draft, note: Annotated, fine_as: frozenset[str] = POINTS) -> Toponym | None:
    """The one town (or site) that is named last before a phrase; None where two are named together."""
    sentence = next(s for s in note.sentences if s.start <= noun.start < s.end)
    near = [s for s in story_of(draft, note) if 0 <= sentence.index - s.index <= _BACK]
    fine = [t for t in note.toponyms if t.start < noun.start and t.referent.precision in fine_as and t.referent.country]
    for one in reversed(near):
        here = [t for t in fine if one.start <= t.start < one.end]
        if here:
            return here[-1] if len({t.referent.key for t in here}) == 1 else None
    return None


def _left(draft: Draft, note: Annotated) -> Toponym | None:
    """ "left X in 2011, then returned": to where they had left."""
    clause, words = draft.candidate.clause, note.interpreter.lexicon.words
    above = clause.sentence.parent(clause.token)
    back = clause.lemma in words("returning_verbs") and clause.token.dep == "conj" and above is not None
    if not back or above is None or above.lemma not in words("leaving_verbs") or clause.get("to", "into", "from"):
        return None
    left = list(clause.sentence.kids(above, "obj"))
    return next((t for t in note.toponyms for k in left if t.start <= k.start < t.end and t.referent.country), None)
