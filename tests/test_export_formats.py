"""Every format holds exactly the filtered view, is read by its own public reader, and loses nothing that it can carry."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.export.exporters import EXPORTERS, lines_of
from tocsin.export.shapes import LeftOut
from tocsin.model import Record
from tocsin.register import Register, Row
from toy import toy_result

VIEWS: list[dict[str, Any]] = [
    {}, {"type": "arms_transfer"}, {"type": "armed_incident", "status": "occurred"}, {"party": "RUS"}, {"type": "fact"},
    {"status": "denied"}, {"historical": True}, {"words": "missile"}, {"outlet": "nobody"},
]
SORTS = [("published", False), ("when", True), ("confidence", False)]


def written(name: str, rows: Any, left: LeftOut | None = None) -> bytes:
    exporter = EXPORTERS[name]
    for package in [exporter.package] if exporter.package else []:
        pytest.importorskip(package)
    parts = [part.encode() if isinstance(part, str) else part for part in lines_of(exporter, rows, left)]
    return b"".join(parts)


def rows_of(demo: Path, view: dict[str, Any], sort: str = "published", ascending: bool = False) -> list[Row]:
    with Register(demo, read_only=True) as register:
        return list(register.find(sort=sort, ascending=ascending, **view))


def objects(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines() if line]


def table(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


def parquet_rows(data: bytes) -> list[dict[str, Any]]:
    reader = pytest.importorskip("pyarrow.parquet")
    return list(reader.read_table(io.BytesIO(data)).to_pylist())


def sheet_rows(data: bytes) -> list[tuple[Any, ...]]:
    openpyxl = pytest.importorskip("openpyxl")
    return list(openpyxl.load_workbook(io.BytesIO(data), read_only=True)["records"].iter_rows(values_only=True))


def unique(ids: list[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def gdelt_ids(data: bytes) -> list[str]:
    return [f"r_{int(line.split(chr(9))[0]):012x}" for line in data.decode().splitlines()]


def bundle(data: bytes) -> list[dict[str, Any]]:
    return list(json.loads(data)["objects"])


def stix_records(data: bytes) -> list[dict[str, Any]]:
    return [value["record"] for one in bundle(data) for value in one.get("extensions", {}).values()]


READ: dict[str, Callable[[bytes], list[str]]] = {
    "csv": lambda data: [line["record"] for line in table(data)],
    "jsonl": lambda data: [line["record"]["id"] for line in objects(data)],
    "parquet": lambda data: [row["record"] for row in parquet_rows(data)],
    "xlsx": lambda data: [str(row[0]) for row in sheet_rows(data)[1:]],
    "geojson": lambda data: [one["id"] for one in json.loads(data)["features"]],
    "sitrep": lambda data: re.findall(r'<article id="(\w+)"', data.decode()),
    "ris": lambda data: re.findall(r"^KW  - (\w+)", data.decode(), re.MULTILINE),
    "bibtex": lambda data: re.findall(r"r\\_\w+", data.decode()),
    "stix": lambda data: [one["id"] for one in stix_records(data)],
    "ftm": lambda data: [one["properties"]["recordId"][0] for one in objects(data) if one["schema"] == "Event"],
    "annotations": lambda data: [one["id"].split(":")[-1] for one in json.loads(data)["first"]["items"]],
    "plover": lambda data: [one["id"] for one in objects(data)],
    "gdelt": gdelt_ids,
    "acled": lambda data: [line["event_id_cnty"] for line in table(data)],
    "ucdp": lambda data: [line["id"] for line in table(data)],
    "sipri": lambda data: unique([line["Record"] for line in table(data)]),
    "unroca": lambda data: unique([line["Record"] for line in table(data)]),
}
IN_ORDER = set(READ) - {"sitrep", "ris", "bibtex"}  # these group the records, by type or by article


def test_every_format_is_read_here() -> None:
    assert set(READ) == set(EXPORTERS)


@pytest.mark.parametrize("name", READ)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(view=st.sampled_from(VIEWS), order=st.sampled_from(SORTS))
def test_a_format_holds_exactly_the_view(demo: Path, name: str, view: dict[str, Any], order: tuple[str, bool]) -> None:
    rows, left = rows_of(demo, view, *order), LeftOut()
    found = [one.replace("\\", "") for one in READ[name](written(name, rows, left))]
    out = {line[0] for line in left.rows}
    wanted = [row.data["id"] for row in rows if row.data["id"] not in out]
    assert found == wanted if name in IN_ORDER else sorted(found) == sorted(wanted)
    assert len(wanted) + len(left.rows) == len(rows)
    assert left.rows == [] or EXPORTERS[name].unfit is not None


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_same_view_gives_the_same_bytes(demo: Path, name: str) -> None:
    rows = rows_of(demo, {"type": ("arms_transfer", "armed_incident")})
    assert written(name, rows) == written(name, iter(rows))


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_format_holds_a_text_unless_asked(tmp_path: Path, name: str) -> None:
    """A sentence of the article that no record rests on is in no export."""
    kept = "Nobody should find this sentence."
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result(f"Russia gives Mali 12 tanks in Gao on 2021-09-13.\n{kept}"))
        rows = list(register.find())
        data = written(name, rows)
        assert kept.encode() not in data
        with_text = EXPORTERS[name].with_text
        if with_text is not None:
            texts = "".join(str(part) for part in with_text(rows, lambda one: register.article(one).text))
            assert kept in texts


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_dictionary_says_what_every_column_is(demo: Path, name: str) -> None:
    told = EXPORTERS[name].dictionary()
    if name == "jsonl":
        assert json.loads(told)["title"]
        return
    lines = table(told.encode())
    assert all(line["column"] and line["type"] and line["meaning"] for line in lines)
    named = {line["column"] for line in lines}
    data = written(name, rows_of(demo, {}))
    if name in ("csv", "acled", "ucdp", "sipri", "unroca"):
        assert set(data.decode().split("\r\n")[0].split(",")) <= named
    if name == "plover":
        assert {key for one in objects(data) for key in one} <= named
    if name == "parquet":
        assert set(parquet_rows(data)[0]) <= named
    if name == "gdelt":
        assert {len(line.split("\t")) for line in data.decode().splitlines()} == {61}
        assert sum(line["type"] in ("number", "text") for line in lines) == 61


def records(rows: list[Row]) -> list[Record]:
    return [row.record for row in rows]


def test_whole_records_come_back(demo: Path) -> None:
    rows = rows_of(demo, {})
    wanted = records(rows)
    back = {
        "jsonl": [line["record"] for line in objects(written("jsonl", rows))],
        "stix": stix_records(written("stix", rows)),
        "annotations": [one["body"][-1]["value"] for one in json.loads(written("annotations", rows))["first"]["items"]],
    }
    for name, found in back.items():
        assert [Record.model_validate(one) for one in found] == wanted, name


def test_parquet_is_typed_and_brings_whole_records_back(demo: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    reader = pytest.importorskip("pyarrow.parquet")
    rows = rows_of(demo, {})
    file = io.BytesIO(written("parquet", rows))
    schema = reader.read_schema(file)
    assert schema.field("earliest").type == arrow.date32()
    assert schema.field("killed_min").type == arrow.int64()
    assert schema.field("latitude").type == arrow.float64()
    assert schema.field("supplier").type == arrow.list_(arrow.string())
    assert schema.metadata[b"about.record"]
    back = reader.read_table(file)["contract"].to_pylist()
    assert [Record.model_validate(json.loads(one)["record"]) for one in back] == records(rows)


def test_excel_holds_the_cells_of_the_csv_and_no_formula(tmp_path: Path, demo: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = rows_of(demo, {})
    heads, *sheet = sheet_rows(written("xlsx", rows))
    for cells, line in zip(sheet, table(written("csv", rows)), strict=True):
        for name, cell in zip(heads, cells, strict=True):
            text = "" if cell is None else str(cell)
            assert text == line[str(name)] or float(text) == float(line[str(name)]), name
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result("Russia gives Mali 12 tanks in Gao on 2021-09-13.", title="=1+1", publisher="\x00@SUM(A1)"))
        book = openpyxl.load_workbook(io.BytesIO(written("xlsx", list(register.find()))))
    cells = {cell.value: cell.data_type for row in book["records"].iter_rows() for cell in row}
    assert cells["=1+1"] == "s"
    assert cells["\ufffd@SUM(A1)"] == "s"
    assert book.sheetnames == ["records", "dictionary"]


def test_geojson_is_valid_and_has_no_point_that_the_register_has_not(demo: Path) -> None:
    geojson = pytest.importorskip("geojson")
    rows = rows_of(demo, {})
    found = geojson.loads(written("geojson", rows).decode())
    assert found.is_valid
    for feature, row in zip(found["features"], rows, strict=True):
        place = row.data["places"][0] if row.data["places"] else None
        if place is None or place["precision"] in ("country", "region", "sea", "border"):
            assert feature["geometry"] is None
        else:
            assert (feature["geometry"] is None) == (place["lat"] is None)
        if feature["geometry"] is not None:
            assert feature["geometry"]["coordinates"] == [place["lon"], place["lat"]]
    points = [one for one in found["features"] if one["geometry"]]
    assert 0 < len(points) < len(rows)


def test_stix_passes_its_validator(demo: Path) -> None:
    validator = pytest.importorskip("stix2validator")
    data = written("stix", rows_of(demo, {"reported_since": "2023"}))
    told = validator.validate_instance(json.loads(data), validator.ValidationOptions(version="2.1"))
    assert told.is_valid, told.errors
    warned = {match for one in told.warnings or [] for match in re.findall(r"\{(\d+)\}", str(one))}
    assert warned <= {"103"}  # ids made from what an object is are UUIDs of version 5


def test_stix_says_what_a_record_claims_and_who_plays_what(demo: Path) -> None:
    rows = rows_of(demo, {"type": "arms_transfer"})
    found = bundle(written("stix", rows))
    by_id = {one["id"]: one for one in found}
    ties = [(by_id[one["source_ref"]], one["description"], by_id[one["target_ref"]])
            for one in found if one["type"] == "relationship"]
    for row in rows:
        incident = next(one for one in found if row.data["id"] in json.dumps(one.get("extensions", {})))
        assert row.data["status"].replace("_", "-") in incident["labels"]
        for role in ("supplier", "recipient"):
            assert ({party["name"] for party in row.data["roles"][role]}
                    == {target["name"] for one, named, target in ties if one is incident and named == role})


def test_follow_the_money_entities_pass_its_model(demo: Path) -> None:
    model = pytest.importorskip("followthemoney").model
    rows = rows_of(demo, {})
    found = objects(written("ftm", rows))
    known = {one["id"]: model.get_proxy(one, cleaned=False) for one in found}
    assert len(known) == len(found)
    for one in found:
        proxy = known[one["id"]]
        proxy.schema.validate(proxy.to_dict())
        for name, values in one["properties"].items():
            kept = proxy.get(name)
            assert set(kept) == set(values), (name, values, kept)
            for value in values if proxy.schema.get(name).type.name == "entity" else ():
                assert known[value].schema.is_a(proxy.schema.get(name).range)


def test_references_are_read_by_their_readers(demo: Path) -> None:
    rispy, bibtex = pytest.importorskip("rispy"), pytest.importorskip("bibtexparser")
    rows = rows_of(demo, {})
    articles = list({row.article.id: row for row in rows}.values())
    entries = rispy.loads(written("ris", rows).decode())
    assert [one["id"] for one in entries] == [row.article.id[:16] for row in articles]
    assert [one.get("title") for one in entries] == [row.article.title for row in articles]
    assert [one.get("date", "").replace("/", "-") for one in entries] == [row.article.published or "" for row in articles]
    assert [one["authors"] for one in entries if "authors" in one] == [
        [row.cited.author] for row in articles if row.cited and row.cited.author]
    library = bibtex.parse_string(written("bibtex", rows).decode())
    assert not library.failed_blocks
    assert len({one.key for one in library.entries}) == len(articles) == len(library.entries)
    titles = [str(one["title"]).replace("\\", "").strip("{}") for one in library.entries]
    assert titles == [row.article.title for row in articles]


def test_annotations_point_at_the_sentences(demo: Path) -> None:
    rows = rows_of(demo, {"type": "arms_transfer"})
    found = json.loads(written("annotations", rows))
    assert (found["@context"], found["type"], found["total"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection",
                                                                   len(rows))
    with Register(demo, read_only=True) as register:
        for one, row in zip(found["first"]["items"], rows, strict=True):
            text = register.article(row.article.id).text
            assert one["type"] == "Annotation"
            assert one["target"]
            for target in one["target"]:
                quote, position = target["selector"]
                assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
                assert text[position["start"]:position["end"]] == quote["exact"]


def test_the_report_shows_every_sentence_with_its_source_and_runs_nothing(tmp_path: Path) -> None:
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result("Russia gives Mali 12 tanks in Gao on 2021-09-13.", title="<script>alert(1)</script>"))
        page = written("sitrep", list(register.find())).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "12 tanks in Gao on 2021-09-13." in page
    assert 'href="#s1"' in page
    assert 'id="s1"' in page
