"""FollowTheMoney entities: records as Events, articles as Articles, named parties as people and bodies; one a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from tocsin.export.lookups import code_of
from tocsin.export.parts import sides
from tocsin.export.phrases import fields, heading
from tocsin.export.shapes import Dict, quotes, same_day, table
from tocsin.knowledge.words import words
from tocsin.register import Row


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Entities as JSON lines, each once, an article and the parties before the events that name them."""
    given: set[str] = set()
    for row in rows:
        for entity in (_article(row), *_parties(row.data), _event(row)):
            if entity["id"] not in given:
                given.add(entity["id"])
                yield json.dumps(entity, ensure_ascii=False, separators=(",", ":")) + "\n"


def _entity(key: str, schema: str, **properties: Sequence[str | None]) -> Dict:
    kept = {name: [one for one in values if one] for name, values in properties.items()}
    return {"id": hashlib.sha1(f"tocsin|{key}".encode()).hexdigest(), "schema": schema,
            "properties": {name: values for name, values in kept.items() if values}}


def _article(row: Row) -> Dict:
    article, more = row.article, row.cited
    language = more.language if more and more.language and len(more.language) == 3 else None
    return _entity(article.id, "Article", title=[article.title], author=[more.author if more else None],
                   publisher=[article.publisher], publishedAt=[article.published], sourceUrl=[article.url],
                   language=[language], fileName=[article.source])


def _schema(party: Dict) -> str | None:
    schemas: dict[str, str] = table("ftm")["schemas"]
    return schemas.get(party["kind"])


def _party(party: Dict) -> Dict:
    schema = _schema(party) or "LegalEntity"
    country = code_of(party["country"], "iso2")
    return _entity(f"{schema}|{party['id'] or party['name']}|{party['country'] or ''}", schema, name=[party["name"]],
                   country=[country.lower() if country else None])


def _parties(record: Dict) -> Iterator[Dict]:
    for parties in record["roles"].values():
        yield from (_party(party) for party in parties if _schema(party))


def _event(row: Row) -> Dict:
    record, say = row.data, words()
    acting, _ = sides(record)
    every = [party for parties in record["roles"].values() for party in parties]
    organizers = list(dict.fromkeys(_party(one)["id"] for one in acting if _schema(one)))
    involved = dict.fromkeys(_party(one)["id"] for one in every if _schema(one))
    day, time = same_day(record), record["time"]
    countries = [code_of(place["country"], "iso2") for place in record["places"]]
    who = [f"{say.name('role', role)}: {party['name']}" for role, parties in record["roles"].items() for party in parties]
    notes = [f"{field.label}: {field.text}" for field in fields(row.record, say) if field.group in ("what", "source")]
    notes += [f"{say.name('kind', one['kind'])}: {one['name']}" for one in every if not _schema(one)]
    parties = ", ".join(dict.fromkeys(party["name"] for party in every))
    return _entity(
        f"{row.article.id}|{record['id']}", "Event",
        name=[f"{say.name('status', record['status'])}: {', '.join(heading(row.record, say))} ({parties})"],
        organizer=organizers, involved=[one for one in involved if one not in organizers],
        date=[day.isoformat() if day else None], startDate=[time["earliest"]], endDate=[time["latest"]],
        location=list(dict.fromkeys(place["name"] for place in record["places"])),
        country=list(dict.fromkeys(one.lower() for one in countries if one)), summary=["; ".join(who)],
        description=[quotes(record)], notes=list(dict.fromkeys(notes)),
        keywords=[f"{slot}:{record[slot]}" for slot in ("type", "subtype", "status") if record[slot]],
        recordId=[record["id"]], proof=[_article(row)["id"]], sourceUrl=[row.article.url], publisher=[row.article.publisher])
