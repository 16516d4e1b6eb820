"""Reading editions: their manifest, their files, whether they are whole.

In: a folder or a zip. Out: an ``Opened`` edition; ``faults`` says what is missing, changed or added in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tocsin.errors import UsageError
from tocsin.export.edition import MANIFEST, SUMS
from tocsin.knowledge.words import words

Dict = dict[str, Any]


class Opened:
    """An edition as it lies on disk."""

    def __init__(self, path: Path) -> None:
        """UsageError where it is none."""
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path) if path.is_file() else None
            self.names = self._listed()
            self.manifest: Dict = json.loads(self.content(MANIFEST))
            self.number = str(self.manifest["edition"])
        except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
            raise UsageError(words()("edition.none", path=path)) from None

    def _listed(self) -> dict[str, str]:
        """Names of the files, and what they are called within."""
        if self._zip is not None:
            return {name.rsplit("/", 1)[-1]: name for name in self._zip.namelist() if not name.endswith("/")}
        return {file.name: file.name for file in sorted(self.path.iterdir())}

    def content(self, name: str) -> bytes:
        """The bytes of a file."""
        if self._zip is not None:
            return self._zip.read(self.names[name])
        return (self.path / name).read_bytes()

    def lines(self, name: str) -> Iterator[Dict]:
        """The objects of a file of JSON lines; none where there is no such file."""
        if name not in self.names:
            return
        file = self._zip.open(self.names[name]) if self._zip is not None else (self.path / name).open("rb")
        with file, io.TextIOWrapper(file, encoding="utf-8") as text:
            for line in text:
                yield json.loads(line)

    def faults(self) -> list[str]:
        """What is wrong with it: files that are missing, changed or added, a number that is not that of its files."""
        say, found = words(), []
        sums = {}
        for line in self.content(SUMS).decode().splitlines() if SUMS in self.names else ():
            digest, _, name = line.partition("  ")
            sums[name] = digest
        for name in sorted({*sums, *self.names} - {SUMS}):
            if name not in self.names:
                found.append(say("edition.missing", name=name))
            elif name not in sums:
                found.append(say("edition.extra", name=name))
            elif hashlib.sha256(self.content(name)).hexdigest() != sums[name]:
                found.append(say("edition.changed", name=name))
        told = "".join(f"{one['sha256']}  {one['name']}\n" for one in self.manifest["files"])
        listed = {one["name"]: one["sha256"] for one in self.manifest["files"]}
        if hashlib.sha256(told.encode()).hexdigest() != self.number or any(sums.get(n) != d for n, d in listed.items()):
            found.append(say("edition.number", number=self.number))
        return found
