"""The command line: one command, one call into the package. ``main`` is the entry point."""

from __future__ import annotations

from tocsin.cli.app import app
from tocsin.cli.copies import copies
from tocsin.cli.demo import demo
from tocsin.cli.edition import diff, edition
from tocsin.cli.evaluate import evaluate
from tocsin.cli.explain import explain
from tocsin.cli.export import export
from tocsin.cli.find import find
from tocsin.cli.follow import follow
from tocsin.cli.import_ import import_
from tocsin.cli.incident import incident
from tocsin.cli.ingest import ingest
from tocsin.cli.installed import doctor, schema
from tocsin.cli.read import read
from tocsin.cli.review import review
from tocsin.cli.review_incidents import COMMANDS
from tocsin.cli.serve import serve
from tocsin.cli.sources import sources
from tocsin.knowledge.words import words

__all__ = ["app", "main"]

_COMMANDS = (read, explain, ingest, follow, find, incident, copies, export, edition, diff, evaluate, serve, demo, doctor,
             schema)

for _command in _COMMANDS:
    app.command(help=words()(f"help.{_command.__name__}"))(_command)
app.command("import", help=words()("help.import"))(import_)
for _decision in COMMANDS:
    review.command(help=words()(f"help.review_{_decision.__name__}"))(_decision)
app.add_typer(review, name="review")
app.add_typer(sources, name="sources")


def main() -> None:
    """Run the command line; ends the process with its exit status."""
    app(prog_name="tocsin")
