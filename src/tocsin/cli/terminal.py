"""The terminal: one console for results and one for messages, and text made safe for it.

Text of articles is never sent raw: a control character could move the cursor, a direction mark turn a line.
"""

from __future__ import annotations

import io
import os
import sys

from rich.console import Console
from rich.text import Text

# C0, C1 and direction controls, line and paragraph separators, surrogates: shown as a replacement, newlines as spaces.
_UNSAFE = dict.fromkeys([*range(32), *range(127, 160), *range(0x200E, 0x2010), *range(0x2028, 0x202F),
                         *range(0x2066, 0x206A), *range(0xD800, 0xE000)], "\ufffd") | {9: " ", 10: " ", 13: " "}


class Terminal(Console):
    """A console that leaves a closed pipe to the command's own handling."""

    def on_broken_pipe(self) -> None:
        """Raise again what rich would turn into an exit of its own."""
        raise BrokenPipeError


def safe(text: str) -> str:
    """The text with every character that a terminal may act on replaced; its length is kept."""
    return text.translate(_UNSAFE)


def words_of(text: str, style: str = "") -> Text:
    """Words of an article as text for the console: never markup, never control characters."""
    return Text(safe(text), style=style)


def output() -> Terminal:
    """The console for results."""
    return Terminal(file=sys.stdout, highlight=False, markup=False, emoji=False)


def messages() -> Terminal:
    """The console for what is said beside the results."""
    return Terminal(file=sys.stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def complain(message: str) -> None:
    """A line on standard error."""
    print(safe(message), file=sys.stderr, flush=True)  # noqa: T201


def forgiving() -> None:
    """Let a terminal that cannot show a character show a stand-in, and a stream that was closed swallow what comes."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper) and name != "stdin":
            stream.reconfigure(errors="replace")
