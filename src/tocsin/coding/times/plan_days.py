"""Plans of which only the announcement is dated: "announced on Sunday that it would withdraw", "today pledged ten tanks".

In: a candidate, the time expression of its own words, the annotated article. Out: a time from that day on, without an end;
orders and approvals have the day on which they were made (codebook E3, H4).
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.times.event_time import stated_time, undated
from tocsin.language.annotate import Annotated
from tocsin.language.times import TimeExpression
from tocsin.language.tokens import Token
from tocsin.model import EventTime
from tocsin.syntax import Clause

Finder = Callable[[Clause, set[int], Annotated], TimeExpression | None]
HeadOf = Callable[[Clause, TimeExpression], Token | None]


def announced_time(
    candidate: Candidate, own: TimeExpression | None, note: Annotated, find: Finder, head: HeadOf
) -> EventTime | None:
    """From the day of the announcement on; None where no announcement is dated, or the plan itself is."""
    if candidate.status != "planned" or note.published is None:
        return None
    day = _announcement(candidate, own, note, find, head)
    made = _made_on_a_day(candidate, note)
    if day is None or day.earliest is None or day.latest is None:
        return undated("occurred", note) if own is None and made and _approved(candidate, note) else None
    time = stated_time(day, "occurred")
    if day.latest > note.published:
        if not (made and day.earliest <= note.published and _approved(candidate, note)):
            return None
        until = note.published.isoformat()  # "in 2022 it authorised", told in March
        return time.model_copy(update={"latest": until, "edtf": f"{day.earliest.isoformat()}/{until}"})
    if made:
        return time
    return time.model_copy(update={"latest": None, "edtf": f"{day.earliest.isoformat()}/..", "basis": "inferred"})


def _announcement(
    candidate: Candidate, own: TimeExpression | None, note: Annotated, find: Finder, head: HeadOf
) -> TimeExpression | None:
    """The time of the words that announce: of the verb itself ("offered"), of the light verb, of the verb above."""
    clause, words = candidate.clause, note.interpreter.lexicon.words("announcing_verbs")
    if own is None:
        words |= note.interpreter.lexicon.words("announcing_nouns")
        above = [o.token for o in clause.operators if o.lemma in words]
        if not above:
            return None
        told = find(clause, {above[0].i}, note)
        return told or (_right_behind(clause, above[0], note) if above[0].pos == "NOUN" else None)
    if clause.support is None:
        return own if candidate.frame.raw.get("status") == "planned" and clause.kind == "verb" else None
    hangs = head(clause, own) if clause.support.lemma in words else None
    return own if hangs is not None and hangs.head == clause.support.i else None


def starting_day(candidate: Candidate, note: Annotated) -> EventTime | None:
    """ "will pull out, beginning tomorrow", "suspends the pact, effective 3 March": a plan from that day on, an act of words
    on that day."""
    clause, words = candidate.clause, note.interpreter.lexicon.words
    if candidate.status != "planned" or clause.kind != "verb":
        return None
    whole = words("effective_words")
    for word in clause.sentence.subtree(clause.token):
        day = _right_behind(clause, word, note) if word.lower in words("starting_words") | whole else None
        time = stated_time(day, candidate.status) if day is not None else None
        if time is not None and time.earliest is not None and time.latest in (None, time.earliest):
            last = time.earliest if word.lower in whole else None
            return time.model_copy(update={"latest": last, "edtf": last or f"{time.earliest}/.."})
    return None


def to_come(time: EventTime, expression: TimeExpression, candidate: Candidate, note: Annotated) -> EventTime:
    """ "will withdraw by May": no earlier than it is told."""
    term = expression.relation == "by" and time.earliest is None and candidate.status == "planned"
    day = note.published.isoformat() if note.published is not None else None
    if not term or day is None or time.latest is None or time.latest <= day or candidate.clause.tense != "future":
        return time
    return time.model_copy(update={"earliest": day, "edtf": f"{day}/{time.latest}"})


def _right_behind(clause: Clause, word: Token, note: Annotated) -> TimeExpression | None:
    """ "the announcement today that it will send", "beginning on Monday": whichever the parse hangs the day from."""
    after = [t.start for t in clause.sentence.tokens[word.i + 1 : word.i + 3]]
    return next((t for t in note.times if t.start in after and t.timex3_type == "DATE"), None)


def _approved(candidate: Candidate, note: Annotated) -> bool:
    """Whether words tell that leave was given: "approved a sale", not "is to approve"."""
    clause, words = candidate.clause, note.interpreter.lexicon.words("approving_verbs")
    told = [(o.lemma, o.tense, o.modality) for o in clause.operators] + [(clause.lemma, clause.tense, clause.modality)]
    told.append((clause.support_lemma or "", clause.tense, clause.modality))
    if candidate.frame.subtype == "order" and clause.kind == "noun" and clause.support is None and clause.operators:
        return (clause.operators[0].tense, clause.operators[0].modality) in (("past", "none"), ("present", "none"))
    return any(lemma in words and tense in ("past", "present") and mood == "none" for lemma, tense, mood in told)


def _made_on_a_day(candidate: Candidate, note: Annotated) -> bool:
    """An order or an approval of arms is made on its day; an order to forces is a plan from that day on."""
    words, clause = note.interpreter.lexicon.words, candidate.clause
    above = {clause.lemma, clause.support_lemma, *(o.lemma for o in clause.operators)}
    approved = candidate.type == "arms_transfer" and bool(above & words("approving_verbs"))
    return approved or candidate.frame.subtype in words("made_on_a_day")
