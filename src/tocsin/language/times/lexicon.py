"""The words of time, read once from ``knowledge/time`` and made into the lists that the rules call by name.

In: the tables. Out: a ``Lexicon`` with look-ups by word and the macros of rules.yaml as regular expressions.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.language.numbers.number_masks import GAP, Masks, countable_pattern, either
from tocsin.language.numbers.number_words import DIGITS, JOINT, Amounts

_MACRO = re.compile(r"<([a-z_]\w*)(?::(\w+)|=((?:[^<>]|<[a-z_]\w*>)*))?>")
_FORMS = ("one", "many", "short")


class Lexicon:
    """Names, units and other words of time."""

    def __init__(self, tables: Tables) -> None:
        calendar = tables.mapping("time/calendar.yaml")
        words = tables.mapping("time/words.yaml")
        self.cues: dict[str, Any] = tables.mapping("time/cues.yaml")
        self.amounts = Amounts(tables, tables.mapping("numbers/units.yaml")["currency_signs"])
        self.months = _numbers(calendar["months"])
        self.weekdays = _numbers(calendar["weekdays"])
        self.seasons = {name: row for row in calendar["seasons"] for name in row["names"]}
        self.tod = {name: code for code, names in calendar["parts_of_day"].items() for name in names}
        self.units = {name: row for row in calendar["units"] for kind in _FORMS for name in row.get(kind, [])}
        self.named = {name.lower().replace("’", "'"): row for row in calendar["named_days"] for name in row["names"]}
        self.fixed = {name.lower(): date.fromisoformat(str(when)) for name, when in calendar["fixed_days"].items()}
        self.parts: dict[str, dict[str, list[int]]] = calendar["parts"]
        self.which: dict[str, dict[str, Any]] = words["which"]
        self.decades: dict[str, int] = words["decades"]
        self.often: dict[str, str] = words["often"]
        self.recent: dict[str, list[Any]] = words["recent"]
        self.few_ahead: dict[str, int] = words["few_ahead"]
        self.exact_vague: dict[str, int] = words["exact_vague"]
        self.deictic: dict[str, int] = words["deictic"]
        self.parts_which: dict[str, dict[str, Any]] = words["part_of_day_which"]
        self.suffixes: dict[str, dict[str, Any]] = words["suffixes"]
        self.rolls: dict[str, dict[str, str]] = words["rolls"]
        self.comparison = re.compile(rf"\b(?:{either(words['comparisons'])})\b", re.IGNORECASE)
        self.utc = frozenset(words["utc"])
        self.rate = re.compile(rf"(?:\d[\d.,]*|{either(words['rates'])})\s$", re.IGNORECASE)
        self.narrowed: tuple[str, ...] = tuple(words["narrowed"])
        self.ahead = frozenset(words["ahead"])
        self.words = words
        self.full_months = frozenset(row["name"].lower() for row in calendar["months"])
        self.papers = either(self.cues["papers"])
        self.month_leads = frozenset(self.cues["month_leads"])
        masks = tables.mapping("numbers/masks.yaml")
        labels = [*masks["labels_any_case"], *self.cues["not_year_before"]]
        self._label = re.compile(
            rf"(?<!\w)(?:{either([w for w in labels if w[0].isalpha()])})s?\.?{GAP}(?:\d+(?:,|{GAP}and){GAP})*$"
            rf"|[#$£€§]{GAP}?$",
            re.IGNORECASE,
        )
        self._masks = Masks(tables)
        self._macros = self._lists(calendar, words, countable_pattern(masks))

    def _lists(self, calendar: dict[str, Any], words: dict[str, Any], countable: str) -> dict[str, str]:
        months, weekdays = calendar["months"], calendar["weekdays"]
        full_months, full_days = (_either_low([row["name"] for row in rows]) for rows in (months, weekdays))
        short_months, short_days = (_either_low([w for row in rows for w in row["short"]]) for rows in (months, weekdays))
        near = rf"(?=\.?,?{GAP}(?:{full_months}|{short_months}|\d))"
        count = rf"(?:{DIGITS}|{self.amounts.words_pattern}|{either(words['vague_count'])})"
        cardinals = self.amounts.cardinals
        year_words = (
            rf"(?:nineteen|eighteen|twenty){JOINT}(?:{either([w for w, n in cardinals.items() if n >= 10])})"
            rf"(?:{JOINT}(?:{either([w for w, n in cardinals.items() if 0 < n < 10])}))?"
            rf"|two{JOINT}thousand(?:{JOINT}(?:and{JOINT})?(?:{either(list(cardinals))}))?"
        )
        plural = [name for row in calendar["units"] for name in row["many"]]
        single = [name for row in calendar["units"] if not row.get("time") for name in row["one"]]
        return {
            "month": rf"(?:(?:{full_months})\b|(?:{short_months})\b\.?)",
            "weekday": rf"(?:{full_days}|(?:{short_days})\b{near}\.?)",
            "day": (
                r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%°])(?!,\d{3})(?![.:]\d)"
                rf"(?!{GAP}(?:percent|per{GAP}cent|million|billion|thousand|a\.m|p\.m|am\b|pm\b))"
                rf"(?!{GAP}{countable}\b)"
            ),
            "dayword": self.amounts.ordinal_pattern,
            "year": (
                r"(?:(?:1[4-9]|20)\d\d|(?<=\b[Ii]n )1[0-3]\d\d(?=[,.;)]))"
                r"(?![\d%°])(?![.,]\d)(?!-(?:[a-z]|\d\d\b(?!\d)))"
            ),
            "yearword": f"(?:{year_words})\\b",
            "whichyear": rf"(?:this|last|next|the current|the same|that|the following|the previous){GAP}year\b(?!{GAP}end)",
            "season": f"(?:{either(list(self.seasons))})",
            "tod": f"(?:{either(list(self.tod))})",
            "unit": f"(?:{either(list(self.units))})\\b",
            "unit1": f"(?:{either(single)})\\b",
            "unitplural": f"(?:{either(plural)})\\b",
            "count": count,
            "some": rf"(?:{count}|an?\b|one|another)",
            "which": f"(?:{either(list(self.which))})",
            "named_day": f"(?:{_either_low([n for row in calendar['named_days'] for n in row['names']])})\\b",
            "fixed_day": f"(?:{either(list(self.fixed))})",
            "decadeword": f"(?:{either(list(self.decades))})\\b",
            "quarter": "(?:first|second|third|fourth|1st|2nd|3rd|4th)",
            "link": rf"(?:{GAP}?[-–—]{GAP}?|{GAP}(?:to|through|until|till|and|or|to{GAP}the){GAP})",
            "tz": f"(?:{either(words['time_zones'])})(?!\\w)",
            "often": f"(?:{either(list(self.often))})\\b",
            "present": _any(words["present"]),
            "bygone": _any(words["past"]),
            "future": _any(words["future"]),
        }

    def names_thing(self, text: str, start: int, end: int) -> bool:
        """Whether four digits are a number of things or of a document rather than a year."""
        if self._label.search(text[max(0, start - 40) : start]):
            return True
        return text[start:end].isdigit() and text[start:end] < "2100" and self._counts(text, start, end)

    def _counts(self, text: str, start: int, end: int) -> bool:
        return text[start:end] >= "1900" and not self._masks.is_year(text, start, end)

    def compile(self, pattern: str, rule: str) -> str:
        """The regular expression of a rule."""

        seen: dict[str, int] = {}

        def fill(found: re.Match[str]) -> str:
            name, key, written_out = found.groups()
            key = key or name
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:
                key = f"{key}__{seen[key]}"  # a name may stand once only in a Python pattern
            if written_out is not None:
                body = _blanks(_MACRO.sub(lambda m: self._macro(m[1], rule), written_out))
            else:
                body = self._macro(name, rule)
            return f"(?P<{key}>{body})"

        out, at = [], 0
        for found in _MACRO.finditer(pattern):
            out += [_blanks(pattern[at : found.start()]), fill(found)]
            at = found.end()
        return "".join([*out, _blanks(pattern[at:])])

    def _macro(self, name: str, rule: str) -> str:
        if name not in self._macros:
            known = ", ".join(sorted(self._macros))
            raise KnowledgeError(f"time/rules.yaml, rule {rule}: no list <{name}>; there are {known}")
        return self._macros[name]


def _either_low(words: list[str]) -> str:
    return either([word.lower() for word in words])


def _numbers(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {word.lower(): row["number"] for row in rows for word in [row["name"], *row["short"]]}


def _any(patterns: list[str]) -> str:
    return "(?:" + "|".join(_blanks(pattern) for pattern in patterns) + r")(?!\w)"


def _blanks(pattern: str) -> str:
    """A space outside brackets and look-behinds is any run of blanks, a tilde a hyphen or blanks."""
    pieces = re.split(r"(\[[^\]]*\]|\(\?<[=!][^)]*\))", pattern)
    return "".join(p if i % 2 else p.replace(" ", GAP).replace("~", JOINT) for i, p in enumerate(pieces))
