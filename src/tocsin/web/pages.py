"""The pages: overview, register, record, party. Each takes a request and gives HTML that works without JavaScript."""

from __future__ import annotations

import shlex
import time

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tocsin.export.entry import extract_of
from tocsin.export.phrases import heading as record_heading
from tocsin.knowledge.words import words
from tocsin.review import effective
from tocsin.web import columns, files, reviewer, visits
from tocsin.web.answers import narrowing, page
from tocsin.web.asked import FILTERS, Asked, parse
from tocsin.web.citing import citation
from tocsin.web.copied import standings
from tocsin.web.facets import facets
from tocsin.web.judging import Judging
from tocsin.web.library import opened
from tocsin.web.names import names
from tocsin.web.overview import overview
from tocsin.web.parties import dossier
from tocsin.web.reviewing import number_of
from tocsin.web.series import joined, spark
from tocsin.web.whence import told_source

FIELDS = ("words", "party", "place", "since", "until", "materiel", "said_by")  # those that the form has boxes for


def home(request: Request) -> Response:
    """The overview. A cookie keeps how far the visitor has seen the register."""
    visit = visits.of(request)
    with opened(request.app.state.settings.register) as library:
        found = overview(library, visit.seen, words())
    answer = page(request, "overview.html", found=found, visit=visit, spark=spark,
                  register_name=register_name(request), table=joined([*found.weeks.values()]),
                  most=max((max(series.counts) for series in found.weeks.values()), default=0),
                  rows=[(row, columns.cells(row, ("when", "type", "who", "what", "quote"), words()))
                        for row in found.newest])
    visits.keep(answer, visit, found.last, time.time())
    return answer


def register(request: Request) -> Response:
    """The records of a view as a table."""
    given = request.query_params.multi_items()
    asked = parse(given)
    if any(not value.strip() for _, value in given):  # a form names its empty boxes, too
        return RedirectResponse(f"/records?{asked.query()}", 303)
    shown, say = columns.columns_of(asked), words()
    with opened(request.app.state.settings.register) as library:
        found = library.register.find(asked.filters, sort=asked.sort, ascending=asked.ascending, limit=asked.limit,
                                      offset=asked.offset)
        listed = list(found)
        with library.counting() as db:
            copies = standings(db, [row.article.id for row in listed]) if "sources" in shown else {}
            narrower = facets(db, asked)
    rows = [(row, columns.cells(row, shown, say, copies)) for row in listed]
    pages = max(1, -(-found.total // asked.limit))
    return page(request, "records.html", register_name=register_name(request), asked=asked, narrow=narrowing(asked),
                total=found.total, rows=rows, facets=narrower, pages=pages,
                columns=[(name, columns.heading(name, say), columns.sort_of(name)) for name in shown],
                choice=[(name, columns.heading(name, say), name in shown) for name in columns.choice(asked)],
                fields=FIELDS, many=[one.name for one in FILTERS if one.kind == "many"], chips=chips(asked),
                formats=files.menu())


def record(request: Request) -> Response:
    """One record: its sentence, every slot, how it came about, how to cite it."""
    by = reviewer.known(request)
    with opened(request.app.state.settings.register) as library:
        row = library.record(request.path_params["record"])
        result = library.result(row.article.id)
        reviews = library.register.reviews
        history = reviews.history(row.record.id)
        incident = library.incident_of(row)
        told = {name: reviews.told(number_of(request.query_params[name])) for name in ("done", "undone")
                if name in request.query_params}
    article = result.article
    others = [other for other in result.records if other.id != row.record.id]
    say = words()
    return page(request, "record.html", row=row, entry=extract_of("a1", article, row.record, say), article=article,
                history=history, incident=incident, party_key=columns.party_key,
                players=[(role, one) for role, parties in row.record.roles.items() for one in parties],
                by=by, told=told, heading=record_heading, here=Judging(record=row.record.id),
                counting={one.id for one in effective(history.corrections)} if history else set(),
                others=[(other, record_heading(other, say)) for other in others],
                cite=citation(row, f"{request.base_url}records/{row.record.id}", say))


def party(request: Request) -> Response:
    """Everything about one party."""
    about = names().about(request.path_params["party"])
    if about.key != request.path_params["party"]:
        return RedirectResponse(request.url_for("party", party=about.key).path, 303)
    with opened(request.app.state.settings.register) as library:
        found = dossier(library, about)
    return page(request, "party.html", found=found, about=about, spark=spark,
                rows=[(row, columns.cells(row, ("when", "type", "who", "what", "status", "quote"), words()))
                      for row in found.newest])


def register_name(request: Request) -> str:
    """The register as a command names it: where somebody else asks, its folders are not told."""
    settings = request.app.state.settings
    return shlex.quote(told_source(str(settings.register), settings))


def chips(asked: Asked) -> list[tuple[str, str, str]]:
    """Each filter that is set: its name, its value, and the address of the view without it."""
    return [(name, value, asked.less(name, value).query()) for name, value in asked.chosen()]
