"""``tocsin follow``: the feeds of the catalogue, or those that are named, into a register, again and again until Ctrl-C."""

from __future__ import annotations

import datetime as dt
import json as json_
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.app import FAILED
from tocsin.cli.ingest import REGISTER, RegisterFile, make_reader, make_thorough
from tocsin.cli.progress import span_words
from tocsin.cli.read import Knowledge, Private, Thorough
from tocsin.cli.sources import Kind, Language, Region, asked_sources
from tocsin.cli.terminal import complain, output
from tocsin.errors import UsageError
from tocsin.knowledge.words import Words, words
from tocsin.pipeline.clock import SystemClock
from tocsin.pipeline.follow import Follow, Manner
from tocsin.pipeline.follow_report import Metrics, Report
from tocsin.pipeline.ingest import Ingest, run_of
from tocsin.pipeline.keeping import Keeper
from tocsin.register import Register
from tocsin.sources.following import following

if TYPE_CHECKING:
    from collections.abc import Callable

_say = words()
_SPAN = re.compile(r"(\d+)\s*([smhd]?)")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "": 60}
_LEAST = 60  # seconds between two looks at a feed
_SHORT = 1.0  # seconds at least between two rounds
Out = Annotated[Path | None, typer.Option("--report", metavar="FILE", help=_say("help.follow_report"), show_default=False)]
Counters = Annotated[Path | None, typer.Option("--metrics", metavar="FILE", help=_say("help.metrics"), show_default=False)]
Keep = Annotated[Path | None, typer.Option("--keep", metavar="FOLDER", help=_say("help.keep"), show_default=False)]


def follow(
    sources: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", help=_say("help.follow_sources"),
                                                        show_default=False)] = None,
    register: RegisterFile = REGISTER,
    every: Annotated[str, typer.Option("--every", metavar="TIME", help=_say("help.every"))] = "15m",
    once: Annotated[bool, typer.Option("--once", help=_say("help.once"))] = False,
    region: Region = None,
    language: Language = None,
    kind: Kind = None,
    keep: Keep = None,
    contact: Annotated[str, typer.Option("--contact", metavar="ADDRESS", help=_say("help.contact"))] = "",
    report: Out = None,
    metrics: Counters = None,
    metrics_port: Annotated[int | None, typer.Option("--metrics-port", metavar="N", min=1, max=65535, show_default=False,
                                                     help=_say("help.metrics_port"))] = None,
    workers: Annotated[int, typer.Option("--workers", metavar="N", help=_say("help.workers"))] = 1,
    no_text: Annotated[bool, typer.Option("--no-text", help=_say("help.no_text"))] = False,
    json: Annotated[bool, typer.Option("--json", help=_say("help.follow_json"))] = False,
    thorough: Thorough = False,
    allow_private: Private = False,
    knowledge: Knowledge = None,
) -> None:
    """Follow feeds."""
    chosen = asked_sources(sources or (), region, language, kind, knowledge)
    say, clock = words(knowledge), SystemClock()
    manner = Manner(seconds_of(every), contact, allow_private)
    counters = Metrics()
    for file in (report, metrics):
        if file is not None:
            _writable(file)
    keeper = None
    with Register(register, keep_text=not no_text, tell=complain) as opened, opened.followed.alone():
        if metrics_port is not None:
            counters.serve(metrics_port)
        keeper = Keeper(keep) if keep is not None else None
        job = Ingest(opened, run_of(knowledge, thorough=thorough), make_thorough if thorough else make_reader, say,
                     knowledge=knowledge, workers=workers, thorough=thorough)
        following_ = Follow(opened, job, chosen, manner, clock, say, keeper=keeper)
        complain(say("follow.begun" if once else "follow.begun_every", feeds=say("count.feeds", n=len(chosen)),
                     path=register, every=span_words(manner.every, say)))

        def ended(found: Report) -> None:
            _tell(found, say, None if once else following_.next(), as_json=json)
            counters.count(found)
            if report is not None:
                _kept(lambda: _add(found, report))
            if metrics is not None:
                _kept(lambda: counters.write(metrics))

        failed = _rounds(following_, clock, ended, once=once)
    if keeper is not None:
        keeper.close()
    if failed:
        raise typer.Exit(FAILED)


def _rounds(follow: Follow, clock: SystemClock, ended: Callable[[Report], None], *, once: bool) -> bool:
    """Go on until Ctrl-C; whether the one round that was asked for had failures."""
    try:
        while True:
            found = follow.round()
            ended(found)
            if once:
                return bool(found.failures)
            clock.sleep(max(_SHORT, follow.next() - clock.now()))
    except KeyboardInterrupt:  # how one ends it; what is stored stays, and the rest waits for the next run
        complain(_say("follow.stopped"))
        return False


def seconds_of(span: str) -> float:
    """A span of time (``90s``, ``15m``, ``1h``, ``1d``; a bare number counts minutes) in seconds. Raises UsageError."""
    found = _SPAN.fullmatch(span.strip().lower())
    if found is None or (seconds := int(found[1]) * _UNITS[found[2]]) < _LEAST:
        raise UsageError(_say("follow.every", value=span, least=_LEAST, usual=f"{following().every / 60:g}m"))
    return float(seconds)


def _writable(file: Path) -> None:
    """See before the first round that a file can be written. Raises UsageError."""
    try:
        there = file.exists()
        with file.open("a", encoding="utf-8"):
            pass
        if not there:
            file.unlink()
    except OSError as error:
        raise UsageError(_say("follow.no_file", path=file, reason=error.strerror or error)) from None


def _kept(write: Callable[[], None]) -> None:
    """Write a file beside the register; where that cannot be done now, following goes on."""
    try:
        write()
    except OSError as error:
        complain(_say("error.prefix", message=_say("follow.not_written", reason=error)))


def _line(found: Report) -> str:
    return json_.dumps(found.as_dict(), ensure_ascii=False)


def _add(found: Report, file: Path) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(_line(found) + "\n")


def _tell(found: Report, say: Words, again: float | None, *, as_json: bool) -> None:
    """Say what a round came to, and when the next one begins."""
    for failure in found.failures:
        complain(say("error.prefix", message=failure.reason))
    if as_json:
        sys.stdout.buffer.write(_line(found).encode() + b"\n")
        sys.stdout.buffer.flush()
        return
    data = found.as_dict()
    feeds = ", ".join(say(f"follow.feeds_{name}", n=f"{n:,}") for name, n in data["feeds"].items() if n)
    stored = ", ".join(say(f"ingest.{name}", n=f"{n:,}") for name, n in found.stored.items()
                       if n and name not in ("passed", "failed"))
    failed = sum(failure.what == "article" for failure in found.failures)
    console = output()
    parts = [say("follow.round", time=_minute(found.ended or found.began), feeds=feeds or say("follow.feeds_none"),
                 listed=say("count.articles", n=found.listed),
                 fetched=f"{found.articles['fetched']:,}", stored=f" ({stored})" if stored else "",
                 records=say("count.records", n=found.records))]
    parts += [say("follow.failed", n=f"{failed:,}")] if failed else []
    parts += [say("follow.awaited", n=f"{found.awaited:,}")] if found.awaited else []
    parts += [say("follow.next", time=_minute(max(again, found.ended or 0)))] if again is not None else []
    console.print(", ".join(parts), soft_wrap=True)
    console.file.flush()


def _minute(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
