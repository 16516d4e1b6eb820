"""What reads a text, and says how a sentence was read: with a reader that is loaded when it is first needed.

In: an article. Out: a result, or an explanation. ``Aside`` does the same in a process of its own, which is ended where it
takes too long and started anew with the next text: no text can keep the application busy.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Literal, Protocol

from tocsin.errors import TocsinError, UsageError
from tocsin.knowledge.words import words
from tocsin.model import Article, Problem, Result
from tocsin.reading import read_page
from tocsin.sources import RawPage

if TYPE_CHECKING:
    from tocsin.explanation import Explainer, Explanation
    from tocsin.reader import Reader

MOST_TEXT = 60_000  # characters of a text that somebody waits for
TIME = 60.0  # seconds that one text may take: less than the application waits for an answer
LOAD = 60.0  # seconds that the reader may take to load
_READY = "ready"


class NoSentence(UsageError):
    """The article has no such sentence."""


class Busy(Exception):
    """A text cannot be read now, or not in the time there is; the message says why."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The sentences of an article (start and end of each); of the one that was asked for its number and explanation."""

    sentences: tuple[tuple[int, int], ...]
    number: int | None
    found: Explanation | None


class Hands(Protocol):
    """What does the work."""

    def warm(self) -> None: ...

    def read(self, article: Article, problems: list[Problem]) -> Result: ...

    def page(self, page: RawPage, published: str | None, plain: bool) -> Result: ...

    def explain(self, article: Article, given: dict[str, str]) -> Explained: ...


class Here:
    """Works in this process; the article that was explained last is not parsed again."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader
        self._last: Explainer | None = None

    def warm(self) -> None:
        """Load what is needed."""
        self._loaded()

    def read(self, article: Article, problems: list[Problem]) -> Result:
        """Code an article."""
        return self._loaded().read_article(article, problems)

    def page(self, page: RawPage, published: str | None, plain: bool) -> Result:
        """Find the article of a page and code it. InputError where there is none, UsageError where it is too long."""
        article, problems = read_page(page, published=published, plain=plain)
        check_length(article.text)
        return self.read(article, problems)

    def explain(self, article: Article, given: dict[str, str]) -> Explained:
        """Its sentences, and how one of them was read."""
        from tocsin.explanation import Explainer

        if self._last is None or self._last.article != article:
            self._last = Explainer(self._loaded(), article)
        sentences = tuple((one.start, one.end) for one in self._last.sentences)
        number = sentence_of(sentences, given)
        return Explained(sentences, number, self._last.explain(number, words()) if number else None)

    def _loaded(self) -> Reader:
        if self._reader is None:
            from tocsin.reader import Reader

            self._reader = Reader()
        return self._reader


class Aside:
    """Works in another process. For one caller at a time."""

    def __init__(self, make: Callable[[], Hands] = Here, time: float = TIME, load: float = LOAD) -> None:
        self._make, self._time, self._load = make, time, load
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False

    def warm(self) -> None:
        """Start the process, which loads what it needs; that is not waited for."""
        self._started()

    def read(self, article: Article, problems: list[Problem]) -> Result:
        """Code an article."""
        found: Result = self._ask("read", article, problems)
        return found

    def page(self, page: RawPage, published: str | None, plain: bool) -> Result:
        """Find the article of a page and code it."""
        found: Result = self._ask("page", page, published, plain)
        return found

    def explain(self, article: Article, given: dict[str, str]) -> Explained:
        """Its sentences, and how one of them was read."""
        found: Explained = self._ask("explain", article, given)
        return found

    def close(self) -> None:
        """End the process."""
        if self._pipe is not None and self._process is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join(5)
        self._process = self._pipe = None
        self._ready = False

    def _ask(self, work: Literal["read", "page", "explain"], *given: Any) -> Any:
        pipe = self._started()
        try:
            if not self._ready:  # loading is no fault of the text
                if not pipe.poll(self._load):
                    raise Busy(words()("web.still_loading"))
                self._ready = pipe.recv() == _READY
            pipe.send((work, given))
            if not pipe.poll(self._time):
                self.close()
                raise Busy(words()("web.took_too_long", seconds=f"{self._time:g}"))
            answer = pipe.recv()
        except (EOFError, OSError):
            self.close()
            raise Busy(words()("web.reader_died")) from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.close()
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs, self._make), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe


def _work(pipe: Connection, make: Callable[[], Hands]) -> None:
    """What the other process does: work until the pipe ends. Ctrl-C is the business of the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        hands = make()
        with contextlib.suppress(TocsinError):  # told with the first text
            hands.warm()
        pipe.send(_READY)
        while True:
            work, given = pipe.recv()
            answer: Any
            try:
                answer = getattr(hands, work)(*given)
            except TocsinError as error:
                answer = error
            except Exception as error:  # one that can be sent, whatever it holds
                answer = RuntimeError(f"{type(error).__name__}: {error}")
            pipe.send(answer)


def check_length(text: str) -> None:
    """UsageError where a text is empty, or too long to be waited for."""
    if not text.strip():
        raise UsageError(words()("web.try_empty"))
    if len(text) > MOST_TEXT:
        raise UsageError(words()("web.try_long", n=f"{len(text):,}", most=f"{MOST_TEXT:,}"))


def sentence_of(sentences: tuple[tuple[int, int], ...], given: dict[str, str]) -> int | None:
    """The number of the sentence that is asked for: ``sentence=N``, or ``at=OFFSET`` of the article's text. NoSentence
    where the article has none there, UsageError where that is no number."""
    say, count = words(), len(sentences)
    try:
        number, at = (int(given[name]) if given.get(name) else None for name in ("sentence", "at"))
    except ValueError:
        raise UsageError(say("web.no_sentence", count=count)) from None
    if at is not None:
        number = next((n for n, (start, end) in enumerate(sentences, 1) if start <= at < end), 0)
    if number is not None and not 1 <= number <= count:
        raise NoSentence(say("web.no_sentence", count=count))
    return number
