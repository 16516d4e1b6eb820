"""Who says, thinks or wants what: source, cue and content, for the layer of that name.

In: an annotated article. Out: attributions in text order. The records' own attribution is settled in ``coding``, by the
operators above a clause; here every saying is listed, whether or not a record rests on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.coding.claims.announced import announced
from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token
from tocsin.layers.other_sayings import by_label, other_sayings
from tocsin.layers.quotations import with_quotations
from tocsin.layers.sayings import Cues, Saying, sayer
from tocsin.layers.verb_sayings import by_verb
from tocsin.model import Attribution, Span, Speaker, TextSpan

_PUNCTUATION = ",;:. \t\r\n"


class Attributions:
    """Finds sayings by the cues of ``attribution.yaml``."""

    def __init__(self, tables: Tables) -> None:
        table = tables.mapping("attribution.yaml")
        self._cues = Cues(table)
        marks = "|".join(re.escape(mark) for mark in table["quotes"])
        self._opening, self._closing = re.compile(rf"(?:{marks})+$"), re.compile(rf"[,.!?]?(?:{marks})+")
        self._begins, self._ends = re.compile(marks), re.compile(rf"(?:{marks})$")

    def of(self, note: Annotated) -> list[Attribution]:
        """All attributions of the article."""
        found = [saying for sentence in note.sentences for saying in self._in(sentence)]
        _spoken(note, found)
        made = [self._made(note, saying) for saying in with_quotations(note, found, self._cues)]
        return sorted((m for m in made if m is not None), key=lambda a: (a.cue.start, a.content.start))

    def _in(self, sentence: Sentence) -> Iterator[Saying]:
        for token in sentence:
            if token.pos in ("VERB", "AUX"):
                yield from by_verb(sentence, token, self._cues)
            yield from other_sayings(sentence, token, self._cues)
        yield from by_label(sentence)

    def _made(self, note: Annotated, saying: Saying) -> Attribution | None:
        text = note.article.text
        start, end = self._edges(text, min(a for a, _ in saying.pieces), max(b for _, b in saying.pieces))
        if start >= end:
            return None
        cue = TextSpan(start=saying.cue[0], end=saying.cue[1], text=text[saying.cue[0] : saying.cue[1]])
        source = None if saying.source is None else _speaker(note, saying.sentence, saying.source)
        quoted = bool(self._begins.match(text, start) or self._ends.search(text[end - 2 : end]))
        return Attribution(source=source, cue=cue, content=Span(start=start, end=end), quoted=quoted)

    def _edges(self, text: str, start: int, end: int) -> tuple[int, int]:
        """A content without punctuation at its ends, with the quotation marks that stand there."""
        while end > start and text[end - 1] in _PUNCTUATION:
            end -= 1
        while start < end and text[start] in _PUNCTUATION:
            start += 1
        opening = self._opening.search(text[max(0, start - 2) : start])
        closing = self._closing.match(text, end)
        return start - (len(opening.group()) if opening else 0), closing.end() if closing else end


def _spoken(note: Annotated, found: list[Saying]) -> None:
    """Add to the sayings what stands without marks in the paragraphs behind "N said:"."""
    for sentence in note.sentences:
        told = announced(sentence, note)
        if told is None:
            continue
        verb = told[0]
        home = next(s for s in note.sentences if s.start <= verb.start < s.end)
        known = next((s for s in found if s.word is verb), None)
        source = sayer(home, verb)
        if known is None and source is not None:
            found.append(Saying(home, source, (verb.start, verb.end), [(sentence.start, sentence.end)], word=verb))
        elif known is not None:
            known.pieces.append((sentence.start, sentence.end))


def _speaker(note: Annotated, sentence: Sentence, token: Token) -> Speaker:
    """The words that name who speaks, and whom they stand for."""
    who = note.interpreter.entity(sentence, token)
    verb = sentence.tokens[token.head]
    noun = sentence.parent(verb) if token.tag in ("WDT", "WP") and verb.dep == "acl:relcl" else None
    stood_for = who if noun is None else note.interpreter.entity(sentence, noun)
    names = "; ".join(dict.fromkeys(party.name for party in who.parties or stood_for.parties))
    text = note.article.text[who.start : who.end]
    fallback = None if noun is None else note.article.text[stood_for.start : stood_for.end]
    return Speaker(start=who.start, end=who.end, text=text, name=names or fallback)
