"""``tocsin evaluate``: score the coder, or the results of another, on hand-coded articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin import evaluation
from tocsin.cli.read import Knowledge
from tocsin.cli.terminal import output, words_of
from tocsin.knowledge.words import words

_say = words()


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="GOLD", help=_say("help.evaluate_folder"), show_default=False)],
    errors: Annotated[bool, typer.Option("--errors", help=_say("help.evaluate_errors"))] = False,
    results: Annotated[Path | None, typer.Option("--results", metavar="FILE", help=_say("help.evaluate_results"))] = None,
    knowledge: Knowledge = None,
) -> None:
    """Score on gold."""
    gold = evaluation.load_gold(folder)
    if results is not None:
        found = evaluation.records_by_article(gold, evaluation.load_results(results))
    else:
        found = evaluation.read_gold(gold, knowledge)
    report = evaluation.score(gold, found)
    console = output()
    if errors:
        console.print(words_of_lines(evaluation.fault_list(evaluation.faults(report), [])), soft_wrap=True)
    console.print(evaluation.table(report), soft_wrap=True)
    console.print("\n" + evaluation.slot_table(report), soft_wrap=True)


def words_of_lines(text: str) -> str:
    """Lines of other people's words, each made safe for the terminal."""
    return "\n".join(words_of(line).plain for line in text.splitlines())
