"""Score the places layer against news whose toponyms are marked and located: GeoVirus (world news) and LGL (local news).

In: ``../shared/corpora/geoparsing``. Out: for each collection precision, recall and F1 of the recognised toponyms (they
overlap, one to one) and, of the recognised that have a point, the share within 161 km (100 miles) of it, the field's usual
measure. A country, continent or sea has no point with us: it is right where the marked entry is that one by name, wrong
else. LGL marks nationalities too: they are taken from the mentions layer there; GeoVirus does not mark them.

The baseline beside it needs no tree and no rules: the longest runs of capital words that the gazetteer knows, each read as
its most populous bearer.

    python benchmarks/toponyms.py [--shared DIR] [--errors 20] [--every 7]
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import urllib.parse
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from _floors import check
from timex import pair
from tocsin.knowledge.gazetteer import Gazetteer, key_of
from tocsin.knowledge.loader import Tables
from tocsin.language.toponyms.geometry import kilometres
from tocsin.reader import Reader
from tocsin.reading import article_from_text

DEFAULT = Path(__file__).resolve().parents[2] / "shared"
NEAR_KM = 161.0
FOLDER = Path("corpora") / "geoparsing"
_COUNTRY = ("PCLI", "PCLS", "PCLD", "PCLF", "PCL")


@dataclass(frozen=True)
class Toponym:
    """A place name in a text with what it stands for; ``country`` only where it is a country itself (ISO alpha-3)."""

    start: int
    end: int
    text: str
    name: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    sign: str = ""


@dataclass
class Score:
    """Counts of one collection, and what went wrong."""

    marked: int = 0
    found: int = 0
    right: int = 0
    located: int = 0
    near: int = 0
    words: int = 0
    seconds: float = 0.0
    faults: dict[str, Counter[str]] = field(default_factory=lambda: {t: Counter() for t in ("missed", "false", "far")})

    @property
    def f1(self) -> float:
        """F1 of recognition."""
        return 2 * self.right / (self.marked + self.found) if self.marked + self.found else 0.0

    @property
    def within(self) -> float:
        """Share of the recognised within ``NEAR_KM``."""
        return self.near / self.located if self.located else 0.0


class States:
    """Names of states to their codes."""

    def __init__(self, tables: Tables) -> None:
        self._codes = {
            key_of(name): row["country"]
            for row in tables.rows("parties/states.yaml") if row.get("country")
            for name in (row["name"], *(row.get("aliases") or []), *(row.get("bare") or []))
        }  # fmt: skip

    def code(self, name: str) -> str | None:
        """The code of a state, by any of its names."""
        return self._codes.get(key_of(name.removesuffix(" (country)").removeprefix("The ")))


def geovirus(file: Path, states: States) -> Iterator[tuple[str, list[Toponym]]]:
    """Texts with their toponyms; its offsets count from one and are off by a few here and there."""
    for article in ET.parse(file).getroot():
        text, marked = article.findtext("text") or "", []
        for place in article.iter("location"):
            name = place.findtext("name") or ""
            page = urllib.parse.unquote((place.findtext("page") or "").rsplit("/", 1)[-1]).replace("_", " ")
            wanted = int(place.findtext("start") or 0) - 1
            at = [m.start() for m in re.finditer(re.escape(name), text)] if name else []
            if at:
                start = min(at, key=lambda a: abs(a - wanted))
                lat, lon = float(place.findtext("lat") or 0), float(place.findtext("lon") or 0)
                marked.append(Toponym(start, start + len(name), name, page, lat, lon, states.code(page)))
        yield text, marked


def lgl(file: Path, states: States) -> Iterator[tuple[str, list[Toponym]]]:
    """Texts with their toponyms; those without an entry of the gazetteer are recognised but not located."""
    for article in ET.parse(file).getroot():
        text, marked = article.findtext("text") or "", []
        for place in article.iter("toponym"):
            start, end, tag = int(place.findtext("start") or 0), int(place.findtext("end") or 0), place.find("gaztag")
            if tag is None:
                marked.append(Toponym(start, end, text[start:end], ""))
                continue
            whole = tag.findtext("fcode") in _COUNTRY
            country = states.code(tag.findtext("country") or "") if whole else None
            lat, lon = float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0)
            marked.append(Toponym(start, end, text[start:end], tag.findtext("name") or "", lat, lon, country))
        yield text, marked


class Ours:
    """The places layer; ``nationalities`` adds those of the mentions layer."""

    def __init__(self, nationalities: bool, reader: Reader) -> None:
        self._reader, self._nationalities = reader, nationalities

    def __call__(self, text: str) -> list[Toponym]:
        """Toponyms of a text, in order, not overlapping."""
        article, _ = article_from_text(text, source="<text>", title=None, url=None, published=None, plain=True)
        result = self._reader.read_article(article, layers=("places", "mentions"))
        found = [
            Toponym(p.start, p.end, p.text, p.name, p.lat, p.lon, p.country if p.precision == "country" else None)
            for p in result.places
        ]
        if self._nationalities:
            nations = {m.start: m for m in result.mentions if m.type == "nationality" and m.country}
            free = [m for m in nations.values() if not any(f.start < m.end and m.start < f.end for f in found)]
            found += [Toponym(m.start, m.end, m.text, m.name or "", country=m.country) for m in free]
        return sorted(found, key=lambda t: t.start)


class Baseline:
    """The longest capital runs that the gazetteer or a state bears, read as the most populous place."""

    _RUN = re.compile(r"[A-Z][\w'’.-]*(?: (?:of |the )?[A-Z][\w'’.-]*)*")

    def __init__(self, states: States) -> None:
        self._states, self._gazetteer = states, Gazetteer()

    def __call__(self, text: str) -> list[Toponym]:
        """Toponyms of a text."""
        return [t for run in self._RUN.finditer(text) for t in self._in_run(run.group(), run.start())]

    def _in_run(self, run: str, begin: int) -> Iterator[Toponym]:
        words = list(re.finditer(r"\S+", run))
        at = 0
        while at < len(words):
            for last in range(len(words) - 1, at - 1, -1):
                name = run[words[at].start() : words[last].end()].rstrip(".")
                if name[0].isupper() and (known := self._known(name)) is not None:
                    start = begin + words[at].start()
                    yield replace(known, start=start, end=start + len(name), text=name)
                    at = last
                    break
            at += 1

    def _known(self, name: str) -> Toponym | None:
        if (code := self._states.code(name)) is not None:
            return Toponym(0, 0, name, name, country=code)
        entries = self._gazetteer.named(name)
        return Toponym(0, 0, name, entries[0].name, entries[0].lat, entries[0].lon) if entries else None


def right(marked: Toponym, found: Toponym) -> bool:
    """Whether a found toponym stands for the marked place."""
    if found.lat is not None and found.lon is not None and marked.lat is not None and marked.lon is not None:
        return kilometres((marked.lat, marked.lon), (found.lat, found.lon)) <= NEAR_KM
    if found.country is not None and found.country == marked.country:
        return True
    return key_of(marked.name.partition(" [")[0]) in (key_of(found.name), key_of(found.text))


def cause(marked: Toponym, found: Toponym) -> str:
    """Of what sort a wrong place is."""
    if (found.country is None) != (marked.country is None):
        return "a country for another place" if found.country else "another place for a country"
    if found.country:
        return "another country"
    return "no point" if found.lat is None else "another place of the name"


def add(score: Score, text: str, marked: list[Toponym], found: list[Toponym]) -> None:
    """Add one text to the score."""
    pairs = pair(marked, found)  # type: ignore[type-var]
    score.marked, score.found, score.right = score.marked + len(marked), score.found + len(found), score.right + len(pairs)
    for m, f in pairs:
        if m.lat is None:
            continue
        score.located += 1
        score.near += right(m, f)
        if not right(m, f):
            score.faults["far"][f"{cause(m, f)}: {f.text} [{f.name}] for {m.name}"] += 1
    hits, seen = {id(m) for m, _ in pairs}, {id(f) for _, f in pairs}
    for m in marked:
        if id(m) not in hits:
            score.faults["missed"][around(text, m)] += 1
    for f in found:
        if id(f) not in seen:
            score.faults["false"][around(text, f)] += 1


def around(text: str, place: Toponym) -> str:
    """A toponym with the words beside it, on one line."""
    words = f"{text[max(0, place.start - 20) : place.start]}[{place.text}]{text[place.end : place.end + 20]}"
    return " ".join(words.split())


def report(name: str, score: Score, errors: int) -> None:
    """Print the figures of one collection."""
    precision = score.right / score.found if score.found else 0.0
    recall = score.right / score.marked if score.marked else 0.0
    print(f"{name:18} marked {score.marked:5} found {score.found:5}  P {precision:.3f} R {recall:.3f} F1 {score.f1:.3f}"
          f"  within {NEAR_KM:.0f} km {score.within:.3f} of {score.located}"
          f"  {1000 * score.seconds / max(1, score.words):.2f} s per 1,000 words")  # fmt: skip
    for title, counter in score.faults.items():
        if errors:
            causes = Counter[str]()
            for line, count in counter.items():
                causes[line.partition(":")[0] if title == "far" else ""] += count
            print(f"  {title}: {counter.total()} {dict(causes.most_common()) if title == 'far' else ''}")
        for line, count in counter.most_common(errors):
            print(f"    {count:3}  {line}")


def measure(texts: list[tuple[str, list[Toponym]]], finder: Callable[[str], list[Toponym]]) -> Score:
    """The score of a finder on texts."""
    score = Score()
    for text, marked in texts:
        begin = time.process_time()
        found = finder(text)
        score.seconds += time.process_time() - begin
        score.words += len(text.split())
        add(score, text, marked, found)
    return score


def main() -> int:
    """Run over both collections."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=DEFAULT)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--every", type=int, default=7, help="read each so many-th text only; 1: all")
    options = parser.parse_args()
    folder = options.shared / FOLDER
    if not folder.is_dir():
        print(f"skipped: {folder} is not here")
        return 0
    reader = Reader()
    states, figures = States(reader.tables), {}
    for name, file, read in (("geovirus", "GeoVirus.xml", geovirus), ("lgl", "lgl.xml", lgl)):
        texts = list(read(folder / file, states))[:: options.every]
        score = measure(texts, Ours(name == "lgl", reader))
        report(name, score, options.errors)
        report(f"  baseline {name}", measure(texts, Baseline(states)), 0)
        figures |= {f"{name}_f1": round(score.f1, 3), f"{name}_within": round(score.within, 3)}
    faults = check("toponyms", figures) if options.every in (1, 7) else []
    for fault in faults:
        print(f"below the floor: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
