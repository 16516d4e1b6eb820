"""What an incident shows: who says what, independence, course, grade."""

from __future__ import annotations

from dataclasses import replace

import pytest

from incidents_made import days, line, party, past, report, source
from incidents_made import record as made
from tocsin.incidents import Report, account, as_json, telling
from tocsin.incidents.grading import grade
from tocsin.incidents.history import course
from tocsin.incidents.naming import in_a_row
from tocsin.incidents.origins import origins
from tocsin.incidents.rules import rules
from tocsin.incidents.values import slots
from tocsin.knowledge.words import words
from tocsin.model import Record


def gift(count: int | None = 12, status: str = "occurred", said: list[dict[str, object]] | None = None,
         **fields: object) -> Record:
    return made("arms_transfer", f"Germany {status} {count} vehicles {len(said or [])}",
                {"supplier": [party("DEU")], "recipient": [party("LVA")], "intermediary": []}, status=status,
                **({"subtype": "delivery", "materiel": [line("armoured_vehicle", count)], "attribution": said or []}
                   | fields))


def test_four_outlets_that_cite_one_ministry_have_one_origin() -> None:
    ministry = source("the German defence ministry", "DEU")
    told = [report(gift(said=[ministry]), outlet=f"Paper {n}") for n in range(4)]
    found = account("i_x", told, None, rules())
    assert [(o.name, len(o.outlets)) for o in found.origins] == [("the German defence ministry", 4)]
    assert telling.standing(found, words()) == "4 reports, 4 outlets, 1 origin: the German defence ministry"


def test_organs_of_one_state_are_one_origin_and_another_state_is_another() -> None:
    told = [report(gift(said=[source("the defence ministry", "DEU")])),
            report(gift(said=[source("Olaf Scholz", "DEU", "person")])),
            report(gift(said=[source("the Latvian army", "LVA", "military")]))]
    assert sorted(len(o.reports) for o in origins(told)) == [1, 2]


def test_copies_of_one_text_are_one_origin_of_several_outlets() -> None:
    copied = [report(gift(), outlet=f"Paper {n}", copy_group="g1") for n in range(3)]
    exact = report(gift(), outlet="Agency", copies=("Paper 8", "Paper 9"))
    assert len(origins([*copied, exact])) == 2
    assert {len(o.outlets) for o in origins([*copied, exact])} == {3}
    assert len(origins([replace(one, copy_group=None) for one in copied])) == 3


def test_unnamed_sources_are_no_origin_of_their_own() -> None:
    told = [report(gift(said=[source("a source", None, "unidentified")]), outlet="Paper") for _ in range(2)]
    assert [o.key for o in origins(told)] == ["outlet:paper"]


def test_values_are_agreed_disputed_or_single_with_their_range() -> None:
    told = [report(gift(12), outlet="A"), report(gift(20), outlet="B"), report(gift(12), outlet="C")]
    found = {slot.slot: slot for slot in slots(told, rules())}
    vehicles = found["materiel.armoured_vehicle"]
    assert (vehicles.standing, vehicles.low, vehicles.high) == ("disputed", 12, 20)
    assert [(v.text, v.outlets) for v in vehicles.values] == [("12", ("A", "C")), ("20", ("B",))] or {
        (v.text, frozenset(v.outlets)) for v in vehicles.values} == {("12", frozenset("AC")), ("20", frozenset("B"))}
    assert found["roles.supplier"].standing == "agreed"
    assert {s.slot: s.standing for s in slots(told[:1], rules())}["roles.supplier"] == "single"


def test_what_was_planned_does_not_dispute_what_was_done() -> None:
    told = [report(gift(20, "planned"), "2023-01-01", "A"), report(gift(12), "2023-02-01", "B")]
    vehicles = next(slot for slot in slots(told, rules()) if slot.slot.startswith("materiel"))
    assert vehicles.standing == "single"
    assert [(v.text, v.planned) for v in vehicles.values] == [("20", True), ("12", False)]


def told_course(*steps: tuple[str, str]) -> list[Report]:
    return [report(gift(status=status), day, outlet=day) for status, day in steps]


@pytest.mark.parametrize(("steps", "state"), [
    ([("planned", "2023-01-01"), ("occurred", "2023-02-01")], "occurred"),
    ([("planned", "2023-01-01"), ("not_occurred", "2023-02-01")], "cancelled"),
    ([("planned", "2023-01-01"), ("not_occurred", "2023-02-01"), ("planned", "2023-03-01")], "planned"),
    ([("possible", "2023-01-01")], "possible"), ([("denied", "2023-01-01")], "denied"),
    ([("not_occurred", "2023-01-01")], "not_occurred"),
    ([("denied", "2023-01-01"), ("occurred", "2023-01-02")], "occurred")])
def test_the_course_from_plan_to_deed(steps: list[tuple[str, str]], state: str) -> None:
    found = course(told_course(*steps), "2023-03-02")
    assert found.state == state
    assert [step.day for step in found.steps] == sorted({day for _, day in steps})[:len(found.steps)]


def test_a_plan_is_stale_once_its_time_has_passed_unreported() -> None:
    plan = [report(gift(status="planned", time=days("2023-03-01", "2023-03-31")), "2023-01-01")]
    assert not course(plan, "2023-03-31").stale
    assert course(plan, "2023-04-01").stale
    done = [*plan, report(gift(time=past("2023-03-20")), "2023-03-20")]
    assert not course(done, "2023-04-01").stale


def test_a_denial_names_who_denies() -> None:
    told = [report(gift(), outlet="A"), report(gift(status="denied", said=[source("Berlin", "DEU", "state")]), "2023-06-01")]
    assert course(told, None).denied_by == ("Berlin",)


def test_the_grade_is_f6_by_default_and_never_without_its_rule() -> None:
    one = [report(gift())]
    found = grade(one, slots(one, rules()), rules())
    assert (found.letter, found.figure, found.rule) == ("F", 6, "one_origin")
    two = [report(gift(), outlet="A"), report(gift(), outlet="B")]
    assert grade(two, slots(two, rules()), rules()).figure == 2
    differ = [report(gift(12), outlet="A"), report(gift(20), outlet="B")]
    assert grade(differ, slots(differ, rules()), rules()).figure == 3


def test_both_sides_confirm_and_a_graded_outlet_gives_its_letter() -> None:
    told = [report(gift(said=[source("Berlin", "DEU", "state")]), outlet="A"),
            report(gift(said=[source("Riga", "LVA", "state")]), outlet="B"), report(gift(), outlet="C")]
    graded = replace(rules(), reliability={"C": "B"})
    found = grade(told, slots(told, rules()), graded)
    assert (found.letter, found.by, found.figure, found.rule) == ("B", "C", 1, "both_sides")


def test_an_incident_is_told_and_given_as_json() -> None:
    found = account("i_x", [report(gift(20, "planned"), "2023-01-01", "A"), report(gift(12), "2023-02-01", "B")],
                    "2023-03-01", rules())
    text = "\n".join(telling.lines(found, words()))
    assert "Germany → Latvia" in text
    assert "history: 2023-01-01 planned (delivery) → 2023-02-01 occurred (delivery)" in text
    data = as_json(found)
    assert (data["state"], data["first_report"], data["last_report"], len(data["reports"])) == (
        "occurred", "2023-01-01", "2023-02-01", 2)


def test_what_is_only_denied_is_shown_with_its_parties_and_no_slot_is_empty() -> None:
    denial = report(gift(status="denied", said=[source("Berlin", "DEU", "state")]))
    alone = account("i_x", [denial], None, rules())
    assert telling.parties(alone, words()) == "Germany → Latvia"
    told = account("i_x", [denial, report(gift(said=[source("Riga", "LVA", "state")]))], None, rules())
    supplier = next(slot for slot in told.slots if slot.slot == "roles.supplier")
    assert [value.origins for value in supplier.values] == [("state:LVA",)]
    assert all(slot.values for slot in (*alone.slots, *told.slots))


def test_a_headline_comes_from_whom_its_article_cites() -> None:
    ministry = source("the defence ministry", "DEU")
    cited = report(gift(said=[ministry]))
    headline = replace(report(gift()), article=cited.article)
    elsewhere = report(gift())
    assert [o.key for o in account("i_x", [headline, cited], None, rules()).origins] == ["state:DEU"]
    found = account("i_x", [headline, cited, elsewhere], None, rules())
    assert [(o.key, len(o.reports)) for o in found.origins] == [("state:DEU", 2), ("outlet:the post", 1)]
    assert found.grade.origins == 2


def test_one_phrase_for_the_forces_of_several_countries_is_said_once() -> None:
    shared = "German and Polish ships"
    ships = [party(code, "military", f"{shared} ({name})") for code, name in (("DEU", "Germany"), ("POL", "Poland"))]
    guards = party("IRN", "military", "the guard")
    told = [report(made("armed_incident", "Ships fired", {"initiator": [*ships, guards], "target": [], "supporter": []}))]
    found = account("i_x", told, None, rules())
    assert telling.parties(found, words()).startswith("German and Polish ships (Germany, Poland), the guard ")
    assert in_a_row(["the navy (Fiji)", "the army"]) == "the navy (Fiji), the army"
