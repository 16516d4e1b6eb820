"""Reading pages in a process aside: whatever a page does to what reads it, it costs that page and nothing else.

A page that takes too long is ended with its process, one that asks for too much memory fails in it; the next page gets a new
process. One page is read ahead, so that the reading of one and the coding of another go on at once. ``Aside`` does any work
on what others wrote in this way; feeds are read by it, too.
"""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from tocsin.errors import InputError, KnowledgeError, TocsinError
from tocsin.knowledge.words import Words
from tocsin.model import Article, Problem
from tocsin.pipeline.starting import uninterrupted
from tocsin.reading import Reading, read_pages
from tocsin.sources import RawPage
from tocsin.sources.formats import limits

Read = list[tuple[Article, list[Problem]]]
_READY = "ready"
_LOADING = 120.0  # seconds that a process may take to start, which is no fault of the page
_APART = ("html", "pdf")  # what others wrote parsers for; text and JSON are read in this process


class Aside:
    """Does one work at a time in another process: ``ask`` hands over what it is done with, ``answer`` waits for what came of
    it. ``work`` is a function of a module; ``slow`` and ``died`` are the keys of the words where it takes too long or ends
    its process."""

    def __init__(self, words: Words, work: Callable[..., Any] = read_pages, *, slow: str = "ingest.page_slow",
                 died: str = "ingest.page_died") -> None:
        self._words, self._work, self._slow, self._died = words, work, slow, died
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False
        self._asked: tuple[str, float] | None = None

    def ask(self, where: str, *given: Any) -> None:
        """Hand over what the work takes; ``where`` it was met, for a message."""
        pipe = self._started()
        with contextlib.suppress(OSError):  # a process that is gone is met when its answer is read
            pipe.send((where, given))
        self._asked = where, time.monotonic()

    def answer(self) -> Any:
        """What came of the last that was handed over. Raises InputError where nothing could."""
        assert self._asked is not None
        assert self._pipe is not None
        (where, began), self._asked = self._asked, None
        most = limits().max_page_seconds
        try:
            if not self._ready:
                if not self._pipe.poll(_LOADING):
                    raise EOFError
                self._ready = self._pipe.recv() == _READY
                began = time.monotonic()
            if not self._pipe.poll(max(0.0, began + most - time.monotonic())):
                self.close()
                raise InputError(self._words(self._slow, source=where, seconds=f"{most:g}"))
            answer = self._pipe.recv()
        except (EOFError, OSError):
            self.close()
            raise InputError(self._words(self._died, source=where)) from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """End the process."""
        if self._pipe is not None and self._process is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join(5)
        self._process = self._pipe = None
        self._ready = False

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.close()
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._work), daemon=True)
            with uninterrupted():
                self._process.start()
            theirs.close()
        return self._pipe


def read_apart(pages: Iterator[RawPage | Any], how: Reading, words: Words) -> Iterator[tuple[Any, Read | Exception | None]]:
    """Each page with what it became, in order: its articles, or what was raised. Whatever is no page goes through with None.
    Web pages and documents are read aside."""
    aside = Aside(words)
    waiting: RawPage | None = None
    try:
        for page in pages:
            apart = isinstance(page, RawPage) and page.kind in _APART
            done = (waiting, _tried(aside)) if waiting is not None else None
            waiting = None
            if apart:
                aside.ask(page.where, page, how)
                waiting = page
            if done is not None:
                yield done
            if not isinstance(page, RawPage):
                yield page, None
            elif not apart:
                yield page, _here(page, how)
        if waiting is not None:
            yield waiting, _tried(aside)
    finally:
        aside.close()


def _tried(aside: Aside) -> Read | Exception:
    try:
        found: Read = aside.answer()
        return found
    except KnowledgeError:
        raise
    except Exception as error:
        return error


def _here(page: RawPage, how: Reading) -> Read | Exception:
    try:
        return read_pages(page, how)
    except KnowledgeError:
        raise
    except Exception as error:
        return error


def _serve(pipe: Connection, work: Callable[..., Any]) -> None:
    """What the other process does: work on what comes until the pipe ends. Ctrl-C is the business of who started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(limits().max_reading_bytes)
    most = 2 * limits().max_page_seconds
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        pipe.send(_READY)
        while True:
            signal.setitimer(signal.ITIMER_REAL, 0)
            where, given = pipe.recv()
            signal.setitimer(signal.ITIMER_REAL, most)  # the last resort where the process that would end this one is gone
            answer: Any
            try:
                answer = work(*given)
            except TocsinError as error:
                answer = error
            except MemoryError:
                answer = InputError(f"{where}: reading it needs more memory than a page may take")
            except Exception as error:  # one that can be sent, whatever it holds
                answer = RuntimeError(f"{type(error).__name__}: {str(error)[:500]}")
            pipe.send(answer)


def _limit_memory(most: int) -> None:
    """Let this process have no more address space; where the system knows no such limit, it has none."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ImportError, ValueError, OSError):
        return
