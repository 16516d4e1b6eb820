"""No earlier than what it is said of or done after, where one sentence tells both: "accused N of yesterday's bombing",
"summoned the envoy after he had called it treason on Monday".

In: a draft without a first day, the annotated article. Out: the first recent day that its own sentence tells of something
else that was over when it was said or done; None where there is none.
"""

from __future__ import annotations

import datetime as dt

from tocsin.coding.draft import Draft
from tocsin.coding.times.heads import head_of
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.times import TimeExpression
from tocsin.language.tokens import Sentence, Token

_RECENT = 14  # days back: what is older is recalled


def day_of_matter(draft: Draft, note: Annotated) -> str | None:
    """The first day of what a statement is about, or of what anything else comes after."""
    clause = draft.candidate.clause
    sentence, root = clause.sentence, clause.support or clause.token
    days = set()
    for time in note.times:
        day = time.earliest
        if day is None or not sentence.start <= time.start < sentence.end or not _is_past_day(time, note):
            continue
        head = head_of(sentence, time.start, time.end)
        way = _way_up(sentence, head, root) if head is not None else []
        if way and (_after(sentence, way, note) or (draft.type == "statement" and _is_matter(sentence, way, note))):
            days.add(day.isoformat())
    return min(days, default=None)


def _is_past_day(time: TimeExpression, note: Annotated) -> bool:
    single = time.timex3_type in ("DATE", "TIME") and time.relation in ("in", "during") and time.earliest == time.latest
    if note.published is None or time.earliest is None or not single:
        return False
    return dt.timedelta(0) <= note.published - time.earliest <= dt.timedelta(days=_RECENT)


def _way_up(sentence: Sentence, head: Token, root: Token) -> list[Token]:
    """The words from a time up to the one that tells the record, without it; none where that does not lie above."""
    way, current = [], head
    while current.i != root.i:
        way.append(current)
        above = sentence.parent(current)
        other = current.dep in ("conj", "parataxis") and bool(sentence.kids(current, "nsubj"))  # "… and N protests after …"
        if above is None or other or len(way) > len(sentence.tokens):
            return []
        current = above
    return way


def _after(sentence: Sentence, way: list[Token], note: Annotated) -> bool:
    """ "after N accused it on Monday", "in response to Monday's strike"."""
    top, words = way[-1], note.interpreter.lexicon.words("causing_prepositions")
    marks = {m.lower for t in way if t.dep == "advcl" for m in sentence.kids(t, "mark")}
    phrase = case_of(sentence, top) if top.dep == "obl" and len(way) > 1 else ""
    return bool(marks & words) or phrase in words


def _is_matter(sentence: Sentence, way: list[Token], note: Annotated) -> bool:
    """Whether a day is that of a happening that is spoken of, not that of speaking, nor of something still to come."""
    lexicon, words = note.interpreter.lexicon, note.interpreter.lexicon.words
    for token in way:
        ahead = any(k.tag == "MD" or k.lower == "to" for k in sentence.kids(token, "aux", "mark"))
        if ahead or token.dep == "conj" or case_of(sentence, token) in words("schedule_prepositions"):
            return False
    top = way[-1]
    told = [t for t in way[1:] if t.pos == "VERB" or lexicon.noun_types(sentence, t) & words("happening_types")]
    return top.dep in ("ccomp", "xcomp", "obl", "obj", "nmod", "advcl", "acl") and bool(told)
