"""One program at a time: a lock beside a register that is held as long as its holder lives, however that ends.

In: the path of a register. Out: a context in which no other program follows into it. The lock is that of an empty SQLite
file (``register.db.follow``), which the system frees with the process, wherever a register itself can be locked. The file
stays: were it removed, two programs could hold the lock of one file each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tocsin.errors import RegisterError
from tocsin.knowledge.words import words

_TAKEN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def alone(register: Path) -> Iterator[None]:
    """Be the only one to follow into a register. Raises RegisterError where another program does, or the lock cannot be
    made."""
    whole = register.resolve()
    path = whole.with_name(f"{whole.name}.follow")
    try:
        held = sqlite3.connect(path, isolation_level=None, timeout=0)
    except sqlite3.Error as error:
        raise RegisterError(words()("register.no_lock", path=path, reason=error)) from error
    with closing(held):
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            taken = getattr(error, "sqlite_errorcode", 0) & 0xFF in _TAKEN
            key = "register.followed" if taken else "register.no_lock"
            raise RegisterError(words()(key, path=register if taken else path, reason=error)) from None
        yield
