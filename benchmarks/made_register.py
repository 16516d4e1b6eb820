"""A register of any size from nothing but a seed: articles and records with the skew that a real one has.

Few countries, types, outlets and words make up most of it and thousands make up the rest; events grow more frequent over
the years; records of one article share its parties. The texts are word salad: they are there to be indexed, not read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.model import (
    Article,
    Block,
    Casualties,
    Coder,
    Count,
    EventPlace,
    EventTime,
    Materiel,
    Party,
    Published,
    Quote,
    Record,
    Result,
    Source,
)
from tocsin.register import Register, Run

RUN = Run("made", "1.0", "")
TYPES = {
    "armed_incident": 34, "statement": 24, "deployment": 9, "meeting": 8, "agreement": 6, "coercive_measure": 5,
    "arms_transfer": 5, "military_exercise": 4, "weapons_test": 2, "diplomatic_status": 1.5, "basing": 1, "fact": 0.5,
}
ROLES = {
    "arms_transfer": ("supplier", "recipient", "intermediary"), "military_exercise": ("participant", "host", "adversary"),
    "weapons_test": ("tester", "toward"), "deployment": ("force", "host", "against"), "basing": ("force", "host"),
    "armed_incident": ("initiator", "target", "supporter"), "coercive_measure": ("sender", "target"),
    "agreement": ("party", "body"), "diplomatic_status": ("actor", "toward"), "meeting": ("participant",),
    "statement": ("speaker", "addressee", "about"), "fact": ("subject",),
}
SUBTYPES = ("first", "second", "third", "fourth", "fifth", "sixth")
STATUSES = {"occurred": 70, "planned": 12, "ongoing": 7, "possible": 5, "not_occurred": 4, "denied": 2}
CLASSES = ("missile", "small_arms", "drone", "artillery", "tank", "armoured_vehicle", "aircraft", "warship", "other")
BATCH = 3_000  # articles a transaction
_FIRST, _DAYS = dt.date(2014, 1, 1), 4_018
_BODY = 90  # words of a text


def fill(path: Path, records: int, seed: int = 1) -> None:
    """Add at least so many records to a register, made where it is not there. Another seed makes other articles."""
    made, articles = 0, World(seed).results()
    with Register(path) as register:
        while made < records:
            added = register.add_all(itertools.islice(articles, BATCH), RUN)
            made += sum(one.records for one in added)


class World:
    """The parties, places, outlets and words that the articles draw from."""

    def __init__(self, seed: int) -> None:
        self.seed, self.random = seed, random.Random(seed)
        tables = Tables()
        codes = [row["country"] for row in tables.rows("parties/states.yaml") if row["id"] == f"state:{row['country']}"]
        first = ["UKR", "RUS", "SYR", "USA", "ISR", "AFG", "YEM", "IRQ", "CHN", "IRN", "SDN", "MMR", "PRK", "TWN", "TUR"]
        self.parties = self._parties([*first, *sorted(set(codes) - set(first))])
        self.places = self._places(tables, first)
        self.words = [f"{a}{b}{c}" for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ai", "or")
                      for c in ("ban", "dek", "ling", "mos", "ner", "pic", "ret", "sul", "tan", "vor", "x", "zim")]
        self.words = ["said", "forces", "ministry", "border", "military", "missiles", "howitzers", *self.words]
        self.weights = [2.0, 1.6, 1.2, 0.9, 0.8, 0.3, 0.02, *zipf(len(self.words) - 7)]
        self.outlets = [f"The {word.title()} Post" for word in self.words[7:307]]

    def results(self) -> Iterator[Result]:
        """Articles with their records, without end."""
        cumulative = list(itertools.accumulate(self.weights))
        parties = list(itertools.accumulate(zipf(len(self.parties), 1.1)))
        places = list(itertools.accumulate(zipf(len(self.places), 0.9)))
        outlets = list(itertools.accumulate(zipf(len(self.outlets))))
        for number in itertools.count(1):
            draw = self.random
            text = " ".join(draw.choices(self.words, cum_weights=cumulative, k=_BODY)) + "."
            day = _FIRST + dt.timedelta(days=int(_DAYS * draw.random() ** 0.7))
            article = _article(f"{self.seed}/{number}", text, day, draw.choices(self.outlets, cum_weights=outlets)[0])
            cast = draw.choices(self.parties, cum_weights=parties, k=4)
            scenes = draw.choices(self.places, cum_weights=places, k=2)
            count = draw.choices((0, 1, 2, 3, 4, 5, 6, 8, 12), weights=(14, 18, 18, 15, 12, 9, 7, 5, 2))[0]
            yield Result.model_construct(article=article, problems=(), records=tuple(
                self._record(article, at, day, cast, scenes) for at in range(count)))

    def _record(self, article: Article, at: int, day: dt.date, cast: list[dict[str, Any]],
                scenes: list[dict[str, Any]]) -> Record:
        draw = self.random
        type_ = draw.choices(list(TYPES), weights=list(TYPES.values()))[0]
        status = draw.choices(list(STATUSES), weights=list(STATUSES.values()))[0]
        begin = at * 40
        quote = Quote(start=begin, end=begin + 160, exact=article.text[begin:begin + 160])
        roles = {role: (Party.model_construct(text=quote.exact[:8], start=begin, end=begin + 8, **draw.choice(cast)),)
                 if number == 0 or draw.random() < 0.5 else () for number, role in enumerate(ROLES[type_])}
        armed = type_ in ("arms_transfer", "weapons_test", "armed_incident", "deployment") and draw.random() < 0.4
        name = hashlib.sha256(f"{article.id}{at}".encode()).hexdigest()[:12]
        return Record.model_construct(
            id=f"r_{name}", type=type_, subtype=draw.choice(SUBTYPES), status=status, historical=draw.random() < 0.04,
            roles=roles, materiel=(_materiel(quote, draw.choice(CLASSES)),) if armed else (),
            personnel=None, casualties=Casualties(), time=_time(draw, day, status),
            places=tuple(_place(quote, scene) for scene in scenes[:draw.randint(0, 2)]),
            attribution=(_source(quote, draw.choice(cast)),) if draw.random() < 0.5 else (), recurrence=None,
            quantity=None, instrument=None, relations=(), evidence=(quote,),
            codes={"cameo": "190", "quad": 4, "plover": None}, confidence=round(draw.betavariate(6, 3), 3),
            coder=Coder(name="made", version="1.0", rule=f"{type_}/made"))

    def _parties(self, codes: Sequence[str]) -> list[dict[str, Any]]:
        found = []
        for code in codes:
            for kind, sector, count in (("state", "GOV", 1), ("government_body", "GOV", 4), ("military", "MIL", 4),
                                        ("person", "GOV", 6), ("armed_group", "REB", 2)):
                found += [{"name": f"{code} {kind} {n}", "kind": kind, "country": code, "sector": sector,
                           "id": f"{kind}:{code}-{n}"} for n in range(count)]
        rank = {party["id"]: n // 17 + self.random.random() * 40 for n, party in enumerate(found)}
        return sorted(found, key=lambda party: rank[party["id"]])

    def _places(self, tables: Tables, first: Sequence[str]) -> list[dict[str, Any]]:
        towns = tables.rows("places/towns.tsv")
        rank = {code: n for n, code in enumerate(first)}
        towns.sort(key=lambda row: (rank.get(row["country"], 30) + self.random.random() * 40))
        return [{"name": row["name"], "country": row["country"], "geonameid": int(row["geonameid"]),
                 "admin1": row.get("admin1") or None, "lat": float(row["lat"]), "lon": float(row["lon"]),
                 "precision": "town"} for row in towns if row["geonameid"]]


def zipf(size: int, power: float = 1.0) -> list[float]:
    """Weights that fall with the rank."""
    return [1 / (rank + 3) ** power for rank in range(size)]


def _article(number: str, text: str, day: dt.date, outlet: str) -> Article:
    digest = hashlib.sha256(f"{number} {text}".encode()).hexdigest()
    return Article.model_construct(
        id=digest, text_sha256=digest, source=f"made/{number}.txt", url=None, title=text[:60], author=None,
        publisher=outlet, published=Published.model_construct(value=day.isoformat(), basis="meta"), language="en",
        text=text, blocks=(Block.model_construct(start=0, end=len(text), kind="body"),), duplicate_of=None, extra={})


def _time(draw: random.Random, day: dt.date, status: str) -> EventTime:
    event = day + dt.timedelta(days=draw.randint(1, 120) if status == "planned" else -int(draw.expovariate(0.2)))
    text = event.isoformat()
    if draw.random() < 0.35:
        return EventTime.model_construct(edtf=f"../{day}", latest=day.isoformat(), basis="inferred")
    return EventTime.model_construct(edtf=text, earliest=text, latest=text, basis="stated")


def _materiel(quote: Quote, class_: str) -> Materiel:
    return Materiel.model_construct(text=quote.exact[:8], start=quote.start, end=quote.start + 8, designation=None,
                                    class_=class_, count=Count(), use="used")


def _place(quote: Quote, scene: dict[str, Any]) -> EventPlace:
    return EventPlace.model_construct(text=quote.exact[:8], start=quote.start, end=quote.start + 8, role="site", **scene)


def _source(quote: Quote, who: dict[str, Any]) -> Source:
    return Source.model_construct(text=quote.exact[:8], start=quote.start, end=quote.start + 8, name=who["name"],
                                  country=who["country"], kind=who["kind"], verb="said", quoted=False)
