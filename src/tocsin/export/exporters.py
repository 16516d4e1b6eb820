"""The formats of ``tocsin export``. To add one: a module with its lines, its dictionary as data, and one entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

from tocsin.export import csv, ftm, geojson, jsonl, parquet, references, sitrep, stix, web_annotations, xlsx
from tocsin.export.coded import GDELT, PLOVER, gdelt_lines, plover_lines
from tocsin.export.conflict import ACLED, UCDP
from tocsin.export.shapes import LeftOut, Shape
from tocsin.export.shapes import dictionary as described
from tocsin.export.trade import SIPRI, UNROCA
from tocsin.knowledge.collecting import uncollected
from tocsin.register import Row

Lines = Iterator[str] | Iterator[bytes]
Texts = Callable[[str], str]  # the text of an article by its id


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: rows to text or bytes, and what they mean. ``dictionary_ending`` replaces the ending of the file's name.

    ``unfit`` tells why a record does not fit (None: every record does); ``with_text`` writes the articles' texts too, where
    the format has a place for them; ``extra`` names what must be installed for it, and ``package`` what that brings.
    """

    media_type: str
    lines: Callable[[Iterable[Row]], Lines]
    dictionary: Callable[[], str]
    dictionary_ending: str = ".dictionary.csv"
    ending: str = ""
    unfit: Callable[[Row], str | None] | None = None
    with_text: Callable[[Iterable[Row], Texts], Lines] | None = None
    extra: str | None = None
    package: str | None = None

    @property
    def installed(self) -> bool:
        """Whether what it needs is installed."""
        return self.package is None or find_spec(self.package) is not None


def lines_of(exporter: Exporter, rows: Iterable[Row], left: LeftOut | None = None, texts: Texts | None = None) -> Lines:
    """The lines of a format; ``left`` is told of every record that does not fit, ``texts`` gives the texts where they are
    asked for. Nothing in them refers to itself, and looking for what does would take a fifth of the time."""
    if exporter.unfit is not None:
        rows = _fitting(exporter.unfit, rows, left)
    with uncollected():
        if texts is not None and exporter.with_text is not None:
            yield from exporter.with_text(rows, texts)
        else:
            yield from exporter.lines(rows)


def _fitting(unfit: Callable[[Row], str | None], rows: Iterable[Row], left: LeftOut | None) -> Iterator[Row]:
    for row in rows:
        reason = unfit(row)
        if reason is None:
            yield row
        elif left is not None:
            left.add(row, reason)


def _shape(shape: Shape, media: str = "text/csv; charset=utf-8", ending: str = ".csv",
           lines: Callable[[Iterable[Row]], Lines] | None = None) -> Exporter:
    return Exporter(media, lines or shape.lines, partial(described, shape.name), ending=ending, unfit=shape.unfit)


def _of(name: str, media: str, lines: Callable[[Iterable[Row]], Lines], ending: str) -> Exporter:
    return Exporter(f"{media}; charset=utf-8", lines, partial(described, name), ending=ending)


_ANNOTATIONS = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
EXPORTERS: dict[str, Exporter] = {
    "csv": Exporter("text/csv; charset=utf-8", csv.lines, csv.dictionary, ending=".csv", with_text=csv.with_text),
    "jsonl": Exporter("application/jsonl; charset=utf-8", jsonl.lines, jsonl.dictionary, ".dictionary.json", ".jsonl",
                      with_text=jsonl.with_text),
    "parquet": Exporter("application/vnd.apache.parquet", parquet.lines, parquet.dictionary, ending=".parquet",
                        extra="parquet", package="pyarrow"),
    "xlsx": Exporter(xlsx.MEDIA_TYPE, xlsx.lines, xlsx.dictionary, ending=".xlsx", extra="excel", package="xlsxwriter"),
    "geojson": _of("geojson", "application/geo+json", geojson.lines, ".geojson"),
    "sitrep": _of("sitrep", "text/html", sitrep.lines, ".html"),
    "ris": _of("ris", "application/x-research-info-systems", references.ris, ".ris"),
    "bibtex": _of("bibtex", "application/x-bibtex", references.bibtex, ".bib"),
    "stix": _of("stix", "application/stix+json;version=2.1", stix.lines, ".stix.json"),
    "ftm": _of("ftm", "application/jsonl", ftm.lines, ".ftm.jsonl"),
    "annotations": _of("annotations", _ANNOTATIONS, web_annotations.lines, ".annotations.jsonld"),
    "plover": _shape(PLOVER, "application/jsonl; charset=utf-8", ".plover.jsonl", plover_lines),
    "gdelt": _shape(GDELT, "text/tab-separated-values; charset=utf-8", ".gdelt.tsv", gdelt_lines),
    "acled": _shape(ACLED, ending=".acled.csv"),
    "ucdp": _shape(UCDP, ending=".ucdp.csv"),
    "sipri": _shape(SIPRI, ending=".sipri.csv"),
    "unroca": _shape(UNROCA, ending=".unroca.csv"),
}
