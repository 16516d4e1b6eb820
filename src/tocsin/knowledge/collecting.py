"""Python's garbage collector held back where it finds nothing: a million rows of tables last as long as the process, and
what an article makes is freed by its counts of references; looking through them again and again was a twentieth of the time.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def uncollected(*, lasting: bool = False) -> Iterator[None]:
    """No collection inside. With ``lasting``, what was made inside counts as old at once, without being looked through."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if lasting and gc.get_freeze_count() == 0:  # somebody else's frozen objects stay so
                gc.freeze()  # all to the permanent generation, and from there to the oldest: two lists joined
                gc.unfreeze()
            gc.enable()
