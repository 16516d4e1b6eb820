"""A view as a file: the formats of ``tocsin export``, and an Atom feed. Exactly the records of the view, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.etree import ElementTree

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from tocsin.errors import UsageError
from tocsin.export.dates import day_phrase
from tocsin.export.exporters import EXPORTERS
from tocsin.export.incidents import INCIDENT_EXPORTERS
from tocsin.export.phrases import heading
from tocsin.export.shapes import LeftOut
from tocsin.export.templating import shown
from tocsin.incidents import Incident
from tocsin.knowledge.words import Words, words
from tocsin.register import Row
from tocsin.web.answers import answer
from tocsin.web.asked import FILTERS, MOST, Asked, parse
from tocsin.web.incident_sight import told_incident
from tocsin.web.library import incidents_of, opened, rows_of
from tocsin.web.whence import file_name, told_row

_ATOM = "http://www.w3.org/2005/Atom"
_LINES = 500  # sent at once
_AT_ONCE = ("csv", "jsonl")
PICKED = "record"  # names one record of the view, chosen by hand; several may be given


def export(format: str, request: Request) -> Response:
    """All records of a view, or those picked from it, in one of the formats."""
    exporter = EXPORTERS[format]
    if not exporter.installed:
        raise UsageError(words()("error.extra", package=exporter.package, extra=exporter.extra))
    return _download(exporter.lines(_rows(request)), exporter.media_type, f"tocsin{exporter.ending}")


def left_out(format: str, request: Request) -> Response:
    """The records of a view for which a format has no place, with the reasons, as CSV."""
    exporter, left = EXPORTERS[format], LeftOut()
    for row in _rows(request):
        if exporter.unfit is not None and (reason := exporter.unfit(row)) is not None:
            left.add(row, reason)
    return _download(left.lines(), "text/csv; charset=utf-8", f"tocsin.{format}.left-out.csv")


def dictionary(format: str, request: Request) -> Response:
    """What the columns of a format mean."""
    exporter = EXPORTERS[format]
    media = "application/json" if exporter.dictionary_ending.endswith(".json") else "text/csv; charset=utf-8"
    return _download(iter([exporter.dictionary()]), media, f"tocsin.{format}{exporter.dictionary_ending}")


def export_incidents(format: str, request: Request) -> Response:
    """All incidents of a view, in one of their formats."""
    exporter, settings = INCIDENT_EXPORTERS[format], request.app.state.settings
    if not exporter.installed:
        raise UsageError(words()("error.extra", package=exporter.package, extra=exporter.extra))
    asked = parse(request.query_params.multi_items(), FILTERS)
    found: Iterable[Incident] = () if request.method == "HEAD" else incidents_of(
        settings.register, asked, lambda library, one: told_incident(library, one, settings))
    return _download(exporter.lines(found), exporter.media_type, f"tocsin{exporter.ending}")


def incidents_dictionary(format: str, request: Request) -> Response:
    """What the columns of a format of incidents mean."""
    exporter = INCIDENT_EXPORTERS[format]
    media = "application/json" if exporter.dictionary_ending.endswith(".json") else "text/csv; charset=utf-8"
    return _download(iter([exporter.dictionary()]), media, f"tocsin.incidents.{format}{exporter.dictionary_ending}")


def menu() -> list[tuple[str, bool]]:
    """Formats that can be had here beside those that a view offers at once, and whether records may not fit them."""
    return [(name, exporter.unfit is not None) for name, exporter in EXPORTERS.items()
            if exporter.installed and name not in _AT_ONCE]


def _rows(request: Request) -> Iterable[Row]:
    """The records of a view, or those picked from it; none where only the head of the answer is asked for."""
    settings = request.app.state.settings
    given = request.query_params.multi_items()
    asked = parse([pair for pair in given if pair[0] != PICKED])
    picked = list(dict.fromkeys(value for name, value in given if name == PICKED))
    if len(picked) > MOST:
        raise UsageError(words()("web.too_many", n=len(picked), most=MOST))
    rows: Iterable[Row]
    if request.method == "HEAD":
        rows = ()
    elif picked:
        with opened(settings.register) as library:
            rows = [library.record(name) for name in picked]
    else:
        rows = rows_of(settings.register, asked)
    return (told_row(row, settings) for row in rows)


def _download(parts: Iterable[str] | Iterable[bytes], media: str, name: str) -> Response:
    return StreamingResponse(_blocks(parts), media_type=media,
                             headers={"content-disposition": f'attachment; filename="{name}"'})


def feed(request: Request) -> Response:
    """A view as an Atom feed: its first page."""
    asked = parse(request.query_params.multi_items())
    with opened(request.app.state.settings.register) as library:
        rows = list(library.register.find(asked.filters, sort=asked.sort, ascending=asked.ascending, limit=asked.limit))
        made = library.made([row.number for row in rows])
    return answer(request, _atom(str(request.base_url), asked, [(row, made[row.number]) for row in rows], words()),
                  "application/atom+xml")


def _blocks(parts: Iterable[str] | Iterable[bytes]) -> Iterator[bytes]:
    ahead = (part.encode() if isinstance(part, str) else part for part in parts)
    while block := b"".join(islice(ahead, _LINES)):
        yield block


def _atom(base: str, asked: Asked, rows: list[tuple[Row, str]], say: Words) -> str:
    root = ElementTree.Element("feed", xmlns=_ATOM)
    query = f"?{asked.query()}" if asked.query() else ""
    narrowed = ", ".join(value for _, value in asked.chosen())
    _add(root, "title", say("web.feed_title", view=narrowed) if narrowed else say("web.feed_all"))
    _add(root, "id", f"{base}records{query}")
    _add(root, "updated", max((made for _, made in rows), default="1970-01-01T00:00:00+00:00"))
    ElementTree.SubElement(root, "link", rel="self", href=f"{base}records.atom{query}")
    ElementTree.SubElement(root, "link", rel="alternate", href=f"{base}records{query}")
    _add(ElementTree.SubElement(root, "author"), "name", say("web.name"))
    for row, made in rows:
        root.append(_entry(base, row, made, say))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _entry(base: str, row: Row, made: str, say: Words) -> ElementTree.Element:
    record, article = row.record, row.article
    found = ElementTree.Element("entry")
    status = say.name("status", record.status)
    _add(found, "title", " · ".join([*heading(record, say), status, article.title or say("article.untitled")]))
    _add(found, "id", f"urn:tocsin:{article.id}:{record.id}")
    _add(found, "updated", made)
    ElementTree.SubElement(found, "link", rel="alternate", href=f"{base}records/{record.id}")
    ElementTree.SubElement(found, "category", term=record.type)
    quote = " … ".join(one.exact for one in record.evidence)
    day = day_phrase(article.published, say) if article.published else say("article.undated")
    _add(found, "summary", f"“{quote}” {article.publisher or file_name(article.source)}, {day}")
    return found


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = shown(text)
