"""The formats of ``tocsin export`` in the browser: each is offered, gives the view, and tells what it leaves out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tocsin.export.exporters import EXPORTERS
from tocsin.export.trade import SIPRI
from tocsin.register import Register


def test_the_page_offers_every_format_that_is_installed(web: TestClient) -> None:
    page = web.get("/records?type=arms_transfer").text
    for name, exporter in EXPORTERS.items():
        assert (f'href="/records.{name}?type=arms_transfer"' in page) == exporter.installed, name
        assert (f'href="/records.{name}.left-out?type=arms_transfer"' in page) == (exporter.unfit is not None), name


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_download_is_the_view_with_a_name_and_a_type(web: TestClient, demo: Path, name: str) -> None:
    exporter = EXPORTERS[name]
    answer = web.get(f"/records.{name}?type=arms_transfer")
    if not exporter.installed:
        assert (answer.status_code, f"tocsin[{exporter.extra}]" in answer.text) == (400, True)
        return
    assert answer.headers["content-disposition"] == f'attachment; filename="tocsin{exporter.ending}"'
    assert answer.headers["content-type"] == exporter.media_type
    with Register(demo, read_only=True) as register:
        parts = exporter.lines(register.find(type="arms_transfer"))
        assert answer.content == b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    told = web.get(f"/records.{name}.dictionary")
    assert told.text == exporter.dictionary()


def test_what_does_not_fit_is_told_record_by_record(web: TestClient, demo: Path) -> None:
    left = list(csv.DictReader(io.StringIO(web.get("/records.sipri.left-out?type=arms_transfer").text)))
    with Register(demo, read_only=True) as register:
        rows = list(register.find(type="arms_transfer"))
    assert [(line["record"], line["reason"]) for line in left] == [
        (row.data["id"], SIPRI.unfit(row)) for row in rows if SIPRI.unfit(row)]
    assert 0 < len(left) < len(rows)


def test_picked_records_go_into_any_format(web: TestClient, demo: Path) -> None:
    with Register(demo, read_only=True) as register:
        ids = [row.data["id"] for row in register.find(limit=3)]
    found = json.loads(web.get("/records.geojson", params={"record": ids}).text)
    assert [one["id"] for one in found["features"]] == ids
