"""The command line: one command, one call into the package. ``main`` is the entry point."""

from __future__ import annotations

from tocsin.cli import demo, explain, installed, read  # noqa: F401  each adds its commands to the application
from tocsin.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; ends the process with its exit status."""
    app(prog_name="tocsin")
