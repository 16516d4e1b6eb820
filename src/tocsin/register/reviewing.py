"""Reviewing a register: judge records, undo, look at what was judged and at what waits.

reviews = register.reviews
reviews.judge("r_5b0c44e19a7d", "edit", by="ana", slot="status", value="planned")
reviews.undo(by="ana")
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from tocsin.errors import RegisterError, UsageError
from tocsin.knowledge.words import words
from tocsin.model import Record
from tocsin.register import corrections as kept
from tocsin.register.corrections import Draft
from tocsin.register.filters import Filters
from tocsin.register.history import Counts, History, Shown, Told
from tocsin.register.precision import Rate, rate, rates
from tocsin.register.query import Numbers
from tocsin.register.queue import SEED, Agreement, Order, Which, agreement, agreements, waiting
from tocsin.register.rows import read_records
from tocsin.register.store import Connection, Store
from tocsin.register.write import Writer
from tocsin.review import Action, Correction, effective, verdict, verdicts_by_reviewer, with_slot
from tocsin.review.same import same
from tocsin.review.slots import check


class Reviews:
    """The reviews of an open register."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store, self._writer = store, writer

    def judge(self, name: str, action: Action, *, by: str, slot: str | None = None, value: Any = None,
              note: str | None = None, queue: str | None = None) -> Correction:
        """Accept, reject, edit or comment on the record with this id, as it is shown now.

        ``value`` of an edit is the slot's as in the contract's JSON; its words must stand in the article. Raises
        UsageError where the action, slot or value cannot be, RegisterError where there is no such record.
        """
        if action not in ("accept", "reject", "edit", "comment"):
            raise UsageError(words()("review.no_action", action=action, known="accept, reject, edit, comment"))
        with self._writer.transaction(self._store) as db:
            return self._judged(db, name, action, by, slot, value, note, queue)

    def edit(self, name: str, changes: Mapping[str, Any], *, by: str, note: str | None = None,
             queue: str | None = None) -> list[Correction]:
        """Edit several slots of a record, all of them or, where one cannot be, none."""
        with self._writer.transaction(self._store) as db:
            return [self._judged(db, name, "edit", by, slot, value, note, queue) for slot, value in changes.items()]

    def _judged(self, db: Connection, name: str, action: Action, by: str, slot: str | None, value: Any,
                note: str | None, queue: str | None) -> Correction:
        shown = self._find(db, name)
        if shown is None and action in ("reject", "comment") and (claim := self._left(db, name)) is not None:
            return self._write(db, Draft(claim[0], action, _name(by), claim[1], note=note, queue=queue))
        if shown is None:
            raise RegisterError(words()("register.no_record", path=self._store.path, id=name))
        record = Record.model_validate(read_records(db, [shown.number])[0])
        if action == "edit":
            self._check(db, with_slot(record, str(slot), value), shown.article)
        number, base = self._claim(db, shown, record, action, _name(by))
        return self._write(db, Draft(number, action, _name(by), shown.article, slot if action == "edit" else None, value,
                                     base, note, queue=queue))

    def add(self, article: str, record: Record, *, by: str, note: str | None = None) -> Correction:
        """Add a record that the coder has missed in an article; its id is made from what it says."""
        with self._writer.transaction(self._store) as db:
            number = self._article(db, article)
            made = record.model_copy(update={"id": _added_id(article, record)})
            self._check(db, made, number)
            found = db.execute("SELECT id FROM claim WHERE record = ?", (made.id,)).fetchone()
            claim = found[0] if found else kept.add_claim(db, number, made)
            return self._write(db, Draft(claim, "add", _name(by), number, record=made, note=note))

    def undo(self, *, by: str, correction: int | None = None) -> Correction:
        """Undo a correction, else the reviewer's last one that counts; what was undone."""
        with self._writer.transaction(self._store) as db:
            undone = self._last(db, _name(by)) if correction is None else kept.correction(db, correction)
            if undone is None:
                raise UsageError(words()("review.nothing_to_undo", reviewer=by))
            history = kept.corrections(db, [undone.claim])[undone.claim]
            if undone.action != "undo" and undone not in effective(history):
                raise UsageError(words()("review.undone_before", id=undone.id))
            article = db.execute("SELECT article FROM correction WHERE id = ?", (undone.id,)).fetchone()[0]
            self._write(db, Draft(undone.claim, "undo", _name(by), article, undoes=undone.id))
            return undone

    def can_undo(self, by: str) -> bool:
        """Whether the reviewer has made a correction that counts."""
        with self._store.reading() as db:
            return self._last(db, _name(by)) is not None

    def counts(self) -> Counts:
        """How much was judged."""
        with self._store.reading() as db:
            made, claims = db.execute("SELECT count(*), count(DISTINCT claim) FROM correction").fetchone()
            states = dict(db.execute("SELECT state, count(*) FROM reviewed WHERE state != 'open' GROUP BY state"))
            changed = db.execute("SELECT count(*) FROM reviewed WHERE changed").fetchone()[0]
        return Counts(made, claims, states, changed)

    def waiting(self, order: Order = "uncertain", *, by: str | None = None, seed: str = SEED,
                limit: int | None = None, filters: Filters | None = None, which: Which = "open") -> list[int]:
        """Numbers of the records that wait for review (``Register.rows`` takes them), those whose evidence changed first.

        ``by`` names a reviewer: what only others judged waits for him too. ``which`` is one of the queues of
        ``tocsin.register.queue``.
        """
        return [int(n) for n in self.queue(order, by=by, seed=seed, filters=filters, which=which)[:limit]]

    def queue(self, order: Order, *, by: str | None = None, seed: str = SEED, filters: Filters | None = None,
              which: Which = "open") -> Numbers:
        """The same as one array, for registers of any size."""
        with self._store.reading() as db:
            return waiting(db, filters or Filters(), order, by, seed, which, words().put_forward)

    def left(self) -> list[str]:
        """Ids of the judged records whose evidence is gone and in whose place the coder reads nothing: they wait too, and
        can be rejected or commented on."""
        with self._store.reading() as db:
            return [row[0] for row in db.execute(
                """SELECT DISTINCT claim.record FROM claim JOIN reviewed ON reviewed.claim = claim.id
                   WHERE changed AND reviewed.record IS NULL ORDER BY claim.id""")]

    def agreement(self) -> list[Agreement]:
        """How far reviewers agree, by type."""
        with self._store.reading() as db:
            return agreements(db)

    def agreed(self) -> Agreement:
        """How far reviewers agree over all types."""
        with self._store.reading() as db:
            return agreement(db)

    def rate(self) -> Rate:
        """The share of right records among those drawn at random."""
        with self._store.reading() as db:
            return rate(db)

    def rates(self) -> dict[str, Rate]:
        """The same by type."""
        with self._store.reading() as db:
            return rates(db)

    def shown(self, name: str) -> int | None:
        """The number of the record of this id as reviews left it (of a rejected one: the coder's); None where no shown
        reading has it."""
        with self._store.reading() as db:
            found = self._find(db, name)
        return found.number if found is not None else None

    def history(self, name: str) -> History | None:
        """What was done about a record (by its id, of this or an earlier reading); None where nothing was."""
        with self._store.reading() as db:
            shown = self._find(db, name)
            number = shown.claim if shown is not None else None
            if number is None:
                found = db.execute("SELECT max(id) FROM claim WHERE record = ?", (name,)).fetchone()[0]
                number = found
            return self._history(db, number, shown.article if shown is not None else None) if number is not None else None

    def told(self, correction: int) -> Told | None:
        """A correction with the record that it is about, as it is shown now; None where there is no such correction."""
        with self._store.reading() as db:
            done = kept.correction(db, correction)
            if done is None:
                return None
            row = db.execute("SELECT record.record FROM reviewed r JOIN record ON record.id = coalesce(stands, r.record) "
                             "WHERE claim = ? LIMIT 1", (done.claim,)).fetchone()
            seen = kept.claims(db, [done.claim])[0].seen
            return Told(done, row[0] if row is not None else seen.id, seen)

    def claims(self, article: str) -> list[History]:
        """The claims that concern an article, with what was done about them."""
        with self._store.reading() as db:
            here = self._article(db, article)
            return [self._history(db, number, here) for number in kept.concerning(db, here)]

    def _history(self, db: Connection, number: int, article: int | None) -> History:
        """All about a claim; whether it is back in the queue is told for one article, else for any."""
        claim = kept.claims(db, [number])[0]
        done = kept.corrections(db, [number])[number]
        rows = db.execute("SELECT article FROM reviewed WHERE claim = ? AND changed", (number,)).fetchall()
        changed = any(article in (None, row[0]) for row in rows)
        return History(claim, tuple(done), verdict(claim, done), verdicts_by_reviewer(claim, done), changed)

    def _write(self, db: Connection, draft: Draft) -> Correction:
        """Write a correction and show what it makes of every article that it concerns."""
        made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        number = kept.add_correction(db, draft, made)
        for article in self._concerned(db, draft.claim, draft.article):
            self._writer.review(article)
        found = kept.correction(db, number)
        assert found is not None
        return found

    @staticmethod
    def _concerned(db: Connection, claim: int, article: int) -> list[int]:
        """Articles that are shown and may be touched by a claim: its own, the other versions at its addresses."""
        own = db.execute("SELECT article FROM claim WHERE id = ?", (claim,)).fetchone()[0]
        rows = db.execute(
            """SELECT ?1 UNION SELECT ?2 UNION
               SELECT coalesce(a.duplicate_of, a.id) FROM version JOIN article a ON a.id = version.article
               WHERE version.address IN (
                 SELECT address FROM article WHERE id IN (?1, ?2) OR duplicate_of IN (?1, ?2))""", (own, article)).fetchall()
        return sorted(row[0] for row in rows
                      if db.execute("SELECT shown FROM article WHERE id = ?", (row[0],)).fetchone()[0] is not None)

    def _claim(self, db: Connection, shown: Shown, record: Record, action: Action, by: str) -> tuple[int, Record | None]:
        """The claim about a record, made where there is none, and the record that the correction starts from where that is
        not what the claim already comes to, for all and for the reviewer alone (who accepts an edit by another)."""
        if shown.claim is None:
            return kept.add_claim(db, shown.article, record), None
        claim = kept.claims(db, [shown.claim])[0]
        history = kept.corrections(db, [shown.claim])[shown.claim]
        name = db.execute("SELECT article FROM article WHERE id = ?", (shown.article,)).fetchone()[0]
        own = verdicts_by_reviewer(claim, history).get(by)
        alone = (own.record, own.article) if own is not None else (claim.seen, claim.article)
        now = verdict(claim, history)
        stands = now is not None and now.state != "rejected" and all(
            article == name and same(held, record) for held, article in ((now.record, now.article), alone))
        return shown.claim, None if stands or action == "comment" else record

    def _check(self, db: Connection, record: Record, article: int) -> None:
        """UsageError where a record cannot be: a subtype of another type, words that do not stand in the article."""
        text = db.execute("SELECT text FROM text WHERE article = ?", (article,)).fetchone()
        check(record, text[0] if text is not None else None)

    @staticmethod
    def _left(db: Connection, name: str) -> tuple[int, int] | None:
        """(claim, article) of a claim back in the queue whose evidence is gone and that no record answers to."""
        row: tuple[int, int] | None = db.execute(
            """SELECT claim.id, reviewed.article FROM claim JOIN reviewed ON reviewed.claim = claim.id
               WHERE claim.record = ? AND changed AND reviewed.record IS NULL""", (name,)).fetchone()
        return row

    @staticmethod
    def _find(db: Connection, name: str) -> Shown | None:
        """The record of this id that is shown or hidden by a review; None where no shown reading has it."""
        for number, article, first, count in db.execute(
                """SELECT record.id, record.article, reading.first, reading.records FROM record
                     JOIN article ON article.id = record.article JOIN reading ON reading.id = article.shown
                   WHERE record.record = ? ORDER BY record.id DESC""", (name,)):
            row = db.execute("SELECT claim, stands, hidden FROM reviewed WHERE article = ? AND (record = ? OR stands = ?)",
                             (article, number, number)).fetchone()
            if row is not None:
                return Shown(row[1] if row[1] is not None else number, article, row[0])
            if first <= number < first + count:
                return Shown(number, article, None)
        return None

    @staticmethod
    def _last(db: Connection, reviewer: str) -> Correction | None:
        """The reviewer's last correction that counts."""
        for done in kept.by_reviewer(db, reviewer):
            if done.action != "undo" and done in effective(kept.corrections(db, [done.claim])[done.claim]):
                return done
        return None

    def _article(self, db: Connection, name: str) -> int:
        found = db.execute("SELECT coalesce(duplicate_of, id) FROM article WHERE article = ?", (name,)).fetchone()
        if found is None:
            raise RegisterError(words()("register.no_article", path=self._store.path, id=name))
        return int(found[0])


def _name(reviewer: str) -> str:
    """The reviewer's name as it is kept."""
    name = " ".join(reviewer.split())
    if not name:
        raise UsageError(words()("review.no_reviewer"))
    return name


def _added_id(article: str, record: Record) -> str:
    """The id of a record that a reviewer adds: from article, type and evidence, as the coder's, marked as added."""
    quote = record.evidence[0]
    parties = "|".join(f"{role}={p.name}" for role, ps in record.roles.items() for p in ps)
    key = f"{article}|{record.type}|{quote.start}|{quote.end}|added|{record.subtype}|{parties}"
    return "r_" + hashlib.sha256(key.encode()).hexdigest()[:12]
