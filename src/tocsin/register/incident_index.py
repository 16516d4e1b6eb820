"""Keeping incidents up to date: what a write shows or hides is compared with its candidates and nothing else.

In: records that begin or cease to be shown, gathered over a transaction. Out: the tables ``incident_*`` at its end, in the
same transaction. What comes out follows from the records that are shown and from the decisions of people, not from the order
of the writes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, deque
from collections.abc import Iterable, Sequence

from tocsin.incidents.arrange import arrange, name_of
from tocsin.incidents.blocks import SPAN, UNDATED, Block, blocks, window, word_blocks, words_enough
from tocsin.incidents.decisions import HandDecision, Ties, ordered, replay
from tocsin.incidents.faces import face_of, from_json, incident_name, to_json
from tocsin.incidents.model import Decision, Face
from tocsin.incidents.pairs import decide
from tocsin.incidents.rules import Rules, rules
from tocsin.model import Record
from tocsin.register import incident_brief, incident_column
from tocsin.register.incident_names import aliases, find_again

_KNOWN = 20_000  # faces remembered, so that memory does not grow with the register
_SCORES = 200_000  # and pairs
_ROWS = 500  # numbers in one statement
_CANDIDATES = "SELECT record FROM incident_block WHERE block = ? AND first BETWEEN ? AND ? AND last >= ?"
_ALIKE = "SELECT record, last FROM incident_block WHERE block = ? AND first = ?"
_OPEN = """UPDATE incident_link SET open = NOT open WHERE (one, other) IN (
             SELECT min(a.record, b.record), max(a.record, b.record) FROM json_each(?)
               JOIN incident_link near ON near.one = value
               JOIN incident_member a ON a.record = near.one JOIN incident_member b ON b.record = near.other
               JOIN incident_link pair ON pair.one = min(a.record, b.record) AND pair.other = max(a.record, b.record)
             WHERE pair.open != (a.incident != b.incident))"""  # pairs whose records came to or left one incident
_UNKNOWN: tuple[tuple[int, dict[str, str]], Ties, dict[str, list[str]]] = (-1, {}), Ties(), {}


class IncidentIndex:
    """Changes of what is shown, gathered over a transaction and worked in at its end."""

    def __init__(self, db: sqlite3.Connection, found: Rules | None = None) -> None:
        self._db, self._rules = db, found or rules()
        self._added: dict[int, Face] = {}
        self._removed: set[int] = set()
        self._seeds: set[int] = set()
        self._faces: dict[int, Face] = {}
        self._named: dict[int, int] = {}  # by record, the record that names its incident; 0 where it stands in none
        self._scores: dict[tuple[str, str], tuple[float, bool]] = {}  # what came of pairs, by the records' names
        self._ties = _UNKNOWN  # newest decision and aliases, what all come to, who is tied to whom

    def show(self, article: int, numbers: Sequence[int], records: Sequence[Record]) -> None:
        """Records of an article begin to be shown."""
        for number, face in self.faces_of(article, numbers, records).items():
            self._added[number] = face
            self._removed.discard(number)

    def faces_of(self, article: int, numbers: Sequence[int], records: Sequence[Record]) -> dict[int, Face]:
        """What is compared of records of one article."""
        if not numbers:
            return {}
        text, published = self._db.execute("SELECT text_sha256, published FROM article WHERE id = ?", (article,)).fetchone()
        ordinals = _ordinals(self._db, article, numbers)
        return {number: face_of(record, incident_name(text, record, ordinal), article, published, self._rules)
                for number, record, ordinal in zip(numbers, records, ordinals, strict=True)}

    def hide(self, numbers: Iterable[int]) -> None:
        """Records cease to be shown."""
        for number in numbers:
            self._added.pop(number, None)
            self._removed.add(number)

    def touch(self, numbers: Iterable[int]) -> None:
        """Records whose incidents are to be made anew: a person has decided about them."""
        self._seeds.update(numbers)

    def flush(self) -> None:
        """Work in what was gathered."""
        if self._added or self._removed or self._seeds:
            self._work_in()
        incident_brief.keep(self._db)  # copies may have come to what is shown, too

    def _work_in(self) -> None:
        seeds, fresh = set(self._seeds), dict[int, Face]()
        for number in sorted(self._removed):
            seeds |= self._take_out(number)
        for number, face in sorted(self._added.items()):
            there = self._db.execute("SELECT face FROM incident_face WHERE record = ?", (number,)).fetchone()
            if there is None or there[0] != to_json(face):
                seeds |= self._take_out(number)
                self.put_in(number, face)
                fresh[number] = face
        self.compare(fresh)
        seeds |= find_again(self._db)
        there = self.numbers_of(seeds)
        self.arrange(there | fresh.keys())
        incident_column.put(self._db, sorted(self._named.items()))
        self._named.clear()
        self._added.clear()
        self._removed.clear()
        self._seeds.clear()

    def forget(self) -> None:
        """Drop what was gathered and what is known: after a rollback."""
        self._added.clear()
        self._removed.clear()
        self._seeds.clear()
        self._faces.clear()
        self._scores.clear()
        self._named.clear()
        self._ties = _UNKNOWN

    def compare(self, fresh: dict[int, Face]) -> None:
        """Compare new records with their candidates and keep the pairs that agree."""
        links: list[tuple[int, int, float, bool]] = []
        for number, face in fresh.items():
            near = self._candidates(face) - {number}
            others = [other for other in near if other not in fresh or other > number]
            for other, its in self.faces(others).items():
                found = self._decided(face, its)
                if found.judgement != "apart" and (found.judgement == "same" or face.article != its.article):
                    sure = found.judgement == "same"
                    links += [(number, other, found.score, sure), (other, number, found.score, sure)]
        self._db.executemany("INSERT OR REPLACE INTO incident_link (one, other, score, sure) VALUES (?, ?, ?, ?)", links)

    def arrange(self, seeds: Iterable[int]) -> None:
        """Make the incidents anew in which some records stand, with all that they are connected to."""
        ties, left = self.ties(), set(seeds)
        while left:
            numbers, pairs = self._closed(left.pop())
            left -= numbers
            faces = {face.name: (number, face) for number, face in self.faces(sorted(numbers)).items()}
            alone = {name: face for name, (_, face) in faces.items()}
            names = {number: name for name, (number, _) in faces.items()}
            agreeing = {ordered(names[one], names[other]): score for (one, other), score in pairs.items()}
            for group in arrange(alone, agreeing, ties, self._score, self._rules):
                incident = name_of(alone, group)
                self._db.executemany(
                    "INSERT INTO incident_member VALUES (?1, ?2) ON CONFLICT (record) DO UPDATE SET incident = ?2 "
                    "WHERE incident != ?2", [(faces[name][0], incident) for name in group])
                self._named.update((faces[name][0], faces[incident][0]) for name in group)
            self._db.execute(_OPEN, (json.dumps(sorted(numbers)),))

    def faces(self, numbers: Sequence[int]) -> dict[int, Face]:
        """What is compared of records, by number."""
        lacking = [number for number in numbers if number not in self._faces]
        if len(self._faces) + len(lacking) > _KNOWN:
            self._faces.clear()
            lacking = list(numbers)
        for at in range(0, len(lacking), _ROWS):
            part = lacking[at:at + _ROWS]
            here = ", ".join("?" * len(part))
            self._faces.update((number, from_json(face)) for number, face in self._db.execute(
                f"SELECT record, face FROM incident_face WHERE record IN ({here})", part))
        return {number: self._faces[number] for number in numbers}

    def ties(self) -> Ties:
        """What people have decided, about records as they are shown now."""
        newest = int(self._db.execute("SELECT coalesce(max(id), 0) FROM incident_decision").fetchone()[0])
        known = aliases(self._db) if newest else {}
        if (newest, known) != self._ties[0]:
            ties = replay(read_decisions(self._db), known)
            self._ties = (newest, known), ties, _partners(ties)
        return self._ties[1]

    def numbers_of(self, numbers: Iterable[int]) -> set[int]:
        """Those of some records that are shown."""
        rows = self._db.execute("SELECT record FROM incident_face WHERE record IN (SELECT value FROM json_each(?))",
                                (json.dumps(sorted(numbers)),))
        return {record for record, in rows}

    def _take_out(self, number: int) -> set[int]:
        """Remove a record; the records whose incidents it may have held together."""
        row = self._db.execute("SELECT face, incident FROM incident_face JOIN incident_member USING (record) "
                               "WHERE record = ?", (number,)).fetchone()
        self._faces.pop(number, None)
        if row is None:
            return set()
        self._scores.clear()  # another record may come to bear its name
        face = from_json(row[0])
        fellows = {r for r, in self._db.execute("SELECT record FROM incident_member WHERE incident = ?", (row[1],))}
        fellows |= {r for r, in self._db.execute("SELECT other FROM incident_link WHERE one = ? AND sure", (number,))}
        if face.key is not None:
            fellows |= {r for r, in self._db.execute("SELECT record FROM incident_face WHERE key = ?", (face.key,))}
        others = [(r, number) for r, in self._db.execute("SELECT other FROM incident_link WHERE one = ?", (number,))]
        self._db.executemany("DELETE FROM incident_link WHERE one = ? AND other = ?", others)
        self._db.execute("DELETE FROM incident_link WHERE one = ?", (number,))
        self._db.executemany("DELETE FROM incident_block WHERE block = ? AND first = ? AND record = ?",
                             [(block, first, number) for block, first, _ in self._blocks(face)])
        self._db.execute("DELETE FROM incident_face WHERE record = ?", (number,))
        self._db.execute("DELETE FROM incident_member WHERE record = ?", (number,))
        self._named[number] = 0
        return fellows - {number}

    def put_in(self, number: int, face: Face) -> None:
        """Write what is compared of a record and where it is looked up."""
        self._db.execute("INSERT INTO incident_face VALUES (?, ?, ?, ?)", (number, face.name, face.key, to_json(face)))
        self._db.executemany("INSERT INTO incident_block VALUES (?, ?, ?, ?)",
                             [(block, first, number, last) for block, first, last in self._blocks(face)])
        self._faces[number] = face

    def _candidates(self, face: Face) -> set[int]:
        found: set[int] = set()
        for block, first, last in blocks(face, self._rules):
            begin, end = window(first, last)
            rows = self._db.execute(_CANDIDATES, (block, begin if last == 0 else begin - SPAN, end, begin))
            found.update(record for record, in rows)
        return found | self._alike(face)

    def _alike(self, face: Face) -> set[int]:
        """Of what has no day, the records that share enough words with it beside the parties."""
        shared: Counter[tuple[int, int]] = Counter()
        for block, _, _ in word_blocks(face, self._rules):
            shared.update(self._db.execute(_ALIKE, (block, UNDATED)).fetchall())
        mine = len(face.words)
        return {record for (record, theirs), n in shared.items() if n >= words_enough(mine, theirs, self._rules)}

    def _blocks(self, face: Face) -> list[Block]:
        return [*blocks(face, self._rules), *word_blocks(face, self._rules)]

    def _closed(self, seed: int) -> tuple[set[int], dict[tuple[int, int], float]]:
        """A record with all that agree with it, directly or over others, that share its lasting state, or that a person has
        tied to it; and the agreeing pairs."""
        found, queue, pairs = {seed}, deque([seed]), dict[tuple[int, int], float]()
        tied = self._ties[2]
        while queue:
            number = queue.popleft()
            near: list[int] = []
            for other, score in self._db.execute("SELECT other, score FROM incident_link WHERE one = ? AND sure", (number,)):
                pairs[ordered_numbers(number, other)] = score
                near.append(other)
            face = self.faces([number])[number]
            if face.key is not None:
                near += [r for r, in self._db.execute("SELECT record FROM incident_face WHERE key = ?", (face.key,))]
            near += self.numbers(tied.get(face.name, ()))
            queue.extend(other for other in near if other not in found)
            found.update(near)
        return found, pairs

    def numbers(self, names: Iterable[str]) -> list[int]:
        """Numbers of the shown records that bear names; one whose record is not shown has none."""
        found = []
        for name in names:
            rows = self._db.execute("SELECT record FROM incident_face WHERE name = ? ORDER BY record", (name,))
            found += [record for record, in rows]
        return found

    def _score(self, one: Face, other: Face) -> tuple[float, bool]:
        known = self._scores.get(ordered(one.name, other.name))
        if known is None:
            found = self._decided(one, other)
            known = found.score, found.contradicts
        return known

    def _decided(self, one: Face, other: Face) -> Decision:
        """What comes of a pair, which is asked for again when incidents are made of it."""
        found = decide(one, other, self._rules)
        if len(self._scores) >= _SCORES:
            self._scores.clear()
        self._scores[ordered(one.name, other.name)] = found.score, found.contradicts
        return found


def read_decisions(db: sqlite3.Connection) -> list[HandDecision]:
    """All decisions, oldest first."""
    rows = db.execute("SELECT id, action, reviewer, made, ones, others, note, undoes FROM incident_decision ORDER BY id")
    return [HandDecision(number, action, reviewer, made, tuple(json.loads(ones)), tuple(json.loads(others)), note, undoes)
            for number, action, reviewer, made, ones, others, note, undoes in rows]


def ordered_numbers(one: int, other: int) -> tuple[int, int]:
    """A pair of numbers with the smaller first."""
    return (one, other) if one <= other else (other, one)


def _partners(ties: Ties) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in ties.must:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _ordinals(db: sqlite3.Connection, article: int, numbers: Sequence[int]) -> list[str]:
    """For each record the how-manieth of its type and first sentence it is in its reading; of one that stands in place of a
    coder's record that record's, of an added one its id."""
    read = db.execute(
        """SELECT record.id, type, start, "end" FROM reading JOIN record ON record.id BETWEEN first AND first + records - 1
             JOIN evidence ON evidence.record = record.id AND position = 0
           WHERE reading.id = (SELECT shown FROM article WHERE id = ?) ORDER BY record.id""", (article,)).fetchall()
    seen: dict[tuple[str, int, int], int] = {}
    found: dict[int, str] = {}
    for number, *key in read:
        seen[tuple(key)] = seen.get(tuple(key), 0) + 1
        found[number] = str(seen[tuple(key)])
    for stands, record, name in db.execute(
            "SELECT stands, reviewed.record, record.record FROM reviewed JOIN record ON record.id = stands "
            "WHERE reviewed.article = ?", (article,)):
        found[stands] = found.get(record, name)
    return [found[number] for number in numbers]
