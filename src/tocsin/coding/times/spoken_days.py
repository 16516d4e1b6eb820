"""The day of words that are the deed: what is said in a dated release, and what is done by announcing it.

In: a candidate without a time of its own. Out: the time of the words; None where they have none. Only acts that words do
have the day of the words (codebook E4): "announced on Tuesday that it recognises X", not "that it had expelled two".
"""

from __future__ import annotations

from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.times.plan_days import Finder
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.times import TimeExpression
from tocsin.language.tokens import Token
from tocsin.syntax import Clause

_BY_WORDS = frozenset({"diplomatic_status", "coercive_measure"})


def spoken_time(candidate: Candidate, note: Annotated, find: Finder) -> TimeExpression | None:
    """The time of the words by which something is done."""
    if candidate.type == "statement":
        return _of_the_text(candidate, note, find)
    return _of_the_announcement(candidate, note, find) if candidate.type in _BY_WORDS else None


def _of_the_text(candidate: Candidate, note: Annotated, find: Finder) -> TimeExpression | None:
    """ "In a release issued the following day, the ministry denounced X"."""
    clause, nouns = candidate.clause, note.interpreter.lexicon.words("uttered_nouns")
    texts = [a.token for a in clause.get("in", "at", "during", "via", "by") if a.token.lemma in nouns]
    for text in [*texts, *_own_papers(clause, note)]:
        parts = clause.sentence.kids(text, "acl", "nmod", "nmod:tmod")
        found = find(clause, {text.i, *(p.i for p in parts)}, note)
        if found is not None and found.relation == "in":
            return found
    return None


def _own_papers(clause: Clause, note: Annotated) -> list[Token]:
    """ "advised them to leave in its 3 May alert": what the speaker put out, though it hangs from what is advised."""
    sentence, words = clause.sentence, note.interpreter.lexicon.words
    inner = sentence.kids(clause.token, "xcomp", "ccomp")
    told = (k for verb in inner for k in sentence.kids(verb, "obl") if case_of(sentence, k) == "in")
    owned = (k for k in told if any(p.pos == "PRON" for p in sentence.kids(k, "nmod:poss")))
    return [k for k in owned if k.lemma in words("uttered_nouns") | words("uttered_warnings")]


def _of_the_announcement(candidate: Candidate, note: Annotated, find: Finder) -> TimeExpression | None:
    """ "Today I am proud to announce that we recognise X": while it is said it is done."""
    clause, words = candidate.clause, note.interpreter.lexicon.words("announcing_verbs")
    now = clause.tense == "present" or clause.progressive
    if candidate.status != "occurred" or clause.perfect or not now or not clause.operators:
        return None
    nearest = clause.operators[0]
    anchors = {o.token.i for o in clause.operators} if nearest.lemma in words and not nearest.negated else set()
    found = find(clause, anchors, note) if anchors else None
    single = found is not None and found.earliest is not None and found.earliest == found.latest
    return found if single else None
