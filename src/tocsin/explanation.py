"""How one sentence was read, as data: for ``tocsin explain`` and for the reader of the web application.

In: an article and a reader. Out: its sentences; of one of them what its words stand for, its tree, its clauses with the
frames tried on each and why they did or did not fire, and the article's records that rest on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tocsin.coding.coder import Trace
from tocsin.coding.matching.candidate import Attempt
from tocsin.knowledge.words import Words
from tocsin.language.relevance import Bearing
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Article, Mention, Record
from tocsin.reader import Reader


@dataclass(frozen=True, slots=True)
class Tried:
    """A clause in normal form, and each frame tried on it with what became of it."""

    clause: str
    frames: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence explained. ``records`` are all of the article's; ``here`` numbers, from 1, those on the sentence."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    tree: tuple[tuple[int, Token], ...]
    clauses: tuple[Tried, ...]
    records: tuple[Record, ...]
    here: tuple[int, ...]
    bearing: Bearing


class Explainer:
    """The sentences of an article, and any of them explained; the article is parsed once."""

    def __init__(self, reader: Reader, article: Article) -> None:
        self._reader, self.article = reader, article
        self._note = reader.annotate(article)

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences, in order."""
        return self._note.sentences

    def explain(self, number: int, words: Words) -> Explanation:
        """The sentence of a number, counted from 1, explained."""
        reader, trace = self._reader, Trace()
        bearing = reader.relevance.of(self.article)
        records = reader.coder.code(self._note, trace) if bearing.enough else []
        sentence = self.sentences[number - 1]
        here = tuple(n for n, record in enumerate(records, 1) if _rests_on(record, sentence))
        fired = {records[n - 1].coder.rule for n in here}
        mentions = [m for m in reader.layers.mentions(self._note) if sentence.start <= m.start < sentence.end]
        return Explanation(sentence, tuple(mentions), tuple(_tree(sentence)),
                           tuple(_clauses(sentence, trace, fired, words)), tuple(records), here, bearing)


def _tree(sentence: Sentence) -> Iterator[tuple[int, Token]]:
    """The words with their depth, each below its head; punctuation left out."""
    waiting = [(token, 0) for token in reversed(sentence.tokens) if token.head == token.i]
    while waiting:
        token, depth = waiting.pop()
        if token.dep != "punct":
            yield depth, token
        waiting.extend((kid, depth + 1) for kid in reversed(sentence.kids(token)))


def _clauses(sentence: Sentence, trace: Trace, fired: set[str], words: Words) -> Iterator[Tried]:
    attempts: Sequence[Attempt] = trace.attempts.get(sentence.index, [])
    for clause in trace.clauses.get(sentence.index, []):
        printed = str(clause)
        tried = dict.fromkeys(attempt for attempt in attempts if attempt.clause == printed)
        yield Tried(printed, tuple((a.frame, a.reason or words(_outcome(a, fired))) for a in tried))


def _outcome(attempt: Attempt, fired: set[str]) -> str:
    """What became of a frame that fits: it lost to another frame, made a record, was joined to one of its type that rests
    on the sentence, too, or its record was given up once the article was read."""
    if not attempt.chosen:
        return "explain.fits_less"
    if attempt.frame in fired:
        return "explain.fired"
    types = {rule.split("/")[0] for rule in fired}
    return "explain.joined" if attempt.frame.split("/")[0] in types else "explain.given_up"


def _rests_on(record: Record, sentence: Sentence) -> bool:
    return any(e.start < sentence.end and e.end > sentence.start for e in record.evidence)
