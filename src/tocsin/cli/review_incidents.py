"""``tocsin review merge|split|apart|unsure|decisions|rejoin``: which records are one event, decided by hand.

    tocsin review unsure                       pairs that may be one, with reasons
    tocsin review merge ID ID [--note WHY]
    tocsin review apart ID ID
    tocsin review split ID RECORD…
    tocsin review rejoin [NUMBER]              undo one of these
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.incident import decision_line, print_decision, print_line
from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.review import By, Note, reviewer_of
from tocsin.cli.terminal import complain, output, words_of
from tocsin.incidents import HandDecision
from tocsin.knowledge.words import words
from tocsin.register import Register

_say = words()
One = Annotated[str, typer.Argument(metavar="ID", help=_say("help.review_incident"), show_default=False)]


def merge(one: One, other: One, note: Note = None, by: By = None, register: RegisterFile = REGISTER) -> None:
    """Two incidents are one."""
    _decide(register, lambda r: r.incidents.merge(one, other, by=reviewer_of(by), note=note))


def apart(one: One, other: One, note: Note = None, by: By = None, register: RegisterFile = REGISTER) -> None:
    """Two incidents are not one."""
    _decide(register, lambda r: r.incidents.apart(one, other, by=reviewer_of(by), note=note))


def split(one: One, records: Annotated[list[str], typer.Argument(metavar="RECORD…", help=_say("help.review_records"),
                                                                 show_default=False)],
          note: Note = None, by: By = None, register: RegisterFile = REGISTER) -> None:
    """Records are not of an incident."""
    _decide(register, lambda r: r.incidents.split(one, records, by=reviewer_of(by), note=note))


def rejoin(number: Annotated[int | None, typer.Argument(metavar="NUMBER", show_default=False)] = None, by: By = None,
           register: RegisterFile = REGISTER) -> None:
    """Undo a decision."""
    _decide(register, lambda r: r.incidents.undo(by=reviewer_of(by), decision=number), "incident.undone")


def unsure(limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help=_say("help.incident_limit"))] = 10,
           register: RegisterFile = REGISTER) -> None:
    """What waits for a decision."""
    console = output()
    with Register(register, read_only=True, tell=complain) as opened:
        pairs = opened.incidents.unsure(limit)
        for pair in pairs:
            print_line(console, opened.incident(pair.incident), _say)
            print_line(console, opened.incident(pair.other_incident), _say)
            print_decision(console, pair.decision, _say)
            console.print()
    if not pairs:
        console.print(_say("incident.unsure_none"))


def decisions(register: RegisterFile = REGISTER) -> None:
    """What was decided."""
    with Register(register, read_only=True, tell=complain) as opened:
        for done in opened.incidents.decisions():
            output().print(words_of(decision_line(done, _say)), soft_wrap=True)


def _decide(path: Path, do: Callable[[Register], HandDecision], key: str = "review.done") -> None:
    with Register(path, create=False, tell=complain) as opened:
        done = do(opened)
    output().print(words_of(_say(key, what=decision_line(done, _say))), soft_wrap=True)


COMMANDS: tuple[Callable[..., None], ...] = (merge, split, apart, unsure, decisions, rejoin)
