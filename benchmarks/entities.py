"""Mentions on re3d: our layers beside simple baselines, precision, recall and F1 of each type.

In: ../shared/corpora/re3d (67 official and encyclopaedic texts on Syria and Iraq; not in the repository). Out: a table for
our layers (mentions, places, times), for word lists with runs of capitals, and, where spaCy's small model is installed, for
its entities with the same word lists.

What is compared. Types: person, organisation, location, nationality, quantity, time, and equipment (re3d's Weapon and
MilitaryPlatform). Matching is by overlap, one to one, the longest overlap first. Pronouns do not count; of people, bodies,
places and nationalities only named mentions do: those with a capital behind their article that is not only the first letter
of a sentence (a capital at a sentence's start counts if the corpus never has the word in small letters). "the Foreign
Secretary" and "Iraqi forces" are thus named, "the minister", "Civilians", "the city" are not. Where a mention lies within a
longer one of its type, only the longer one counts ("Boris Johnson" in "Foreign Secretary Boris Johnson"). The same rules
are applied to what is found. re3d marks one layer only: an amount found within a mention of another type is neither wanted
nor wrong ("30" in "30 Britons", marked as an organisation).

re3d holds words that a machine proposed and nobody confirmed (a third of it, confidence below one half). Most are right but
lie within a larger mention that the annotators marked ("Iraqi" in "the Iraqi government"), so the main table counts them;
some are noise ("Geneva" as a person). A second line, "confirmed", leaves them out: such words are neither wanted nor wrong.

    python benchmarks/entities.py [--errors 25] [--type person]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import _entity_baseline as baseline
from _floors import check
from _re3d import TYPES, Corpus, Document, Marked, Score, compare
from tocsin import Reader
from tocsin.reading import article_from_text

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "shared" / "corpora" / "re3d"
_LAYERS = ("mentions", "places", "times")
_TYPE_OF = {
    **dict.fromkeys(("state", "government_body", "military", "armed_group", "igo", "company", "media", "ngo", "population",
                     "unidentified", "organisation", "personnel"), "organisation"),
    **dict.fromkeys(("quantity", "distance"), "quantity"),
    "person": "person", "nationality": "nationality", "place": "location", "equipment": "equipment", "time": "time",
}


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="mentions on re3d")
    options.add_argument("--errors", type=int, default=0, metavar="N", help="print the N commonest errors of each type")
    options.add_argument("--type", choices=TYPES, help="errors of this type only")
    asked = options.parse_args()
    if not CORPUS.is_dir():
        print(f"entities: skipped, {CORPUS} is not there")
        return 0
    corpus = Corpus(CORPUS)
    reader = Reader()
    found = {d.id: corpus.counted(d.text, ours(reader, d)) for d in corpus.documents}
    scores = compare(corpus.documents, found)
    print(f"{len(corpus.documents)} documents, {sum(s.gold for s in scores.values())} mentions")
    print(_row("", {t: f"{t[:9]:>9} n={s.gold}" for t, s in scores.items()}))
    show("ours", scores)
    show("  confirmed", compare(corpus.documents, found, confirmed=True))
    for name, finder in baseline.finders(reader.tables):
        theirs = {d.id: corpus.counted(d.text, finder(d.text)) for d in corpus.documents}
        show(name, compare(corpus.documents, theirs))
        show("  confirmed", compare(corpus.documents, theirs, confirmed=True))
    for type_, score in scores.items():
        if asked.errors and asked.type in (None, type_):
            _errors(type_, score, asked.errors)
    faults = check("entities", {t: round(s.f1, 3) for t, s in scores.items()})
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def ours(reader: Reader, document: Document) -> Iterable[Marked]:
    """The mentions of our layers, by re3d's types: names of places and states from the layer of places."""
    article, _ = article_from_text(document.text, source=document.id, plain=True)
    layers = reader.layers.of(reader.annotate(article), _LAYERS)
    for mention in layers["mentions"]:
        if mention.type in _TYPE_OF and not (mention.name or "").endswith("Hz"):  # re3d has frequencies by themselves
            yield Marked(mention.start, mention.end, _TYPE_OF[mention.type])
    yield from (Marked(p.start, p.end, "location") for p in layers["places"])


def show(name: str, scores: dict[str, Score]) -> None:
    """One row: precision, recall and F1 of each type."""
    print(_row(name, {t: f"{s.precision:.2f} {s.recall:.2f} {s.f1:.3f}" for t, s in scores.items()}))


def _row(name: str, cells: dict[str, str]) -> str:
    return f"{name:24}" + "".join(f"{cells[t]:>18}" for t in TYPES)


def _errors(type_: str, score: Score, most: int) -> None:
    """The commonest misses and false finds of a type; before the bar what the other side has at the place."""
    for title, counter in (("missed", score.missed), ("false", score.false)):
        print(f"\n{type_}, {title}: {sum(counter.values())}")
        causes: dict[str, int] = {}
        for line, count in counter.items():
            causes[line.split(" | ")[0]] = causes.get(line.split(" | ")[0], 0) + count
        print("  " + "; ".join(f"{cause} {count}" for cause, count in sorted(causes.items(), key=lambda c: -c[1])[:8]))
        for line, count in counter.most_common(most):
            print(f"  {count:3}  {line}")


if __name__ == "__main__":
    raise SystemExit(main())
