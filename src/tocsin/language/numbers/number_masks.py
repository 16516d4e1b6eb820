"""Where a digit or a number word is no number: dates, clock times, designations, section numbers, ages.

In: text. Out: spans that the number grammar steps over. The patterns stand in ``knowledge/numbers/masks.yaml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from tocsin.knowledge.loader import Tables

# Blanks inside an expression, in a text that went through ``unwrapped``: nothing reaches over a paragraph.
GAP = r"(?:[^\S\n]+)"
_BREAK = re.compile(r"[^\S\n]*\n\s*")


def unwrapped(text: str) -> str:
    """The text with every single line break a space, of the same length; breaks between paragraphs stay.

    Patterns for "a blank or one line break" would say it at every blank; a third of start-up went into compiling that.
    """
    if "\n" not in text:
        return text
    return _BREAK.sub(lambda found: found[0].replace("\n", " ") if found[0].count("\n") == 1 else found[0], text)


def either(words: list[str]) -> str:
    """A regular expression for any of the words, longest first; a space in a word is any run of blanks."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", GAP) for word in ordered)


def month_pattern(tables: Tables) -> str:
    """Names of months, full and short, with a capital or all in capitals."""
    rows = tables.mapping("time/calendar.yaml")["months"]
    full = [row["name"] for row in rows]
    short = [word for row in rows for word in row["short"]]
    return f"(?:{either([*full, *short, *(name.upper() for name in full)])})"


def countable_pattern(data: dict[str, Any]) -> str:
    """What a number may count: nouns, and "killed" where no object follows."""
    objects = rf"(?!{GAP}(?:\d|(?:{either(data['objects'])})\b))"
    return rf"(?:{either(data['countables'])}|(?:{either(data['countable_verbs'])})\b{objects})"


class Masks:
    """Regular expressions of what is not to be read as a number."""

    def __init__(self, tables: Tables) -> None:
        data = tables.mapping("numbers/masks.yaml")
        words = tables.mapping("numbers/words.yaml")
        cardinals: dict[str, int] = words["cardinals"]
        fill = {
            "{month}": month_pattern(tables),
            "{countable}": countable_pattern(data),
            "{cardinal}": f"(?:{either(list(cardinals))})",
            "{tens}": f"(?:{either([w for w, n in cardinals.items() if n >= 10])})",
            "{ordinal}": f"(?:{either(list(words['ordinals']))})",
        }
        any_case = [_filled(pattern, fill) for pattern in data["any_case"]]  # matched in lower case
        as_written = [_filled(pattern, fill) for pattern in data["as_written"]]
        cardinal = fill["{cardinal}"]
        number = (
            rf"\(?(?:\d[\d./]*(?:(?:,{GAP}?|{GAP}?[-–]{GAP}?|{GAP}(?:and|to|or){GAP})\d[\d./]*){{0,9}}|{cardinal}\b)"
        )
        any_case.append(rf"(?:{either(data['labels_any_case'])})\.?{GAP}{number}")
        as_written.append(rf"(?:{either(data['labels_as_written'])})\.?{GAP}{number}")
        as_written.append(rf"(?:{either(data['designators'])}){GAP}\d[\w-]*")
        self._anywhere = re.compile(data["anywhere"])
        self._any_case = re.compile(rf"(?<![\w$€£])(?:{'|'.join(any_case)})")
        self._as_written = re.compile(rf"(?<![\w$€£])(?:{'|'.join(as_written)})")
        self._countable = re.compile(rf"(?:{GAP}[\w-]+){{0,2}}{GAP}{fill['{countable}']}\b")
        self._year_before = re.compile(
            rf"(?<!\w)(?:{either(data['year_before'])})[\s-]*$|{fill['{month}']}[\s,.]*$", re.IGNORECASE
        )

    def spans(self, text: str, lower: str) -> MaskedSpans:
        """The masked stretches of a text, given as written and in lower case."""
        found = [m.span() for m in self._any_case.finditer(lower)]
        found += [m.span() for m in self._as_written.finditer(text)]
        found += [m.span() for m in self._anywhere.finditer(lower)]
        return MaskedSpans(sorted(found))

    def is_year(self, text: str, start: int, end: int) -> bool:
        """Whether four bare digits name a year."""
        digits = text[start:end]
        if not re.fullmatch(r"(?:19|20)\d\d", digits):
            return False
        if self._countable.match(text, end) is None:
            return True
        return self._year_before.search(text[max(0, start - 16) : start]) is not None


class MaskedSpans:
    """Sorted stretches of a text, asked one position at a time."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = spans
        self._starts = [start for start, _ in spans]
        self._reach: list[int] = []
        for _, end in spans:
            self._reach.append(max(end, self._reach[-1] if self._reach else 0))

    def over(self, start: int, end: int) -> int | None:
        """Where the stretch ends that covers a part of start–end, or None."""
        before = bisect_right(self._starts, end - 1) - 1
        if before < 0 or self._reach[before] <= start:
            return None
        return self._reach[before]


def _filled(pattern: str, fill: dict[str, str]) -> str:
    for name, words in fill.items():
        pattern = pattern.replace(name, words)
    return re.sub(r"(?<!\\)(?<!\[) (?![^\[\]]*\])", lambda _: GAP, pattern)
