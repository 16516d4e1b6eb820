"""Corrections: what they come to, how they find their record again, how far reviewers agree."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tocsin import evaluation
from tocsin.cli import app
from tocsin.errors import RegisterError, UsageError
from tocsin.evaluation.write_gold import write_gold
from tocsin.model import Record
from tocsin.register import Register, Run
from tocsin.review import Claim, Correction, alpha, effective, reanchored, verdict
from toy import toy_result

TEXT = "Russia gives Tajikistan 12 tanks in Dushanbe on 2021-09-13.\nLatvia attacks Mali in Gao on 2020-01-05, Norway said."


def seen(index: int = 0, text: str = TEXT) -> Record:
    return toy_result(text).records[index]


def done(number: int, action: str, **fields: Any) -> Correction:
    base: dict[str, Any] = {"id": number, "claim": 1, "action": action, "reviewer": "ana", "made": f"2024-01-0{number}"}
    return Correction(**(base | fields))


CLAIM = Claim(1, "a", seen())


def test_an_undo_takes_a_correction_out_and_an_undo_of_it_brings_it_back() -> None:
    history = [done(1, "accept"), done(2, "reject"), done(3, "undo", undoes=2)]
    assert [c.id for c in effective(history)] == [1]
    assert [c.id for c in effective([*history, done(4, "undo", undoes=3)])] == [1, 2]


def test_edits_add_up_and_a_whole_record_starts_anew() -> None:
    history = [done(1, "edit", slot="status", value="planned"), done(2, "edit", slot="subtype", value="delivery")]
    found = verdict(CLAIM, history)
    assert found is not None
    assert (found.state, found.record.status, found.record.subtype) == ("edited", "planned", "delivery")
    other = verdict(CLAIM, [*history, done(3, "accept", record=seen(1), article="b")])
    assert other is not None
    assert (other.state, other.record.type, other.article) == ("accepted", "armed_incident", "b")


def test_comments_decide_nothing_and_an_undone_addition_leaves_nothing() -> None:
    assert verdict(CLAIM, [done(1, "comment", note="look again")]) is None
    added = [done(1, "add", record=seen()), done(2, "edit", slot="status", value="planned"), done(3, "undo", undoes=1)]
    assert verdict(CLAIM, added) is None


def test_words_are_found_again_where_a_text_moved_and_not_where_they_are_gone() -> None:
    moved = "It rained.\n" + TEXT
    again = reanchored(seen(), moved)
    assert again is not None
    assert all(moved[q.start:q.end] == q.exact for q in again.evidence)
    assert moved[again.materiel[0].start:again.materiel[0].end] == "12"
    assert reanchored(seen(), TEXT.replace("12 tanks", "14 tanks")) is None


def test_alpha_of_a_worked_example() -> None:
    """Two reviewers, ten units, nominal: 0.095 by hand (Krippendorff 2011, "Computing Krippendorff's alpha", part A)."""
    one, two = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(list(zip(one, two, strict=True))) == pytest.approx(0.095, abs=0.001)
    assert alpha([(1, 1), (0, 0)]) == 1
    assert alpha([(1,), (0, 0)]) is None


@pytest.fixture
def register(tmp_path: Path) -> Register:
    made = Register(tmp_path / "r.db")
    made.add(toy_result(TEXT), Run("toy", "1.0"))
    return made


def test_what_is_rejected_is_found_no_more_until_it_is_undone(register: Register) -> None:
    name = seen().id
    register.reviews.judge(name, "reject", by="ana", note="no such thing")
    assert [row.record.type for row in register.find()] == ["armed_incident"]
    assert register.count(party="RUS") == 0
    undone = register.reviews.undo(by="ana")
    assert (undone.action, undone.note) == ("reject", "no such thing")
    register.reviews.judge(name, "edit", by="ana", slot="status", value="planned")
    assert register.record(name).record.status == "planned"
    register.reviews.undo(by="ana")
    assert register.record(name).record.status == "occurred"
    assert register.find().total == 2


def test_an_edit_is_found_by_its_new_value_under_the_same_id_with_new_codes(register: Register) -> None:
    before = register.record(seen().id).record
    register.reviews.judge(before.id, "edit", by="ana", slot="status", value="planned")
    row = register.record(before.id)
    assert (row.record.status, row.record.confidence) == ("planned", 1.0)
    assert row.record.codes != before.codes
    assert register.count(status="planned") == 1
    assert register.count(status="occurred") == 1
    found = register.reviews.history(before.id)
    assert found is not None
    assert [(c.action, c.slot, c.reviewer) for c in found.corrections] == [("edit", "status", "ana")]


def test_a_missed_record_is_added_and_keeps_its_place_when_it_is_read_again(register: Register) -> None:
    article = next(iter(register.articles())).id
    met = {"participant": seen(1).roles["initiator"]}
    missed = seen(1).model_copy(update={"type": "meeting", "roles": met, "subtype": None})
    register.reviews.add(article, missed, by="ana")
    assert register.count(type="meeting") == 1
    register.add(toy_result(TEXT, version="2.0"), Run("toy", "2.0"))
    assert register.count(type="meeting") == 1


@pytest.mark.parametrize(("slot", "value", "said"), [
    ("colour", "red", "no slot"), ("status", "perhaps", "cannot be so"), ("subtype", "wedding", "no subtype"),
    ("roles.supplier", [{"text": "Norway", "start": 0, "end": 6, "name": "Norway", "kind": "state"}], "not 'Norway'"),
])
def test_what_cannot_be_is_refused_and_changes_nothing(register: Register, slot: str, value: Any, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        register.reviews.judge(seen().id, "edit", by="ana", slot=slot, value=value)
    assert register.reviews.history(seen().id) is None
    with pytest.raises(RegisterError, match="no record"):
        register.reviews.judge("r_none", "accept", by="ana")
    with pytest.raises(UsageError, match="no correction"):
        register.reviews.undo(by="ben")


def test_corrections_are_never_changed_or_deleted(register: Register) -> None:
    register.reviews.judge(seen().id, "accept", by="ana")
    db = sqlite3.connect(register.path)
    for statement in ("UPDATE correction SET reviewer = 'ben'", "DELETE FROM correction"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            db.execute(statement)
    db.close()


def test_a_changed_text_sends_the_claim_back_with_both_versions(register: Register) -> None:
    register.reviews.judge(seen().id, "edit", by="ana", slot="status", value="planned")
    later = TEXT.replace("12 tanks", "14 tanks")
    register.add(toy_result(later), Run("toy", "1.0"))
    (found,) = [h for h in register.reviews.claims(toy_result(later).article.id) if h.changed]
    assert found.verdict is not None
    assert found.verdict.record.materiel[0].count.min == 12
    assert [row.record.materiel[0].count.min for row in register.find(type="arms_transfer")] == [14]
    register.reviews.judge(found.claim.seen.id, "reject", by="ana")
    assert not any(h.changed for h in register.reviews.claims(toy_result(later).article.id))


def test_the_queue_puts_changed_evidence_first_and_leaves_out_what_was_judged(register: Register) -> None:
    reviews = register.reviews
    everything = reviews.waiting("newest")
    assert len(everything) == 2
    assert reviews.waiting("random", seed="x") == reviews.waiting("random", seed="x")
    name = register.rows([everything[0]])[0].record.id
    reviews.judge(name, "accept", by="ana")
    assert reviews.waiting() == everything[1:]
    assert sorted(reviews.waiting(by="ben")) == sorted(everything)
    with pytest.raises(UsageError, match="no order"):
        reviews.waiting("loudest")  # type: ignore[arg-type]


def test_only_records_drawn_at_random_measure_the_coder(register: Register) -> None:
    reviews = register.reviews
    reviews.judge(seen().id, "accept", by="ana", queue="uncertain")
    assert (reviews.rate().judged, reviews.rate().low) == (0, None)
    reviews.judge(seen(1).id, "reject", by="ana", queue="random")
    found = reviews.rate()
    assert (found.judged, found.right, found.low) == (1, 0, 0.0)
    assert found.high == pytest.approx(0.793, abs=0.001)  # Wilson's interval of 0 in 1, by hand


def test_agreement_by_type_is_over_what_two_judged(register: Register) -> None:
    for by, action in (("ana", "accept"), ("ben", "reject")):
        register.reviews.judge(seen().id, action, by=by)  # type: ignore[arg-type]
    register.reviews.judge(seen(1).id, "accept", by="ana")
    (found,) = register.reviews.agreement()
    assert (found.type, found.claims, found.alpha) == ("arms_transfer", 1, 0.0)


def test_an_article_that_is_reviewed_whole_is_gold_on_which_its_review_is_right(register: Register, tmp_path: Path) -> None:
    assert register.reviewed_articles() == []
    register.reviews.judge(seen().id, "edit", by="ana", slot="status", value="planned")
    register.reviews.judge(seen(1).id, "reject", by="ana", note="a rumour")
    (whole,) = register.reviewed_articles()
    write_gold(tmp_path / "gold", "one", whole.article, whole.records, whole.rejected)
    (gold,) = evaluation.load_gold(tmp_path / "gold")
    assert [n["reason"] for n in gold.negatives] == ["a rumour"]
    records = [row.record.model_dump(mode="json", by_alias=True) for row in register.find()]
    report = evaluation.score([gold], {"one": records}).groups["events"].as_dict()
    assert (report["usable_precision"], report["usable_recall"]) == (1, 1)


def test_review_on_the_terminal(register: Register) -> None:
    where = ["--register", str(register.path), "--by", "ana"]
    name = seen().id
    assert "edited · roles.supplier · Tajikistan" in run("review", "edit", name, "roles.supplier=Tajikistan", *where)
    assert "do not stand in the article" in run("review", "edit", name, "roles.supplier=Peru", *where, status=2)
    assert "undone" in run("review", "undo", *where)
    said = run("review", "--order", "newest", *where, typed="r a rumour\nu\na\n?\nn\n")
    assert said.count("Norway said") == 2  # shown, and again after the undo
    assert "Nothing waits" in said
    history = run("review", "history", seen(1).id, "--register", str(register.path))
    assert [line.split(" · ")[3] for line in history.splitlines()] == ["rejected", "undone", "accepted"]
    assert "alpha" not in run("review", "status", "--register", str(register.path))


def run(*arguments: str, typed: str = "", status: int = 0) -> str:
    done = CliRunner().invoke(app, list(arguments), input=typed)
    assert done.exit_code == status, done.output
    return done.output


def test_a_narrowed_random_queue_does_not_measure_the_coder(register: Register) -> None:
    where = ["--register", str(register.path), "--by", "ana", "--order", "random"]
    run("review", *where, "--type", "arms_transfer", typed="a\n")
    assert (register.reviews.counts().claims, register.reviews.rate().judged) == (1, 0)
    run("review", *where, typed="a\n")
    assert register.reviews.rate().judged == 1
