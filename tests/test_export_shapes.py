"""What fits the tables of others, what does not, and that nothing is turned round, guessed or rounded on the way."""

from __future__ import annotations

import copy
import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tocsin.cli import app
from tocsin.coding.matching.frames import FrameSet
from tocsin.export.coded import GDELT, PLOVER
from tocsin.export.conflict import ACLED, UCDP
from tocsin.export.exporters import EXPORTERS
from tocsin.export.lookups import country_codes, country_names, weapon_categories
from tocsin.export.parts import sides
from tocsin.export.shapes import Shape, table
from tocsin.export.trade import SIPRI, UNROCA
from tocsin.knowledge.loader import Tables
from tocsin.register import Register, Row
from tocsin.schema import equipment_classes
from toy import toy_result

GIFT = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13."
RAID = "Latvia attacks Mali in Gao on 2020-01-05."
COUNT = {"text": "3", "start": 0, "end": 1, "min": 3, "max": 3, "kind": "exact"}


def row(tmp_path: Path, text: str, **changes: Any) -> Row:
    with Register(tmp_path / "r.db") as register:
        register.add(toy_result(text))
        found = next(iter(register.find()))
    return replace(found, data=copy.deepcopy(found.data) | changes)


def transfer(tmp_path: Path, **changes: Any) -> Row:
    return row(tmp_path, GIFT, **({"subtype": "delivery"} | changes))


def incident(tmp_path: Path, **changes: Any) -> Row:
    found = row(tmp_path, RAID, **({"subtype": "shelling"} | changes))
    found.data["casualties"] = {"killed": COUNT, "wounded": None, "captured": None} | changes.get("casualties", {})
    return found


def party(name: str, kind: str, country: str | None) -> dict[str, Any]:
    return {"text": name, "start": 0, "end": 1, "name": name, "kind": kind, "country": country, "sector": None, "id": None}


def reason(shape: Shape, one: Row) -> str:
    told = shape.unfit(one)
    return next((key for key, text in table(shape.name)["reasons"].items() if text == told), "fits")


def test_a_delivery_is_a_row_of_the_trade_register(tmp_path: Path) -> None:
    made = next(SIPRI.made([transfer(tmp_path)]))
    assert {name: made[name] for name in ("Supplier", "Recipient", "Number delivered", "Number ordered", "Armament category",
                                          "Year of order", "Year(s) of delivery")} == {
        "Supplier": "Russia", "Recipient": "Tajikistan", "Number delivered": "12", "Number ordered": ". .",
        "Armament category": "Armoured vehicles", "Year of order": ". .", "Year(s) of delivery": "2021"}


def test_an_order_is_one_by_its_recipient_and_has_no_delivery(tmp_path: Path) -> None:
    made = next(SIPRI.made([transfer(tmp_path, subtype="order", status="planned")]))
    assert (made["Supplier"], made["Recipient"], made["Number ordered"], made["Year of order"]) == (
        "Russia", "Tajikistan", "12", "2021")
    assert made["Number delivered"] is made["Year(s) of delivery"] is None


@pytest.mark.parametrize(("changes", "why"), [
    ({"subtype": "offer"}, "stage"), ({"subtype": "halt"}, "stage"), ({"status": "denied"}, "status"),
    ({"status": "possible"}, "status"), ({"status": "planned"}, "status"), ({"status": "not_occurred"}, "status"),
    ({"type": "statement"}, "type"), ({"materiel": []}, "weapon"),
])
def test_what_is_no_transfer_of_arms_that_happened_is_left_out(tmp_path: Path, changes: dict[str, Any], why: str) -> None:
    for shape in (SIPRI, UNROCA):
        assert reason(shape, transfer(tmp_path, **changes)) == why


def test_a_side_is_never_guessed(tmp_path: Path) -> None:
    for role in ("supplier", "recipient"):
        for parties in ([], [party("Western capitals", "state", None)], [party("NATO", "igo", "IGO")],
                        [party("Norway", "state", "NOR"), party("Latvia", "state", "LVA")]):
            one = transfer(tmp_path)
            one.data["roles"][role] = parties
            assert (reason(SIPRI, one), reason(UNROCA, one)) == (role, role)
    one = transfer(tmp_path)
    one.data["roles"]["supplier"] = one.data["roles"]["recipient"]
    assert reason(SIPRI, one) == "same"


@pytest.mark.parametrize(("count", "sipri", "unroca"), [
    ({"min": 12, "max": 12, "kind": "exact"}, "12", 12), ({"min": 12, "max": 12, "kind": "about"}, "(12)", 12),
    ({"min": 12, "max": None, "kind": "at_least"}, "(12)", None), ({"min": 12, "max": 20, "kind": "range"}, "(12)", None),
    ({"min": 200, "max": None, "kind": "vague"}, ". .", None), ({"min": None, "max": None, "kind": "unstated"}, ". .", None),
])
def test_numbers_are_as_sure_as_the_article(tmp_path: Path, count: dict[str, Any], sipri: str, unroca: int | None) -> None:
    one = transfer(tmp_path)
    one.data["materiel"][0]["count"] |= count
    assert next(SIPRI.made([one]))["Number delivered"] == sipri
    assert next(UNROCA.made([one]))["Number of items"] == unroca


def test_a_year_is_told_only_where_it_is_known(tmp_path: Path) -> None:
    one = transfer(tmp_path)
    for earliest in (None, "2020-12-30"):
        one.data["time"] |= {"earliest": earliest}
        assert next(SIPRI.made([one]))["Year(s) of delivery"] == ". ."
        assert reason(UNROCA, one) == "year"


def test_weapons_go_by_their_designation(tmp_path: Path) -> None:
    one = transfer(tmp_path)
    one.data["materiel"][0] |= {"class": "air_defence", "designation": "S-400"}
    assert next(SIPRI.made([one]))["Armament category"] == "Air-defence systems"
    assert reason(UNROCA, one) == "weapon"  # the UN register leaves air defence out
    one.data["materiel"][0] |= {"class": "air_defence", "designation": None}
    assert (reason(SIPRI, one), reason(UNROCA, one)) == ("weapon", "weapon")


def test_an_incident_is_a_row_of_acled(tmp_path: Path) -> None:
    made = next(ACLED.made([incident(tmp_path)]))
    assert {name: made[name] for name in ("event_date", "time_precision", "event_type", "sub_event_type", "actor1", "inter1",
                                          "actor2", "inter2", "iso", "country", "geo_precision", "fatalities")} == {
        "event_date": "2020-01-05", "time_precision": 1, "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "actor1": "Latvia", "inter1": "External/Other forces",
        "actor2": "Mali", "inter2": "State forces", "iso": "466", "country": "Mali", "geo_precision": 1, "fatalities": 3}


@pytest.mark.parametrize(("earliest", "latest", "precision"), [
    ("2020-01-05", "2020-01-05", 1), ("2020-01-05", "2020-01-11", 2), ("2020-01-01", "2020-01-31", 3),
    ("2020-01-05", "2020-02-11", None), (None, "2020-01-05", None), ("2020-01-05", None, None),
])
def test_a_day_of_acled_is_a_day_a_week_or_a_month(tmp_path: Path, earliest: str, latest: str,
                                                   precision: int | None) -> None:
    one = incident(tmp_path)
    one.data["time"] |= {"earliest": earliest, "latest": latest}
    assert reason(ACLED, one) == "day" if precision is None else next(ACLED.made([one]))["time_precision"] == precision


def test_an_unknown_toll_is_not_nought(tmp_path: Path) -> None:
    one = incident(tmp_path, casualties={"killed": None})
    assert next(ACLED.made([one]))["fatalities"] is None
    assert reason(UCDP, one) == "deaths"


@pytest.mark.parametrize("precision", ["country", "region", "sea", "border"])
def test_a_country_is_no_point(tmp_path: Path, precision: str) -> None:
    one = incident(tmp_path)
    one.data["places"][0] |= {"precision": precision, "lat": None, "lon": None}
    assert reason(ACLED, one) == "place"
    if precision == "country":
        made = next(UCDP.made([one]))
        assert (made["where_prec"], made["latitude"], made["longitude"]) == (6, None, None)


@pytest.mark.parametrize(("kind", "event"), [
    ("population", "Violence against civilians"), ("armed_group", "Battles"), ("person", None), ("company", None),
])
def test_what_an_attack_is_goes_by_who_was_hit(tmp_path: Path, kind: str, event: str | None) -> None:
    one = incident(tmp_path, subtype="attack")
    one.data["roles"]["target"] = [party("they", kind, "MLI")]
    assert reason(ACLED, one) == "kind" if event is None else next(ACLED.made([one]))["event_type"] == event


@pytest.mark.parametrize(("first", "second", "violence", "side_a"), [
    (("state", "RUS"), ("military", "UKR"), 1, "Government of Russia"),
    (("armed_group", "MLI"), ("military", "MLI"), 1, "Government of Mali"),
    (("armed_group", None), ("armed_group", None), 2, "one"),
    (("military", "MLI"), ("population", "MLI"), 3, "Government of Mali"),
    (("person", "MLI"), ("population", "MLI"), None, ""), (("population", "MLI"), ("military", "MLI"), None, ""),
    (("state", "MLI"), ("military", "MLI"), None, ""), (("state", None), ("armed_group", None), None, ""),
])
def test_violence_is_typed_by_both_sides(tmp_path: Path, first: tuple[str, str | None], second: tuple[str, str | None],
                                         violence: int | None, side_a: str) -> None:
    one = incident(tmp_path)
    one.data["roles"] |= {"initiator": [party("one", *first)], "target": [party("other", *second)]}
    if violence is None:
        assert reason(UCDP, one) == "sides"
    else:
        made = next(UCDP.made([one]))
        assert (made["type_of_violence"], made["side_a"]) == (violence, side_a)


@pytest.mark.parametrize(("killed", "told"), [
    ({"min": 3, "max": 3, "kind": "exact"}, (3, 3, 3)), ({"min": 20, "max": None, "kind": "at_least"}, (20, None, None)),
    ({"min": 20, "max": 30, "kind": "range"}, (20, None, 30)), ({"min": 20, "max": 20, "kind": "about"}, (20, None, 20)),
])
def test_tolls_keep_their_bounds(tmp_path: Path, killed: dict[str, Any], told: tuple[int | None, ...]) -> None:
    made = next(UCDP.made([incident(tmp_path, casualties={"killed": COUNT | killed})]))
    assert (made["low"], made["best"], made["high"]) == told


def test_a_clash_has_two_sides_and_an_incident_who_began_it(tmp_path: Path) -> None:
    fighters = [party(name, "military", country) for name, country in (("A", "ARM"), ("B", "AZE"), ("C", "RUS"))]
    one = incident(tmp_path, subtype="clash")
    one.data["roles"] |= {"initiator": fighters[:2], "target": []}
    made = next(ACLED.made([one]))
    assert (made["actor1"], made["actor2"], made["event_type"]) == ("A", "B", "Battles")
    assert next(UCDP.made([one]))["dyad_name"] == "Government of Armenia - Government of Azerbaijan"
    one.data["roles"]["initiator"] = fighters
    assert reason(ACLED, one) == "sides"
    one.data["roles"]["initiator"] = []
    assert reason(ACLED, one) == "actor"


CODES = {"plover": {"event": "AID", "mode": "military", "context": ["military"]}, "cameo": "072", "quad": 2}


def test_coded_events_have_their_codes_their_sides_and_a_day(tmp_path: Path) -> None:
    one = transfer(tmp_path, codes=CODES)
    made = next(PLOVER.made([one]))
    assert (made["event"], made["actor"][0]["code"], made["recipient"][0]["code"], made["date"]) == (
        ["AID"], "RUS", "TJK", "2021-09-13")
    line = next(GDELT.made([one]))
    assert (line["EventCode"], line["Actor1CountryCode"], line["Actor2CountryCode"], line["SQLDATE"], line["QuadClass"]) == (
        "072", "RUS", "TJK", "20210913", 2)
    assert (line["ActionGeo_Type"], line["ActionGeo_FullName"], line["ActionGeo_CountryCode"]) == (
        4, "Dushanbe, Tajikistan", "TI")
    one.data["time"] |= {"earliest": "2021-09-01"}
    assert (reason(GDELT, one), reason(PLOVER, one)) == ("day", "fits")
    one.data["time"] |= {"earliest": None}
    assert (reason(GDELT, one), reason(PLOVER, one)) == ("day", "day")
    one.data["roles"]["recipient"] = []
    assert reason(PLOVER, one) == "recipient"
    one.data["roles"]["supplier"] = []
    assert reason(PLOVER, one) == "actor"
    assert (reason(PLOVER, transfer(tmp_path, codes={})), reason(GDELT, transfer(tmp_path, codes={}))) == ("code", "code")


@pytest.mark.parametrize(("subtype", "actor", "recipient"), [
    ("order", "Tajikistan", "Russia"), ("delivery", "Russia", "Tajikistan"), ("halt", "Russia", "Tajikistan"),
    ("return", "Russia", "Tajikistan"),  # codebook and frames: who gives back is the supplier
])
def test_who_orders_acts_else_who_supplies(tmp_path: Path, subtype: str, actor: str, recipient: str) -> None:
    acting, upon = sides(transfer(tmp_path, subtype=subtype).data)
    assert ([one["name"] for one in acting], [one["name"] for one in upon]) == ([actor], [recipient])


def test_the_tables_know_the_terms_of_the_codebook() -> None:
    types = FrameSet(Tables()).types
    parts = Tables().mapping("export/parts.yaml")
    assert set(parts) == set(types)
    for name, part in parts.items():
        assert {*part["actor"], *part["recipient"]} <= set(types[name].roles), name
        assert set(part.get("subtypes", {})) <= set(types[name].subtypes), name
    for name in ("sipri", "unroca"):
        held, known = table(name), types["arms_transfer"].subtypes
        assert {*held["delivered"], *held.get("ordered", ())} <= set(known)
        assert set(held["classes"]) <= set(equipment_classes(Tables()))
        categories = Tables().mapping("equipment/registers.yaml")[name]
        assert set(held["classes"].values()) <= set(categories)
    assert set(table("acled")["subtypes"]) <= set(types["armed_incident"].subtypes)
    assert set(table("stix")["note"]) <= set(types)
    assert len(country_codes()) > 245
    assert set(country_codes()) - set(country_names()) == set()
    assert weapon_categories()["T-72"] == ("Armoured vehicles", "I")


def test_every_shape_has_a_reason_for_each_key_and_words_for_the_menu() -> None:
    say = Tables().mapping("words.yaml")
    for name, exporter in EXPORTERS.items():
        assert say[f"format.{name}"]
        assert say[f"format_for.{name}"]
        assert bool(exporter.extra) == bool(exporter.package)


def test_the_command_tells_what_it_leaves_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Register(tmp_path / "register.db") as register:
        register.add(toy_result(f"{GIFT}\n{RAID}\nNorway meets Mali."))
    ran = CliRunner().invoke(app, ["export", "sipri", "-o", "out.csv"])
    assert ran.exit_code == 0
    said = " ".join(ran.stderr.split())
    assert "out.csv: 0 records" in said
    assert "3 records do not fit the format" in said
    assert "2 no arms transfer" in said
    with (tmp_path / "out.sipri.left-out.csv").open(newline="") as file:
        assert {line["type"] for line in csv.DictReader(file)} == {"arms_transfer", "armed_incident", "meeting"}
    assert (tmp_path / "out.sipri.dictionary.csv").is_file()
    assert CliRunner().invoke(app, ["export", "stix", "--with-text"]).exit_code == 2
    assert GIFT in CliRunner().invoke(app, ["export", "csv", "--with-text"]).stdout
    line = next(csv.DictReader(io.StringIO(CliRunner().invoke(app, ["export", "csv"]).stdout)))
    assert "text" not in line
    assert CliRunner().invoke(app, ["export", "csv", "-o", "out.csv"]).exit_code == 0


def test_a_format_whose_package_is_missing_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("tocsin.register.needed.import_module", missing)
    monkeypatch.chdir(tmp_path)
    Register(tmp_path / "register.db").close()
    ran = CliRunner().invoke(app, ["export", "parquet", "-o", "out.parquet"])
    assert (ran.exit_code, "pip install 'tocsin[parquet]'" in ran.stderr) == (2, True)
    assert not list(tmp_path.glob("out*"))
