"""The incidents of a register: look at them, at what may belong together, merge and split.

incident = register.incident("i_5b0c44e19a7d")      # or the id of a record that stands in it
for origin in incident.origins: print(origin.name, origin.outlets)
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.errors import NoIncident, UsageError
from tocsin.incidents import Decision, HandDecision, Incident, account
from tocsin.incidents.brief import Brief
from tocsin.incidents.decisions import Action, counting, ordered, replay
from tocsin.incidents.faces import from_json
from tocsin.incidents.model import Face
from tocsin.incidents.pairs import decide
from tocsin.incidents.rules import Rules, rules
from tocsin.knowledge.words import words
from tocsin.register import incident_brief
from tocsin.register.filters import Filters
from tocsin.register.incident_find import page_of
from tocsin.register.incident_index import read_decisions
from tocsin.register.incident_names import aliases, anchors
from tocsin.register.incident_rebuild import rebuild
from tocsin.register.incident_reports import read_reports
from tocsin.register.store import Connection, Store
from tocsin.register.write import Writer

_FACE = "SELECT face FROM incident_face WHERE record = ?"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that were compared: their incidents' names, the records' names, and what came of it."""

    incident: str
    other_incident: str
    one: str
    other: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class FoundIncidents:
    """How many incidents fit, and those of them that were asked for. Can be gone through like a list."""

    total: int
    incidents: list[Incident]

    def __iter__(self) -> Iterator[Incident]:
        return iter(self.incidents)

    def __len__(self) -> int:
        return len(self.incidents)


@dataclass(frozen=True, slots=True)
class FoundBriefs:
    """How many incidents fit, and those of them that were asked for, in brief."""

    total: int
    briefs: list[Brief]


class Incidents:
    """The incidents of an open register."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store, self._writer = store, writer

    def get(self, name: str, *, today: str | None = None, found: Rules | None = None) -> Incident:
        """An incident by its name, by that of any record that stands in it, or by a record's id.

        ``today`` (YYYY-MM-DD) is the day by which plans are called stale; without it the newest day of publication.
        ``found`` are rules with grades of one's own. NoIncident where there is none.
        """
        with self._store.reading() as db:
            incident = self._name(db, name)
            newest = _newest(db)
            reports = read_reports(db, self._members(db, incident))
        return account(incident, reports, today or newest, found or rules())

    def find(self, filters: Filters | None = None, *, limit: int = 50, offset: int = 0, today: str | None = None,
             **given: Any) -> FoundIncidents:
        """The incidents of the records that fit (filters as of ``Register.find``), those of most reports first; an incident
        is shown whole, whichever of its records fit."""
        asked = filters if filters is not None else Filters.of(**given)
        with self._store.reading() as db:
            total, names = page_of(db, asked, limit, offset)
            return FoundIncidents(total, self.accounts(names, today=today))

    def briefs(self, filters: Filters | None = None, *, limit: int = 50, offset: int = 0, today: str | None = None,
               **given: Any) -> FoundBriefs:
        """The same in brief, as lists show them: fast whatever the size of the incidents."""
        asked = filters if filters is not None else Filters.of(**given)
        with self._store.reading() as db:
            total, names = page_of(db, asked, limit, offset)
            return FoundBriefs(total, incident_brief.read(db, names, today or _newest(db)))

    def briefs_of(self, names: Sequence[str], *, today: str | None = None) -> dict[str, Brief]:
        """Incidents in brief by their names; a name that no incident bears is passed over."""
        with self._store.reading() as db:
            return {one.id: one for one in incident_brief.read(db, names, today or _newest(db))}

    def names(self, filters: Filters | None = None, *, limit: int | None = None, **given: Any) -> list[str]:
        """The names of all of them, in the same order."""
        asked = filters if filters is not None else Filters.of(**given)
        with self._store.reading() as db:
            return page_of(db, asked, limit, 0)[1]

    def accounts(self, names: Sequence[str], *, today: str | None = None) -> list[Incident]:
        """The incidents of some names, in their order; a name that no incident bears any more is passed over."""
        with self._store.reading() as db:
            newest = today or _newest(db)
            members = [(name, self._members(db, name)) for name in names]
            return [account(name, read_reports(db, numbers), newest, rules()) for name, numbers in members if numbers]

    def of(self, numbers: Sequence[int]) -> dict[int, str]:
        """The names of the incidents in which records stand, by the records' numbers."""
        with self._store.reading() as db:
            rows = db.execute("SELECT record, incident FROM incident_member "
                              "WHERE record IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),))
            return dict(rows.fetchall())

    def has(self, name: str) -> bool:
        """Whether a name stands for an incident."""
        try:
            return bool(self.numbers(name))
        except NoIncident:
            return False

    def numbers(self, name: str) -> list[int]:
        """Numbers of the records that stand in an incident (``Register.rows`` takes them)."""
        with self._store.reading() as db:
            return self._members(db, self._name(db, name))

    def largest(self, limit: int = 20) -> list[tuple[str, int]]:
        """Incidents of several records with how many, the largest first."""
        with self._store.reading() as db:
            return list(db.execute("SELECT incident, count(*) AS n FROM incident_member GROUP BY incident HAVING n > 1 "
                                   "ORDER BY n DESC, incident LIMIT ?", (limit,)))

    def count(self) -> tuple[int, int]:
        """How many incidents there are, and how many of several records."""
        with self._store.reading() as db:
            row = db.execute("SELECT count(*), coalesce(sum(n > 1), 0) FROM "
                             "(SELECT count(*) AS n FROM incident_member GROUP BY incident)").fetchone()
        return int(row[0]), int(row[1])

    def why(self, name: str) -> list[Pair]:
        """For each record of an incident but the first, the record of it that it agrees with most, and why."""
        with self._store.reading() as db:
            incident = self._name(db, name)
            faces = [from_json(text) for text, in db.execute(
                "SELECT face FROM incident_face JOIN incident_member USING (record) WHERE incident = ? ORDER BY name",
                (incident,))]
        first, *left = sorted(faces, key=lambda face: (face.name != incident, face.name))
        nearest: list[tuple[Decision, Face]] = [(decide(face, first, rules()), first) for face in left]
        found = []
        while left:
            at = max(range(len(left)), key=lambda n: (nearest[n][0].score, left[n].name, nearest[n][1].name))
            face, (decision, fellow) = left.pop(at), nearest.pop(at)
            found.append(Pair(incident, incident, fellow.name, face.name, decision))
            for n, other in enumerate(left):
                compared = decide(other, face, rules())
                if (compared.score, face.name) > (nearest[n][0].score, nearest[n][1].name):
                    nearest[n] = compared, face
        return found

    def unsure(self, limit: int = 20, *, of: str | None = None) -> list[Pair]:
        """Pairs of different incidents that may be one and that nobody has decided about, the likeliest first; ``of`` names
        an incident: only those of it."""
        with self._store.reading() as db:
            own = self._name(db, of) if of is not None else None
            parted = replay(read_decisions(db), aliases(db)).cannot
            where = "a.incident = ? AND b.incident != a.incident" if own else "open"  # each pair stands twice, once open
            rows = db.execute(
                f"""SELECT a.incident, b.incident, f.name, g.name, one, other FROM incident_link
                     JOIN incident_member a ON a.record = one JOIN incident_member b ON b.record = other
                     JOIN incident_face f ON f.record = one JOIN incident_face g ON g.record = other
                   WHERE {where} ORDER BY score DESC, f.name, g.name""", (own,) if own else ())
            found: dict[tuple[str, str], Pair] = {}
            for incident, other, one, fellow, *numbers in rows:
                pair = ordered(incident, other)
                if ordered(one, fellow) not in parted and pair not in found:
                    faces = [from_json(db.execute(_FACE, (number,)).fetchone()[0]) for number in numbers]
                    found[pair] = Pair(incident, other, one, fellow, decide(faces[0], faces[1], rules()))
                if len(found) >= limit:
                    break
        return list(found.values())

    def merge(self, one: str, other: str, *, by: str, note: str | None = None) -> HandDecision:
        """Say that two incidents are one. UsageError where they are one already."""
        with self._writer.transaction(self._store) as db:
            a, b = self._name(db, one), self._name(db, other)
            if a == b:
                raise UsageError(words()("incident.one_already", one=one, other=other))
            return self._write(db, "merge", by, self._names(db, a), self._names(db, b), note)

    def split(self, name: str, records: Sequence[str], *, by: str, note: str | None = None) -> HandDecision:
        """Say that some records (by their ids, or the names that they bear in the incident) are not of an incident."""
        with self._writer.transaction(self._store) as db:
            incident = self._name(db, name)
            members = self._names(db, incident)
            ones = [self._member(db, record) for record in records]
            if not ones or not set(ones) <= set(members) or set(ones) == set(members):
                raise UsageError(words()("incident.cannot_split", id=incident, records=", ".join(records)))
            return self._write(db, "split", by, ones, [name for name in members if name not in ones], note)

    def apart(self, one: str, other: str, *, by: str, note: str | None = None) -> HandDecision:
        """Say that two incidents are not one: they are asked about no more, and nothing joins them later."""
        with self._writer.transaction(self._store) as db:
            a, b = self._name(db, one), self._name(db, other)
            if a == b:
                raise UsageError(words()("incident.one_already", one=one, other=other))
            return self._write(db, "apart", by, self._names(db, a), self._names(db, b), note)

    def undo(self, *, by: str, decision: int | None = None) -> HandDecision:
        """Undo a decision, else the reviewer's last one that counts; what was undone. An undo can itself be undone."""
        with self._writer.transaction(self._store) as db:
            made = read_decisions(db)
            own = [d for d in counting(made) if d.reviewer == _reviewer(by)]
            undone = (own[-1] if own else None) if decision is None else next((d for d in made if d.id == decision), None)
            if undone is None or (undone.action != "undo" and undone not in counting(made)):
                raise UsageError(words()("incident.nothing_to_undo", reviewer=by))
            self._write(db, "undo", by, list(undone.ones), list(undone.others), None, undone.id)
            return undone

    def decisions(self, name: str | None = None) -> list[HandDecision]:
        """What people have decided, oldest first; of one incident, what concerns any record that stands in it."""
        with self._store.reading() as db:
            made, known = read_decisions(db), aliases(db)
            here = set(self._names(db, self._name(db, name))) if name is not None else None
        return [d for d in made if here is None or any(known.get(n, n) in here for n in (*d.ones, *d.others))]

    def outdated(self) -> bool:
        """Whether other rules than today's made the incidents: then ``rebuild`` them."""
        with self._store.reading() as db:
            return bool(db.execute("SELECT digest FROM incident_rules").fetchone()[0] != rules().digest)

    def rebuild(self) -> None:
        """Make all incidents anew from the records and the decisions: after a change of the rules."""
        with self._writer.transaction(self._store) as db:
            rebuild(db)
        self._writer.forget()

    def _write(self, db: Connection, action: Action, by: str, ones: list[str], others: list[str], note: str | None,
               undoes: int | None = None) -> HandDecision:
        made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        found = json.dumps({name: json.dumps(anchor) for name, anchor in anchors(db, [*ones, *others]).items()})
        values = (action, _reviewer(by), made, json.dumps(ones), json.dumps(others), found, note, undoes)
        number = db.execute("INSERT INTO incident_decision (action, reviewer, made, ones, others, anchors, note, undoes) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id", values).fetchone()[0]
        known = aliases(db)
        touched = [known.get(name, name) for name in (*ones, *others)]
        self._writer.incidents.touch(self._writer.incidents.numbers(touched))
        return HandDecision(number, action, _reviewer(by), made, tuple(ones), tuple(others), note, undoes)

    def _name(self, db: Connection, name: str) -> str:
        """The incident that a name stands for."""
        row = db.execute("SELECT incident FROM incident_face JOIN incident_member USING (record) WHERE name = ?",
                         (name,)).fetchone() or db.execute(
            "SELECT incident FROM incident_alias JOIN incident_member USING (record) WHERE name = ?",
            (name,)).fetchone() or db.execute(
            "SELECT incident FROM record JOIN incident_member ON incident_member.record = record.id WHERE record.record = ? "
            "ORDER BY record.id DESC", (name,)).fetchone()
        if row is None:
            raise NoIncident(words()("incident.none", path=self._store.path, id=name))
        return str(row[0])

    def _member(self, db: Connection, name: str) -> str:
        row = db.execute("SELECT name FROM incident_face WHERE name = ?", (name,)).fetchone() or db.execute(
            "SELECT name FROM record JOIN incident_face ON incident_face.record = record.id WHERE record.record = ? "
            "ORDER BY record.id DESC", (name,)).fetchone()
        if row is None:
            raise NoIncident(words()("incident.none", path=self._store.path, id=name))
        return str(row[0])

    @staticmethod
    def _members(db: Connection, incident: str) -> list[int]:
        return [n for n, in db.execute("SELECT record FROM incident_member WHERE incident = ? ORDER BY record", (incident,))]

    @staticmethod
    def _names(db: Connection, incident: str) -> list[str]:
        return [n for n, in db.execute("SELECT name FROM incident_face JOIN incident_member USING (record) "
                                       "WHERE incident = ? ORDER BY name", (incident,))]


def _newest(db: Connection) -> str | None:
    """The newest day of publication."""
    found: str | None = db.execute("SELECT max(published) FROM article").fetchone()[0]
    return found


def _reviewer(by: str) -> str:
    name = " ".join(by.split())
    if not name:
        raise UsageError(words()("review.no_reviewer"))
    return name


