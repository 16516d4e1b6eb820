"""Near copies: which articles of a register have the text of another, edited, cut or under another headline.

A new article is compared with the few that share most runs of words with it, and of a group of copies with its fullest text
above all: every member is at least kin to that one, so that links never add up. The fullest text changes only for one that
all members fit.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from sqlite3 import Connection

from tocsin.model import Article, Block
from tocsin.reading.datelines import credited_agency, named_agency
from tocsin.register.likeness import Likeness, Runs, body_of, likeness, rules, runs_of

_EDGE = 400  # characters at the beginning and the end of a text in which an agency is credited


@dataclass(frozen=True, slots=True)
class _Known:
    """A candidate: the article itself, the fullest text of its group (itself where it is alone), and the group, if any."""

    member: int
    article: int
    group: int | None


@dataclass(frozen=True, slots=True)
class _Fit:
    """A candidate that a new text is a copy of, what it is of it, and the runs of the text compared."""

    known: _Known
    found: Likeness
    runs: Runs


class Copies:
    """The copies of a register, within a transaction of the caller's."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def add(self, number: int, article: Article, original: int | None, address: str | None) -> None:
        """Place a new article: beside the ``original`` that has its very text, with the copies it fits, or alone."""
        agency = agency_of(article)
        if original is not None:
            self._join(number, self._group_of(original, agency), Likeness("same", 1.0), agency)
            return
        runs = runs_of(body_of(article))
        sample = runs.sample().order
        if not sample:
            return
        fits = [fit for known in self._candidates(sample, address) if (fit := self._fit(known, runs)) is not None]
        held = [fit for fit in fits if fit.found.kind != "longer"]
        if not fits:
            self._index(number, sample, sample)
            return
        best = max(held or fits, key=lambda fit: (fit.found.share, fit.runs.words))
        group = best.known.group or self._group_of(best.known.article, None)
        self._join(number, group, best.found, agency)
        self._index(number, array("q", (run for run in sample if run not in best.runs.known)), sample)
        others = [fit.known for fit in fits if fit.known.article != best.known.article]
        if (not held or others) and runs.words >= best.runs.words / rules().longer and self._promote(number, group, runs):
            for other in others:
                self._absorb(number, group, other, runs)

    def _fit(self, known: _Known, runs: Runs) -> _Fit | None:
        """What a new text is of a candidate: of the fullest text of its group, or of the candidate itself where that is a
        surer copy and the fullest text is still kin to both."""
        theirs = self._runs(known.article)
        found = likeness(runs, theirs)
        if found is None and known.member != known.article and likeness(runs, self._runs(known.member)) is not None:
            found = likeness(runs, theirs, kin=True)
        return None if found is None else _Fit(known, found, theirs)

    def _candidates(self, sample: array[int], address: str | None) -> Iterator[_Known]:
        """Texts that may be the same, the likeliest first: those that stand for themselves or for their group."""
        shared: Counter[int] = Counter()
        for run in sample:
            rows = self._db.execute("SELECT article FROM run_of_words WHERE run = ? LIMIT ?",
                                    (run, rules().common)).fetchall()
            if len(rows) < rules().common:
                shared.update(row[0] for row in rows)
        seen = 0
        for article, count in shared.most_common(4 * rules().candidates):
            row = self._db.execute(
                "SELECT coalesce(anchor, article.id), copy_group, address FROM article LEFT JOIN copy ON copy.article = "
                "article.id LEFT JOIN copy_group ON copy_group.id = copy_group WHERE article.id = ?", (article,)).fetchone()
            size = self._db.execute("SELECT size FROM sketch WHERE article = ?", (article,)).fetchone()[0]
            if count < rules().candidate_share * min(size, len(sample)):
                continue
            if address is not None and row[2] == address:
                continue  # an earlier version of the same article is no copy of it
            seen += 1
            yield _Known(article, row[0], row[1])
            if seen == rules().candidates:
                return

    def _runs(self, article: int) -> Runs:
        """The runs of a stored article: of its text, and where that is not kept its sample."""
        row = self._db.execute("SELECT text FROM text WHERE article = ?", (article,)).fetchone()
        if row is None:
            stored = self._db.execute("SELECT runs FROM sketch WHERE article = ?", (article,)).fetchone()
            return Runs(array("q", stored[0] if stored else b""), sampled=True)
        blocks = self._db.execute("SELECT start, \"end\" FROM block WHERE article = ? AND kind = 'body' ORDER BY position",
                                  (article,)).fetchall()
        return runs_of("\n".join(row[0][start:end] for start, end in blocks) or row[0])

    def _group_of(self, article: int, agency: str | None) -> int:
        """The group of an article, made where it has none."""
        row = self._db.execute("SELECT copy_group FROM copy WHERE article = ?", (article,)).fetchone()
        if row is not None:
            return int(row[0])
        made = self._db.execute("INSERT INTO copy_group (anchor, earliest, agency) VALUES (?, ?, NULL)",
                                (article, article)).lastrowid
        assert made is not None
        self._db.execute("INSERT INTO copy VALUES (?, ?, 'same', 1.0, ?)", (article, made, agency or self._named(article)))
        return made

    def _named(self, article: int) -> str | None:
        row = self._db.execute("SELECT json_extract(extra, '$.dateline.agency'), author, publisher, text.text FROM article "
                               "LEFT JOIN text ON text.article = article.id WHERE id = ?", (article,)).fetchone()
        return row[0] or _agency(row[1], row[2], row[3] or "")

    def _join(self, number: int, group: int, found: Likeness, agency: str | None) -> None:
        self._db.execute("INSERT INTO copy VALUES (?, ?, ?, ?, ?)", (number, group, found.kind, found.share, agency))
        self._settle(group)

    def _settle(self, group: int) -> None:
        """Say which member is the earliest known, and which agency most of them name."""
        rows = self._db.execute("SELECT article.id, published, agency FROM copy JOIN article ON article.id = copy.article "
                                "WHERE copy_group = ?", (group,)).fetchall()
        earliest = min(rows, key=lambda row: (row[1] or "9999", row[0]))
        named = Counter(row[2] for row in sorted(rows, key=lambda row: (row[1] or "9999", row[0])) if row[2])
        agency = named.most_common(1)[0][0] if named else None
        self._db.execute("UPDATE copy_group SET earliest = ?, agency = ? WHERE id = ?", (earliest[0], agency, group))

    def _promote(self, number: int, group: int, runs: Runs) -> bool:
        """Make a longer text the one that the group is compared by, where all the others fit it, too; whether they do."""
        fits = self._fits(number, group, runs)
        if fits is None:
            return False
        self._db.execute("UPDATE copy_group SET anchor = ? WHERE id = ?", (number, group))
        self._db.execute("UPDATE copy SET kind = 'same', share = 1.0 WHERE article = ?", (number,))
        self._db.executemany("UPDATE copy SET kind = ?, share = ? WHERE article = ?", [
            (found.kind, found.share, article) for article, found in fits.items()])
        return True

    def _absorb(self, number: int, group: int, other: _Known, runs: Runs) -> None:
        """Take what else a fuller text holds into its group: a single article, or another group all of which fits it."""
        theirs = self._group_of(other.article, None)
        fits = self._fits(number, theirs, runs)
        if theirs == group or fits is None:
            return
        self._db.executemany("UPDATE copy SET copy_group = ?, kind = ?, share = ? WHERE article = ?", [
            (group, found.kind, found.share, article) for article, found in fits.items()])
        self._db.execute("DELETE FROM copy_group WHERE id = ?", (theirs,))
        self._settle(group)

    def _fits(self, number: int, group: int, runs: Runs) -> dict[int, Likeness] | None:
        """What each other member of a group is of a text; None where one is none of it."""
        members = self._db.execute("SELECT article.id, coalesce(duplicate_of, article.id) FROM copy JOIN article "
                                   "ON article.id = copy.article WHERE copy_group = ? AND article.id != ?",
                                   (group, number)).fetchall()
        fits = {}
        for article, text in members:
            found = likeness(self._runs(text), runs, kin=True)
            if found is None:
                return None
            fits[article] = found
        return fits

    def _index(self, number: int, added: array[int], sample: array[int]) -> None:
        self._db.execute("INSERT INTO sketch VALUES (?, ?, ?)", (number, len(sample), sample.tobytes()))
        self._db.executemany("INSERT OR IGNORE INTO run_of_words VALUES (?, ?)", [(run, number) for run in added])


def rebuild(db: Connection) -> None:
    """Compare all articles of a register that was made before copies were linked, in the order in which they came."""
    copies = Copies(db)
    for number, author, publisher, extra, original, address, text in db.execute(
            "SELECT id, author, publisher, extra, duplicate_of, address, text.text FROM article "
            "LEFT JOIN text ON text.article = article.id ORDER BY id").fetchall():
        blocks = db.execute('SELECT start, "end", kind FROM block WHERE article = ? ORDER BY position', (number,)).fetchall()
        article = Article(id="", text_sha256="", source="", author=author, publisher=publisher, text=text or "",
                          extra=json.loads(extra), blocks=tuple(
                              Block(start=start, end=end, kind=kind) for start, end, kind in blocks if text))
        copies.add(number, article, original, address)


def agency_of(article: Article) -> str | None:
    """The news agency that an article names as its source: in its dateline, as author or publisher, in a credit."""
    dateline = article.extra.get("dateline")
    named = dateline.get("agency") if isinstance(dateline, dict) else None
    return named if isinstance(named, str) else _agency(article.author, article.publisher, article.text)


def _agency(author: str | None, publisher: str | None, text: str) -> str | None:
    for name in (author, publisher):
        if name and (agency := named_agency(name)):
            return agency
    edges = text if len(text) <= 2 * _EDGE else f"{text[:_EDGE]}\n{text[-_EDGE:]}"
    return next((agency for line in edges.splitlines() if (agency := credited_agency(line))), None)
