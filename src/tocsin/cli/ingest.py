"""``tocsin ingest``: articles into a register, with progress, and a closing summary of what became of them."""

from __future__ import annotations

import json as json_
import sys
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.app import FAILED
from tocsin.cli.progress import Span, followed, span_words
from tocsin.cli.read import Column, Knowledge, Plain, Private, Published, Thorough
from tocsin.cli.terminal import complain, output
from tocsin.errors import UsageError
from tocsin.knowledge.words import Words, words
from tocsin.pipeline import How, Ingest, Tally, run_of
from tocsin.pipeline.workers import Reads
from tocsin.reading import parse_published
from tocsin.register import Register
from tocsin.sources.columns import parse_columns
from tocsin.sources.counting import sizes_of
from tocsin.sources.meter import Meter

_say = words()
_STOPPED = 130  # exit status of a program that Ctrl-C ended
RegisterFile = Annotated[Path, typer.Option("--register", metavar="FILE", help=_say("help.register"))]
REGISTER = Path("register.db")


def ingest(
    inputs: Annotated[list[str] | None, typer.Argument(metavar="INPUT", help=_say("help.inputs"),
                                                       show_default=False)] = None,
    register: RegisterFile = REGISTER,
    workers: Annotated[int, typer.Option("--workers", metavar="N", help=_say("help.workers"))] = 1,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help=_say("help.retry_failed"))] = False,
    no_text: Annotated[bool, typer.Option("--no-text", help=_say("help.no_text"))] = False,
    published: Published = None,
    plain: Plain = False,
    json: Annotated[bool, typer.Option("--json", help=_say("help.ingest_json"))] = False,
    thorough: Thorough = False,
    allow_private: Private = False,
    column: Column = None,
    knowledge: Knowledge = None,
) -> None:
    """Read articles into a register."""
    if not inputs and not retry_failed:
        raise UsageError(_say("ingest.no_input"))
    how = How(parse_published(published) if published is not None else None, plain, allow_private,
              parse_columns(column or ()))
    say = words(knowledge)
    with Register(register, keep_text=not no_text, tell=complain) as opened:
        job = Ingest(opened, run_of(knowledge, thorough=thorough), make_thorough if thorough else make_reader, say,
                     knowledge=knowledge, workers=workers, again=retry_failed, thorough=thorough)
        steps = job.ingest(inputs, how) if inputs else job.retry(private=allow_private)
        span = Span()
        stopped = followed(steps, Meter(sizes_of(inputs or ())), job.tally, say)
        incidents = opened.incidents.count()
        _summary(job.tally, register, say, incidents, span, as_json=json)
    if stopped:
        complain(say("ingest.stopped"))
        raise typer.Exit(_STOPPED)
    if job.tally.failures:
        raise typer.Exit(FAILED)


def make_reader(knowledge: Path | None) -> Reads:
    """The reader, made in the process that uses it."""
    from tocsin.reader import Reader  # the tables take a second to load

    return Reader(knowledge)


def make_thorough(knowledge: Path | None) -> Reads:
    """A reader that parses every paragraph of every article."""
    from tocsin.reader import Reader

    return Reader(knowledge, thorough=True)


def _summary(tally: Tally, path: Path, say: Words, incidents: tuple[int, int], span: Span, *, as_json: bool) -> None:
    outcomes = {name: tally.outcomes[name] for name in ("new", "version", "duplicate", "reread", "known")}
    if as_json:
        line = {**span.as_dict(tally), "read": tally.read, "words": tally.words, **outcomes,
                "failed": len(tally.failures), "records": tally.records,
                "incidents": incidents[0], "incidents_of_several": incidents[1],
                "languages": dict(tally.languages.most_common()), "passed": dict(tally.passed.most_common()),
                "laid_aside": tally.laid_aside,
                "changes": {kind: tally.changes[kind] for kind in ("added", "removed", "changed")},
                "failures": [{"source": f.source, "message": f.message} for f in tally.failures]}
        sys.stdout.buffer.write(json_.dumps(line, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()
        return
    console = output()
    parts = [say(f"ingest.{name}", n=f"{n:,}") for name, n in outcomes.items() if n]
    if tally.failures:
        parts.append(say("ingest.failed", n=f"{len(tally.failures):,}"))
    counts = {"articles": say("count.articles", n=tally.read), "records": say("count.records", n=tally.records)}
    console.print(say("ingest.done", path=path, parts=", ".join(parts) or say("ingest.nothing"), **counts), soft_wrap=True)
    if tally.anew:
        rates = span.as_dict(tally)
        console.print(say("ingest.took", span=span_words(span.seconds, say),
                          articles=f"{rates['articles_per_second'] or 0:,.1f}",
                          words=f"{rates['words_per_second'] or 0:,.0f}"), soft_wrap=True)
    if incidents[0]:
        held = say("incident.count", n=incidents[0], several=f"{incidents[1]:,}")
        console.print(say("ingest.incidents", incidents=held), soft_wrap=True)
    if tally.languages:
        found = ", ".join(f"{code} {n:,}" for code, n in tally.languages.most_common())
        console.print(say("ingest.languages", n=f"{tally.languages.total():,}", found=found), soft_wrap=True)
    if tally.laid_aside:
        console.print(say("ingest.laid_aside", n=f"{tally.laid_aside:,}"), soft_wrap=True)
    if tally.passed:
        found = ", ".join(say(f"ingest.passed_{reason}", n=f"{n:,}") for reason, n in tally.passed.most_common())
        console.print(say("ingest.passed", found=found), soft_wrap=True)
    if tally.outcomes["version"]:
        console.print(say("ingest.changes", added=tally.changes["added"], removed=tally.changes["removed"],
                          changed=tally.changes["changed"]), soft_wrap=True)
    if tally.failures:
        console.print(say("ingest.failures", path=path), soft_wrap=True)
