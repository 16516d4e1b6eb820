"""The application: its commands, and what becomes of errors. Exit status 0 done, 1 some inputs failed, 2 wrong usage,
3 a table or the model cannot be used; 141 where the reader of a pipe has gone away.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tocsin import __version__
from tocsin.cli.terminal import complain, forgiving
from tocsin.errors import InputError, TocsinError, UsageError
from tocsin.knowledge.words import words

FAILED, USAGE, UNUSABLE, PIPE_CLOSED = 1, 2, 3, 141
_STATUS: dict[type[TocsinError], int] = {InputError: FAILED, UsageError: USAGE}


class Commands(TyperGroup):
    """The group of commands: turns errors into a line and an exit status, never into a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command asked for."""
        forgiving()
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
        except TocsinError as error:
            complain(words()("error.prefix", message=error))
            raise typer.Exit(_STATUS.get(type(error), UNUSABLE)) from None
        except BrokenPipeError:
            _drop_output()
            raise typer.Exit(PIPE_CLOSED) from None
        except OSError as error:
            _drop_output()
            key = "error.file" if error.filename else "error.output"
            reason = words()(key, path=error.filename, reason=error.strerror or error)
            complain(words()("error.prefix", message=reason))
            raise typer.Exit(UNUSABLE) from None
        return outcome


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that the interpreter's own flush at the end does not fail again."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"tocsin {__version__}")
        raise typer.Exit


app = typer.Typer(cls=Commands, help=words()("help.app"), no_args_is_help=True, add_completion=False,
                  rich_markup_mode=None, pretty_exceptions_enable=False,
                  context_settings={"help_option_names": ["-h", "--help"]})


@app.callback()
def tocsin(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True,
                                                 help=words()("help.version"))] = False) -> None:
    """Options that hold for no command in particular."""
