"""Ingesting: what the register lacks is read and coded, each article stored as soon as it is done.

A run that was interrupted is simply run again: what is stored is passed over. What fails is kept with its reason; a later
run that reads the same input without that failure resolves it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tocsin import __version__
from tocsin.errors import UsageError
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import Words
from tocsin.model import Article, Result
from tocsin.pipeline.articles import Failure, Met, Unread, input_of, origin, stream
from tocsin.pipeline.first_look import FirstLook
from tocsin.pipeline.workers import Crew, Job, MakeReader, Solo
from tocsin.reading import LAID_ASIDE
from tocsin.reading.language import is_foreign
from tocsin.register import Added, Register, Run
from tocsin.register.failures import Failure as Kept
from tocsin.register.ledger import Entry
from tocsin.sources import FailedSource, Passed, RawPage, open_sources


@dataclass(frozen=True, slots=True)
class How:
    """How inputs are read."""

    published: dt.date | None = None
    plain: bool = False
    private: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """What of it another reading of the same page would have to share."""
        return json.dumps([self.published.isoformat() if self.published else None, self.plain], separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one input: it was added (or was there), it failed, or it was passed over as no article."""

    source: str
    added: Added | None = None
    failure: Failure | None = None
    passed: str | None = None


@dataclass(slots=True)
class Tally:
    """The closing summary: how many articles went which way, how many records came, what changed in new versions,
    how many are in which other language and so not coded, what archives hold besides articles, how many English pages were
    laid aside without being extracted, the words of what was not known."""

    outcomes: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    records: int = 0
    failures: list[Failure] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    laid_aside: int = 0
    words: int = 0

    @property
    def anew(self) -> int:
        """Articles that were read and not known already."""
        return self.outcomes.total() - self.outcomes["known"]

    @property
    def read(self) -> int:
        """Inputs that were met, failed ones too."""
        return self.outcomes.total() + len(self.failures)


def run_of(knowledge: Path | None, *, thorough: bool = False) -> Run:
    """What reads here: the coder of this version with these tables. One that parses all is another, so that it reads what
    the quicker one has read."""
    return Run("frames", __version__, Tables(knowledge).digest + (" thorough" if thorough else ""))


class Ingest:
    """One ingest into one register. ``again`` tries articles again on which this very coder failed before; ``thorough``
    extracts every page, whatever its words say."""

    def __init__(self, register: Register, run: Run, make: MakeReader, words: Words, *, knowledge: Path | None = None,
                 workers: int = 1, again: bool = False, thorough: bool = False) -> None:
        if workers < 1:
            raise UsageError(words("ingest.workers", value=workers))
        self.tally = Tally()
        self._register, self._run, self._words = register, run, words
        self._coders: Callable[[], Solo | Crew] = (
            lambda: Solo(make, knowledge, words) if workers == 1 else Crew(workers, make, knowledge, words))
        self._again, self._look = again, None if thorough else FirstLook(knowledge)
        self._entries: dict[str, Entry] = {}
        self._open = {failure.key: failure for failure in register.failures.open()}
        self._hopeless = {} if again else {kept.article: kept for kept in self._open.values()
                                           if kept.article and kept.options.get("run") == _signature(run)}
        self._inputs = {failure.input for failure in self._open.values()}
        self._touched: set[str] = set()
        self._recurred: set[tuple[str, str]] = set()

    def retry(self, *, private: bool = False) -> Iterator[Step]:
        """Ingest what failed before and is not resolved; ``private``: from private networks, too."""
        groups: dict[tuple[str | None, bool, tuple[tuple[str, str], ...]], dict[str, None]] = {}
        for failure in self._open.values():
            columns = tuple(dict(failure.options.get("columns") or {}).items())
            key = failure.options.get("published"), bool(failure.options.get("plain")), columns
            groups.setdefault(key, {})[failure.input] = None
        for (published, plain, columns), inputs in groups.items():
            day = dt.date.fromisoformat(published) if published else None
            yield from self.ingest([*map(input_of, inputs)], How(day, plain, private, dict(columns)))

    def ingest(self, inputs: Sequence[str], how: How) -> Iterator[Step]:
        """Ingest inputs; a step for each article as it is stored or fails."""
        yield from self.pages(open_sources(inputs, private=how.private, columns=how.columns), how)

    def pages(self, opened: Iterator[RawPage | FailedSource | Passed], how: How) -> Iterator[Step]:
        """The same of pages that somebody else opens, one by one as they are needed."""
        with closing(self._coders()) as coders:
            under_way: set[str] = set()
            met = stream(opened, how, self._words, lambda page: self._seen(page, how), self._look)
            with closing(met):
                for item in met:
                    if isinstance(item, Met):
                        yield from self._article(item, how, coders, under_way)
                    elif isinstance(item, Entry):
                        yield self._known(item)
                    elif isinstance(item, Passed):
                        self.tally.passed[item.reason] += 1
                        yield Step(item.source, passed=item.reason)
                    else:
                        yield self._unread(item, how)
            yield from self._stored(coders.rest(), how, under_way)
        self._resolve()

    def _article(self, met: Met, how: How, coders: Solo | Crew, under_way: set[str]) -> Iterator[Step]:
        article = met.article
        self._touch(article.source)
        if article.text_sha256 in under_way:  # a copy of what is being coded: wait, so as not to code it twice
            yield from self._stored(coders.rest(), how, under_way)
        if met.page is not None:
            self._entries[article.id] = Entry(met.page.where, met.page.digest(), how.signature, article.source, article.id)
        if (kept := self._hopeless.get(article.id)) is not None:  # this coder would only fail on it again
            self._recurred.add(kept.key)
            self._entries.pop(article.id, None)
            yield self._told(Failure(kept.source, kept.message))
        elif self._register.wants(article, self._run):
            under_way.add(article.text_sha256)
            yield from self._stored(coders.submit(article, met.problems), how, under_way)
        else:
            yield self._store(Result(article=article))

    def done(self, page: RawPage, how: How) -> bool:
        """Whether all that a page holds is stored, or is known not to be readable."""
        return self._register.met(page.where, page.digest(), how.signature, self._run) is not None

    def _seen(self, page: RawPage, how: How) -> Entry | None:
        """What became of a page when it was met before; None where it is to be read (again)."""
        entry = self._register.met(page.where, page.digest(), how.signature, self._run)
        return None if entry is not None and entry.reason is not None and self._again else entry

    def _known(self, entry: Entry) -> Step:
        self._touch(entry.source)
        if entry.reason is not None:
            self._recurred.add((entry.source, entry.reason))
            return self._told(Failure(entry.source, entry.reason))
        self.tally.outcomes["known"] += 1
        return Step(entry.source, added=Added("known", entry.article or ""))

    def _unread(self, item: Unread | Failure, how: How) -> Step:
        if isinstance(item, Failure):
            return self._failed(item, how, None)
        failure, page = item.failure, item.page
        step = self._failed(failure, how, None)
        entry = Entry(page.where, page.digest(), how.signature, failure.source, reason=failure.message)
        self._register.note(entry, self._run)
        return step

    def _stored(self, jobs: Iterator[Job], how: How, under_way: set[str]) -> Iterator[Step]:
        for job in jobs:
            under_way.discard(job.article.text_sha256)
            if isinstance(job.outcome, Result):
                yield self._store(job.outcome)
            elif job.outcome is not None:
                yield self._failed(job.outcome, how, job.article)

    def _store(self, result: Result) -> Step:
        article = result.article
        if article.extra.get(LAID_ASIDE):  # a matter of this reading, which its problems tell; not of the article
            kept = {key: value for key, value in article.extra.items() if key != LAID_ASIDE}
            result = result.model_copy(update={"article": article.model_copy(update={"extra": kept})})
        added = self._register.add(result, self._run, self._entries.pop(article.id, None))
        if is_foreign(article):
            self.tally.languages[article.language or ""] += 1
        elif article.extra.get(LAID_ASIDE):
            self.tally.laid_aside += 1
        self.tally.outcomes[added.outcome] += 1
        self.tally.records += added.records
        if added.outcome != "known":
            self.tally.words += len(article.text.split())
        if added.replaces is not None:
            changes = self._register.changes(added.replaces, added.article)
            self.tally.changes.update(change.kind for change in changes)
        return Step(result.article.source, added=added)

    def _failed(self, failure: Failure, how: How, article: Article | None) -> Step:
        self._touch(failure.source)
        self._recurred.add((failure.source, failure.message))
        if article is not None:
            self._entries.pop(article.id, None)
        options = {"published": how.published.isoformat() if how.published else None, "plain": how.plain,
                   "columns": dict(how.columns), "run": _signature(self._run)}
        self._register.failures.keep(Kept(failure.source, origin(failure.source), failure.message,
                                          article.id if article else None, options))
        return self._told(failure)

    def _told(self, failure: Failure) -> Step:
        self.tally.failures.append(failure)
        return Step(failure.source, failure=failure)

    def _touch(self, source: str) -> None:
        if self._inputs and (name := origin(source)) in self._inputs:
            self._touched.add(name)

    def _resolve(self) -> None:
        """Mark the failures whose inputs were gone through and that did not come again."""
        gone = [kept for key, kept in self._open.items() if kept.input in self._touched and key not in self._recurred]
        self._register.failures.resolve(gone)
        for kept in gone:
            del self._open[kept.key]


def _signature(run: Run) -> list[str]:
    return [run.coder, run.version, run.knowledge]
