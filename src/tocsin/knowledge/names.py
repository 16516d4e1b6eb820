"""Names of parties, equipment and places as one index, matched over a text in a single pass.

In: the tables. Out: a word trie; ``find`` gives the longest names in a text with their offsets. Matching ignores accents
and the form of apostrophes and hyphens, and respects capitals (a text set all in capitals is matched without them).
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from tocsin.knowledge.cache import cached
from tocsin.knowledge.loader import Tables

_WORD = re.compile(r"\w+|[^\w\s]")
_SMALL = string.ascii_lowercase.encode()
_FEW_CAPITALS = 16  # 0.8 of the fewest letters that a text all in capitals has
_APOSTROPHES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that can be named. ``sort`` is what it is: a party kind, nationality, place or equipment."""

    sort: str
    id: str
    name: str
    country: str | None = None
    sector: str | None = None
    bare: bool = False  # the alias may mean something else: link it only where the text supports it
    row: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a text, with all that it may stand for (first is most usual)."""

    start: int
    end: int
    names: tuple[Name, ...]


def fold(text: str) -> str:
    """The text without accents and with plain apostrophes and hyphens; its length may change."""
    if text.isascii():
        return text.replace("`", "'")
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(c for c in text if not unicodedata.combining(c))


class NameIndex:
    """Names by their words. A key is the folded, lower-case words of an alias; it holds the exact spellings that lead to
    it, with what they name. All of it is plain data, so that it can be kept compiled."""

    def __init__(self, data: dict[str, Any] | None = None) -> None:
        self._data: dict[str, Any] = data or {"longest": {}, "next": {}, "keys": {}, "names": []}
        self._longest_from: dict[str, int] = self._data["longest"]
        self._next: dict[str, set[str]] = self._data["next"]  # what must follow a first word; "": nothing need
        self._keys: dict[str, dict[str, list[int]]] = self._data["keys"]
        self._rows: list[tuple[Any, ...]] = self._data["names"]
        self._made: dict[int, Name] = {}
        self._numbers: dict[Name, int] = {}

    @property
    def size(self) -> int:
        """How many spellings lead to names."""
        return sum(len(spellings) for spellings in self._keys.values())

    def add(self, alias: str, name: Name) -> None:
        """Make an alias lead to a name."""
        words = _WORD.findall(fold(alias))
        if not words:
            return
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self._rows)
            self._rows.append((name.sort, name.id, name.name, name.country, name.sector, name.bare, name.row))
        lower = [word.lower() for word in words]
        self._longest_from[lower[0]] = max(self._longest_from.get(lower[0], 0), len(words))
        self._next.setdefault(lower[0], set()).add(lower[1] if len(lower) > 1 else "")
        listed = self._keys.setdefault(" ".join(lower), {}).setdefault(" ".join(words), [])
        if number not in listed:
            listed.append(number)

    def data(self) -> dict[str, Any]:
        """The index as plain data."""
        return self._data | {"next": {first: then for first, then in self._next.items() if "" not in then}}

    def find(self, text: str) -> Iterator[Found]:
        """Longest names in the text, left to right, not overlapping; of two equally long, the one without "the"."""
        words, lower, capitals = _cut(text)
        longest = self._longest_from
        begins = [at for at, word in enumerate(lower) if word in longest and self._may_go_on(lower, at)]
        found = [(at, *best) for at in begins if (best := self._longest(words, lower, at, capitals)) is not None]
        taken: set[int] = set()
        kept = []
        for at, stop, names in sorted(found, key=lambda f: (f[0] - f[1] + (lower[f[0]] == "the"), f[0])):
            if taken.isdisjoint(range(at, stop)):
                taken.update(range(at, stop))
                kept.append((at, stop, names))
        spans = _spans(text) if kept else []
        for at, stop, names in sorted(kept, key=lambda f: f[0]):
            yield Found(spans[at][0], spans[stop - 1][1], names)

    def _may_go_on(self, lower: list[str], at: int) -> bool:
        """Whether what follows a first word can be of the same name: ".50" is a calibre, and few full stops begin one."""
        then = self._next.get(lower[at])
        return then is None or "" in then or (at + 1 < len(lower) and lower[at + 1] in then)

    def reach(self, text: str) -> int:
        """How many words the longest name has that begins like a text; 0 where none does."""
        return self._longest_from.get(_spelt(text)[1].partition(" ")[0], 0)

    def second_words(self, first: str) -> frozenset[str]:
        """The words that stand second in names that begin with a word."""
        keys = (key.split(" ", 2) for key in self._keys if key.startswith(f"{first} "))
        return frozenset(words[1] for words in keys)

    def exactly(self, text: str) -> tuple[Name, ...]:
        """What the whole of a text names."""
        spelt, key = _spelt(text)
        spellings = self._keys.get(key)
        if spellings is None:
            return ()
        return tuple(self._name(n) for n in _admitted(spellings, spelt, len(text) > 2 and text.isupper()))

    def _longest(
        self, words: list[str], lower: list[str], at: int, capitals: bool
    ) -> tuple[int, tuple[Name, ...]] | None:
        for count in range(min(self._longest_from[lower[at]], len(words) - at), 0, -1):
            spellings = self._keys.get(" ".join(lower[at : at + count]))
            if spellings is not None:
                numbers = _admitted(spellings, " ".join(words[at : at + count]), capitals)
                if numbers:
                    return at + count, tuple(self._name(n) for n in numbers)
        return None

    def _name(self, number: int) -> Name:
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = Name(*self._rows[number])
        return made


def _admitted(spellings: dict[str, list[int]], spelt: str, capitals: bool) -> list[int]:
    """Names whose spelling fits: exactly, or but for capitals where the text has none to tell."""
    if spelt in spellings:
        return spellings[spelt]
    if capitals or (spelt.isupper() and len(spelt) > 4):
        return [n for numbers in spellings.values() for n in numbers]
    return [n for other, ns in spellings.items() if other[:1].islower() and other[1:] == spelt[1:] for n in ns]


@lru_cache(maxsize=64)
def _spelt(text: str) -> tuple[str, str]:
    """The words of a name, and the same in lower case; several indexes are asked for one after another."""
    spelt = " ".join(_WORD.findall(fold(text)))
    return spelt, spelt.lower()


@lru_cache(maxsize=8)
def _cut(text: str) -> tuple[list[str], list[str], bool]:
    """The words of a text, folded, the same in lower case, and whether it is written all in capitals. Each sentence is asked
    of several indexes, so the last ones are kept."""
    words = _WORD.findall(text)
    if not text.isascii() or "`" in text:
        words = [word if word.isascii() and word != "`" else fold(word) for word in words]
    return words, "\n".join(words).lower().split("\n") if words else [], _all_capitals(text)


@lru_cache(maxsize=8)
def _spans(text: str) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends; most texts hold no name, so that this is found only when asked for."""
    return [match.span() for match in _WORD.finditer(text)]


def _all_capitals(text: str) -> bool:
    looked = text[:2000]
    raw = looked.encode(errors="surrogatepass")
    if len(raw) - len(raw.translate(None, _SMALL)) > 0.2 * len(looked):  # this tells nearly all texts
        return False
    capitals = sum(map(str.isupper, looked))
    if capitals <= _FEW_CAPITALS or capitals <= 0.8 * sum(map(str.isalpha, looked)):
        return False
    letters = [c for c in looked if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def party_names(tables: Tables) -> Iterator[tuple[str, Name]]:
    """(alias, name) pairs of states, bodies, organs, groups, people, media, firms, societies; most usual reading first."""
    for row in tables.rows("parties/states.yaml"):
        state = Name("state", row["id"], row["name"], row.get("country"), "GOV", False, row)
        nation = Name("nationality", row["id"], row["name"], row.get("country"), "GOV", False, row)
        yield from ((alias, state) for alias in _aliases(row))
        yield from ((alias, nation) for key in ("adjectives", "demonyms", "combining") for alias in row.get(key) or [])
        seat = Name("metonym", row["id"], row["name"], row.get("country"), "GOV", False, row)
        yield from ((alias, seat) for alias in row.get("metonyms") or [])
        yield from _bare(state)
    surname_first = frozenset(tables.mapping("parties/name_order.yaml")["surname_first"])
    for table, sort in (
        ("bodies", "igo"),
        ("organs", "government_body"),
        ("armed_groups", "armed_group"),
        ("people", "person"),
        ("media", "media"),
        ("firms", "company"),
        ("societies", "ngo"),
    ):
        for row in tables.rows(f"parties/{table}.yaml"):
            name = Name(
                row.get("kind") or sort, row["id"], row["name"], row.get("country"), row.get("sector"), False, row
            )
            yield from ((alias, name) for alias in _aliases(row))
            if table == "people" and row.get("country") in surname_first and len(words := row["name"].split()) == 2:
                yield f"{words[1]} {words[0]}", name
            yield from _bare(name)


def _bare(name: Name) -> Iterator[tuple[str, Name]]:
    """Aliases that other things share, marked so."""
    weak = replace(name, bare=True)
    yield from ((alias, weak) for alias in name.row.get("bare") or [])


def _aliases(row: dict[str, Any]) -> list[str]:
    return [row["name"], *(row.get("aliases") or [])]


def equipment_names(tables: Tables) -> Iterator[tuple[str, Name]]:
    """(alias, name) pairs of weapon designations; names that are ordinary words, too, are marked as bare."""
    for row in tables.rows("equipment/designations.tsv"):
        name = Name("equipment", f"equipment:{row['designation']}", row["designation"], None, row["class"], False, row)
        bare = set(filter(None, (row.get("bare") or "").split("|")))
        for alias in dict.fromkeys([row["designation"], *(row.get("aliases") or "").split("|"), *sorted(bare)]):
            meant = replace(name, bare=True) if alias in bare else name
            yield from ((form, meant) for form in _spellings(alias))


def _spellings(designation: str) -> list[str]:
    """A designation as the news writes it: with hyphen, space or nothing between letters and number, and in the plural."""
    if not designation:
        return []
    forms = [designation]
    if any(c.isdigit() for c in designation):
        forms += [designation.replace("-", " "), designation.replace("-", "")] if "-" in designation else []
    return list(dict.fromkeys([*forms, *(f + "s" for f in forms if not f.endswith("s"))]))


def place_names(tables: Tables) -> Iterator[tuple[str, Name]]:
    """(alias, name) pairs of provinces, regions, seas and sites, then of towns by falling population, those of no
    known population last."""
    for row in tables.rows("places/curated.yaml"):
        name = Name("place", f"place:{row['name']}", row["name"], row.get("country"), row.get("precision"), False, row)
        yield from ((alias, name) for alias in _aliases(row))
    for row in tables.rows("places/towns.tsv"):
        name = Name("place", f"geonames:{row['geonameid']}", row["name"], row["country"] or None, "town", False, row)
        yield row["name"], name
        alternates = row.get("alternate_names") or row.get("alternates") or row.get("names") or ""
        yield from ((alias, name) for alias in alternates.split("|") if alias)
    for country, towns in tables.mapping("places/small_towns.yaml").items():
        for spellings in towns:
            row = {"name": spellings[0], "country": country, "precision": "town", "kind": "town"}
            name = Name("place", f"place:{spellings[0]}", spellings[0], country, "town", False, row)
            yield from ((spelling, name) for spelling in spellings)


def build_index(pairs: Iterable[tuple[str, Name]]) -> NameIndex:
    """An index over all the pairs given."""
    index = NameIndex()
    for alias, name in pairs:
        index.add(alias, name)
    return index


def index_of(sort: str, tables: Tables) -> NameIndex:
    """The index of parties, equipment or places, compiled once for each state of the tables."""
    pairs = {"parties": party_names, "equipment": equipment_names, "places": place_names}[sort]
    return NameIndex(cached(f"names-{sort}", tables.digest, lambda: build_index(pairs(tables)).data()))
