"""The same as the pages for programs: JSON under /api/v1. ``OPERATIONS`` is the one list that the routes and the OpenAPI
document are made from; to add one, write its endpoint and an entry.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tocsin.errors import UsageError
from tocsin.export.jsonl import SCHEMA
from tocsin.knowledge.words import words
from tocsin.web import copied, parties
from tocsin.web import overview as overview_
from tocsin.web.answers import as_json
from tocsin.web.asked import FILTERS, FULL_DAY, VIEW, Parameter, parse
from tocsin.web.facets import as_json as facets_json
from tocsin.web.facets import facets as facets_of
from tocsin.web.incident_api import INCIDENTS
from tocsin.web.library import opened
from tocsin.web.names import names
from tocsin.web.operation import PAGES, Operation, body, paged, row_json
from tocsin.web.review_api import REVIEWS
from tocsin.web.trying import read_as_told, store
from tocsin.web.whence import told_article, told_row, told_text

SENTENCE = (Parameter("sentence", "whole", "web.about_sentence"), Parameter("at", "whole", "web.about_at"))
LISTED = (*PAGES, *(parameter for parameter in FILTERS if parameter.name == "copies_of"))
PUBLISHED = rf"^(?=1[6-9]|2[01]){FULL_DAY}$"  # a day that can be one of publication
TRY_FIELDS = {"text": "string", "url": "string", "published": "string", "title": "string", "plain": "boolean",
              "store": "boolean"}


def records(request: Request) -> Response:
    """A page of the records of a view."""
    asked = parse(request.query_params.multi_items(), (*FILTERS, *VIEW))
    with opened(request.app.state.settings.register) as library:
        found = library.register.find(asked.filters, sort=asked.sort, ascending=asked.ascending, limit=asked.limit,
                                      offset=asked.offset)
        rows = [row_json(told_row(row, request.app.state.settings)) for row in found]
    return paged(request, asked, found.total, "records", rows)


def record(request: Request) -> Response:
    """One record with its article in short."""
    with opened(request.app.state.settings.register) as library:
        row = library.record(request.path_params["record"])
    return as_json(request, {"schema": SCHEMA, **row_json(told_row(row, request.app.state.settings))})


def facets(request: Request) -> Response:
    """What a view can be narrowed by."""
    asked = parse(request.query_params.multi_items(), FILTERS)
    with opened(request.app.state.settings.register) as library, library.counting() as db:
        return as_json(request, {"facets": facets_json(facets_of(db, asked))})


def overview(request: Request) -> Response:
    """The numbers of the overview."""
    parse(request.query_params.multi_items(), ())
    with opened(request.app.state.settings.register) as library:
        return as_json(request, overview_.as_json(overview_.overview(library, 0, words())))


def articles(request: Request) -> Response:
    """A page of the articles, in the order in which they came; with ``copies_of`` those that have an article's text."""
    asked = parse(request.query_params.multi_items(), LISTED)
    with opened(request.app.state.settings.register) as library:
        total, rows = library.articles(asked)
    return paged(request, asked, total, "articles",
                 [asdict(told_article(row, request.app.state.settings)) for row in rows])


def article(request: Request) -> Response:
    """An article as ``tocsin read --json`` gives it, with its versions, its copies and the group of its near copies."""
    parse(request.query_params.multi_items(), ())
    name = request.path_params["article"]
    with opened(request.app.state.settings.register) as library:
        result = library.result(name)
        result = result.model_copy(update={"article": told_text(result.article, request.app.state.settings)})
        return as_json(request, {"versions": library.register.versions(name), "copies": library.copies(name),
                                 "copy_group": copied.as_json(library.register, name, request.app.state.settings),
                                 "result": result.model_dump(mode="json", by_alias=True)})


def explain(request: Request) -> Response:
    """The sentences of an article, and how one of them was read."""
    given = dict(request.query_params)
    parse([(name, value) for name, value in given.items() if name not in ("sentence", "at")], ())
    with opened(request.app.state.settings.register) as library:
        told = library.result(request.path_params["article"]).article
    answer = request.app.state.desk.explain(told, given)
    number, found = answer.number, answer.found
    sentences = [{"number": n, "start": start, "end": end, "text": told.text[start:end]}
                 for n, (start, end) in enumerate(answer.sentences, 1)]
    about = None if found is None else {
        "number": number,
        "mentions": [mention.model_dump(mode="json") for mention in found.mentions],
        "tree": [{"depth": depth, "word": token.text, "relation": token.dep, "tag": token.pos, "lemma": token.lemma}
                 for depth, token in found.tree],
        "clauses": [{"clause": tried.clause, "frames": [{"frame": frame, "outcome": outcome}
                                                        for frame, outcome in tried.frames]} for tried in found.clauses],
        "records": [found.records[n - 1].id for n in found.here],
    }
    return as_json(request, {"sentences": sentences, "explained": about})


def party(request: Request) -> Response:
    """Everything about one party."""
    parse(request.query_params.multi_items(), ())
    about = names().about(request.path_params["party"])
    with opened(request.app.state.settings.register) as library:
        return as_json(request, parties.as_json(parties.dossier(library, about)))


async def try_text(request: Request) -> Response:
    """Read a text or a page and give its records; stored where ``store`` says so."""
    given = body(await request.body(), TRY_FIELDS)
    if "published" in given and not re.search(PUBLISHED, given["published"]):
        raise UsageError(words()("find.day", value=given["published"]))
    if "url" in given and not given["url"].strip():
        raise UsageError(words()("fetch.no_web", url=given["url"]))
    return await run_in_threadpool(_tried, request, given)


def _tried(request: Request, given: dict[str, Any]) -> Response:
    result = read_as_told(request, given)
    if given.get("store", False):
        store(request, result)
    return as_json(request, result.model_dump(mode="json", by_alias=True))


def openapi(request: Request) -> Response:
    """The OpenAPI document of all this."""
    from tocsin.web.openapi import document

    return as_json(request, document(OPERATIONS))


OPERATIONS: tuple[Operation, ...] = (
    Operation("/overview", "overview", overview, "Overview"),
    Operation("/records", "records", records, "Records", (*FILTERS, *VIEW)),
    Operation("/records/{record}", "record", record, "Line"),
    Operation("/facets", "facets", facets, "Facets", FILTERS),
    Operation("/articles", "articles", articles, "Articles", LISTED),
    Operation("/articles/{article}", "article", article, "Read"),
    Operation("/articles/{article}/explain", "explain", explain, "Explained", SENTENCE),
    Operation("/parties/{party}", "party", party, "Dossier"),
    Operation("/try", "try", try_text, "Result", method="POST"),
    *INCIDENTS,
    *REVIEWS,
    Operation("/openapi.json", "openapi", openapi, "Document"),
)
