"""One state of a whole register, part by part, for an edition: records, articles, corrections, coders.

In: a register, within one reading of it. Out: plain dictionaries in an order that does not depend on when what came. Folders
of this machine are left out of sources. Where incidents are kept, they are one more part of ``PARTS``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tocsin.register import corrections as kept
from tocsin.register.filters import Filters
from tocsin.register.query import matching
from tocsin.register.store import Connection
from tocsin.register.whence import file_name

if TYPE_CHECKING:
    from tocsin.register.register import Register, Row

Dict = dict[str, Any]
_BATCH = 1_000
_OURS = ("id", "imported", "cited")  # of the further keys of an article; others may hold anything, its text as well


def records(register: Register, db: Connection) -> Iterator[Row]:
    """Every record that is shown, by article and id; the ids of copies in order."""
    shown = {int(number) for number in matching(db, Filters())}
    order = [row[0] for row in db.execute("SELECT r.id FROM record r JOIN article a ON a.id = r.article "
                                          "ORDER BY a.article, r.record, r.id") if row[0] in shown]
    for at in range(0, len(order), _BATCH):
        for row in register.rows(order[at:at + _BATCH]):
            copies = tuple(sorted(row.article.copies))
            yield replace(row, article=replace(row.article, source=file_name(row.article.source), copies=copies))


def articles(register: Register, db: Connection) -> Iterator[Dict]:
    """Every article, earlier versions and copies too, without its text: what it is, and when it came."""
    names = ("id", "text_sha256", "source", "url", "title", "author", "publisher", "published", "published_basis",
             "language", "characters", "extra", "added", "duplicate_of", "shown")
    versions: defaultdict[int, list[int]] = defaultdict(list)
    for article, number in db.execute("SELECT article, number FROM version ORDER BY article, number"):
        versions[article].append(number)
    for row in db.execute(
            """SELECT a.article, a.text_sha256, a.source, a.url, a.title, a.author, a.publisher, a.published,
                 a.published_basis, a.language, a.characters, a.extra, a.added, o.article, a.shown IS NOT NULL, a.id
               FROM article a LEFT JOIN article o ON o.id = a.duplicate_of ORDER BY a.article"""):
        found = dict(zip(names, row, strict=False))
        extra = {name: value for name, value in json.loads(found["extra"]).items() if name in _OURS}
        yield found | {"source": file_name(found["source"]), "extra": extra,
                       "shown": bool(found["shown"]), "versions": versions.get(row[-1], [])}


def texts(register: Register, db: Connection) -> Iterator[Dict]:
    """The texts that are kept, by article."""
    rows = db.execute("SELECT a.article, t.text FROM text t JOIN article a ON a.id = t.article ORDER BY a.article")
    return ({"id": name, "text": text} for name, text in rows)


def corrections(register: Register, db: Connection) -> Iterator[Dict]:
    """Everything that reviewers did, oldest first, with the record as they first saw it."""
    numbers = [row[0] for row in db.execute("SELECT id FROM claim ORDER BY id")]
    found = []
    for at in range(0, len(numbers), _BATCH):
        claims = {claim.id: claim for claim in kept.claims(db, numbers[at:at + _BATCH])}
        for number, done in kept.corrections(db, list(claims)).items():
            found += [(one, claims[number].seen) for one in done]
    for one, seen in sorted(found, key=lambda pair: pair[0].id):
        yield {"id": one.id, "record": seen.id, "action": one.action, "by": one.reviewer, "at": one.made, "slot": one.slot,
               "value": one.value, "note": one.note, "undoes": one.undoes, "queue": one.queue, "article": one.article,
               "seen": _plain(seen), "made": _plain(one.record) if one.record is not None else None}


def coders(register: Register, db: Connection) -> Iterator[Dict]:
    """What read: coders with their versions and the digests of their tables."""
    rows = db.execute("SELECT coder, version, knowledge, started FROM run ORDER BY coder, version, knowledge")
    return (dict(zip(("coder", "version", "knowledge", "started"), row, strict=True)) for row in rows)


def _plain(record: Any) -> Any:
    return record.model_dump(mode="json", by_alias=True)


def as_of(db: Connection) -> str | None:
    """When something last came into the register or was done in it."""
    row = db.execute("""SELECT max(at) FROM (SELECT max(added) AS at FROM article UNION ALL SELECT max(made) FROM reading
                        UNION ALL SELECT max(made) FROM correction UNION ALL SELECT max(seen) FROM version)""").fetchone()
    return str(row[0]) if row[0] is not None else None


PARTS: dict[str, Callable[[Register, Connection], Iterator[Dict]]] = {
    "articles": articles, "corrections": corrections, "coders": coders}
