"""The large gazetteer: towns from 500 people and divisions of the world, searched in its file and never loaded.

In: a name. Out: all places that bear it, the most populous first. The file ``places/gazetteer.txt`` (GeoNames, CC BY 4.0;
made by tools/build_gazetteer.py) is sorted by the bytes of its keys and mapped into memory; a look-up is a binary search.
"""

from __future__ import annotations

import mmap
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from tocsin.errors import KnowledgeError
from tocsin.knowledge.names import fold

FILE = Path(__file__).parent / "places" / "gazetteer.txt"
HEADER = """\
# Towns and divisions of the world. Data: GeoNames (https://www.geonames.org), licence CC BY 4.0. Made and checked by
# tools/build_gazetteer.py; never edited. Sorted by bytes: key, name (empty: the key in capitals), GeoNames feature, country
# and first-level division, latitude, longitude, population, GeoNames id. "=US.OH" tells the name of a division.
"""
_WORD = re.compile(r"[^\W_]+")
_SHORT = {"saint": "st", "fort": "ft", "mount": "mt"}  # part of the format: the keys of the file are made with it


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may mean."""

    id: int | None
    name: str
    feature: str  # GeoNames code; ADM1, ADM2: first- and second-level division
    country: str | None  # ISO 3166-1 alpha-3
    division: str  # "US.OH"
    lat: float
    lon: float
    population: int


def key_of(name: str) -> str:
    """The words of a name without accents, points and hyphens, in lower case; "Saint" and the like as abbreviated."""
    return " ".join([_SHORT.get(w, w) for w in _WORD.findall(fold(name).lower())])


class Gazetteer:
    """The file, mapped; one for a process."""

    def __init__(self, file: Path = FILE) -> None:
        try:
            with file.open("rb") as opened:
                self._data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise KnowledgeError(f"the gazetteer {file} cannot be read ({error}); install tocsin again") from error
        self.named = lru_cache(maxsize=8_000)(self._named)
        self._beginning = lru_cache(maxsize=8_000)(self._beginning_with)
        self._letters = lru_cache(maxsize=5_000)(self._with_letters)
        self.division = lru_cache(maxsize=5_000)(self._division)

    @cached_property
    def _countries(self) -> dict[str, str]:
        start, end = self._span(b"=")
        rows = (line.split("\t") for line in self._data[start:end].decode("utf-8").splitlines())
        return {row[0][1:]: row[1] for row in rows if "." not in row[0]}

    def begins(self, words: str) -> bool:
        """Whether some name begins with these words."""
        low, high = self._beginning(key_of(words))
        return low < high

    def _named(self, name: str) -> tuple[Entry, ...]:
        """The places of a name, the most populous first, towns before divisions of the same people."""
        key = key_of(name)
        if not key:
            return ()
        low, high = self._beginning(key.rpartition(" ")[0] or key)
        if low == high:
            return ()
        start, end = self._span(key.encode() + b"\t", low, high)
        found = [self._entry(key, line) for line in self._data[start:end].decode("utf-8").splitlines()]
        return tuple(sorted(found, key=lambda e: (-e.population, e.feature, e.id or 0)))

    def _division(self, code: str) -> str | None:
        """The name of a first-level division by its code ("US.OH": Ohio)."""
        start, end = self._span(b"=" + code.encode() + b"\t")
        return self._data[start:end].decode("utf-8").split("\t")[1].strip() if end > start else None

    def _beginning_with(self, words: str) -> tuple[int, int]:
        """Where the lines lie whose key begins with words: most that are asked for begin none, or their first does not."""
        sought, before = words.encode(), words.rpartition(" ")[0]
        low, high = self._beginning(before) if before else self._letters(sought[:2])
        start = self._first(sought + b"\t", low, high)
        return start, self._first(sought + b"!", start, high)  # "!" sorts next after a space, which sorts after a tab

    def _with_letters(self, letters: bytes) -> tuple[int, int]:
        """Where the lines lie that begin with two letters; kept, it halves the search for a word."""
        return self._first(letters), self._first(letters + b"\xff")

    def _entry(self, key: str, line: str) -> Entry:
        _, name, feature, division, lat, lon, people, number = line.split("\t")
        country = self._countries.get(division.partition(".")[0])
        return Entry(int(number) if number else None, name or key.title(), feature, country, division,
                     float(lat), float(lon), int(people or 0))

    def _span(self, prefix: bytes, low: int = 0, high: int | None = None) -> tuple[int, int]:
        """Where the lines with a prefix begin and end, as far as known between two lines."""
        start = self._first(prefix, low, high)
        end = start
        while self._data[end : end + len(prefix)] == prefix:
            end = self._data.find(b"\n", end) + 1 or len(self._data)
        return start, end

    def _first(self, prefix: bytes, low: int = 0, high: int | None = None) -> int:
        """Where the first line begins that does not sort before the prefix; both bounds are beginnings of lines."""
        data = self._data
        high = len(data) if high is None else high
        while low < high:
            half = (low + high) // 2
            begin = data.rfind(b"\n", low, half) + 1 or low
            if data[begin : begin + len(prefix)] < prefix:
                low = data.find(b"\n", half) + 1 or len(data)
            else:
                high = begin
        return low
