"""A coder without a language model, for tests of the register: each line of its little language is a record.

"Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13." is an arms transfer; other lines are nothing. Version 2.0 also
reads lines that begin with "Perhaps". It fails on texts with the word "defect" while ``TOY_DEFECT`` is set, ends its
process on "crash", and takes ``TOY_DELAY`` seconds an article.

    python toy.py REGISTER WORKERS VERSION INPUT…     ingest with it
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

from tocsin.knowledge.words import words
from tocsin.model import (
    Article,
    Block,
    Coder,
    Count,
    EventPlace,
    EventTime,
    Materiel,
    Party,
    Problem,
    Published,
    Quote,
    Record,
    Result,
    Source,
)
from tocsin.pipeline import How, Ingest
from tocsin.register import Register, Run

COUNTRIES = {"Russia": "RUS", "Tajikistan": "TJK", "Norway": "NOR", "Latvia": "LVA", "Mali": "MLI"}
PLACES = {"Dushanbe": ("TJK", 38.54, 68.78), "Riga": ("LVA", 56.95, 24.11), "Gao": ("MLI", 16.27, -0.04)}
VERBS = {"gives": ("arms_transfer", ("supplier", "recipient", "intermediary")),
         "attacks": ("armed_incident", ("initiator", "target", "supporter")),
         "meets": ("meeting", ("participant",))}
_LINE = re.compile(r"(?P<perhaps>Perhaps )?(?P<a>\w+) (?P<verb>gives|attacks|meets) (?P<b>\w+)(?: (?P<count>\d+) tanks)?"
                   r"(?: in (?P<place>\w+))?(?: on (?P<day>\d{4}-\d\d-\d\d))?(?:, (?P<source>\w+) said)?\.")


class ToyReader:
    """Reads the little language."""

    def __init__(self, version: str = "1.0") -> None:
        self.version = version

    def read_article(self, article: Article, problems: list[Problem] | None = None,
                     layers: tuple[str, ...] = ()) -> Result:
        time.sleep(float(os.environ.get("TOY_DELAY", "0")))
        if "crash" in article.text:
            os._exit(9)
        if "defect" in article.text and os.environ.get("TOY_DEFECT"):
            raise ZeroDivisionError("a defect")
        return Result(article=article, records=toy_records(article, self.version), problems=tuple(problems or ()))


def reader_1(knowledge: Path | None) -> ToyReader:
    return ToyReader("1.0")


def reader_2(knowledge: Path | None) -> ToyReader:
    return ToyReader("2.0")


READERS = {"1.0": reader_1, "2.0": reader_2}


def toy_article(text: str, source: str = "a.txt", **fields: Any) -> Article:
    """An article all of whose text is body."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    base: dict[str, Any] = {
        "id": hashlib.sha256(f"{source}\0{text}".encode()).hexdigest(), "text_sha256": digest, "source": source,
        "title": text.split("\n")[0], "publisher": "The Toy Times", "published": Published(value="2021-09-14", basis="meta"),
        "language": "en", "text": text, "blocks": (Block(start=0, end=len(text), kind="body"),) if text else ()}
    return Article(**(base | fields))


def toy_result(text: str, source: str = "a.txt", version: str = "1.0", **fields: Any) -> Result:
    """The article with what the toy coder reads in it."""
    article = toy_article(text, source, **fields)
    return Result(article=article, records=toy_records(article, version))


def toy_records(article: Article, version: str) -> tuple[Record, ...]:
    found = [match for match in _LINE.finditer(article.text)
             if match["a"] in COUNTRIES and match["b"] in COUNTRIES and (version == "2.0" or not match["perhaps"])]
    return tuple(_record(article, match, number, version) for number, match in enumerate(found))


def _record(article: Article, match: re.Match[str], number: int, version: str) -> Record:
    type_, roles = VERBS[match["verb"]]
    filled = dict.fromkeys(roles, ()) | dict(zip(roles, ((_party(match, "a"),), (_party(match, "b"),)), strict=False))
    if type_ == "meeting":
        filled = {"participant": (_party(match, "a"), _party(match, "b"))}
    name = hashlib.sha256(f"{article.id}|{type_}|{match.start()}|{number}".encode()).hexdigest()[:12]
    count, place, day, source = match["count"], match["place"], match["day"], match["source"]
    return Record(
        id=f"r_{name}", type=type_, status="possible" if match["perhaps"] else "occurred", roles=filled,
        materiel=(Materiel.model_validate({**_span(match, "count"), "class": "tank", "count": Count(
            **_span(match, "count"), min=int(count), max=int(count), kind="exact")}),) if count else (),
        time=EventTime(**_span(match, "day"), edtf=day, earliest=day, latest=day, basis="stated") if day else EventTime(),
        places=(EventPlace(**_span(match, "place"), name=place, country=PLACES[place][0], lat=PLACES[place][1],
                           lon=PLACES[place][2], precision="town", role="site"),) if place in PLACES else (),
        attribution=(Source(**_span(match, "source"), name=source, country=COUNTRIES[source], kind="state", verb="said"),)
        if source in COUNTRIES else (),
        evidence=(Quote(start=match.start(), end=match.end(), exact=match[0]),), confidence=0.5 + number % 5 / 10,
        coder=Coder(name="toy", version=version, rule=f"{type_}/toy"))


def _party(match: re.Match[str], group: str) -> Party:
    name = match[group]
    return Party(**_span(match, group), name=name, kind="state", country=COUNTRIES[name], sector="GOV",
                 id=f"state:{COUNTRIES[name]}")


def _span(match: re.Match[str], group: str) -> dict[str, Any]:
    return {"text": match[group], "start": match.start(group), "end": match.end(group)}


def ingest(path: Path, inputs: list[str], version: str = "1.0", workers: int = 1, again: bool = False,
           keep_text: bool = True) -> Ingest:
    """Ingest with the toy coder; without inputs, what failed."""
    with Register(path, keep_text=keep_text) as register:
        job = Ingest(register, Run("toy", version), READERS[version], words(), workers=workers, again=again)
        for _ in job.ingest(inputs, How()) if inputs else job.retry():
            pass
    return job


def state(path: Path) -> dict[str, Any]:
    """All that a register says, without times and row numbers: what two of the same history have in common."""
    with Register(path, read_only=True) as register:
        articles = sorted((row.source, row.id, row.version, register.article(row.id).duplicate_of is None)
                          for row in register.articles())
        shown = sorted((register.article(row.article.id).text, row.data["type"], row.data["coder"]["version"],
                        row.data["evidence"][0]["start"]) for row in register.find())
        held = register.summary()
        rows = list(register.find())
        incidents: dict[str, list[tuple[str, str, int]]] = {}
        named = register.incidents.of([row.number for row in rows])
        for row in rows:
            incidents.setdefault(named[row.number], []).append((register.article(row.article.id).text, row.data["type"],
                                                   row.data["evidence"][0]["start"]))
        return {"articles": articles, "shown": shown, "by_type": held.by_type, "by_party": held.by_party,
                "incidents": sorted((name, *sorted(members)) for name, members in incidents.items()),
                "failed": sorted(failure.key for failure in register.failures.open()), "readings": held.readings}


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in the background deaf to Ctrl-C
    ingest(Path(sys.argv[1]), sys.argv[4:], sys.argv[3], int(sys.argv[2]))
