"""Slots that few records have: sums and measures, the name of a treaty, recurrence.

In: a candidate and the annotated article. Out: model objects, or None where the text has nothing of the kind.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.slots.counts import to_count
from tocsin.coding.times.heads import hangs_from, head_of
from tocsin.language.annotate import Annotated
from tocsin.language.numbers.amounts import Number
from tocsin.language.times import find_recurrence
from tocsin.language.tokens import Sentence
from tocsin.model import Count, Instrument, Quantity, Recurrence

_NOUNS_OF = {"weapons_test": {"test"}, "military_exercise": {"drill"}, "armed_incident": {"attack"}}
_COUNTED_PARTS = ("theme", "crew", "strength", "measure", "agent_count")
_PEOPLE = frozenset({"military", "population", "person", "force"})
_MONEY = 3  # length of a currency code


def quantity_of(candidate: Candidate, note: Annotated) -> Quantity | None:
    """A sum of money (transfers) or a measure (facts) in the clause's own words."""
    if candidate.type not in ("arms_transfer", "fact"):
        return None
    clause = candidate.clause
    tokens = clause.sentence.subtree(clause.support or clause.token)
    start, end = tokens[0].start, tokens[-1].end
    for number in note.numbers:
        if not start <= number.start < end or number.unit is None:
            continue
        money = len(number.unit) == _MONEY and number.unit.isupper()
        if money or candidate.type == "fact":
            return _quantity(number, number.unit)
    if candidate.type == "fact":
        return _counted(candidate)
    return None


def _quantity(number: Number, unit: str) -> Quantity:
    return Quantity(
        text=number.text,
        start=number.start,
        end=number.end,
        min=number.min,
        max=number.max,
        kind=number.kind,
        unit=unit,
    )


def _counted(candidate: Candidate) -> Quantity | None:
    """How many a fact counts: the number of its theme, with the thing counted as unit."""
    for entity in (e for part in _COUNTED_PARTS for e in candidate.parts.get(part, [])):
        number = entity.count
        if number is None or (number.min is None and number.max is None):
            continue
        people = bool(entity.types & _PEOPLE) or candidate.frame.subtype == "force_size"
        unit = "persons" if people else f"{entity.lemma}s"
        return _quantity(number, unit)
    return None


def instrument_of(candidate: Candidate) -> Instrument | None:
    """The treaty or pact that an agreement is about, by the words of the text."""
    if candidate.type != "agreement":
        return None
    for entities in candidate.parts.values():
        for entity in entities:
            if "treaty" in entity.types and entity.text[:1].strip():
                return Instrument(text=entity.text, start=entity.start, end=entity.end, name=entity.text)
    return None


def number_of(candidate: Candidate, note: Annotated) -> Count | None:
    """How many attacks an event noun counts ("a couple of bombings", "three strikes")."""
    clause = candidate.clause
    if candidate.type != "armed_incident" or clause.kind != "noun":
        return None
    above = clause.sentence.parent(clause.token) if clause.sentence.kids(clause.token, "case") else None
    for token in (clause.token, above):
        number = note.interpreter.entity(clause.sentence, token).count if token is not None and token.pos == "NOUN" else None
        if number is not None:
            return to_count(number)
    return None


def is_fresh(candidate: Candidate, note: Annotated) -> bool:
    """Whether the words tell another event than those before: "Meanwhile, …", "in a later attack"."""
    words = note.interpreter.lexicon.words
    clause = candidate.clause
    if candidate.type != "armed_incident":
        return False
    opening = {t.lower for t in clause.sentence.tokens[:2]} & words("elsewhere_words")
    nouns = [clause.token, *(a.token for a in clause.get("in", "by", "during", "subj"))]
    adjectives = {k.lower for t in nouns for k in clause.sentence.kids(t, "amod", "det")}
    return bool(opening or adjectives & words("other_words")) or takes_more(candidate, note)


def takes_more(candidate: Candidate, note: Annotated) -> bool:
    """ "also detained two men", "captured one additional fighter": others than those taken before, there."""
    clause, more = candidate.clause, note.interpreter.lexicon.words("more_words")
    if candidate.frame.subtype != "capture":
        return False
    kids = clause.sentence.kids(clause.token, "advmod")
    kids += [k for a in clause.get("obj") for k in clause.sentence.kids(a.token, "amod", "det")]
    return any(k.lower in more for k in kids)


def recurrence_of(candidate: Candidate, note: Annotated) -> Recurrence | None:
    """ "for the third time in August", "its third test this year", where the words hang from the clause's predicate."""
    clause = candidate.clause
    own = {clause.token.i} | ({clause.support.i} if clause.support else set())
    for found in recurrences(clause.sentence, note):
        head = head_of(clause.sentence, found.start, found.end)
        below = clause.token.dep in ("acl", "acl:relcl", "ccomp") and head is not None and clause.token.head == head.i
        if head is not None and (below or hangs_from(clause.sentence, head, own, note.interpreter.lexicon)):
            return found
    return None


def recurrences(sentence: Sentence, note: Annotated) -> list[Recurrence]:
    """All ordinals of occasions that a sentence tells."""
    text = note.article.text[sentence.start : sentence.end]
    return [
        Recurrence(
            ordinal=found.ordinal,
            window=found.edtf,
            text=found.text,
            start=sentence.start + found.start,
            end=sentence.start + found.end,
        )
        for found in find_recurrence(text, note.published)
    ]


def recall_recurrence(sentence: Sentence, told: list[Draft], note: Annotated) -> None:
    """ "It was the third such drill this year": an ordinal told of the event of the sentence before."""
    last = told[-1] if told else None
    if last is None or sentence.index - max(last.sentences) != 1 or last.recurrence is not None:
        return
    root = next((t for t in sentence if t.dep == "root"), sentence.tokens[0])
    subjects = sentence.kids(root, "nsubj")
    if not subjects or not (found := recurrences(sentence, note)):
        return
    entity = note.interpreter.entity(sentence, subjects[0])
    lexicon = note.interpreter.lexicon
    pronoun = subjects[0].lower in lexicon.words("recurrence_pronouns")
    back = pronoun or (entity.definite and not entity.parties)
    words = lexicon.noun_types(sentence, subjects[0])
    named = {kind for kind, types in _NOUNS_OF.items() if types & words}
    if back and (not named or last.type in named):
        last.recurrence = found[0]
        last.sentences = sorted({*last.sentences, sentence.index})
