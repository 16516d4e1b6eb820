"""Records made by hand for the tests of incidents: a line of words, who, when, where, how many."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from tocsin.incidents.faces import face_of, incident_name
from tocsin.incidents.model import Face
from tocsin.incidents.reports import Report
from tocsin.incidents.rules import rules
from tocsin.model import Article, Block, Published, Record, Result

STATES = {"RUS": "Russia", "UKR": "Ukraine", "USA": "United States", "DEU": "Germany", "POL": "Poland", "IRN": "Iran",
          "SYR": "Syria", "TJK": "Tajikistan", "SAU": "Saudi Arabia", "LVA": "Latvia"}


def party(code: str, kind: str = "state", name: str | None = None, known: str | None = None) -> dict[str, Any]:
    """A party of a state, by its code."""
    country = code if code in STATES else None
    named = name or STATES.get(code, code)
    return {"text": "x", "start": 0, "end": 1, "name": named, "kind": kind, "country": country,
            "id": known or (f"state:{code}" if kind == "state" and country else None)}


def place(name: str, country: str | None = None, precision: str = "town", **fields: Any) -> dict[str, Any]:
    """A place."""
    base = {"text": "x", "start": 0, "end": 1, "name": name, "country": country, "precision": precision, "role": "site"}
    return base | fields


def line(class_: str, count: int | None = None, model: str | None = None) -> dict[str, Any]:
    """A line of equipment."""
    many = {"min": count, "max": count, "kind": "exact" if count else "unstated"}
    return {"text": "x", "start": 0, "end": 1, "class": class_, "designation": model, "count": many}


def days(first: str | None, last: str | None = None, basis: str = "stated") -> dict[str, Any]:
    """A time by its first and last day."""
    return {"edtf": f"{first}/{last}", "earliest": first, "latest": last if last else first, "basis": basis}


def past(report: str) -> dict[str, Any]:
    """What is only told as past."""
    return {"edtf": f"../{report}", "latest": report, "basis": "inferred"}


def source(name: str, country: str | None = None, kind: str = "government_body") -> dict[str, Any]:
    """Who says it."""
    return {"text": "x", "start": 0, "end": 1, "name": name, "country": country, "kind": kind, "verb": "said"}


def record(type_: str, words: str, roles: dict[str, list[dict[str, Any]]], **fields: Any) -> Record:
    """A record whose evidence is ``words``."""
    base: dict[str, Any] = {
        "id": "r_" + hashlib.sha256(f"{type_}{words}".encode()).hexdigest()[:12], "type": type_, "status": "occurred",
        "roles": roles, "confidence": 0.9, "evidence": [{"start": 0, "end": len(words), "exact": words}],
        "coder": {"name": "hand", "version": "1", "rule": "hand"}}
    return Record.model_validate(base | fields)


_articles = iter(range(1, 1_000_000))


def face(made: Record, report: str | None = "2023-05-02", article: int | None = None) -> Face:
    """What is compared of a record of an article of its own."""
    number = article if article is not None else next(_articles)
    return face_of(made, incident_name(f"{made.evidence[0].exact}{report}{number}", made, "1"), number, report, rules())


def report(made: Record, published: str | None = "2023-05-02", outlet: str = "The Post", **fields: Any) -> Report:
    """A report of an incident."""
    its = face(made, published)
    return Report(made, its, f"a{its.article}", "title", "post.txt", None, outlet, published, **fields)


def result(records: list[Record], published: str | None = "2023-05-02", source: str = "a.txt", publisher: str = "The Post",
           **fields: Any) -> Result:
    """An article whose text is the evidence of its records, one a line."""
    text = "\n".join(one.evidence[0].exact for one in records)
    digest = hashlib.sha256(text.encode()).hexdigest()
    placed, at = [], 0
    for one in records:
        words = one.evidence[0].exact
        name = "r_" + hashlib.sha256(f"{source}{digest}{at}{one.type}".encode()).hexdigest()[:12]
        placed.append(one.model_copy(update={"id": name, "evidence": (one.evidence[0].model_copy(
            update={"start": at, "end": at + len(words)}),)}))
        at += len(words) + 1
    article = Article(
        id=hashlib.sha256(f"{source}{digest}".encode()).hexdigest(), text_sha256=digest, source=source, title=text[:40],
        publisher=publisher, published=Published(value=published, basis="meta"), language="en", text=text,
        blocks=(Block(start=0, end=len(text), kind="body"),), **fields)
    return Result(article=article, records=tuple(placed))


def day(offset: int, start: str = "2023-05-01") -> str:
    """A day some days after another."""
    return (dt.date.fromisoformat(start) + dt.timedelta(days=offset)).isoformat()
