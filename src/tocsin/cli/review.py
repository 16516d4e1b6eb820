"""``tocsin review``: judge records on the terminal, one after the other or one by name.

    tocsin review                                        the queue, one record at a time
    tocsin review accept|reject|comment ID [--note WHY]
    tocsin review edit ID SLOT=VALUE
    tocsin review undo | history ID | status | gold FOLDER
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.text import Text

from tocsin.cli import filters as f
from tocsin.cli.find import print_row
from tocsin.cli.ingest import REGISTER, RegisterFile
from tocsin.cli.terminal import complain, output, words_of
from tocsin.errors import TocsinError, UsageError
from tocsin.evaluation.write_gold import write_gold
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import words
from tocsin.register import Filters, Register
from tocsin.register.queue import NARROWED, Order
from tocsin.review import Correction
from tocsin.review.fill import Filler

_say = words()
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help=_say("help.review_by"), show_default=False)]
Name = Annotated[str, typer.Argument(metavar="ID", help=_say("help.review_id"), show_default=False)]
Note = Annotated[str | None, typer.Option("--note", metavar="WORDS", help=_say("help.review_note"), show_default=False)]

review = typer.Typer(help=_say("help.review"), rich_markup_mode=None, invoke_without_command=True)


@review.callback(invoke_without_command=True)
@f.filtered("type", "party", "article")
def queue(
    context: typer.Context,
    filters: Filters,
    order: Annotated[str, typer.Option("--order", metavar="ORDER", help=_say("help.review_order"))] = "uncertain",
    by: By = None,
    register: RegisterFile = REGISTER,
) -> None:
    """Go through what waits."""
    if context.invoked_subcommand is not None:
        return
    reviewer = reviewer_of(by)
    with Register(register, create=False, tell=complain) as opened:
        drawn = NARROWED if order == "random" and filters != Filters() else order
        session = Session(opened, reviewer, drawn)
        session.go(opened.reviews.waiting(cast(Order, order), by=reviewer, filters=filters))


@review.command(help=_say("help.review_accept"))
def accept(name: Name, note: Note = None, by: By = None, register: RegisterFile = REGISTER) -> None:
    """Accept a record as it is shown."""
    _one(register, lambda r: r.reviews.judge(name, "accept", by=reviewer_of(by), note=note))


@review.command(help=_say("help.review_reject"))
def reject(name: Name, note: Note = None, by: By = None, register: RegisterFile = REGISTER) -> None:
    """Reject a record."""
    _one(register, lambda r: r.reviews.judge(name, "reject", by=reviewer_of(by), note=note))


@review.command(help=_say("help.review_comment"))
def comment(name: Name, note: Annotated[str, typer.Argument(metavar="WORDS")], by: By = None,
            register: RegisterFile = REGISTER) -> None:
    """Comment on a record."""
    _one(register, lambda r: r.reviews.judge(name, "comment", by=reviewer_of(by), note=note))


@review.command(help=_say("help.review_edit"))
def edit(name: Name, change: Annotated[str, typer.Argument(metavar="SLOT=VALUE", help=_say("help.review_change"))],
         note: Note = None, by: By = None, register: RegisterFile = REGISTER) -> None:
    """Edit a slot of a record."""
    _one(register, lambda r: change_slot(r, name, change, reviewer_of(by), note))


@review.command(help=_say("help.review_undo"))
def undo(number: Annotated[int | None, typer.Argument(metavar="NUMBER", show_default=False)] = None, by: By = None,
         register: RegisterFile = REGISTER) -> None:
    """Undo a correction, else the reviewer's last."""
    _one(register, lambda r: r.reviews.undo(by=reviewer_of(by), correction=number), "review.undone")


@review.command(help=_say("help.review_history"))
def history(name: Name, register: RegisterFile = REGISTER) -> None:
    """What was done about a record."""
    with Register(register, read_only=True, tell=complain) as opened:
        found = opened.reviews.history(name)
    if found is None:
        output().print(_say("review.no_history", id=name))
        return
    for done in found.corrections:
        output().print(words_of(_line(done)), soft_wrap=True)


@review.command(help=_say("help.review_status"))
def status(register: RegisterFile = REGISTER) -> None:
    """How much is judged, how right the coder was, how far reviewers agree."""
    with Register(register, read_only=True, tell=complain) as opened:
        counts, rate, agreed = opened.reviews.counts(), opened.reviews.rate(), opened.reviews.agreement()
        left = len(opened.reviews.waiting())
    console = output()
    done = {"corrections": counts.corrections, "claims": counts.claims, "changed": counts.changed}
    console.print(_say("review.counts", left=left, **done))
    if rate.low is not None and rate.high is not None:
        bounds = {"low": f"{rate.low:.0%}", "high": f"{rate.high:.0%}"}
        console.print(_say("review.rate", judged=rate.judged, right=rate.right, **bounds))
    else:
        console.print(_say("review.no_rate"))
    for agreement in agreed:
        value = "–" if agreement.alpha is None else f"{agreement.alpha:.2f}"
        console.print(_say("review.agreement", type=_say.name("type", agreement.type), claims=agreement.claims, alpha=value))


@review.command(help=_say("help.review_gold"))
def gold(folder: Annotated[Path, typer.Argument(metavar="FOLDER")], register: RegisterFile = REGISTER) -> None:
    """Write every article that is reviewed whole as gold."""
    with Register(register, read_only=True, tell=complain) as opened:
        written = [write_gold(folder, f"a_{found.article.id[:12]}", found.article, found.records, found.rejected)
                   for found in opened.reviewed_articles()]
    output().print(_say("review.gold", n=len(written), folder=folder))


class Session:
    """A reviewer at the terminal: a record, a key, the next record."""

    def __init__(self, register: Register, reviewer: str, queue: str) -> None:
        """``queue`` is kept with each judgement."""
        self.register, self.reviewer, self.queue = register, reviewer, queue
        self.console = output()

    def go(self, numbers: list[int]) -> None:
        """Show one record after the other until the reviewer ends or none is left."""
        at = 0
        while at < len(numbers):
            (row,) = self.register.rows([numbers[at]])
            print_row(self.console, at + 1, row, _say)
            self.console.print(Text(_say("review.keys", left=len(numbers) - at), "dim"))
            said = sys.stdin.readline()
            if not said or said.strip() == "q":
                return
            at = max(at + self._done(row.record.id, said.strip()), 0)
        self.console.print(_say("review.queue_empty"))

    def _done(self, name: str, said: str) -> int:
        """Do what was typed; by how many records to move on, or back to what was undone."""
        key, _, rest = said.partition(" ")
        try:
            if key in ("a", "r"):
                action = "accept" if key == "a" else "reject"
                self.register.reviews.judge(name, action, by=self.reviewer, note=rest or None, queue=self.queue)  # type: ignore[arg-type]
                return 1
            if key == "e":
                self._say(change_slot(self.register, name, rest, self.reviewer, None, self.queue))
            elif key == "c":
                self._say(self.register.reviews.judge(name, "comment", by=self.reviewer, note=rest))
            elif key == "u":
                undone = self.register.reviews.undo(by=self.reviewer)
                self._say(undone, "review.undone")
                return -1 if undone.action in ("accept", "reject") else 0
            elif key in ("n", ""):
                return 1
            else:
                self.console.print(_say("review.help"))
        except TocsinError as error:
            self.console.print(words_of(str(error)), soft_wrap=True)
        return 0

    def _say(self, done: Correction, key: str = "review.done") -> None:
        self.console.print(words_of(_say(key, what=_line(done))), soft_wrap=True)


def change_slot(register: Register, name: str, change: str, by: str, note: str | None,
                queue: str | None = None) -> Correction:
    """Edit a slot by words: ``roles.supplier=Russia``, ``status=planned``."""
    slot, sign, said = change.partition("=")
    if not sign:
        raise UsageError(_say("review.no_change", change=change))
    row = register.record(name)
    article = register.article(row.article.id)
    published = dt.date.fromisoformat(article.published.value) if article.published.value else None
    slot, value = Filler(Tables()).edit(slot.strip(), said, row.record, article.text, published=published)
    return register.reviews.judge(name, "edit", by=by, slot=slot, value=value, note=note, queue=queue)


def _one(path: Path, do: Callable[[Register], Correction], key: str = "review.done") -> None:
    with Register(path, create=False, tell=complain) as opened:
        done = do(opened)
    output().print(words_of(_say(key, what=_line(done))), soft_wrap=True)


def _line(done: Correction) -> str:
    """A correction on one line."""
    value = _shown(done.value)
    when = done.made[:16].replace("T", " ")
    parts = (str(done.id), when, done.reviewer, _say.name("action", done.action), done.slot, value[:80], done.note)
    return " · ".join(part for part in parts if part)


def _shown(value: Any) -> str:
    """The new value of an edit in few words: of things with words, these."""
    if isinstance(value, list):
        return "; ".join(_shown(part) for part in value)
    if isinstance(value, dict):
        return str(value.get("text") or value)
    return "" if value is None else str(value)


def reviewer_of(by: str | None) -> str:
    """The name of who reviews."""
    return by or os.environ.get("TOCSIN_REVIEWER") or os.environ.get("USER") or ""
