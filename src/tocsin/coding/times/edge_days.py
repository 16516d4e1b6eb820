"""A time at either end of a sentence, which belongs to the sentence's own verb, whatever the tree hangs it from.

In: a clause of an annotated article. Out: the time; None where its words do not make it that of the clause.
"""

from __future__ import annotations

from tocsin.coding.times.heads import head_of
from tocsin.language.annotate import Annotated
from tocsin.language.times import TimeExpression
from tocsin.syntax import Clause


def opening_day(clause: Clause, note: Annotated) -> TimeExpression | None:
    """ "One year ago, in an attack launched from X, missiles struck Y": what stands before a comma at the head of a sentence
    with one main verb is of that."""
    sentence, verb = clause.sentence, clause.support or clause.token
    first = next((t for t in sentence if t.pos != "PUNCT"), None)
    told = [t for t in note.times if sentence.start <= t.start < sentence.end and t.timex3_type == "DATE"]
    if first is None or len(told) != 1 or verb.dep != "root" or clause.kind != "verb" or verb.tag != "VBD":
        return None
    time = told[0]
    behind = next((t for t in sentence if t.start >= time.end), None)
    at_head = time.start == first.start or (time.cue_start == first.start and time.relation in ("in", "during"))
    past = time.latest is not None and note.published is not None and time.latest <= note.published
    return time if at_head and past and behind is not None and behind.text == "," else None


def closing_day(clause: Clause, note: Annotated) -> TimeExpression | None:
    """The only day of a sentence, at its end: "captured two men in search of a leader who plans attacks, on Monday",
    "carried out an operation to detain a leader today". Behind a comma, or under an infinitive or participle, it is that of
    the sentence's own verb."""
    sentence = clause.sentence
    told = [t for t in note.times if sentence.start <= t.start < sentence.end and t.timex3_type == "DATE"]
    if clause.kind == "noun":
        told = [t for t in told if t.start > clause.token.start]  # "confirmed today the arrest of X on Monday"
    root = clause.support or clause.token
    above = sentence.parent(root) if clause.kind == "noun" and root.dep == "obj" else root
    if len(told) != 1 or above is None or above.dep not in ("root", "parataxis") or note.published is None:
        return None
    day, head = told[0], head_of(sentence, told[0].start, told[0].end)
    single = day.earliest is not None and day.earliest == day.latest and day.earliest <= note.published
    rest = [t for t in sentence if t.start >= day.end and t.pos != "PUNCT"]
    if not single or rest or head is None:
        return None
    before = [t for t in sentence if t.end <= day.start][-1:]
    inner = head
    while inner.pos not in ("VERB", "AUX") and (higher := sentence.parent(inner)) is not None:
        inner = higher
    habit = inner.tag in ("VBG", "VBZ", "VBP") and inner.dep in ("acl", "acl:relcl", "advcl")  # "who leads raids, today"
    loose = habit or inner.tag == "VBG" or any(k.lower == "to" for k in sentence.kids(inner, "mark", "aux"))
    return day if loose or any(t.text == "," for t in before) else None
