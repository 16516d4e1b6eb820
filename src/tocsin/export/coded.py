"""Coded events: PLOVER JSON lines and GDELT-style rows, with the codes of the record (docs/crosswalks.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tocsin.export import csv
from tocsin.export.lookups import code_of, country_names
from tocsin.export.parts import is_mutual, pair, sides
from tocsin.export.shapes import Dict, Shape, Unfit, columns, days, quotes, same_day
from tocsin.register import Row

_KOSOVO = {"XKX": "KOS"}  # what PLOVER calls it


def _plover(row: Row, table: Dict) -> list[Dict]:
    record, article = row.data, row.article
    code = record["codes"].get("plover")
    if not code:
        raise Unfit("code")
    acting, upon = sides(record)
    if not upon and is_mutual(record) and code["event"] in table["mutual"] and len(acting) > 1:
        upon = acting
    if not acting:
        raise Unfit("actor")
    if not upon and code["event"] in table["needs_recipient"]:
        raise Unfit("recipient")
    known = days(record)
    if known is None:
        raise Unfit("day")
    tolls = record["casualties"]
    size = {name: tolls[slot]["min"] for name, slot in (("dead", "killed"), ("injured", "wounded"), ("arrested", "captured"))
            if tolls[slot] and tolls[slot]["min"] is not None}
    coder = record["coder"]
    found = {
        "id": record["id"], "date": known[0].isoformat(),
        "enddate": known[1].isoformat() if known[1] != known[0] else None,
        "event": [code["event"]], "mode": [code["mode"]] if code["mode"] else [], "context": list(code["context"]),
        "quad_code": record["codes"].get("quad"), "actor": [_entity(one) for one in acting],
        "recipient": [_entity(one) for one in upon], "event_loc": _location(record, table), "size": size or None,
        "text": quotes(record), "text_info": [{"start": one["start"], "end": one["end"]} for one in record["evidence"]],
        "cite_info": {"title": article.title, "url": article.url, "publication": article.publisher,
                      "date": article.published},
        "coder": f"{coder['name']} {coder['version']} {coder['rule']}",
        "comment": "historical" if record["historical"] else None}
    return [{name: value for name, value in found.items() if value is not None}]


def _entity(party: Dict) -> Dict:
    code = _KOSOVO.get(party["country"] or "", party["country"])
    return {"code": code, "sector": party["sector"], "entity_text": party["name"], "identifier_text": party["id"]}


def _location(record: Dict, table: Dict) -> Dict | None:
    if not record["places"]:
        return None
    place = record["places"][0]
    return {"extracted_place": place["text"], "resolved_place": place["name"], "geonameid": place["geonameid"],
            "lat": place["lat"], "lon": place["lon"], "province": place["admin1"],
            "country_code": _KOSOVO.get(place["country"] or "", place["country"]),
            "resolution": table["precision"].get(place["precision"])}


def plover_lines(rows: Iterable[Row]) -> Iterator[str]:
    """One event a line."""
    for one in PLOVER.made(rows):
        yield json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n"


def _gdelt(row: Row, table: Dict) -> list[Dict]:
    record = row.data
    cameo, day = record["codes"].get("cameo"), same_day(record)
    if not cameo:
        raise Unfit("code")
    first, second = pair(record)
    if first is None and second is None:
        raise Unfit("actor")
    if day is None:
        raise Unfit("day")
    found: Dict = {
        "GLOBALEVENTID": int(record["id"].removeprefix("r_"), 16), "SQLDATE": f"{day:%Y%m%d}", "MonthYear": f"{day:%Y%m}",
        "Year": day.year, "FractionDate": f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
        "EventCode": cameo, "EventBaseCode": cameo[:3], "EventRootCode": cameo[:2],
        "QuadClass": record["codes"].get("quad"), "NumMentions": 1 + len(row.article.copies), "NumSources": 1,
        "NumArticles": 1 + len(row.article.copies), "SOURCEURL": row.article.url or row.article.source}
    for number, party in ((1, first), (2, second)):
        if party is not None:
            found.update({f"Actor{number}{name}": value for name, value in _actor(party).items()})
    return [found | _geo(record, table)]


def _actor(party: Dict) -> Dict:
    country = party["country"] if party["country"] != "IGO" else None
    kind = "IGO" if party["country"] == "IGO" else party["sector"]
    return {"Code": f"{country or ''}{kind or ''}" or None, "Name": party["name"], "CountryCode": country, "Type1Code": kind}


def _geo(record: Dict, table: Dict) -> Dict:
    place = record["places"][0] if record["places"] else None
    kinds = table["geo_usa" if place and place["country"] == "USA" else "geo"]
    if place is None or place["precision"] not in kinds:
        return {}
    country = country_names().get(place["country"] or "")
    name = place["name"] if place["precision"] == "country" or not country else f"{place['name']}, {country}"
    return {"ActionGeo_Type": kinds[place["precision"]], "ActionGeo_FullName": name,
            "ActionGeo_CountryCode": code_of(place["country"], "fips"), "ActionGeo_Lat": place["lat"],
            "ActionGeo_Long": place["lon"]}


def gdelt_lines(rows: Iterable[Row]) -> Iterator[str]:
    """One event a line, tab-separated, without a heading."""
    heads = columns("gdelt")
    for one in GDELT.made(rows):
        yield "\t".join(_plain(one.get(name)) for name in heads) + "\n"


def _plain(value: Any) -> str:
    """A cell without tabs and line ends, which no spreadsheet takes for a formula; numbers stay as they are."""
    if not isinstance(value, str):
        return "" if value is None else str(value)
    return csv.safe(" ".join(value.split()))


PLOVER, GDELT = Shape("plover", _plover), Shape("gdelt", _gdelt)
