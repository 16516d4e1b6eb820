"""Scoring: what is paired, what counts, and what makes a record usable. Small invented records, no language model."""

from __future__ import annotations

import copy
import hashlib
import importlib.util
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin import evaluation
from tocsin.errors import KnowledgeError, UsageError
from tocsin.evaluation.matching import assign
from tocsin.evaluation.sentences import Sentences
from tocsin.evaluation.slots import compare

Dict = dict[str, Any]
TEXT = ("Norway delivered six howitzers to Latvia on 4 May 2021. Gen. Ola Berg thanked the U.S. for its help.\n"
        "Gunmen killed three people in Mali. Officials met in Riga.")
FIRST, SECOND, THIRD, FOURTH = (0, 55), (56, 100), (101, 136), (137, 159)


def record(kind: str = "arms_transfer", span: tuple[int, int] = FIRST, **slots: Any) -> Dict:
    """A record that serves as gold and as a program's: roles by country, the rest as given."""
    roles = {role: [{"text": code or "someone", "country": code} for code in codes]
             for role, codes in slots.pop("roles", {"supplier": ["NOR"], "recipient": ["LVA"]}).items()}
    place = slots.pop("place", None)
    base: Dict = {
        "type": kind, "subtype": None, "status": "occurred", "historical": False, "roles": roles, "materiel": [],
        "personnel": None, "casualties": {"killed": None, "wounded": None}, "attribution": [],
        "time": {"earliest": None, "latest": None}, "evidence": [{"start": span[0], "end": span[1]}],
        "place": place, "places": [place] if place else [],
    }
    return base | slots


def number(low: int | None, high: int | None = None) -> Dict:
    return {"min": low, "max": high, "kind": "exact"}


def howitzers(count: Dict) -> list[Dict]:
    return [{"text": "howitzers", "class": "artillery", "count": count}]


def article(*records: Dict, negatives: tuple[Dict, ...] = ()) -> evaluation.GoldArticle:
    return evaluation.GoldArticle("a1", TEXT, None, None, "2021-05-05", records, negatives)


def scored(gold: list[Dict], program: list[Dict], negatives: tuple[Dict, ...] = ()) -> evaluation.Report:
    return evaluation.score([article(*gold, negatives=negatives)], {"a1": program})


def events(gold: list[Dict], program: list[Dict]) -> Dict:
    return scored(gold, program).groups["events"].as_dict()


def test_a_perfect_coder_scores_one_everywhere() -> None:
    gold = [
        record(materiel=howitzers(number(6, 6)), time={"earliest": "2021-05-04", "latest": "2021-05-04"},
               place={"name": "Latvia", "country": "LVA"}),
        record("armed_incident", THIRD, roles={"initiator": [None], "target": ["MLI"]},
               casualties={"killed": number(3, 3), "wounded": None}),
    ]
    figures = events(gold, copy.deepcopy(gold))
    assert (figures["usable_precision"], figures["usable_recall"], figures["usable_f1"]) == (1, 1, 1)
    assert figures["found_recall"] == 1
    assert figures["swapped"] == 0
    assert all(slot["accuracy"] == 1 for slot in figures["slots"].values())


def test_exchanged_roles_are_swapped_and_not_usable() -> None:
    figures = events([record()], [record(roles={"supplier": ["LVA"], "recipient": ["NOR"]})])
    assert (figures["swapped"], figures["usable"], figures["paired"]) == (1, 0, 1)


def test_a_party_in_the_other_role_alone_is_swapped_too() -> None:
    figures = events([record(roles={"supplier": ["NOR"], "recipient": []})],
                     [record(roles={"supplier": [], "recipient": ["NOR"]})])
    assert figures["swapped"] == 1


def test_equal_parties_on_both_sides_are_never_swapped() -> None:
    same = record(roles={"supplier": ["NOR"], "recipient": ["NOR"]})
    assert events([same], [copy.deepcopy(same)])["swapped"] == 0


def test_a_hit_of_an_optional_record_is_neither_right_nor_wrong() -> None:
    figures = events([record(core=False)], [record(status="planned")])
    assert (figures["coded"], figures["false"], figures["core"], figures["paired_optional"]) == (0, 0, 0, 1)
    assert figures["usable_precision"] is None


def test_a_missed_optional_record_costs_nothing() -> None:
    figures = events([record(core=False), record("meeting", FOURTH, roles={"participant": ["LVA"]})],
                     [record("meeting", FOURTH, roles={"participant": ["LVA"]})])
    assert (figures["usable_recall"], figures["usable_precision"]) == (1, 1)


@pytest.mark.parametrize("extra", [record(span=THIRD), record("deployment"), record()])
def test_every_other_unpaired_record_is_false(extra: Dict) -> None:
    figures = events([record()], [record(), extra])
    assert (figures["false"], figures["coded"], figures["usable_precision"]) == (1, 2, 0.5)


def test_a_wrong_number_makes_a_record_unusable() -> None:
    gold = [record(materiel=howitzers(number(6, 6)))]
    figures = events(gold, [record(materiel=howitzers(number(5, 5)))])
    assert figures["usable"] == figures["usable_required"] == 0
    assert figures["slots"]["materiel counts"]["accuracy"] == 0
    assert figures["slots"]["materiel"]["accuracy"] == 1


@pytest.mark.parametrize("slots", [
    {"personnel": number(500, 500)}, {"casualties": {"killed": number(3, 3), "wounded": None}},
    {"casualties": {"killed": None, "wounded": number(7, None)}}, {"materiel": howitzers(number(6, 6))},
])
def test_every_number_of_gold_must_be_found(slots: Dict) -> None:
    assert events([record(**slots)], [record()])["usable"] == 0
    assert events([record(**slots)], [record(**slots)])["usable"] == 1


def test_a_number_that_only_the_program_has_spoils_the_slot_but_not_the_record() -> None:
    figures = events([record()], [record(personnel=number(500, 500))])
    assert figures["usable"] == 1
    assert figures["slots"]["personnel"] == {"right": 0, "of": 1, "accuracy": 0}


def test_an_unnumbered_line_asks_for_no_number() -> None:
    assert events([record(materiel=howitzers(number(None)))], [record()])["usable"] == 1


def test_only_the_required_roles_decide_the_softer_figure() -> None:
    gold = [record("military_exercise", roles={"participant": ["NOR"], "host": ["LVA"]})]
    figures = events(gold, [record("military_exercise", roles={"participant": ["NOR"], "host": []})])
    assert (figures["usable"], figures["usable_required"]) == (0, 1)


def test_a_clash_has_no_direction() -> None:
    gold = [record("armed_incident", subtype="clash", roles={"initiator": ["MLI", None], "target": []})]
    figures = events(gold, [record("armed_incident", subtype="clash", roles={"initiator": [None], "target": ["MLI"]})])
    assert (figures["usable"], figures["swapped"]) == (1, 0)


def test_addressee_and_about_of_a_statement_are_one_set_and_statements_stand_apart() -> None:
    gold = [record("statement", roles={"speaker": ["NOR"], "addressee": ["RUS"], "about": []})]
    report = scored(gold, [record("statement", roles={"speaker": ["NOR"], "addressee": [], "about": ["RUS"]})])
    assert report.groups["statement"].usable == 1
    assert report.groups["events"].coded == report.groups["events"].core == 0


def test_a_party_without_a_country_is_not_an_absent_one() -> None:
    gold = [record("armed_incident", roles={"initiator": [None], "target": ["MLI"]})]
    assert events(gold, [record("armed_incident", roles={"initiator": [], "target": ["MLI"]})])["usable"] == 0


def test_evidence_in_the_next_sentence_does_not_pair() -> None:
    assert events([record(span=FIRST)], [record(span=SECOND)])["paired"] == 0
    assert events([record(span=FIRST)], [record(span=(50, 60))])["paired"] == 1


def test_most_pairs_come_before_most_equal_slots() -> None:
    wide = record()
    wide["evidence"].append({"start": THIRD[0], "end": THIRD[1]})
    narrow = record(roles={"supplier": ["SWE"], "recipient": []}, status="planned")
    report = scored([wide, narrow], [record()])
    assert report.groups["events"].usable == 1
    both = scored([wide, narrow], [record(), record(span=THIRD, roles={"supplier": ["XKX"], "recipient": []})])
    assert both.groups["events"].paired == 2


@pytest.mark.parametrize(("gold", "program", "agrees"), [
    (("2021-05-04", "2021-05-04"), ("2021-05-04", "2021-05-04"), True),
    (("2021-05-01", "2021-05-10"), ("2021-05-01", "2021-05-05"), True),
    (("2021-05-01", "2021-05-10"), ("2021-05-01", "2021-05-04"), False),
    ((None, "2021-05-04"), (None, "2021-06-04"), True),
    ((None, "2021-05-04"), ("2021-05-04", "2021-05-04"), False),
    (("2021-05-04", None), (None, "2021-05-04"), False),
    (("2021-05-04", "2021-05-04"), (None, None), False),
])
def test_time_agrees_when_half_of_all_days_are_shared(gold: Any, program: Any, agrees: bool) -> None:
    def dated(days: Any) -> Dict:
        return record(time={"earliest": days[0], "latest": days[1]})
    assert compare(dated(gold), dated(program)).slots["time"].equal is agrees


def test_slots_that_neither_side_fills_are_not_counted() -> None:
    slots = compare(record(), record()).slots
    counted = {name for name, slot in slots.items() if slot.counts}
    assert counted == {"status", "historical", "subtype", "attribution", "supplier", "recipient"}


@pytest.mark.parametrize(("program", "agrees"), [
    ([{"text": "Interfax", "name": "Interfax", "country": None}], True),
    ([{"text": "a ministry", "name": "Ministry of Defence", "country": "RUS"}], False),
    ([], False),
])
def test_the_nearest_source_agrees_by_country_or_name(program: list[Dict], agrees: bool) -> None:
    gold = record(attribution=[{"text": "the Interfax news agency", "country": None}, {"text": "x", "country": "RUS"}])
    assert compare(gold, record(attribution=program)).slots["attribution"].equal is agrees


def test_sentences_end_at_lines_and_full_stops_but_not_at_abbreviations() -> None:
    spans = Sentences(TEXT).spans
    assert spans == [FIRST, SECOND, THIRD, FOURTH]
    hard = "He met Lt. Col. J. Smith of the U.S. Army at 5 p.m. Monday. \u201cWe won.\u201d They left"
    assert len(Sentences(hard).spans) == 3


@given(st.integers(1, 4).flatmap(lambda width: st.lists(
    st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4)))
def test_the_assignment_is_the_best_there_is(weights: list[list[int]]) -> None:
    rows, columns = len(weights), len(weights[0])
    padded = [[row[column] if column < columns else 0 for column in range(columns + rows)] for row in weights]
    best = max(sum(padded[row][column] for row, column in enumerate(choice))
               for choice in itertools.permutations(range(columns + rows), rows))
    pairs = assign(weights)
    assert sum(weights[row][column] for row, column in pairs) == best
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def test_faults_say_why() -> None:
    gold = [record(), record("armed_incident", THIRD, roles={"initiator": [None], "target": ["MLI"]})]
    program = [record(status="planned"), record("statement", THIRD, roles={"speaker": ["MLI"]}),
               record("meeting", FOURTH, roles={"participant": []})]
    negative = {"start": FOURTH[0], "end": FOURTH[1], "not_type": "meeting", "reason": "not on security"}
    found = {(fault.kind, fault.type): fault for fault in evaluation.faults(scored(gold, program, (negative,)))}
    assert found["unusable", "arms_transfer"].cause == "status"
    assert "occurred -> planned" in found["unusable", "arms_transfer"].detail
    assert found["miss", "armed_incident"].cause == "coded as statement"
    assert found["false", "statement"].cause == "gold has armed_incident"
    assert (found["false", "meeting"].cause, found["false", "meeting"].detail) == ("marked negative", "not on security")
    listed = evaluation.fault_list(found.values(), ["armed_incident"])
    assert "MISS a1: armed_incident occurred" in listed
    assert "meeting" not in listed


def test_a_fault_of_a_record_whose_toll_has_words_is_listed() -> None:
    told = {"killed": {"min": 2, "max": 2, "kind": "exact"}, "wounded": None, "text": "two guards died"}
    gold = [record("armed_incident", THIRD, roles={"initiator": [None], "target": ["MLI"]}) | {"casualties": told}]
    (fault,) = evaluation.faults(scored(gold, []))
    assert "killed=2" in evaluation.fault_list([fault], ["armed_incident"])


def test_tables_show_every_type_and_articles_without_a_result() -> None:
    report = evaluation.score([article(record())], {})
    shown = evaluation.table(report)
    assert "EVENTS" in shown
    assert "diplomatic_status" in shown
    assert "no result for 1 of 1 articles" in shown
    assert json.loads(json.dumps(report.as_dict()))["groups"]["events"]["usable_recall"] == 0
    assert "status" in evaluation.slot_table(scored([record()], [record()]))


def write_gold(folder: Path, **changes: Any) -> None:
    """A gold file as JSON, which is YAML too."""
    data = {"id": "a1", "source": {"published": "2021-05-05"}, "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            "records": [record()], "negatives": []}
    (folder / "a1.txt").write_bytes(TEXT.encode())
    (folder / "a1.yaml").write_text(json.dumps(data | changes), encoding="utf-8")


def test_gold_files_are_loaded_with_their_text_and_date(tmp_path: Path) -> None:
    write_gold(tmp_path)
    (loaded,) = evaluation.load_gold(tmp_path)
    assert (loaded.id, loaded.text, loaded.published, len(loaded.records)) == ("a1", TEXT, "2021-05-05", 1)


@pytest.mark.parametrize(("changes", "said"), [
    ({"text_sha256": "0" * 64}, "text_sha256 differs"), ({"records": [{"type": "meeting"}]}, "evidence"),
    ({"records": [record(span=(0, 9999))]}, "not in the text"),
])
def test_a_damaged_gold_file_is_named(tmp_path: Path, changes: Dict, said: str) -> None:
    write_gold(tmp_path, **changes)
    with pytest.raises(KnowledgeError, match=said):
        evaluation.load_gold(tmp_path)


def test_a_folder_without_gold_says_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no gold file"):
        evaluation.load_gold(tmp_path)
    with pytest.raises(UsageError, match="no folder"):
        evaluation.load_gold(tmp_path / "absent")


def test_results_of_any_coder_find_their_article_by_text_or_name(tmp_path: Path) -> None:
    gold = [article(record())]
    file = tmp_path / "results.jsonl"
    result: Dict = {"article": {"id": "f00", "source": "b.txt", "text": TEXT}, "records": [record()]}
    file.write_text(json.dumps(result) + "\n")
    assert evaluation.records_by_article(gold, evaluation.load_results(file)) == {"a1": [record()]}
    named: list[Dict] = [{"article": {"source": "/x/a1.txt"}, "records": []}]
    assert evaluation.records_by_article(gold, named) == {"a1": []}
    with pytest.raises(UsageError, match="another text"):
        evaluation.records_by_article(gold, [{"article": {"source": "a1.txt", "text": "other"}, "records": []}])


def test_floors_tell_what_fell(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("_floors", Path(__file__).parents[1] / "benchmarks" / "_floors.py")
    assert spec is not None
    assert spec.loader is not None
    floors = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(floors)
    file = tmp_path / "quality.json"
    file.write_text(json.dumps({"gold": {"usable_precision": 0.5, "swapped": {"max": 0}}}))
    assert floors.check("gold", {"usable_precision": 0.5, "swapped": 0}, file) == []
    assert len(floors.check("gold", {"usable_precision": 0.4, "swapped": 1}, file)) == 2
    assert "not measured" in floors.check("gold", {"swapped": 0}, file)[0]
    assert "no floors" in floors.check("other", {}, file)[0]
