"""Ctrl-C for this program alone, where another runs it: ``make`` would call the end of what it runs a failure, and so
would a script.

In: a block of code. While it runs on a terminal, the terminal's keys reach this program and not the one that runs it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def foreground() -> Iterator[None]:
    """Be alone before the terminal for as long as the block runs; does nothing where there is no terminal to be before, or
    where the shell has put this program before it alone."""
    try:
        terminal = sys.stdin.fileno()
        before = os.tcgetpgrp(terminal)
    except (AttributeError, OSError, ValueError):  # no terminal, or a system without groups of processes
        yield
        return
    if before == os.getpid() or before != os.getpgrp():
        yield
        return
    # Whoever gives the terminal away is asked to stop, unless it hears nothing of it; Ctrl-Z would stop this program and
    # leave the one that runs it waiting without a word.
    ignored = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGTTOU, signal.SIGTSTP)}
    try:
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpid())
        yield
    finally:
        with contextlib.suppress(OSError):
            os.tcsetpgrp(terminal, before)
        for number, handler in ignored.items():
            signal.signal(number, handler)
