"""The letters that a rule's regular expression can begin with, so that only rules that can match are tried at a word.

In: a regular expression as ``lexicon.compile`` writes it. Out: the beginnings of the words that it can match at, ``DIGIT``
for any digit; None where nothing can be told. What follows a first word is not looked at, and where an expression is not
understood the answer is wider than it need be, never narrower.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

DIGIT = "0"
# A backslash with what it escapes, what opens a group, a set of signs, how often something stands, any other sign.
_PART = re.compile(r"\\.|\(\?(?:P<\w+>|<?[:=!])|\[\^?\]?(?:\\.|[^\]])*\]|[*+?]|\{\d+(?:,\d*)?\}|.", re.DOTALL)
_SIGHT = re.compile(r"\(\?<?[=!]")  # looks ahead or behind and takes nothing
_DIGITS = re.compile(r"\\d|\d|\[[\d-]+\]")
_EMPTY = re.compile(r"\\[bB]|[\^$]")

# Beginnings, each with whether more letters may follow that are not known of yet.
_Begun = frozenset[tuple[str, bool]]
_NOTHING: _Begun = frozenset({("", True)})


def openings(pattern: str) -> frozenset[str] | None:
    """The beginnings of the first words, in the small letters of the expression."""
    begun = _either(iter(_PART.findall(pattern)))
    found = frozenset(letters for letters, _ in begun)
    return None if "" in found else found


def _either(parts: Iterator[str]) -> _Begun:
    """The beginnings of what stands up to the end of a group, or of all."""
    found: set[tuple[str, bool]] = set()
    row: list[_Begun] = []
    for part in parts:
        if part == ")":
            break
        if part == "|":
            found |= _in_row(row)
            row = []
        elif part == "?":
            row[-1] |= _NOTHING
        elif part in ("*", "+") or re.fullmatch(r"\{.+\}", part):
            row[-1] = _again(row[-1]) | (_NOTHING if part[:2] in ("*", "{0") else frozenset())
        elif part[0] == "(":
            inner = _either(parts)
            row.append(_NOTHING if _SIGHT.match(part) else inner)
        else:
            row.append(_of_sign(part))
    return frozenset(found | _in_row(row))


def _of_sign(part: str) -> _Begun:
    """What one sign, or one of a set of signs, begins with."""
    if len(part) == 1 and "a" <= part <= "z":
        return frozenset({(part, True)})
    if _DIGITS.fullmatch(part):
        return frozenset({(DIGIT, False)})
    return _NOTHING if _EMPTY.fullmatch(part) else frozenset({("", False)})


def _again(begun: _Begun) -> _Begun:
    """The same where it may stand again: what follows its letters is not known."""
    return frozenset((letters, more and not letters) for letters, more in begun)


def _in_row(row: Iterable[_Begun]) -> _Begun:
    """The beginnings of what follows one after another."""
    begun = _NOTHING
    for after in row:
        if not any(more for _, more in begun):
            break
        begun = frozenset(joined for before in begun for joined in (_joined(before, after) if before[1] else (before,)))
    return begun


def _joined(before: tuple[str, bool], after: _Begun) -> Iterator[tuple[str, bool]]:
    """A beginning with each way in which it goes on: a word ends before a digit and before any other sign."""
    for letters, more in after:
        yield (before[0], False) if before[0] and letters == DIGIT else (before[0] + letters, more)
