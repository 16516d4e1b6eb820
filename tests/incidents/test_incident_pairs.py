"""Two records: one event, perhaps, or not. The events are made up; names of states stand for any two sides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents_made import day, days, face, line, party, past, place, record
from tocsin.incidents.model import Decision, Face
from tocsin.incidents.pairs import decide
from tocsin.incidents.rules import rules
from tocsin.incidents.telling import reasons
from tocsin.knowledge.words import words
from tocsin.model import Record

POINTS = {"Lviv": (49.8, 24.0), "Odesa": (46.5, 30.7), "Abqaiq": (25.9, 49.7)}


def judged(one: Face, other: Face) -> Decision:
    return decide(one, other, rules())


def strike(words_: str = "Russian drones hit a depot at Lviv, killing five", initiator: str = "RUS", target: str = "UKR",
           when: str = "2023-05-01", where: str = "Lviv", killed: int | None = 5, **fields: object) -> Record:
    base: dict[str, object] = {
        "subtype": "air_strike", "time": days(when or None),
        "places": [place(where, "UKR", lat=POINTS[where][0], lon=POINTS[where][1])],
        "casualties": {"killed": {"min": killed, "max": killed, "kind": "exact"}} if killed is not None else {}}
    roles = {"initiator": [party(initiator)], "target": [party(target)], "supporter": []}
    return record("armed_incident", words_, **(base | {"roles": roles} | fields))  # type: ignore[arg-type]


def gift(words_: str, supplier: str = "DEU", recipient: str = "UKR", count: int | None = 14, model: str | None = "Leopard 2",
         **fields: object) -> Record:
    base: dict[str, object] = {"subtype": "delivery", "materiel": [line("tank", count, model)]}
    return record("arms_transfer", words_, {"supplier": [party(supplier)] if supplier else [],
                                            "recipient": [party(recipient)], "intermediary": []}, **(base | fields))


def test_two_reports_of_one_strike_are_one_event_though_their_tolls_differ() -> None:
    found = judged(face(strike()), face(strike("A depot in Lviv was struck by drones and seven people died", killed=7)))
    assert found.judgement == "same"
    assert any(r.part == "toll" and r.points and r.points < 0 for r in found.reasons)


@pytest.mark.parametrize(("change", "part"), [
    ({"when": "2023-05-04"}, "when"), ({"where": "Odesa"}, "where"),
    ({"target": "POL", "initiator": "DEU"}, "who"),
    ({"initiator": "UKR", "target": "RUS"}, "who")])
def test_another_day_place_or_side_is_another_event(change: dict[str, object], part: str) -> None:
    found = judged(face(strike()), face(strike(**change)))  # type: ignore[arg-type]
    assert found.judgement != "same"
    assert any(r.part == part and (r.points is None or r.points < 0) for r in found.reasons)


def test_records_of_types_that_are_never_one_event_are_no_question_whatever_they_share() -> None:
    """Same parties, day, town, toll, model and words: still not even perhaps one event."""
    known = rules().types
    one = face(strike(materiel=[line("missile", 12, "Iskander")]))
    for type_, rule in known.items():
        for other_type, other_rule in known.items():
            ones, others = replace(one, type=type_), replace(one, type=other_type, name="i_other", article=one.article + 1)
            if rule.family != other_rule.family:
                assert judged(ones, others).judgement == "apart", (type_, other_type)
        for lonely in rule.alone:
            ones = replace(one, type=type_, subtype=lonely)
            others = replace(ones, subtype="attack", name="i_other", article=one.article + 1)
            assert judged(ones, others).judgement == "apart", (type_, lonely)


def test_turned_roles_are_never_one_event() -> None:
    found = judged(face(strike()), face(strike(initiator="UKR", target="RUS")))
    assert found.contradicts
    assert any(r.level == "swapped" for r in found.reasons)


def test_in_a_clash_either_side_may_be_told_first() -> None:
    ones = strike("Troops clashed at the ford", "TJK", "LVA", subtype="clash", killed=20)
    others = strike("Four soldiers died in the clash at the ford", "LVA", "TJK", subtype="clash", killed=4)
    assert judged(face(ones), face(others)).judgement == "same"


def test_a_plan_and_its_deed_are_one_and_its_count_may_differ() -> None:
    plan = face(gift("Germany will supply Ukraine with 14 Leopard 2 tanks", status="planned"), "2023-01-25")
    made = gift("Eighteen Leopard 2 tanks from Germany have reached Ukraine", count=18, time=past("2023-03-28"))
    deed = face(made, "2023-03-28")
    assert judged(plan, deed).judgement == "same"


def test_a_deed_before_its_announcement_is_another() -> None:
    plan = face(gift("Germany will supply Ukraine with 14 Leopard 2 tanks", status="planned"), "2023-06-25")
    deed = face(gift("Leopard 2 tanks from Germany have reached Ukraine", time=past("2023-03-28")), "2023-03-28")
    assert judged(plan, deed).contradicts


def test_a_halt_told_months_later_is_the_one_that_was_reported_for_there_are_not_two_at_a_time() -> None:
    first = face(gift("Germany has suspended shipments to the country", count=None, model=None, subtype="halt",
                      status="not_occurred", time=past("2023-05-02")))
    later = face(gift("Permits had been frozen since spring, Berlin said", count=None, model=None, subtype="halt",
                      status="not_occurred", time=days("2023-05-01", "2023-05-31")), "2023-11-09")
    assert judged(first, later).judgement == "same"
    assert judged(first, replace(later, when=face(strike(when="2023-08-01")).when)).judgement == "apart"
    handed = [replace(one, subtype="delivery") for one in (first, later)]
    assert judged(*handed).judgement != "same"


def test_another_supplier_is_another_transfer() -> None:
    ones, others = gift("Germany has sent Ukraine 14 Leopard 2 tanks", time=days("2023-03-27")), gift(
        "Poland has sent Ukraine 14 Leopard 2 tanks", supplier="POL", time=days("2023-03-27"))
    assert judged(face(ones), face(others)).judgement != "same"


def test_a_total_never_joins_a_single_delivery() -> None:
    ones = gift("Germany has sent Ukraine 14 Leopard 2 tanks", time=days("2023-03-27"))
    others = gift("Germany has sent Ukraine 14 Leopard 2 tanks so far", time=days("2023-03-27"))
    assert judged(face(ones), face(others)).contradicts
    assert judged(face(ones), face(gift("Germany has sent Ukraine 14 Leopard 2 tanks now",
                                        time=days("2023-03-27")))).judgement == "same"


def test_a_denial_of_authorship_belongs_to_the_attack() -> None:
    claim = strike("Drones struck the oil plants at Abqaiq", "SYR", "SAU", where="Abqaiq", killed=None)
    denial = strike("Iran denied that it had struck the oil plants at Abqaiq", "IRN", "SAU", where="Abqaiq", killed=None,
                    status="denied", time=past("2023-05-03"))
    assert judged(face(claim), face(denial, "2023-05-03")).judgement == "same"
    again = strike("Iran struck the oil plants at Abqaiq", "IRN", "SAU", where="Abqaiq", killed=None)
    assert judged(face(claim), face(again)).judgement != "same"


def test_a_state_and_its_ministry_are_one_party_but_two_groups_of_a_country_are_not() -> None:
    army = party("RUS", "military", "Russian air force", "organ:RUS:air")
    by_army = strike(roles={"initiator": [army], "target": [party("UKR")], "supporter": []})
    assert judged(face(strike()), face(by_army)).judgement == "same"
    named = (("Northern Front", "group:a"), ("Red Brigade", "group:b"))
    rebels = [party("SYR", "armed_group", name, known) for name, known in named]
    first, second = (strike(roles={"initiator": [one], "target": [party("SYR")], "supporter": []}) for one in rebels)
    assert any(r.level == "different" for r in judged(face(first), face(second)).reasons)


def test_the_same_ordinal_agrees_and_another_contradicts() -> None:
    def test(ordinal: int) -> Face:
        return face(record("weapons_test", "The missile fell into the sea", {"tester": [party("IRN")], "toward": []},
                           subtype="missile", time=days("2023-05-01"),
                           recurrence={"text": "x", "start": 0, "end": 1, "ordinal": ordinal, "window": None}))
    assert judged(test(3), test(3)).judgement == "same"
    assert judged(test(3), test(4)).contradicts


def test_records_of_one_article_are_held_apart_more_than_those_of_two() -> None:
    ones, others = strike(), strike("Drones hit Lviv", killed=None)
    apart = judged(face(ones, article=1), face(others, article=2))
    assert judged(face(ones, article=1), face(others, article=1)).score < apart.score


def test_undated_reports_need_more() -> None:
    told = ("Drones hit a depot at Lviv", "Lviv saw drones again")
    ones, others = (strike(words_, time={}, killed=None, where="Lviv") for words_ in told)
    assert judged(face(ones, None), face(others, None)).judgement != "same"


def test_what_happens_daily_is_not_one_event_because_it_is_told_alike() -> None:
    words_ = "Russian troops shelled villages near Lviv"
    first, next_, later = (face(strike(words_, when="", killed=None, time=past(day(n))), day(n)) for n in (0, 1, 4))
    assert judged(first, next_).judgement == "same"
    assert judged(first, later).judgement == "unsure"


def test_a_raid_told_without_a_place_is_not_any_raid_of_that_day() -> None:
    vague = strike("Russian forces fired on Ukrainian positions", places=[], killed=None, subtype="attack")
    placed = strike("Drones from Russia set a depot in Lviv on fire", killed=None)
    again = strike("Positions of Ukrainian forces were fired on", killed=None, places=[])
    assert judged(face(vague), face(placed)).judgement != "same"
    assert judged(face(vague), face(again)).judgement != "apart"


def test_two_models_of_one_class_differ_and_a_family_and_its_variant_do_not() -> None:
    def tanks(model: str) -> Face:
        return face(gift(f"Tanks of the type {model} were handed over", model=model, count=None, time=days("2023-03-27")))
    levels = {model: {r.level for r in judged(tanks("Leopard 2"), tanks(model)).reasons if r.part == "equipment"}
              for model in ("M1 Abrams", "Leopard")}
    assert levels == {"M1 Abrams": {"differs"}, "Leopard": {"class"}}


def test_every_reason_has_words() -> None:
    found = judged(face(strike()), face(strike("A depot in Lviv was struck by drones", killed=7)))
    told = [text for _, text in reasons(found, words())]
    assert told
    assert all("{" not in text for text in told)


PARTIES = st.sampled_from(["RUS", "UKR", "DEU"])
RECORDS = st.builds(
    lambda a, b, d, where, killed, status, subtype: strike(
        f"{a} struck {b} at {where}", a, b, day(d), where, killed, status=status, subtype=subtype),
    PARTIES, PARTIES, st.integers(0, 4), st.sampled_from(["Lviv", "Odesa"]), st.sampled_from([None, 3, 5]),
    st.sampled_from(["occurred", "planned", "denied", "not_occurred", "possible"]),
    st.sampled_from(["air_strike", "attack", "clash", None]))


@settings(max_examples=300, deadline=None)
@given(RECORDS, RECORDS, st.integers(0, 9), st.integers(0, 9))
def test_a_decision_does_not_depend_on_which_comes_first(one: Record, other: Record, a: int, b: int) -> None:
    first, second = face(one, day(a)), face(other, day(b))
    assert judged(first, second) == judged(second, first)
    assert judged(first, second).judgement != "same" or not judged(first, second).contradicts


def undated(words_: str, killed: int | None = None, target: str = "UKR") -> Face:
    return face(strike(words_, when="", where="Lviv", killed=killed, target=target, places=[]), None)


AGENCY = "Gunmen in two skiffs boarded the bulk carrier Aurora off the coast before dawn and took her crew ashore"


def test_nearly_the_same_long_sentence_is_one_report_passed_on_even_without_a_day() -> None:
    found = judged(undated(AGENCY), undated(AGENCY.replace("before dawn", "on that morning")))
    assert found.judgement == "same"
    assert any((reason.part, reason.level) == ("words", "nearly") for reason in found.reasons)


def test_the_like_sentence_with_another_toll_or_another_victim_or_a_short_one_is_not() -> None:
    again = AGENCY.replace("before dawn", "on that morning")
    assert judged(undated(AGENCY, 4), undated(again, 30)).judgement != "same"
    assert judged(undated(AGENCY), undated(again, target="POL")).judgement != "same"
    short = judged(undated("Gunmen boarded a bulk carrier"), undated("Gunmen boarded the bulk carrier"))
    assert short.judgement != "same"
