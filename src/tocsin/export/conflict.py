"""Armed incidents in the shape of ACLED and of the UCDP Georeferenced Event Dataset.

Where these want a number, a side or a place that the record does not have, the cell stays empty or the record is left out:
an unknown toll is not 0, a country is not its middle.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tocsin.export.lookups import code_of, country_names
from tocsin.export.shapes import Dict, Shape, Unfit, days, quotes, source
from tocsin.register import Row


def _acled(row: Row, table: Dict) -> list[Dict]:
    record = row.data
    _incident(record)
    kind = _kind(record, table)
    first, second = _sides(record, table)
    day, precision = _day(record, table)
    place, exact = _place(record, table)
    inter = [_inter(side, place["country"], table) for side in (first, second)]
    killed = record["casualties"]["killed"]
    civilians = bool(second) and all(party["kind"] in table["civilian"] for party in second)
    return [{
        "event_id_cnty": record["id"], "event_date": day.isoformat(), "year": day.year, "time_precision": precision,
        "disorder_type": table["disorder_type"], **kind,
        "actor1": first[0]["name"], "assoc_actor_1": _others(first), "inter1": inter[0],
        "actor2": second[0]["name"] if second else None, "assoc_actor_2": _others(second), "inter2": inter[1],
        "interaction": "-".join(one for one in inter if one) if all(inter) else None,
        "civilian_targeting": table["civilian_targeting"] if civilians else None,
        "iso": code_of(place["country"], "number"), "country": country_names().get(place["country"]),
        "admin1": _province(place), "location": place["name"], "latitude": place["lat"], "longitude": place["lon"],
        "geo_precision": exact, "source": row.article.publisher, "notes": quotes(record),
        "fatalities": killed["min"] if killed else None}]


def _incident(record: Dict) -> None:
    if record["type"] != "armed_incident":
        raise Unfit("type")
    if record["status"] != "occurred":
        raise Unfit("status")


def _kind(record: Dict, table: Dict) -> Dict:
    """Event type and sub-event; what an attack is goes by who was hit."""
    kind = table["subtypes"].get(record["subtype"] or "")
    if kind is not None and "battle" in kind:
        hit = {party["kind"] for party in record["roles"]["target"]}
        kind = next((kind[name] for name, kinds in (("battle", "armed"), ("civilians", "civilian"))
                     if hit and hit <= set(table[kinds])), None)
    if kind is None:
        raise Unfit("kind")
    return {"event_type": kind["event_type"], "sub_event_type": kind["sub_event_type"]}


def _sides(record: Dict, table: Dict) -> tuple[list[Dict], list[Dict]]:
    """The two sides; of a clash in which all are said to have fought, one each."""
    began, hit = list(record["roles"]["initiator"]), list(record["roles"]["target"])
    if not began:
        raise Unfit("actor")
    if record["subtype"] == "clash" and not hit and len(began) > 1:
        if len(began) > 2:
            raise Unfit("sides")
        return began[:1], began[1:]
    return began, hit


def _others(side: Sequence[Dict]) -> str | None:
    return "; ".join(party["name"] for party in side[1:]) or None


def _inter(side: Sequence[Dict], country: str, table: Dict) -> str | None:
    if not side:
        return None
    known = table["inter"].get(side[0]["kind"])
    is_state = known == table["inter"]["state"]
    return str(table["abroad"]) if is_state and side[0]["country"] != country else known


def _day(record: Dict, table: Dict) -> tuple[dt.date, int]:
    known = days(record)
    if known is None:
        raise Unfit("day")
    first, last = known
    span = (last - first).days + 1
    if span <= table["week"]:
        return first, 1 if span == 1 else 2
    if (first.year, first.month) == (last.year, last.month):
        return first, 3
    raise Unfit("day")


def _place(record: Dict, table: Dict) -> tuple[Dict, int]:
    place = record["places"][0] if record["places"] else None
    exact = table["geo_precision"].get(place["precision"]) if place else None
    if place is None or exact is None or place["lat"] is None or place["country"] not in country_names():
        raise Unfit("place")
    return place, max(exact, table["near"]) if place["role"] == "near" else exact


def _province(place: Dict) -> str | None:
    """The province by name; a number is a code of GeoNames."""
    if place["precision"] == "province":
        return str(place["name"])
    return place["admin1"] if place["admin1"] and not place["admin1"].isdigit() else None


def _ucdp(row: Row, table: Dict) -> list[Dict]:
    record, article = row.data, row.article
    _incident(record)
    killed = record["casualties"]["killed"]
    if killed is None or not killed["min"]:
        raise Unfit("deaths")
    violence, a, b = _violence(record, table)
    first, last, precision = _period(record, table)
    place = record["places"][0] if record["places"] else None
    if place is None or place["country"] not in country_names() or place["precision"] not in table["where_prec"]:
        raise Unfit("place")
    exact = table["where_prec"][place["precision"]]
    best = killed["min"] if killed["kind"] == "exact" and killed["min"] == killed["max"] else None
    told = record["attribution"]
    return [{
        "id": record["id"], "year": first.year, "type_of_violence": violence, "dyad_name": f"{a} - {b}", "side_a": a,
        "side_b": b, "number_of_sources": 1, "source_article": source(row), "source_office": article.publisher,
        "source_date": article.published, "source_headline": article.title,
        "source_original": told[0]["name"] if told else None,
        "where_prec": max(exact, table["near"]) if place["role"] == "near" else exact,
        "where_coordinates": place["name"], "where_description": place["text"], "adm_1": _province(place),
        "latitude": place["lat"], "longitude": place["lon"], "country": country_names()[place["country"]],
        "date_prec": precision, "date_start": first.isoformat(), "date_end": last.isoformat(),
        "deaths_unknown": best, "best": best, "high": killed["max"], "low": killed["min"]}]


def _violence(record: Dict, table: Dict) -> tuple[int, str, str]:
    """Type of violence and the two sides, a state before a group."""
    first, second = _sides(record, table) if record["roles"]["initiator"] else ([], [])
    kinds = [_class(side, table) for side in (first, second)]
    types = table["types"]
    if kinds[0] in ("state", "group") and kinds[1] == "civilian":
        return types["one_sided"], _side(first, kinds[0], table), table["civilians"]
    if None in kinds or "civilian" in kinds:
        raise Unfit("sides")
    a, b = (second, first) if kinds == ["group", "state"] else (first, second)
    violence = types["non_state"] if kinds == ["group", "group"] else types["state_based"]
    names = _side(a, _class(a, table), table), _side(b, _class(b, table), table)
    if names[0] == names[1]:
        raise Unfit("sides")
    return violence, *names


def _class(side: Sequence[Dict], table: Dict) -> str | None:
    found = {next((name for name in ("state", "group", "civilian") if party["kind"] in table[name]), None)
             for party in side}
    return found.pop() if len(found) == 1 else None


def _side(side: Sequence[Dict], kind: str | None, table: Dict) -> str:
    """A side by name; states as governments."""
    if kind != "state":
        return "; ".join(dict.fromkeys(str(party["name"]) for party in side))
    names = [country_names().get(party["country"] or "") for party in side]
    if None in names:
        raise Unfit("sides")
    return "; ".join(dict.fromkeys(table["government"].format(country=name) for name in names))


def _period(record: Dict, table: Dict) -> tuple[dt.date, dt.date, int]:
    known = days(record)
    if known is None:
        raise Unfit("day")
    span = (known[1] - known[0]).days + 1
    for most, precision in table["date_prec"]:
        if span <= most:
            return known[0], known[1], int(precision)
    raise Unfit("day")


ACLED, UCDP = Shape("acled", _acled), Shape("ucdp", _ucdp)
