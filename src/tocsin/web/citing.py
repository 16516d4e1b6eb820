"""How to cite a record: the sentence, where it was published, which coder read what in it, and where it stands."""

from __future__ import annotations

from tocsin.export.dates import day_phrase
from tocsin.export.phrases import heading
from tocsin.knowledge.words import Words
from tocsin.register import Row


def citation(row: Row, address: str, words: Words) -> str:
    """One paragraph for a footnote. It cites the article first: the record is a reading of it."""
    article, record = row.article, row.record
    quote = " ".join(record.evidence[0].exact.split()) if record.evidence else ""
    day = day_phrase(article.published, words) if article.published else words("article.undated")
    title = f"“{article.title or words('article.untitled')}”"
    published = [part for part in (article.publisher, title, day, article.url) if part]
    said = row.review
    reviewed = words("web.cited_review", state=words.name("review_state", said.state), name=said.by) if said else ""
    return words("web.citation", published=", ".join(published), quote=quote, heading=", ".join(heading(record, words)),
                 status=words.name("status", record.status), coder=f"{record.coder.name} {record.coder.version}",
                 rule=record.coder.rule, reviewed=reviewed, id=record.id, address=address)
