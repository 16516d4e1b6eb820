"""The crosswalks: records in, codes of PLOVER and CAMEO out; the tables, the schemes and the documentation agree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tocsin.coding.codes import Crosswalk
from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.model import Party

TABLES = Tables()
CROSSWALK = Crosswalk(TABLES)
PLOVER, CAMEO = TABLES.mapping("crosswalks/plover.yaml"), TABLES.mapping("crosswalks/cameo.yaml")
TYPES: dict[str, dict[str, Any]] = {file.parent.name: read_yaml(file) for file in TABLES.files("frames/*/type.yaml")}
KINDS = [(type_, subtype) for type_, spec in TYPES.items() for subtype in [None, *spec["subtypes"]]]
STATUSES = ("occurred", "ongoing", "planned", "possible", "denied", "not_occurred")
DOCUMENT = (Path(__file__).parent.parent / "docs" / "crosswalks.md").read_text(encoding="utf-8")


def party(country: str | None, kind: str = "state", sector: str | None = None) -> Party:
    return Party.model_validate({"text": "x", "start": 0, "end": 1, "name": country or "someone", "kind": kind,
                                 "country": country, "sector": sector})


def codes(type_: str, subtype: str | None, status: str = "occurred", classes: tuple[str, ...] = (),
          troops: bool = False, **roles: list[Party]) -> dict[str, Any]:
    return CROSSWALK.codes(type_, subtype, status, roles, classes, troops=troops)


def short(found: dict[str, Any]) -> tuple[Any, ...]:
    plover = found.get("plover") or {}
    return plover.get("event"), plover.get("mode"), found.get("cameo"), found.get("quad")


def every_role(type_: str) -> dict[str, list[Party]]:
    return {role: [party("FRA"), party("DEU")] for role in TYPES[type_]["roles"]}


def test_an_arms_delivery_is_military_aid() -> None:
    found = codes("arms_transfer", "delivery", classes=("armoured_vehicle",),
                  supplier=[party("RUS")], recipient=[party("TJK")])
    assert found == {"plover": {"event": "AID", "mode": "military", "context": ["military"]}, "cameo": "072", "quad": 2}


@pytest.mark.parametrize(("type_", "subtype"), KINDS)
@pytest.mark.parametrize("scheme", ["plover", "cameo"])
def test_a_kind_of_record_is_coded_in_some_status_or_says_why_not(type_: str, subtype: str | None, scheme: str) -> None:
    reasons = [CROSSWALK.why_none(scheme, type_, subtype, status, every_role(type_)) for status in STATUSES]
    row_reasons = {row["none"] for row in (PLOVER, CAMEO)[scheme == "cameo"]["rows"] if "none" in row}
    assert None in reasons or set(reasons) <= row_reasons, reasons


@pytest.mark.parametrize(("type_", "subtype"), KINDS)
@pytest.mark.parametrize("status", STATUSES)
def test_no_record_is_left_without_code_and_reason(type_: str, subtype: str | None, status: str) -> None:
    roles = every_role(type_)
    found = CROSSWALK.codes(type_, subtype, status, roles)
    for scheme in ("plover", "cameo"):
        reason = CROSSWALK.why_none(scheme, type_, subtype, status, roles)
        assert (found.get(scheme) is None) == (reason is not None)
        assert not (reason or "").startswith("no row")


@pytest.mark.parametrize(("type_", "subtype"), KINDS)
@pytest.mark.parametrize("status", ["possible", "denied"])
def test_what_is_possible_or_denied_is_never_coded_as_an_event(type_: str, subtype: str | None, status: str) -> None:
    assert CROSSWALK.codes(type_, subtype, status, every_role(type_)) == {}


@pytest.mark.parametrize(("type_", "subtype"), [kind for kind in KINDS if kind[1] not in ("refusal", "halt")])
def test_what_did_not_occur_is_coded_only_as_a_refusal_or_halt(type_: str, subtype: str | None) -> None:
    assert CROSSWALK.codes(type_, subtype, "not_occurred", every_role(type_)) == {}


@pytest.mark.parametrize(("type_", "subtype"), KINDS)
def test_a_plan_is_never_coded_as_a_material_event(type_: str, subtype: str | None) -> None:
    assert CROSSWALK.codes(type_, subtype, "planned", every_role(type_)).get("quad") in (None, 1, 3)


@pytest.mark.parametrize(("type_", "subtype"), KINDS)
@pytest.mark.parametrize("status", STATUSES)
def test_the_two_schemes_agree_on_the_quad_class(type_: str, subtype: str | None, status: str) -> None:
    found = CROSSWALK.codes(type_, subtype, status, every_role(type_))
    if found and found["plover"] and found["cameo"] not in CAMEO["quad_differs"]:
        assert CAMEO["roots"][found["cameo"][:2]]["quad"] == found["quad"]


CASES: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("AGREE", None, "0332", 1), {"type_": "arms_transfer", "subtype": "delivery", "status": "planned"}),
    (("AGREE", None, "0312", 1), {"type_": "arms_transfer", "subtype": "order", "status": "planned"}),
    (("REJECT", "assist", "1222", 3), {"type_": "arms_transfer", "subtype": "refusal", "status": "not_occurred"}),
    (("SANCTION", "discontinue", "1622", 4), {"type_": "arms_transfer", "subtype": "halt", "status": "not_occurred"}),
    (("COOPERATE", None, "062", 2),
     {"type_": "military_exercise", "subtype": None, "participant": [party("RUS"), party("BLR")]}),
    (("COOPERATE", None, "062", 2),
     {"type_": "military_exercise", "subtype": None, "participant": [party("IGO", "igo")]}),
    (("MOBILIZE", "troops", "150", 4),
     {"type_": "military_exercise", "subtype": None, "participant": [party("RUS"), party("RUS", "military")]}),
    (("MOBILIZE", "weapons", "150", 4),
     {"type_": "military_exercise", "subtype": "naval", "participant": [party("IRN")]}),
    (("AGREE", None, "0312", 1),
     {"type_": "military_exercise", "subtype": None, "status": "planned", "participant": [party("USA"), party("KOR")]}),
    ((None, None, None, None),
     {"type_": "military_exercise", "subtype": None, "status": "planned", "participant": [party("PRK")]}),
    (("MOBILIZE", "weapons", "154", 4), {"type_": "deployment", "subtype": "deploy", "classes": ("air_defence",)}),
    (("MOBILIZE", "troops", "154", 4),
     {"type_": "deployment", "subtype": "deploy", "classes": ("air_defence",), "troops": True}),
    (("MOBILIZE", "militia", "154", 4),
     {"type_": "deployment", "subtype": "deploy", "force": [party("LBN", "armed_group", "REB")]}),
    (("RETREAT", "withdraw", "0874", 2), {"type_": "deployment", "subtype": "withdraw"}),
    (("CONCEDE", None, "0356", 1), {"type_": "deployment", "subtype": "withdraw", "status": "planned"}),
    (("ASSAULT", "drone", "195", 4), {"type_": "armed_incident", "subtype": "air_strike", "classes": ("uav",)}),
    (("ASSAULT", None, "180", 4),
     {"type_": "armed_incident", "subtype": "attack", "initiator": [party(None, "unidentified")]}),
    (("COERCE", "seize", "192", 4), {"type_": "armed_incident", "subtype": "capture", "initiator": [party("RUS")]}),
    (("ASSAULT", "abduct", "181", 4),
     {"type_": "armed_incident", "subtype": "capture", "initiator": [party("NGA", "armed_group")],
      "target": [party("NGA", "population")]}),
    (("THREATEN", "violence", "138", 3),
     {"type_": "armed_incident", "subtype": "attack", "status": "planned", "initiator": [party("TUR")]}),
    ((None, None, None, None), {"type_": "armed_incident", "subtype": "attack", "status": "planned"}),
    (("CONCEDE", None, "0871", 1), {"type_": "agreement", "subtype": "ceasefire"}),
    (("SUPPORT", None, "054", 1), {"type_": "diplomatic_status", "subtype": "recognition"}),
    ((None, None, None, None), {"type_": "diplomatic_status", "subtype": "recognition", "status": "not_occurred"}),
    (("AGREE", None, "036", 1), {"type_": "meeting", "subtype": "summit", "status": "planned"}),
    (("CONSULT", "multilateral", "040", 1),
     {"type_": "meeting", "subtype": "summit", "participant": [party("RUS"), party("TUR"), party("IRN")]}),
    ((None, None, "016", None), {"type_": "statement", "subtype": "denial"}),
    (("THREATEN", None, "130", 3), {"type_": "statement", "subtype": "threat"}),
    ((None, None, None, None), {"type_": "fact", "subtype": "geography", "status": "ongoing"}),
]


@pytest.mark.parametrize(("expected", "record"), CASES)
def test_a_record_gets_the_expected_codes(expected: tuple[Any, ...], record: dict[str, Any]) -> None:
    assert short(codes(**record)) == expected


def test_an_armed_groups_attack_is_not_of_the_military_context() -> None:
    by_state = codes("armed_incident", "attack", initiator=[party("SYR", "military", "MIL")])
    by_group = codes("armed_incident", "attack", initiator=[party("SYR", "armed_group", "REB")])
    assert (by_state["plover"]["context"], by_group["plover"]["context"]) == (["military"], [])


def test_each_scheme_lists_its_events_and_roots() -> None:
    assert len(PLOVER["events"]) == 16
    assert len(PLOVER["contexts"]) == len(set(PLOVER["contexts"])) == 37
    assert list(CAMEO["roots"]) == [f"{n:02}" for n in range(1, 21)]
    assert all(code[:2] in CAMEO["roots"] for code in CAMEO["codes"])


def test_every_listed_cameo_code_is_used() -> None:
    used = {row.get("code") for row in CAMEO["rows"]}
    assert set(CAMEO["codes"]) <= used


@pytest.mark.parametrize("change", [
    {"event": "AIDE"}, {"event": "AID", "mode": "troops"}, {"event": "AID", "context": ["war"]},
    {"event": "AID", "mode_by": "nothing"}, {"event": "AID", "colour": "red"}, {},
])
def test_a_row_that_the_scheme_does_not_know_is_refused(change: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "crosswalks").mkdir()
    rows = {"rows": [{"type": "meeting", **change} if change else {"event": "AID"}]}
    (tmp_path / "crosswalks" / "plover.yaml").write_text(yaml.safe_dump(rows), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"plover\.yaml"):
        Crosswalk(Tables(tmp_path))


def _documented() -> set[tuple[str, str, str, str, str]]:
    """(type, subtype, status, PLOVER event, CAMEO code) of the rows of the documentation's tables."""
    found, type_ = set(), ""
    for line in DOCUMENT.splitlines():
        if heading := re.match(r"### `(\w+)`", line):
            type_ = heading[1]
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split(" | ")]
        if type_ and line.startswith("| ") and len(cells) == 5 and cells[0] != "subtype":
            for subtype in cells[0].split(", "):
                for status in cells[1].split(", "):
                    found.add((type_, subtype, status, cells[2].split(" ")[0], cells[4].split(" ")[0]))
    return found


@pytest.mark.parametrize(("type_", "subtype"), KINDS)
@pytest.mark.parametrize("status", STATUSES)
def test_the_documentation_tells_every_code(type_: str, subtype: str | None, status: str) -> None:
    found = CROSSWALK.codes(type_, subtype, status, every_role(type_))
    told = {row[3:] for row in _documented() if row[:3] == (type_, subtype or "none", status)}
    event = found["plover"]["event"] if found and found["plover"] else "–"
    assert ((event, found["cameo"] or "–") in told) if found else not told
