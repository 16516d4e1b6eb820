"""From pairs to incidents: groups join as wholes, whatever the order; spells; what people have tied and parted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from incidents_made import days, face, party, place, record
from tocsin.incidents.arrange import arrange, name_of
from tocsin.incidents.blocks import blocks
from tocsin.incidents.cluster import cluster
from tocsin.incidents.decisions import HandDecision, Ties, counting, ordered, replay
from tocsin.incidents.model import Face
from tocsin.incidents.pairs import decide, score_of
from tocsin.incidents.rules import rules
from tocsin.incidents.spells import spells

NAMES = [f"i_{letter}" for letter in "abcdefgh"]
SOME = face(record("armed_incident", "words", {"initiator": [party("RUS")], "target": [party("UKR")], "supporter": []}))


def named(name: str) -> Face:
    return replace(SOME, name=name)


def grouped(scores: Mapping[tuple[str, str], float], ties: Ties | None = None, sure: float = 9.0,
            order: list[str] | None = None) -> list[list[str]]:
    """Clusters of faces whose scores are given; pairs that are not given score 0, below -3 they contradict."""
    faces = {name: named(name) for name in order or NAMES}
    agreeing = {pair: value for pair, value in scores.items() if value >= sure}

    def score(one: Face, other: Face) -> tuple[float, bool]:
        value = scores.get(ordered(one.name, other.name), 0.0)
        return value, value < -3.0

    return cluster(faces, agreeing, ties or Ties(), score, rules())


def test_a_chain_of_agreements_is_not_closed() -> None:
    chain = dict.fromkeys(pairwise(NAMES), 9.0)
    assert max(map(len, grouped(chain))) == 2


def test_all_that_agree_with_each_other_are_one() -> None:
    assert grouped(dict.fromkeys(combinations(NAMES[:4], 2), 10.0))[0] == NAMES[:4]


def test_one_contradiction_keeps_two_groups_apart() -> None:
    scores = dict.fromkeys(combinations(NAMES[:4], 2), 12.0) | {("i_a", "i_d"): -6.0}
    found = grouped(scores)
    assert not any({"i_a", "i_d"} <= set(group) for group in found)
    assert ["i_b", "i_c"] in [[n for n in group if n in ("i_b", "i_c")] for group in found]


def test_hands_tie_and_part() -> None:
    scores = dict.fromkeys(combinations(NAMES[:3], 2), 12.0)
    parted = grouped(scores, Ties(cannot=frozenset({("i_a", "i_b")})))
    assert not any({"i_a", "i_b"} <= set(group) for group in parted)
    tied = grouped(scores, Ties(must=frozenset({("i_a", "i_h")})))
    assert any({"i_a", "i_h"} <= set(group) for group in tied)


def test_a_group_too_large_to_compare_falls_apart_at_its_weakest_agreements() -> None:
    many = [f"i_{number:04}" for number in range(int(rules().largest) + 50)]
    half = len(many) // 2
    scores = dict.fromkeys(pairwise(many), 12.0) | {(many[half - 1], many[half]): 9.0}
    assert sum(len(group) for group in grouped(scores, order=many)) == len(many)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(list(combinations(NAMES, 2))), st.floats(-8, 16), max_size=28),
       st.permutations(NAMES))
def test_groups_do_not_depend_on_the_order(scores: dict[tuple[str, str], float], order: list[str]) -> None:
    found = grouped(scores)
    assert grouped(dict(reversed(scores.items())), order=order) == found
    for group in found:
        assert not any(scores.get(pair, 0.0) < -3.0 for pair in combinations(group, 2))
        within = [scores.get(pair, 0.0) for pair in combinations(group, 2)]
        assert not within or max(within) >= 9.0


def base(day: str, subtype: str = "permanent", status: str = "ongoing", site: str = "Gyumri") -> Face:
    made = record("basing", f"{subtype} {day} {site}", {"force": [party("RUS")], "host": [party("TJK")]}, subtype=subtype,
                  status=status, places=[place(site, "TJK")])
    return face(made, day)


def test_a_state_that_lasts_is_one_spell_until_its_end_is_reported() -> None:
    early, late, end, again = (base("2014-05-01"), base("2019-05-01"), base("2021-05-01", "closure", "occurred"),
                               base("2024-05-01"))
    assert early.key == late.key == end.key is not None
    assert [len(spell) for spell in spells([again, late, early], rules())] == [3]
    assert [len(spell) for spell in spells([again, end, late, early], rules())] == [3, 1]
    assert base("2014-05-01", site="Ayni").key != early.key


def test_what_is_no_lasting_state_of_known_parties_is_an_event() -> None:
    assert base("2014-05-01", "opening", "occurred").key is not None
    nowhere = record("basing", "A base was opened", {"force": [party("RUS")], "host": [party("TJK")]}, subtype="opening")
    vague = record("basing", "Soldiers stay", {"force": [party("soldiers", "unidentified")], "host": [party("TJK")]},
                   subtype="permanent", status="ongoing")
    assert face(nowhere).key is None
    assert face(vague).key is None


def test_spells_are_parted_and_tied_by_hand() -> None:
    one, two, other = base("2014-05-01"), base("2015-05-01"), base("2014-05-01", site="Ayni")
    faces = {f.name: f for f in (one, two, other)}
    apart = Ties(cannot=frozenset({ordered(one.name, two.name)}))
    assert len(arrange(faces, {}, Ties(), lambda a, b: (0.0, False), rules())) == 2
    assert len(arrange(faces, {}, apart, lambda a, b: (0.0, False), rules())) == 3
    tied = Ties(must=frozenset({ordered(one.name, other.name)}))
    assert len(arrange(faces, {}, tied, lambda a, b: (0.0, False), rules())) == 1
    assert name_of(faces, [one.name, two.name]) == one.name


def joins(parties: list[str], day: str, status: str, words: str) -> Face:
    roles = {"party": [party(code) for code in parties], "body": [party("NATO", "igo", known="igo:NATO")]}
    time = days(day) if status == "occurred" else {"edtf": f"{day}/..", "earliest": day, "basis": "inferred"}
    return face(record("agreement", words, roles, subtype="accession", status=status, time=time), day)


def arranged(*given: Face, ties: Ties | None = None) -> list[list[str]]:
    """Incidents of faces, which of them agree being decided."""
    faces = {one.name: one for one in given}
    found = {ordered(one.name, other.name): decide(one, other, rules()) for one, other in combinations(given, 2)}
    agreeing = {pair: decision.score for pair, decision in found.items() if decision.judgement == "same"}
    groups = arrange(faces, agreeing, ties or Ties(), lambda a, b: score_of(a, b, rules())[1:], rules())
    return sorted((group for group in groups if len(group) > 1), key=len)


def test_what_announced_a_state_stands_in_its_spell() -> None:
    plan = joins(["LVA"], "2023-05-02", "planned", "The alliance invited Latvia to become a member")
    deed = joins(["LVA"], "2024-03-07", "occurred", "Latvia became a member of the alliance on Thursday")
    assert plan.key is None
    assert deed.key is not None
    assert arranged(plan, deed) == [sorted([plan.name, deed.name])]
    parted = Ties(cannot=frozenset({ordered(plan.name, deed.name)}))
    assert arranged(plan, deed, ties=parted) == []
    before = joins(["LVA"], "2022-01-07", "occurred", "Latvia became a member of the alliance on Friday")
    assert arranged(plan, before) == []


def test_an_invitation_of_two_is_told_with_neither_accession() -> None:
    plan = joins(["LVA", "UKR"], "2023-05-02", "planned", "The alliance invited Latvia and Ukraine to become members")
    one = joins(["LVA"], "2024-03-07", "occurred", "Latvia became a member of the alliance on Thursday")
    other = joins(["UKR"], "2024-04-07", "occurred", "Ukraine became a member of the alliance on Sunday")
    assert [decide(plan, deed, rules()).judgement for deed in (one, other)] == ["same", "same"]
    assert arranged(plan, one, other) == []
    assert decide(one, other, rules()).judgement == "apart"


def test_a_report_of_a_lasting_state_is_compared_with_no_event() -> None:
    opened, stays = base("2019-05-01", "opening", "occurred"), base("2020-05-01")
    plan = base("2018-11-01", "opening", "planned")
    assert decide(opened, plan, rules()).judgement == "same"
    assert decide(stays, plan, rules()).contradicts
    assert decide(opened, base("2019-05-01", "opening", "occurred"), rules()).contradicts  # their key joins them
    assert blocks(opened, rules())
    assert not blocks(stays, rules())


def decided(number: int, action: str, ones: str = "", others: str = "", undoes: int | None = None) -> HandDecision:
    return HandDecision(number, action, "ana", "2024", tuple(ones), tuple(others), None, undoes)  # type: ignore[arg-type]


def test_the_later_of_two_decisions_wins_and_an_undo_takes_one_out() -> None:
    merge, split = decided(1, "merge", "a", "b"), decided(2, "split", "b", "a")
    assert replay([merge]) == Ties(must=frozenset({("a", "b")}))
    assert replay([merge, split]) == Ties(cannot=frozenset({("a", "b")}))
    undo = decided(3, "undo", undoes=2)
    assert replay([merge, split, undo]) == replay([merge])
    again = decided(4, "undo", undoes=3)
    assert counting([merge, split, undo, again]) == [merge, split]
    assert replay([merge, split, undo, again]) == replay([merge, split])
