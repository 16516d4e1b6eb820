"""Incidents kept in a register: what has no day found by its words, pages by arithmetic, denials beside what they deny."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from test_incident_register import STEPS, blocks, groups, links, play, register, strike, told

from incidents_made import day, party, record, result
from tocsin.incidents.decisions import ordered
from tocsin.incidents.faces import from_json
from tocsin.incidents.pairs import decide
from tocsin.incidents.rules import rules
from tocsin.model import Result
from tocsin.model.record import Relation
from tocsin.register.incident_rebuild import rebuild


def raid(number: int, words: str, killed: int | None = None) -> Result:
    """A report without any day: only the parties and its words say which event it tells."""
    toll = {"killed": {"min": killed, "max": killed, "kind": "exact"}} if killed else {}
    told_ = record("armed_incident", words, {"initiator": [party("RUS")], "target": [party("UKR")], "supporter": []},
                   subtype="air_strike", casualties=toll)
    return result([told_], None, source=f"raid{number}.txt", publisher=f"Paper {number % 3}")


def test_many_undated_reports_of_the_same_two_parties_are_not_all_asked_about() -> None:
    """A war has thousands; that both sides are the same is no question. What shares number and words is found among them."""
    nouns = [f"{a}{b}{c}" for a in "bdkmprtv" for b in "aeiou" for c in ("nda", "lto", "rsk", "vic")]
    with register() as made:
        for number in range(60):
            own = " ".join(random.Random(number).sample(nouns, 9))
            made.add(raid(number, f"Raid {number}: drones hit {own}"))
        assert links(made) == set()
        words = "drones hit the silo beside the orchard road at Velyka, killing the warden and his sons"
        made.add(raid(100, f"On a clear night {words}", 14))
        made.add(raid(101, f"It is told that {words}", 14))
        joined = [group for group in groups(made).values() if len(group) > 1]
        assert [len(group) for group in joined] == [2]


def test_undated_candidates_are_all_that_share_enough_words() -> None:
    """The look-up by words gives what comparing all with all gives."""
    texts = ["drones hit the silo beside the orchard road", "drones hit a silo on the orchard road tonight",
             "missiles fell on the harbour wall", "a silo burned", "missiles fell far from the harbour wall and the orchard"]
    with register() as made:
        made.add_all([raid(number, f"{text} {number}", 9) for number, text in enumerate(texts)])
        faces = [from_json(text) for text, in made._store.db.execute("SELECT face FROM incident_face")]
        wanted = {(*ordered(a.name, b.name), found.score) for a, b in combinations(faces, 2)
                  if (found := decide(a, b, rules())).judgement != "apart"}
        assert wanted
        assert {(one, other, score) for one, other, score, *_ in links(made)} == wanted


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_the_register_by_incident_is_that_of_its_records(steps: list[tuple[str, int, int, int]]) -> None:
    """Pages by arithmetic on a column give what counting the records gives, after any history."""
    with register() as made:
        play(made, steps)
        sizes = made._store.db.execute("SELECT incident, count(*) AS n, max(record) AS newest FROM incident_member "
                                       "GROUP BY incident ORDER BY n DESC, newest DESC").fetchall()
        found = made.incidents.find(limit=100)
        assert found.total == len(sizes)
        assert [one.id for one in found] == [name for name, *_ in sizes]
        assert [len(one.reports) for one in found] == [n for _, n, _ in sizes]
        planned = {made.incident(row.record.id).id for row in made.find(status="planned")}
        assert {one.id for one in made.incidents.find(status="planned", limit=100)} == planned
        assert [one.id for one in made.incidents.find(limit=2, offset=1)] == [name for name, *_ in sizes[1:3]]


def denied(number: int, on: int) -> Result:
    """An article that tells a strike, and that Moscow denies it, by the coder's three records."""
    told_, no = (strike(words, day(0), "Lviv", 5, status=status) for words, status in (
        (f"Drones hit the depot in the town of Lviv, says {number}", "occurred"),
        (f"Moscow denied that its drones hit the depot, says {number}", "denied")))
    said = record("statement", no.evidence[0].exact, {"speaker": [party("RUS")], "addressee": [], "about": []},
                  subtype="denial")
    made = result([told_, no, said], day(on), source=f"no{number}.txt", publisher=f"Paper {number}")
    first, second, third = made.records
    denies = Relation(kind="denies", record=second.id)
    return made.model_copy(update={"records": (first, second, third.model_copy(update={"relations": (denies,)}))})


def test_a_statement_that_denies_an_event_stands_with_it_and_says_nothing_of_it_but_that() -> None:
    with register() as made:
        made.add_all([told(0, 0, 1), denied(1, 1)])
        statement = next(row.record for row in made.find(type="statement"))
        found = made.incident(statement.id)
        assert found.type == "armed_incident"
        assert found.state == "occurred"
        assert found.course.denied_by == ("Russia",)
        assert {report.record.type for report in found.reports} == {"armed_incident", "statement"}
        assert "roles.speaker" not in {slot.slot for slot in found.slots}
        assert found.grade.denied
        assert all("Russia" not in origin.name for origin in found.origins if found.reports[0].face.name in origin.reports)
        made.incidents.split(found.id, [statement.id], by="ana")
        assert made.incident(statement.id).type == "statement"
        made.incidents.undo(by="ana")
        assert made.incident(statement.id).id == found.id
        made.reviews.judge(next(row.record.id for row in made.find(status="denied")), "reject", by="ana")
        assert made.incident(statement.id).type == "statement"


@settings(max_examples=25, deadline=None)
@given(STEPS, st.integers(0, 14))
def test_denials_follow_what_they_deny_through_any_history(steps: list[tuple[str, int, int, int]], at: int) -> None:
    with register() as made:
        play(made, steps[:at])
        made.add(denied(9, 1))
        play(made, steps[at:])
        kept = groups(made), links(made), blocks(made)
        with made._store.writing() as db:
            rebuild(db)
        assert (groups(made), links(made), blocks(made)) == kept
