"""Readings of how long and how often: "three days", "a 10-day", "half an hour", "every year", "twice a month".

In: the captured words of a rule. Out: a ``Meaning`` with a TIMEX3 duration or set; it bounds no days by itself.
"""

from __future__ import annotations

import re
from typing import Any

from tocsin.language.times.readings import Context, Groups, Meaning, plain

_ONE = re.compile(r"(?:an?|one|another|per)$", re.IGNORECASE)
# What half of a unit is, as TIMEX3 writes it.
_HALVES = {"Y": "6M", "D": "T12H", "H": "30M", "M": "15D", "W": "", "TM": "30S", "Q": ""}
_AGE = re.compile(r"[\s-]+olds?\b|\s+of\s+age\b", re.IGNORECASE)


def count_of(words: str, context: Context) -> float | None:
    """How many, in digits or words; None for a vague number ("several")."""
    word = plain(words.strip())
    if _ONE.match(word):
        return 1
    if word in context.words.exact_vague:
        return context.words.exact_vague[word]
    value = context.words.amounts.value(word)
    return None if value is None else float(value)


def length(count: float | None, row: dict[str, Any]) -> str:
    """TIMEX3 value of so many units; X where the number is vague."""
    code, timed = row["code"], row.get("time", False)
    head = "PT" if timed else "P"
    code = "D" if code == "WE" else code
    if count is None:
        return f"{head}X{code}"
    total = count * row.get("times", 1) * (2 if row["code"] == "WE" else 1)
    if float(total).is_integer():
        return f"{head}{int(total)}{code}"
    half = _HALVES.get("TM" if timed and code == "M" else code, "")
    if total % 1 == 0.5 and half:
        return head + (f"{int(total)}{code}" if total >= 1 else "") + half
    return f"{head}{total:g}{code}"


def duration(groups: Groups, context: Context) -> Meaning | None:
    """A length of time; ages are none."""
    unit = (groups.get("unit") or groups.get("bare") or "").lower()
    row = context.words.units[unit]
    words = context.text[context.start : context.end]
    if _AGE.match(context.after(16)) or (row.get("time") and len(unit) < 4 and "some" not in groups):
        return None
    if unit == "second" and not words.lower().endswith("-second"):
        return None
    count = _counted(groups, context)
    if count is not None and (count > 9999 or re.match(r"(?:1[6-9]|20)\d\d\s+\w*[^s]$", words)):
        return None  # "the 1988 quarter"
    if row["code"] == "Q" and (words.endswith("-quarters") or re.match(r"\s+of\b|[- ]century", context.after(9))):
        return None  # three quarters of something
    if re.search(r"\w[ -][A-Z][a-z]+$", words):
        return None  # a title: "the Six-Day War", "60 Minutes"
    if count == 1 and re.match(r"an?\b", words, re.IGNORECASE) and context.words.rate.search(context.before(12)):
        return Meaning("SET", row["period"], value=length(count, row))
    return Meaning("DURATION", row["period"], value=length(count, row), steps=count)


def _counted(groups: Groups, context: Context) -> float | None:
    if "halved" in groups:
        return 0.5
    if "one" in groups:
        return 1
    if "bare" in groups:
        return None if groups["bare"].lower().endswith("s") else 1
    whole = count_of(groups["some"], context) if "some" in groups else 1
    if whole is not None and context.text[context.start : context.end].lower().endswith("half"):
        return whole + 0.5
    return whole


def vague_duration(groups: Groups, context: Context) -> Meaning | None:
    """A while, some time."""
    return Meaning("DURATION", "unknown", value="PXX")


def every(groups: Groups, context: Context) -> Meaning | None:
    """Every year, each Thursday, twice a month, Tuesday nights."""
    words = context.words
    if "everyend" in groups:
        return Meaning("SET", "weekend", value="XXXX-WXX-WE")
    if "weekday" in groups:
        code = words.tod.get(plain(groups.get("tod", "")), "")
        value = f"XXXX-WXX-{words.weekdays[groups['weekday'].lower().rstrip('.')]}"
        return Meaning("SET", "day", value=value + (f"T{code}" if code else ""))
    if "month" in groups:
        return Meaning("SET", "month", value=f"XXXX-{words.months[groups['month'].lower().rstrip('.')]:02}")
    if "season" in groups:
        return Meaning("SET", "season", value=f"XXXX-{words.seasons[groups['season'].lower()]['code']}")
    row = words.units[groups["unit"].lower()]
    count: float | None = 2 if "other" in groups else 1
    if "count" in groups and "freq" not in groups:
        count = count_of(groups["count"], context)
    if row.get("time") and not {"every", "freq"} & groups.keys():
        return None  # instructions per second
    return Meaning("SET", row["period"], value=length(count, row))


def often(groups: Groups, context: Context) -> Meaning | None:
    """Daily, annual; a capital inside a sentence is a name ("China Daily")."""
    word = groups["often"]
    if word[0].isupper() and not re.search(r"(?:^|[.!?:\n]\W*)$", context.before(6)):
        return None
    return Meaning("SET", "set", value=context.words.often[word.lower()])
