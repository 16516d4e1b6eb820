"""Who is quoted: the verb of saying around a quotation, and its subject.

In: a sentence of a quotation and the annotated article. Out: the verb and the speaker; nothing where nobody is told to
speak. Who is only quoted as saying something ("… The army now claims …") speaks no quotation.
"""

from __future__ import annotations

from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.language.speakers import is_quoted, quote_around
from tocsin.language.tokens import Sentence, Token


def quoted_by(sentence: Sentence, note: Annotated) -> tuple[Token, Entity] | None:
    """Who says a quoted sentence: who acts before the colon that opens it, where its quotation ends or begins, else in the
    sentences beside it."""
    opener = _before_colon(sentence, note)
    if opener is not None:
        return opener
    for other in _beside(sentence, note):
        for verb, entity in sayings(other, note):
            if entity.parties and not any(start <= verb.start < end for start, end in note.quotes):
                return verb, entity
    return None


def told_by_unknown(sentence: Sentence, note: Annotated) -> bool:
    """ "… We condemn the raid," editor NAME said: a quotation that ends in the words of somebody of no known side."""
    span = quote_around(sentence, note.quotes)
    closing = [s for s in note.sentences if span is not None and s.start < span[1] < s.end]
    outside = [(v, e) for s in closing for v, e in sayings(s, note) if not any(a <= v.start < b for a, b in note.quotes)]
    return bool(outside) and not any(entity.parties for _, entity in outside)


def _before_colon(sentence: Sentence, note: Annotated) -> tuple[Token, Entity] | None:
    """ "The ministry defended the strike: “…”"."""
    span = quote_around(sentence, note.quotes)
    if span is None or not note.article.text[: span[0] - 1].rstrip().endswith(":"):
        return None
    opening = next((s for s in note.sentences if s.start < span[0] <= s.end), None)
    verb = next((t for t in opening or () if t.head == t.i and t.pos == "VERB" and t.end < span[0]), None)
    if opening is None or verb is None:
        return None
    entities = [note.interpreter.entity(opening, k) for k in opening.kids(verb, "nsubj")]
    return next(((verb, e) for e in entities if e.parties), None)


def _beside(sentence: Sentence, note: Annotated) -> list[Sentence]:
    """The sentences where the quotation ends and begins, then those of the paragraph and the ones before and after."""
    first = _first_paragraph(sentence, note) - 1
    others = [s for s in note.sentences if s.index != sentence.index and first <= s.paragraph <= sentence.paragraph + 1]
    span = quote_around(sentence, note.quotes)
    edges: list[Sentence] = []
    if span is not None:
        edges = [s for s in others if s.start < span[1] < s.end] + [s for s in others if s.start < span[0] < s.end]
    near = sorted(
        others,
        key=lambda s: (s.paragraph != sentence.paragraph, abs(s.index - sentence.index), s.index > sentence.index),
    )
    return edges + near


def _first_paragraph(sentence: Sentence, note: Annotated) -> int:
    """The paragraph where a quotation begins that opens anew in each of its paragraphs and is closed in the last."""
    first, ends = sentence.paragraph, {end for _, end in note.quotes}
    while True:
        before = [s for s in note.sentences if s.paragraph == first - 1]
        if not before or before[-1].end not in ends or not is_quoted(before[-1], note.quotes):
            return first
        first -= 1


def sayings(sentence: Sentence, note: Annotated) -> list[tuple[Token, Entity]]:
    """The verbs of saying of a sentence with their subjects."""
    words = note.interpreter.lexicon.words("saying")
    return [
        (token, note.interpreter.entity(sentence, kid))
        for token in sentence
        if token.pos == "VERB" and token.lemma in words
        for kid in sentence.kids(token, "nsubj")[:1]
    ]
