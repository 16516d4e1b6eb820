"""Who codes: this process, or several others. Jobs in, results out in the order of the jobs.

A worker has a pipe to this process and to no other, so that it ends by itself when this process does, however it ends. One
that dies (out of memory, say) costs its article, which fails with the reason, and is replaced.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from tocsin.errors import KnowledgeError, ModelError
from tocsin.knowledge.words import Words
from tocsin.model import Article, Problem, Result
from tocsin.pipeline.articles import Failure, defect
from tocsin.pipeline.starting import uninterrupted


class Reads(Protocol):
    """What codes an article: ``tocsin.Reader``, or a stand-in for it."""

    def read_article(self, article: Article, problems: list[Problem] | None = None,
                     layers: tuple[str, ...] = ...) -> Result: ...


MakeReader = Callable[[Path | None], Reads]
_LAYERS = ("records",)
_AHEAD = 2  # jobs a worker, so that none waits for the next


@dataclass(slots=True)
class Job:
    """An article to be coded, and what became of it."""

    article: Article
    problems: list[Problem]
    outcome: Result | Failure | None = None


class Solo:
    """Codes in this process; the reader is made when the first article comes."""

    def __init__(self, make: MakeReader, knowledge: Path | None, words: Words) -> None:
        self._make, self._knowledge, self._words = make, knowledge, words
        self._reader: Reads | None = None

    def submit(self, article: Article, problems: list[Problem]) -> Iterator[Job]:
        """Code an article."""
        if self._reader is None:
            self._reader = self._make(self._knowledge)
        yield Job(article, problems, _code(self._reader, article, problems, self._words))

    def rest(self) -> Iterator[Job]:
        """Nothing is ever under way."""
        return iter(())

    def close(self) -> None:
        """There is nothing to end."""


class Crew:
    """Codes in several processes. Use within ``contextlib.closing``."""

    def __init__(self, size: int, make: MakeReader, knowledge: Path | None, words: Words) -> None:
        self._words = words
        self._start: Callable[[], _Worker] = lambda: _Worker(make, knowledge)
        self._idle = [self._start() for _ in range(size)]
        self._busy: dict[Connection, tuple[_Worker, Job]] = {}
        self._waiting: deque[Job] = deque()
        self._order: deque[Job] = deque()
        self._most = size * _AHEAD

    def submit(self, article: Article, problems: list[Problem]) -> Iterator[Job]:
        """Take an article; jobs done meanwhile, oldest first. Waits where too many are under way."""
        job = Job(article, problems)
        self._order.append(job)
        self._waiting.append(job)
        self._hand_out()
        while len(self._order) > self._most:
            self._take_in()
            yield from self._done()

    def rest(self) -> Iterator[Job]:
        """All jobs that are still under way, oldest first."""
        while self._order:
            yield from self._done()
            if self._order:
                self._take_in()

    def close(self) -> None:
        """End the workers."""
        for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
            worker.close()
        self._idle.clear()
        self._busy.clear()

    def _hand_out(self) -> None:
        while self._idle and self._waiting:
            worker, job = self._idle.pop(), self._waiting.popleft()
            self._busy[worker.pipe] = (worker, job)
            with contextlib.suppress(OSError):  # a worker that is gone is met when its answer is read
                worker.pipe.send((job.article, job.problems))

    def _take_in(self) -> None:
        for pipe in wait(list(self._busy)):
            assert isinstance(pipe, Connection)
            worker, job = self._busy.pop(pipe)
            try:
                answer = pipe.recv()
            except (EOFError, OSError):
                job.outcome = Failure(job.article.source, self._words(
                    "ingest.worker_died", source=job.article.source, status=worker.ended()))
                self._idle.append(self._start())
                continue
            if isinstance(answer, KnowledgeError | ModelError):
                raise answer
            job.outcome = defect(job.article.source, answer, self._words) if isinstance(answer, Exception) else answer
            self._idle.append(worker)
        self._hand_out()

    def _done(self) -> Iterator[Job]:
        while self._order and self._order[0].outcome is not None:
            yield self._order.popleft()


class _Worker:
    """One process and this end of its pipe."""

    def __init__(self, make: MakeReader, knowledge: Path | None) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=_serve, args=(theirs, make, knowledge), daemon=True)
        with uninterrupted():
            self._process.start()
        theirs.close()

    def ended(self) -> int | None:
        """Wait for a process that is gone; its exit status, negative for a signal."""
        self._process.join(5)
        self.pipe.close()
        return self._process.exitcode

    def close(self) -> None:
        """End the process: the closed pipe tells it, and one that is busy is not waited for."""
        self.pipe.close()
        self._process.terminate()
        self._process.join(5)


def _serve(pipe: Connection, make: MakeReader, knowledge: Path | None) -> None:
    """What a worker does: code what comes until the pipe ends."""
    reader: Reads | None = None
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            article, problems = pipe.recv()
            answer: Any
            try:
                reader = reader or make(knowledge)
                answer = reader.read_article(article, problems, layers=_LAYERS)
            except Exception as error:
                answer = error
            pipe.send(answer)


def _code(reader: Reads, article: Article, problems: list[Problem], words: Words) -> Result | Failure:
    try:
        return reader.read_article(article, problems, layers=_LAYERS)
    except (KnowledgeError, ModelError):
        raise
    except Exception as error:  # a defect met in one article must not cost the others
        return defect(article.source, error, words)
