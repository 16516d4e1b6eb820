"""Quotations to who says them: a quotation belongs whole to the saying that it touches; one that stands alone to the verb
of saying right beside it, else to the saying of its paragraph or of the one before.

In: an annotated article and its sayings. Out: sayings, with the pieces of their content; those within quoted words are
left out, as part of what is quoted, and so are wishes and thoughts within what somebody tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language.annotate import Annotated
from tocsin.language.speakers import quote_spans
from tocsin.language.stretches import stretches
from tocsin.language.tokens import Sentence, Token
from tocsin.layers.quotation_edges import before, behind
from tocsin.layers.sayings import Cues, Saying, sayer

Spans = Sequence[tuple[int, int]]

_NEAR = 6  # words between the begin of a sentence and who says what was quoted before
_LEAST = 3  # words of a quotation that may stand alone
_HUNG = ("ccomp", "parataxis", "dep", "xcomp")
_ENDS = ".!?:\n\r\u201d\""


def with_quotations(note: Annotated, sayings: Sequence[Saying], cues: Cues) -> list[Saying]:
    """All sayings with their quotations."""
    quotes = quote_spans(note.article.text, [(start, end) for start, end, _, _ in stretches(note.article)], doubled=True)
    kept = [s for s in sayings if not _inside(s.cue[0], quotes)]
    for span in quotes:
        holder = next((s for s in kept if any(a < span[1] and span[0] < b for a, b in s.pieces)), None)
        if holder is not None:
            holder.pieces.append(span)
        elif len(note.article.text[span[0] : span[1]].split()) >= _LEAST:
            _give(note, quotes, span, kept, cues)
    told = note.interpreter.lexicon.words("saying") | note.interpreter.lexicon.words("reporting")
    return [s for s in kept if not _nested(s, kept) or _tells(s, told)]


def _nested(saying: Saying, others: Sequence[Saying]) -> bool:
    """Whether a saying is itself told by somebody."""
    return any(o is not saying and _inside(saying.cue[0], o.pieces) for o in others)


def _tells(saying: Saying, told: frozenset[str]) -> bool:
    """ "N said that M had told …": a chain of sources, not only a wish or thought within what is told."""
    verb = saying.word
    if verb is None or verb.pos != "VERB" or verb.lemma not in told:
        return False
    return bool(saying.sentence.kids(verb, "ccomp")) or verb.dep == "acl:relcl"


def _inside(at: int, spans: Spans) -> bool:
    return any(a <= at < b for a, b in spans)


def _give(note: Annotated, quotes: Spans, span: tuple[int, int], kept: list[Saying], cues: Cues) -> None:
    """A quotation that no saying tells: to a verb beside it, else to a saying before or behind it."""
    around = [s for s in note.sentences if s.start < span[1] and span[0] < s.end]
    if not around:
        return
    for told in (behind(note.article.text, note.sentences, span), before(note.article.text, note.sentences, span, cues)):
        if told is not None and not _inside(told[1].start, quotes) and _tell(*told, span, kept):
            return
    edges = [around[-1], around[0]] if len(around) > 1 else around
    if any(_above(quotes, sentence, span, kept) for sentence in edges) or not _stands_alone(note, span):
        return
    following = note.sentences[around[-1].index + 1 : around[-1].index + 2]
    beside = [s for s in (*following, *edges) if s.paragraph == around[0].paragraph]
    if not any(_bare(sentence, span, kept, cues) for sentence in beside):
        _to_a_neighbour(quotes, span, around[0].paragraph, [s for s in kept if s.carries])


def _to_a_neighbour(quotes: Spans, span: tuple[int, int], paragraph: int, sayings: Sequence[Saying]) -> None:
    """The nearest saying before it in the paragraph, the first behind it, the last of the paragraph before; of several
    one that quotes."""
    here = [s for s in sayings if s.sentence.paragraph == paragraph]
    earlier = [s for s in here if s.cue[0] < span[0]]
    later = [s for s in here if s.cue[0] > span[0]][:1]
    for some in (earlier, later, [s for s in sayings if s.sentence.paragraph == paragraph - 1]):
        if some:
            quoting = [s for s in some if any(_inside(a, quotes) for a, _ in s.pieces)]
            max(quoting or some, key=lambda s: s.cue[0]).pieces.append(span)
            return


def _stands_alone(note: Annotated, span: tuple[int, int]) -> bool:
    """Whether a quotation is a sentence or more of its own."""
    head = note.article.text[: span[0]].rstrip(" \u201c\"'")
    return not head or head[-1] in _ENDS


def _above(quotes: Spans, sentence: Sentence, span: tuple[int, int], kept: list[Saying]) -> bool:
    """A verb outside a quotation that has a word of it below, or hangs on one: any verb may tell what is quoted."""
    verb = _verb_beside(sentence, span)
    if verb is None or _inside(verb.start, quotes):
        return False
    return _tell(sentence, verb, span, kept)


def _verb_beside(sentence: Sentence, span: tuple[int, int]) -> Token | None:
    for token in sentence:
        if not span[0] <= token.start < span[1]:
            continue
        above = [sentence.parent(token)] if token.dep in _HUNG else []
        for verb in (*above, *sentence.kids(token, "parataxis")):
            if verb is not None and verb.pos == "VERB" and not span[0] <= verb.start < span[1]:
                return verb
    return None


def _bare(sentence: Sentence, span: tuple[int, int], kept: list[Saying], cues: Cues) -> bool:
    """ "…!" N said: a verb of saying with nothing below it, near the begin of its sentence."""
    used = {id(s.word) for s in kept}
    for verb in sentence.tokens[: 2 * _NEAR]:
        outside = not span[0] <= verb.start < span[1]
        if verb.pos == "VERB" and verb.lemma in cues.clause and outside and id(verb) not in used:
            source = sayer(sentence, verb)
            if source is not None and source.i < _NEAR and _tell(sentence, verb, span, kept):
                return True
    return False


def _tell(sentence: Sentence, verb: Token, span: tuple[int, int], kept: list[Saying]) -> bool:
    """Let a verb tell a quotation, where it has a subject."""
    known = next((s for s in kept if s.word is verb), None)
    source = sayer(sentence, verb)
    if known is not None:
        known.pieces.append(span)
    elif source is not None:
        kept.append(Saying(sentence, source, (verb.start, verb.end), [span], word=verb))
    return known is not None or source is not None
