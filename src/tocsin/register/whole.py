"""Articles that are reviewed whole: every record that is shown of them was judged. They can serve as gold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.knowledge.words import words
from tocsin.model import Article, Quote, Record
from tocsin.register.shown import shown_numbers

if TYPE_CHECKING:
    from tocsin.register.register import Register
    from tocsin.register.store import Connection


@dataclass(frozen=True, slots=True)
class Whole:
    """An article, the records that stand, and the quotes of what was rejected with why."""

    article: Article
    records: tuple[Record, ...]
    rejected: tuple[tuple[Quote, str], ...]


def whole_articles(register: Register, db: Connection) -> Iterator[Whole]:
    """Every article that is reviewed whole and whose text is kept, in the order in which they came."""
    for number, name, shown in db.execute(
            """SELECT id, article, shown FROM article WHERE shown IS NOT NULL AND id IN (SELECT article FROM reviewed)
                 AND EXISTS (SELECT 1 FROM text WHERE text.article = article.id) ORDER BY id""").fetchall():
        standing = shown_numbers(db, number, shown)
        rows = db.execute("SELECT coalesce(stands, record), changed FROM reviewed WHERE article = ? AND state != 'open'",
                          (number,)).fetchall()
        judged = {record for record, changed in rows if not changed}
        if any(changed for _, changed in rows) or not judged.issuperset(standing):
            continue
        records = tuple(row.record for row in register.rows(standing))
        yield Whole(register.article(name), records, tuple(_rejected(register, name)))


def _rejected(register: Register, name: str) -> Iterator[tuple[Quote, str]]:
    for found in register.reviews.claims(name):
        if found.verdict is not None and found.verdict.state == "rejected" and found.verdict.article == name:
            why = next((c.note for c in reversed(found.corrections) if c.action == "reject" and c.note), None)
            yield found.verdict.record.evidence[0], why or words()("review.was_rejected", type=found.claim.seen.type)
