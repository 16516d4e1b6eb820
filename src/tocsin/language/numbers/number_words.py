"""Amounts: what "1,344", "2 1/2", "two hundred and five", "half a million" or "dozens" come to.

In: text. Out: bare numbers with their bounds, before units and approximators are read. Words stand in
``knowledge/numbers/words.yaml`` and ``vague.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.language.numbers.number_masks import GAP, either
from tocsin.model.base import CountKind

Amount = int | float
JOINT = rf"(?:-|{GAP})"
DIGITS = (
    r"(?:\d{1,3}(?:,\d{2})*,\d{3}(?:\.\d+)?(?![\d,]*\d)|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)|\d{1,3}(?: 000)+(?!\d)"
    r"|\d+(?:\.\d+(?!\d*\.\d))?(?:[ -]?(?:1/2|1/4|3/4)(?!\d)|[½¼¾])?)"
)
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_HALF = ("and a half", "and-a-half")
_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(slots=True)
class Core:
    """A bare number. start–end grows with sign and unit, core_start–core_end stays; scale is the last multiplier."""

    start: int
    end: int
    low: Amount | None
    high: Amount | None
    core_start: int
    core_end: int
    kind: CountKind = "exact"
    unit: str | None = None
    ordinal: int | None = None
    scale: Amount = 1
    digits: bool = False


def lowered(text: str) -> str:
    """The text in lower case, of the same length whatever letters it has."""
    return text.translate(_LOWER)


def _beginnings(words: list[str]) -> str:
    """A quick look at two characters that tells most words of a text from numbers."""
    second: dict[str, set[str]] = {}
    for word in words:
        second.setdefault(word[0], set()).add(word[1:2])
    marks = "".join(re.escape(a) for a in second if not a.isalpha())
    pairs = [f"{a}[{''.join(map(re.escape, sorted(b - {''})))}]" for a, b in sorted(second.items()) if a.isalpha()]
    return rf"[\d{marks}]|{'|'.join(pairs)}"


def whole(value: float) -> Amount:
    """An integer where nothing is lost by it."""
    return int(value) if float(value).is_integer() else round(value, 9)


class Amounts:
    """The words and digits of numbers, and their values."""

    def __init__(self, tables: Tables, signs: dict[str, str]) -> None:
        words = tables.mapping("numbers/words.yaml")
        self.cardinals: dict[str, int] = words["cardinals"]
        self.scales: dict[str, int] = words["scales"]
        self.ordinals: dict[str, int] = words["ordinals"]
        self._short: dict[str, int] = words["short_scales"]
        self._money: dict[str, int] = words["money_scales"]
        self._signs = {sign.lower(): code for sign, code in signs.items()}
        self._vague = _checked(tables.rows("numbers/vague.yaml"))
        word, scale = f"(?:{either([*self.cardinals, *self.scales])})", f"(?:{either([*self.scales])})"
        tens = either([w for w, n in self.cardinals.items() if n >= 20])
        self.words_pattern = (
            rf"(?:(?:half{GAP})?an?{JOINT}(?={scale}\b))?{word}\b(?:{JOINT}(?:and{GAP})?{word}\b){{0,12}}"
            rf"(?:{JOINT}and{JOINT}a{JOINT}half\b(?:{JOINT}{scale}\b)?)?"
        )
        self.ordinal_pattern = rf"(?:(?:{tens}){JOINT})?(?:{either([*self.ordinals])})\b"
        vague = "|".join(f"(?P<v{i}>{row['pattern'].replace(' ', JOINT)})" for i, row in enumerate(self._vague))
        short = either([*self._short, *self._money])
        first = [*self.cardinals, *self.scales, *self.ordinals, *self._signs, "a ", "an "]
        first += [word for row in self._vague for word in re.findall(r"[a-z]+", row["pattern"])]
        self.pattern = re.compile(
            rf"(?<![\w.])(?={_beginnings(first)})(?<!\d,)(?<![^\W\d_][-/])(?:"
            rf"(?:(?P<sign>{either(list(self._signs))})(?:{GAP})?)?(?P<digits>{DIGITS})"
            rf"(?:(?P<suffix>st|nd|rd|th)\b|{JOINT}?(?P<scale>{scale})\b|(?:{GAP})?(?P<short>{short})\b)?"
            rf"|(?P<ordinal>{self.ordinal_pattern})|(?:{vague})\b|(?P<words>{self.words_pattern}))"
        )

    def read(self, found: re.Match[str]) -> Core | None:
        """The number that ``pattern`` found; None where the words are no number (a year: "nineteen ninety-six")."""
        start, end = found.span()
        if found["digits"]:
            return self._digits(found)
        if found["ordinal"]:
            return Core(start, end, None, None, start, end, ordinal=self.ordinal(found["ordinal"]))
        if found["words"]:
            return self._words(found["words"], start)
        row = self._vague[int((found.lastgroup or "v0")[1:])]
        exact = row.get("kind") == "exact"
        return Core(start, end, row["min"], row["min"] if exact else None, start, end, "exact" if exact else "vague")

    def value(self, text: str) -> Amount | None:
        """Value of a bare number in digits or words ("21", "twenty-one"); None if the text is none or is vague."""
        words = lowered(text.strip())
        found = self.pattern.fullmatch(words)
        core = self.read(found) if found else None
        return core.low if core and core.kind == "exact" and core.core_end == len(words) else None

    def ordinal(self, text: str) -> int:
        """Value of an ordinal in words or digits ("twenty-first", "3rd")."""
        if text[:1].isdigit():
            return int(re.sub(r"\D", "", text))
        return sum(self.ordinals.get(p) or self.cardinals.get(p, 0) for p in re.split(r"[\s-]+", text.lower()))

    def _digits(self, found: re.Match[str]) -> Core:
        start, end, first = found.start(), found.end(), found.start("digits")
        if found["suffix"]:
            return Core(start, end, None, None, start, end, ordinal=self.ordinal(found["digits"]), digits=True)
        scale: Amount = 1
        if found["scale"]:
            scale = self.scales[found["scale"].lower()]
        elif short := (found["short"] or "").lower():
            if short in self._short or found["sign"]:
                scale = self._short.get(short) or self._money[short]
            else:
                end = found.end("digits")  # "40m" without a currency is a length
        amount = whole(_digits_value(found["digits"]) * scale)
        unit = self._signs[re.sub(r"\s", "", found["sign"]).lower()] if found["sign"] else None
        return Core(start, end, amount, amount, first, end, unit=unit, scale=scale, digits=True)

    def _words(self, words: str, start: int) -> Core | None:
        """Read left to right; stop where the next word cannot belong ("two three"). None for a year or a bare "hundred"."""
        total: float = 0
        current: float = 0
        scale: Amount = 1
        end = 0
        limit: float = float("inf")
        for part in re.finditer(r"[a-z]+", words.lower()):
            word = part[0]
            if word in ("a", "an"):
                current = current or 1
            elif word == "half":
                current += 0.5
            elif word == "and":
                if 0 < current < 100 and not words.lower().startswith(_HALF, part.start()):
                    break  # two numbers: "twelve and twenty"
                continue
            elif (value := self.scales.get(word)) is not None:
                if value <= 100 and 0 < current < 100:
                    current *= value
                elif value < limit and current:
                    total, current, limit = total + current * value, 0, value
                else:
                    break
                scale = value
            elif not _fits(self.cardinals[word], current):
                if 10 <= current < 100 and self.cardinals[word] >= 10 and not total:
                    return None
                break
            else:
                current += self.cardinals[word]
            end = part.end()
        if not end:
            return None
        amount = whole(total + current)
        return Core(start, start + end, amount, amount, start, start + end, scale=scale)


def _fits(value: int, current: float) -> bool:
    """Whether a cardinal may follow what stands before it in its group of three digits."""
    if current == 0:
        return True
    if value == 0:
        return False
    if value < 10:
        return current % 10 == 0 and current % 100 != 10
    return current % 100 == 0


def _digits_value(digits: str) -> float:
    tail = next((mark for mark in _FRACTIONS if digits.endswith(mark)), "")
    head = digits[: len(digits) - len(tail)] if tail else digits
    return float(re.sub(r"[^\d.]", "", head) or 0) + _FRACTIONS.get(tail, 0)


def _checked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of vague.yaml, each with a pattern and a lower bound."""
    for number, row in enumerate(rows, 1):
        if not isinstance(row.get("pattern"), str) or not isinstance(row.get("min"), int | float):
            raise KnowledgeError(
                f"numbers/vague.yaml, entry {number}: needs pattern (text) and min (a number), found {row}"
            )
    return rows
