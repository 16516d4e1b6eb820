"""Views: the address says all, filters mean what the register says, exports hold exactly what is seen."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tocsin.coding.matching.frames import FrameSet
from tocsin.errors import UsageError
from tocsin.export.csv import lines
from tocsin.knowledge.loader import Tables
from tocsin.register import Filters, Register
from tocsin.web.asked import FILTERS, PARAMETERS, Asked, parse
from tocsin.web.columns import cells, choice, columns_of
from tocsin.web.facets import facets
from tocsin.web.library import opened

VIEWS: list[dict[str, Any]] = [
    {}, {"type": "arms_transfer"}, {"type": ("arms_transfer", "basing")}, {"party": ("RUS", "UKR")},
    {"party": "supplier=DEU"}, {"words": "missile -drone"}, {"since": "2022", "until": "2022-06"}, {"place": "Ukraine"},
    {"reported_since": "2023"}, {"status": ("planned", "possible")}, {"min_confidence": 0.7}, {"historical": True},
    {"historical": False, "subtype": "delivery"}, {"materiel": "uav"}, {"said_by": "RUS"}, {"box": (33.0, 35.0, 52.0, 43.0)},
    {"outlet": "The Pamir Dispatch (fictional)"}, {"role": "host"},
]
SORTS = [("published", False), ("when", True), ("confidence", False), ("added", True)]


def query(view: dict[str, Any], sort: str = "published", ascending: bool = False) -> str:
    return Asked(Filters.of(**view), sort, ascending).query()  # type: ignore[arg-type]


def found(demo: Path, view: dict[str, Any], sort: str = "published", ascending: bool = False) -> list[str]:
    with Register(demo, read_only=True) as register:
        return [row.data["id"] for row in register.find(sort=sort, ascending=ascending, **view)]  # type: ignore[arg-type]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_view_holds_what_the_register_finds(web: TestClient, demo: Path, view: dict[str, Any]) -> None:
    answer = web.get(f"/api/v1/records?{query(view)}&limit=500").json()
    assert [row["record"]["id"] for row in answer["records"]] == found(demo, view)
    assert answer["total"] == len(answer["records"])


@pytest.mark.parametrize(("sort", "ascending"), SORTS)
@pytest.mark.parametrize("view", VIEWS[:4], ids=str)
def test_an_export_is_the_view(web: TestClient, demo: Path, view: dict[str, Any], sort: str, ascending: bool) -> None:
    asked = query(view, sort, ascending)
    table = web.get(f"/records.csv?{asked}")
    with Register(demo, read_only=True) as register:
        rows = list(register.find(sort=sort, ascending=ascending, **view))  # type: ignore[arg-type]
        assert table.content.decode() == "".join(lines(rows))
    assert "attachment" in table.headers["content-disposition"]
    objects = [json.loads(line) for line in web.get(f"/records.jsonl?{asked}").text.splitlines()]
    assert [(one["record"], one["article"]["id"]) for one in objects] == [(row.data, row.article.id) for row in rows]


def test_of_picked_records_these_are_exported(web: TestClient, demo: Path) -> None:
    ids = found(demo, {})[3:6]
    table = web.get("/records.csv", params={"record": ids, "type": "basing"})
    assert [line["record"] for line in csv.DictReader(io.StringIO(table.text))] == ids
    assert web.get("/records.csv?record=r_nothing").status_code == 404


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_feed_is_the_view(web: TestClient, demo: Path, view: dict[str, Any]) -> None:
    answer = web.get(f"/records.atom?{query(view)}")
    root = ElementTree.fromstring(answer.text)
    atom = "{http://www.w3.org/2005/Atom}"
    ids = [entry.findtext(f"{atom}id", "").rpartition(":")[2] for entry in root.findall(f"{atom}entry")]
    assert ids == found(demo, view)[:50]
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert all(entry.findtext(f"{atom}updated") for entry in root.findall(f"{atom}entry"))


@pytest.mark.parametrize("view", [{}, {"type": "arms_transfer", "party": "RUS"}, {"since": "2022", "until": "2022"},
                                  {"since": "2021", "until": "2022-06"},
                                  {"status": "planned", "place": "UKR"}], ids=str)
def test_a_count_beside_a_filter_is_what_a_click_shows(demo: Path, view: dict[str, Any]) -> None:
    asked = Asked(Filters.of(**view))
    with opened(demo) as library, library.counting() as db:
        for facet in facets(db, asked):
            for one in facet.values:
                alone: dict[str, Any] = {"since": one.value, "until": one.value} if facet.name == "year" else {
                    facet.name: (*asked.filters.party, one.value) if facet.name == "party" else (one.value,)}
                assert library.register.find(asked.only(**alone).filters, limit=0).total == one.count, (facet.name, one)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
MANY = st.lists(TEXTS, max_size=3, unique=True).map(tuple)
DAYS = st.none() | st.sampled_from(["2021", "2021-02", "2021-02-28"])
FILTER_VALUES = st.builds(
    Filters, words=st.none() | TEXTS, type=MANY, subtype=MANY, party=MANY, role=MANY, place=MANY, materiel=MANY,
    said_by=MANY, outlet=MANY, since=DAYS, until=DAYS, reported_since=DAYS, reported_until=DAYS,
    status=st.lists(st.sampled_from(["planned", "denied"]), max_size=2, unique=True).map(tuple),
    min_confidence=st.none() | st.sampled_from([0.25, 0.5]), historical=st.none() | st.booleans(),
    box=st.none() | st.just((33.0, 35.5, 37.0, 43.0)), article=st.none() | TEXTS,
    copies_of=st.none() | TEXTS)
ASKED = st.builds(Asked, FILTER_VALUES, st.sampled_from(["published", "when", "confidence", "added"]), st.booleans(),
                  st.integers(1, 9), st.integers(1, 500), st.sampled_from([(), ("when", "quote")]))


@given(ASKED)
def test_any_view_survives_its_own_address(asked: Asked) -> None:
    from urllib.parse import parse_qsl

    assert parse(parse_qsl(asked.query(), keep_blank_values=True)) == asked
    assert parse(asked.pairs()) == asked


def test_every_filter_of_the_register_is_a_parameter() -> None:
    from dataclasses import fields

    assert {parameter.name for parameter in FILTERS} == {field.name for field in fields(Filters)}


@pytest.mark.parametrize("pair", [("colour", "red"), ("status", "gone"), ("page", "0"), ("page", "x"), ("limit", "501"),
                                  ("since", "soon"), ("until", "2021-02-30"), ("since", "0000"),
                                  ("until", "2023-02-29"), ("box", "1,2"), ("sort", "size"), ("historical", "maybe"),
                                  ("min_confidence", "much"), ("min_confidence", "2"), ("limit", "٣")])
def test_what_cannot_be_asked_is_refused_with_advice(web: TestClient, pair: tuple[str, str]) -> None:
    with pytest.raises(UsageError):
        parse([pair])
    answer = web.get("/api/v1/records", params=[pair])
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert pair[1] in answer.json()["message"] or pair[0] in answer.json()["message"]


def test_every_type_has_columns_and_every_column_is_known(demo: Path) -> None:
    table = Tables().mapping("web/columns.yaml")
    types = FrameSet(Tables()).types
    assert set(types) == set(table) - {"any", "choice", "sorts"}
    for name, spec in types.items():
        roles = set(spec.roles)
        assert set(table[name]) <= set(table["choice"]) | roles, name
    assert set(table["sorts"]) <= set(table["choice"])
    with Register(demo, read_only=True) as register:
        from tocsin.knowledge.words import words

        for kind in types:
            asked = parse([("type", kind)])
            for row in register.find(asked.filters):
                assert [cell.column for cell in cells(row, columns_of(asked), words())] == list(columns_of(asked))
                cells(row, choice(asked), words())


def test_a_click_on_any_cell_keeps_its_row(demo: Path) -> None:
    from tocsin.knowledge.words import words

    with Register(demo, read_only=True) as register:
        for row in list(register.find())[::7]:
            for cell in cells(row, choice(Asked()), words()):
                for part in cell.parts:
                    asked = parse(list(part.sets))
                    if part.sets:
                        assert row.data["id"] in {one.data["id"] for one in register.find(asked.filters)}, part


def test_parameters_have_names_of_their_own() -> None:
    assert len(PARAMETERS) == len(FILTERS) + 5
