"""The table sorts by every column: each heading is a link that says so, pages and files follow the same order."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from tocsin.register.sorting import order_names

TYPES = ("arms_transfer", "military_exercise", "armed_incident", "statement", "fact")


def headings(page: str) -> dict[str, tuple[str, str]]:
    """For each column its link and what it says of the order."""
    found = re.findall(r'<th scope="col" class="c-(\w+)"( aria-sort="\w+")?><a href="([^"]+)"', page)
    return {name: (link.replace("&amp;", "&"), sort.strip()) for name, sort, link in found}


@pytest.mark.parametrize("kind", TYPES)
def test_every_heading_is_a_link_that_sorts(web: TestClient, kind: str) -> None:
    page = web.get("/records", params={"type": kind}).text
    columns = re.findall(r'<th scope="col" class="c-(\w+)"', page)
    assert columns
    assert [*headings(page)] == columns
    for name, (link, _) in headings(page).items():
        sorted_page = web.get(link)
        assert sorted_page.status_code == 200
        here = headings(sorted_page.text)
        assert [column for column, (_, sort) in here.items() if sort] == [name]
        turned = web.get(here[name][0])
        assert {here[name][1], headings(turned.text)[name][1]} == {'aria-sort="ascending"', 'aria-sort="descending"'}


def test_words_begin_with_a_and_numbers_with_the_most(web: TestClient) -> None:
    links = {name: link for name, (link, _) in headings(web.get("/records?type=arms_transfer").text).items()}
    assert "ascending=yes" in links["supplier"]
    assert "ascending" not in links["count"]


def test_the_rows_stand_as_the_heading_says(web: TestClient) -> None:
    page = web.get("/records?type=arms_transfer&sort=recipient&ascending=yes&limit=500").text
    cells = re.findall(r'<td class="c-recipient"[^>]*>(.*?)</td>', page, re.DOTALL)
    names = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()).split(" ")[0].casefold() for cell in cells]
    known = [name for name in names if name]
    assert known == sorted(known)
    assert len(set(known)) > 5
    assert names[:len(known)] == known  # what has none comes last


@pytest.mark.parametrize("order", ["supplier", "count", "quote", "sources", "who"])
def test_pages_files_and_programs_follow_one_order(web: TestClient, order: str) -> None:
    for turned in ({}, {"ascending": "yes"}):
        asked: dict[str, Any] = {"sort": order, "party": "RUS", **turned}
        rows = [json.loads(line)["record"]["id"] for line in web.get("/records.jsonl", params=asked).text.splitlines()]
        table = list(csv.DictReader(io.StringIO(web.get("/records.csv", params=asked).text)))
        pages: list[str] = []
        for number in range(1, 1 + -(-len(rows) // 20)):
            given = web.get("/api/v1/records", params=asked | {"limit": 20, "page": number}).json()
            pages += [row["record"]["id"] for row in given["records"]]
        assert pages == rows
        assert [row["record"] for row in table] == rows


def test_the_orders_are_in_the_document(web: TestClient) -> None:
    document = web.get("/api/v1/openapi.json").json()
    parameters = document["paths"]["/api/v1/records"]["get"]["parameters"]
    sort = next(parameter for parameter in parameters if parameter["name"] == "sort")
    assert set(order_names()) <= set(sort["schema"]["enum"])
    assert {"supplier", "count", "where", "sources"} <= set(order_names())


def test_an_order_that_is_none_is_told(web: TestClient) -> None:
    answer = web.get("/api/v1/records", params={"sort": "beauty"})
    assert answer.status_code == 400
    assert "supplier" in answer.json()["message"]
