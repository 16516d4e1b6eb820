"""The cells of a row as a text: a line a cell, ``heading: cell``, and where in it each cell stands.

So every value of an imported record has its words, as a value read in an article has.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.pipeline.sheets import Mapping, Sheet, SheetRow, unescaped
from tocsin.review.place_words import Words


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as text, with the start of each cell by heading, and what the mapping makes of it."""

    mapping: Mapping
    text: str
    starts: dict[str, int]
    cells: dict[str, str]

    @classmethod
    def of(cls, sheet: Sheet, mapping: Mapping, row: SheetRow) -> Cells:
        """The cells of a row; those that are empty have no line."""
        text, starts, cells = "", {}, {}
        for head, cell in zip(sheet.heads, row.cells, strict=True):
            said = (unescaped(cell) if mapping.escaped else cell).replace("\r\n", "\n").replace("\r", "\n").strip()
            if not said:
                continue
            text += f"{head}: "
            starts[head], cells[head] = len(text), said
            text += f"{said}\n"
        return cls(mapping, text.rstrip("\n"), starts, cells)

    def cell(self, slot: str) -> str | None:
        """The cell of a slot as it stands; None where it is empty or not mapped."""
        return self.cells.get(self.mapping.columns.get(slot, ""))

    def value(self, slot: str) -> str | None:
        """The value of a slot: its cell, in the codebook's terms where the mapping has them, else what the mapping fixes."""
        said = self.cell(slot)
        if said is None:
            return self.mapping.fixed.get(slot)
        return self.mapping.values.get(slot, {}).get(said, said)

    def listed(self, slot: str) -> list[str]:
        """The values of a slot with several, empty ones too; each in the codebook's terms where the mapping has them."""
        said = self.value(slot)
        if said is None:
            return []
        terms = self.mapping.values.get(slot, {})
        return [terms.get(part.strip(), part.strip()) for part in said.split(self.mapping.separator)]

    def parts(self, slot: str, *, whole: bool = False) -> list[Words]:
        """The parts of a cell with where they stand, empty ones left out; one part where it is taken ``whole``."""
        said = self.cell(slot)
        if said is None:
            return []
        at = self.starts[self.mapping.columns[slot]]
        found = []
        for part in [said] if whole else said.split(self.mapping.separator):
            words = part.strip()
            start = at + len(part) - len(part.lstrip())
            if words:
                found.append(Words(start, start + len(words), words))
            at += len(part) + len(self.mapping.separator)
        return found
