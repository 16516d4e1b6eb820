"""A row of a table as a record with its own provenance: the row itself is the text, and its words are the evidence.

In: a row, its mapping. Out: a result whose article is the row (source ``table.csv#key``) and whose coder is ``import``, so
that nothing of it passes for read in an article. UsageError says what is wrong with a row.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from tocsin import __version__
from tocsin.coding.codes import record_codes
from tocsin.coding.verify import verify
from tocsin.errors import UsageError
from tocsin.knowledge.words import words
from tocsin.model import Article, Block, Coder, Published, Quote, Record, Result
from tocsin.pipeline.cells import Cells
from tocsin.pipeline.row_slots import Slots
from tocsin.pipeline.sheets import Mapping, Sheet, SheetRow
from tocsin.review.fill import Filler
from tocsin.review.slots import check, types

CODER = "import"
_CITED = ("title", "outlet", "published", "url")


@dataclass(frozen=True, slots=True)
class RowReader:
    """Makes results of the rows of one table. ``by`` is who keeps it, ``source`` how the file is called in the register."""

    sheet: Sheet
    mapping: Mapping
    filler: Filler
    source: str
    by: str | None = None

    def result(self, row: SheetRow) -> Result:
        """The result of a row. UsageError where the row cannot be a record."""
        if row.wrong is not None:
            raise UsageError(row.wrong)
        cells = Cells.of(self.sheet, self.mapping, row)
        article = self._article(cells, row)
        try:
            record = self._record(cells, article)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise UsageError(words()("import.bad_value", slot=where, reason=first["input"])) from None
        check(record, article.text)
        if wrong := verify(record, article, types()):
            raise UsageError("; ".join(wrong))
        return Result(article=article, records=(record,))

    def _article(self, cells: Cells, row: SheetRow) -> Article:
        """The row as an article: its text is the row, heading by heading."""
        key = cells.value("key")
        source = f"{self.source}#{key or row.line}"
        cited = {name: cells.value(f"article.{name}") for name in _CITED}
        published = _day(cited["published"])
        extra: dict[str, Any] = {"imported": {"table": self.mapping.name, "line": row.line, "by": self.by},
                                 "cited": {name: value for name, value in cited.items() if value}}
        if key:
            extra["id"] = key
        text = cells.text
        return Article(
            id=_digest(f"{source}\0{text}"), text_sha256=_digest(text),
            source=source, title=words()("import.title", table=self.mapping.name, key=key or row.line),
            publisher=words()("import.publisher", table=self.mapping.name), text=text,
            published=Published(value=published, basis="user" if published else "none"),
            blocks=(Block(start=0, end=len(text), kind="body"),), extra=extra)

    def _record(self, cells: Cells, article: Article) -> Record:
        kind = cells.value("type")
        spec = types().get(kind or "")
        if spec is None:
            raise UsageError(words()("review.no_type", type=kind, known=", ".join(sorted(types()))))
        base = {
            "id": f"r_{_digest(f'{article.id}|{kind}|import')[:12]}", "type": kind,
            "subtype": cells.value("subtype"), "status": cells.value("status"), "roles": dict.fromkeys(spec.roles, ()),
            "evidence": _evidence(cells), "confidence": _confidence(cells.value("confidence")),
            "coder": Coder(name=CODER, version=__version__, rule=f"table/{self.mapping.name}")}
        day = article.published.value
        slots = Slots(cells, Record.model_validate(base), self.filler, dt.date.fromisoformat(day) if day else None, spec.use)
        record = Record.model_validate(base | slots.found())
        return record.model_copy(update={"codes": record_codes(record)})


def _evidence(cells: Cells) -> list[Quote]:
    """The words that the record rests on: those of the mapped cell, else the whole row."""
    parts = cells.parts("evidence", whole=True)
    return [Quote(start=one.start, end=one.end, exact=one.text) for one in parts] or [
        Quote(start=0, end=len(cells.text), exact=cells.text)]


def _confidence(text: str | None) -> float:
    try:
        found = float(text) if text else 1.0
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise UsageError(words()("import.bad_value", slot="confidence", reason=text))
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _day(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        raise UsageError(words()("import.bad_value", slot="article.published", reason=text)) from None
