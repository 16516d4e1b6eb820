"""Pages that show a text: the reader, and the explanation of a sentence."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tocsin.export.entry import Entry, entry_of
from tocsin.export.phrases import fields, heading
from tocsin.knowledge.words import words
from tocsin.web import copied
from tocsin.web.answers import page
from tocsin.web.library import opened


def reader(request: Request) -> Response:
    """An article with its records marked in it."""
    name = request.path_params["article"]
    with opened(request.app.state.settings.register) as library:
        result = library.result(name)
        versions, copies = library.register.versions(name), library.copies(name)
        others = {other: library.register.article(other) for other in dict.fromkeys((*versions, *copies)) if other != name}
        at = versions.index(name) if name in versions else 0
        changes = library.register.changes(versions[at - 1], name) if at else []
        near = copied.shown(library.register, name, len(copies), words())
    entry = entry_of("a1", result, words())
    wanted = request.query_params.get("record")
    if wanted is not None and (anchor := anchor_of(entry, wanted)):
        return RedirectResponse(f"/articles/{name}#{anchor}", 303)
    return page(request, "reader.html", entry=entry, article=result.article, versions=versions,
                copies=copies, others=others, changes=changes, heading=heading, near=near,
                whole_source=request.app.state.settings.token is None)


def anchor_of(entry: Entry, record: str) -> str | None:
    """The anchor of a record's sentence: its first marked word, else the record itself. None where the text has no such
    record."""
    key = next((one.key for one in entry.records if one.record.id == record), None)
    runs = (run for passage in entry.passages for stretch in passage.stretches for run in stretch.runs
            if any(span.key == key for span in run.evidence))
    at = next((piece.start for run in runs for piece in run.pieces if piece.slots), None)
    return key if key is None or at is None else f"{entry.key}w{at}"


def explain(request: Request) -> Response:
    """How one sentence of an article was read; without a number the list of the sentences."""
    name = request.path_params["article"]
    with opened(request.app.state.settings.register) as library:
        article = library.result(name).article
    told = request.app.state.desk.explain(article, dict(request.query_params))
    sentences = [(n, article.text[start:end]) for n, (start, end) in enumerate(told.sentences, 1)]
    return page(request, "explain.html", article=article, sentences=sentences, number=told.number, found=told.found,
                fields=fields, heading=heading)
