"""``tocsin incident``: one event with all its reports, or the incidents of most reports.

    tocsin incident i_5b0c44e19a7d [--why] [--json]
    tocsin incident                                      those of most reports
"""

from __future__ import annotations

import json as json_
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.terminal import Terminal, complain, output, safe, words_of
from tocsin.errors import UsageError
from tocsin.export.dates import day_phrase
from tocsin.incidents import Decision, HandDecision, Incident, Report, as_json, telling
from tocsin.incidents.rules import load
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import Words, words
from tocsin.reading import parse_published
from tocsin.register import Register
from tocsin.register.incidents import Pair

_say = words()
Id = Annotated[str | None, typer.Argument(metavar="[ID]", help=_say("help.incident_id"), show_default=False)]


def incident(
    name: Id = None,
    why: Annotated[bool, typer.Option("--why", help=_say("help.incident_why"))] = False,
    json: Annotated[bool, typer.Option("--json", help=_say("help.incident_json"))] = False,
    today: Annotated[str | None, typer.Option("--today", metavar="DAY", help=_say("help.incident_today"),
                                              show_default=False)] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help=_say("help.incident_limit"))] = 20,
    rebuild: Annotated[bool, typer.Option("--rebuild", help=_say("help.incident_rebuild"))] = False,
    knowledge: Annotated[Path | None, typer.Option("--knowledge", metavar="DIR", help=_say("help.incident_knowledge"),
                                                   show_default=False)] = None,
    register: RegisterFile = REGISTER,
) -> None:
    """Show an incident, or list those of most reports."""
    say, day = words(knowledge), parse_published(today).isoformat() if today else None
    if json and name is None:
        raise UsageError(say("incident.json_needs_id"))
    with Register(register, create=False, read_only=not rebuild, tell=complain) as opened:
        if rebuild:
            opened.incidents.rebuild()
            count, several = opened.incidents.count()
            output().print(say("incident.rebuilt", incidents=say("incident.count", n=count, several=several)))
        if name is None:
            _list(opened, limit, say)
            return
        found = opened.incidents.get(name, today=day, found=load(Tables(knowledge)) if knowledge else None)
        if json:
            _json(opened, found, why=why, say=say)
        else:
            _show(opened, found, why=why, say=say)


def print_line(console: Terminal, found: Incident, say: Words) -> None:
    """An incident on two lines."""
    title = " · ".join([found.id, telling.heading(found, say), telling.parties(found, say)])
    console.print(words_of(title, "bold"), soft_wrap=True)
    days = day_phrase(found.first, say) if found.first else say("article.undated")
    stale = f" · {say('incident.stale_short')}" if found.course.stale else ""
    console.print(words_of(f"    {days}{stale} · {telling.standing(found, say)}", "dim"), soft_wrap=True)


def print_decision(console: Terminal, decision: Decision, say: Words) -> None:
    """The reasons of a decision, one a line."""
    for points, told in telling.reasons(decision, say):
        sign = "  never" if points is None else f"{points:+7.1f}"
        console.print(words_of(f"   {sign}  {told}"), soft_wrap=True)


def _list(opened: Register, limit: int, say: Words) -> None:
    console, listed = output(), opened.incidents.largest(limit)
    for name, _ in listed:
        print_line(console, opened.incident(name), say)
    count, several = opened.incidents.count()
    console.print(say("incident.count", n=count, several=several) if listed else say("incident.not_found"))


def _show(opened: Register, found: Incident, *, why: bool, say: Words) -> None:
    console = output()
    first, *rest = telling.lines(found, say)
    console.print(words_of(first, "bold"), soft_wrap=True)
    for line in rest:
        console.print(words_of(line), soft_wrap=True)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for slot in found.slots:
        table.add_row(*(safe(part) for part in telling.slot_line(slot, found, say)))
    console.print(Text())
    console.print(table)
    numbers = {report.face.name: number for number, report in enumerate(found.reports, 1)}
    for report in found.reports:
        _report(console, numbers[report.face.name], report, say)
    if why:
        _why(opened, found, numbers, console, say)


def _report(console: Terminal, number: int, report: Report, say: Words) -> None:
    copies = [say("incident.copies", n=len(report.copies))] if report.copies else []
    said = [source.name for source in report.record.attribution]
    day = day_phrase(report.published, say) if report.published else say("article.undated")
    parts = (report.record.id, day, report.outlet, *copies, say.name("status", report.record.status),
             say("incident.said_by", names=", ".join(said)) if said else say("incident.own_words"))
    console.print(Text())
    console.print(words_of(f"{number:>2} " + " · ".join(parts)), soft_wrap=True)
    for quote in report.record.evidence:
        console.print(words_of(f"    “{quote.exact}”", "dim"), soft_wrap=True)


def _why(opened: Register, found: Incident, numbers: dict[str, int], console: Terminal, say: Words) -> None:
    pairs = opened.incidents.why(found.id)
    if pairs:
        console.print(Text("\n" + say("incident.why_title"), "bold"))
    if found.spell and pairs:
        console.print(say("incident.why_state"))
        pairs = []
    for pair in pairs:
        console.print(words_of(say("incident.why_line", report=numbers[pair.other], other=numbers[pair.one],
                                   score=f"{pair.decision.score:.1f}")), soft_wrap=True)
        print_decision(console, pair.decision, say)
    unsure = opened.incidents.unsure(of=found.id)
    if unsure:
        console.print(Text("\n" + say("incident.unsure_title"), "bold"))
    for pair in unsure:
        console.print(words_of(say("incident.unsure_line", one=pair.incident, other=pair.other_incident,
                                   score=f"{pair.decision.score:.1f}")), soft_wrap=True)
        print_decision(console, pair.decision, say)
    decided = opened.incidents.decisions(found.id)
    if decided:
        console.print(Text("\n" + say("incident.decisions_title"), "bold"))
    for done in decided:
        console.print(words_of(decision_line(done, say)), soft_wrap=True)


def decision_line(done: HandDecision, say: Words) -> str:
    """A decision by hand on one line."""
    return say("incident.decision", id=done.id, when=done.made[:16].replace("T", " "), reviewer=done.reviewer,
               action=say.name("action", done.action), ones=", ".join(done.ones), others=", ".join(done.others)
               ) + (f" · {done.note}" if done.note else "")


def _json(opened: Register, found: Incident, *, why: bool, say: Words) -> None:
    data = as_json(found)
    if why:
        data["why"] = [pair_json(pair, say) for pair in opened.incidents.why(found.id)]
        data["unsure"] = [pair_json(pair, say) for pair in opened.incidents.unsure(of=found.id)]
        data["decisions"] = [{"id": d.id, "action": d.action, "reviewer": d.reviewer, "made": d.made, "ones": list(d.ones),
                              "others": list(d.others), "note": d.note, "undoes": d.undoes}
                             for d in opened.incidents.decisions(found.id)]
    sys.stdout.buffer.write(json_.dumps(data, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


def pair_json(pair: Pair, say: Words) -> dict[str, object]:
    """A compared pair as plain data."""
    decision = pair.decision
    return {"incident": pair.incident, "other_incident": pair.other_incident, "one": pair.one, "other": pair.other,
            "judgement": decision.judgement, "score": decision.score,
            "reasons": [{"points": points, "words": told} for points, told in telling.reasons(decision, say)]}
