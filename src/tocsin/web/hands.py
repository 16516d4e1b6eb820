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
from typing import TYPE_CHECKING, Any, Protocol

from tocsin.errors import TocsinError, UsageError
from tocsin.knowledge.words import words
from tocsin.model import Article, Problem, Result

if TYPE_CHECKING:
    from tocsin.explanation import Explainer, Explanation
    from tocsin.reader import Reader

TIME = 60.0  # seconds that one text may take: less than the application waits for an answer


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

    def read(self, article: Article, problems: list[Problem]) -> Result: ...

    def explain(self, article: Article, given: dict[str, str]) -> Explained: ...


class Here:
    """Works in this process; the article that was explained last is not parsed again."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader
        self._last: Explainer | None = None

    def read(self, article: Article, problems: list[Problem]) -> Result:
        """Code an article."""
        return self._loaded().read_article(article, problems)

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

    def __init__(self, make: Callable[[], Hands] = Here, time: float = TIME) -> None:
        self._make, self._time = make, time
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def read(self, article: Article, problems: list[Problem]) -> Result:
        """Code an article."""
        found: Result = self._ask("read", article, problems)
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

    def _ask(self, work: str, *given: Any) -> Any:
        pipe = self._started()
        try:
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
    hands = make()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            work, given = pipe.recv()
            answer: Any
            try:
                answer = hands.read(*given) if work == "read" else hands.explain(*given)
            except TocsinError as error:
                answer = error
            except Exception as error:  # one that can be sent, whatever it holds
                answer = RuntimeError(f"{type(error).__name__}: {error}")
            pipe.send(answer)


def sentence_of(sentences: tuple[tuple[int, int], ...], given: dict[str, str]) -> int | None:
    """The number of the sentence that is asked for: ``sentence=N``, or ``at=OFFSET`` of the article's text."""
    say, count = words(), len(sentences)
    try:
        number, at = (int(given[name]) if given.get(name) else None for name in ("sentence", "at"))
    except ValueError:
        raise UsageError(say("web.no_sentence", count=count)) from None
    if at is not None:
        number = next((n for n, (start, end) in enumerate(sentences, 1) if start <= at < end), 0)
    if number is not None and not 1 <= number <= count:
        raise UsageError(say("web.no_sentence", count=count))
    return number
