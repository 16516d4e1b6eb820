"""Text to words, cut as Universal Dependencies treebanks of English cut them.

In: a text. Out: spans of words in order; what is between two spans is blank. Contractions are two words ("do" "n't"),
hyphens between letters are words of their own ("live" "-" "fire"), designations stay whole ("S-300", "Su-34").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tocsin.knowledge.loader import Tables

_CHUNK = re.compile(r"\S+")
_WHOLE = re.compile(
    r"(?:https?://|www\.)\S*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[#@]\w+|[:;]-?[()DP]$|\d{1,2}[:.]\d\d(?=$|[ap]m$)", re.I
)
_RUN = r"\.{2,}|…|[!?]{2,}|([_=*~<>/-])\1+"  # marks that stand together are one word
_OPEN = re.compile(
    rf"{_RUN}|[\"'`‘’“”«»„(\[{{<>*_~|/\\&+=,;:!?–—-]|(?:US|A|C|NZ|HK|S)?[$€£¥₹₽₴]|\.(?=\D)|#(?=\d)"
)
_CLOSE = re.compile(rf"(?:{_RUN}|['’]|[\"`‘“”«»„)\]}}<>*_~|/\\&+=,;:!?%–—-]|[$€£¥₹₽₴]|°|(?<!\.)\.)$")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+$|(?:[^\W\d_]{1,4}\.){2,}$", re.I)
_INFIX = re.compile(
    r"\.{2,}|…|--+|[–—/()\[\]\"“”;&+=*~|:,]|(?<=[^\W\d_])-(?=[^\W_])|(?<=\d)-(?=\w)|(?<=[A-Z]\.)-(?=[A-Z])"
    r"|(?<=%)-(?=\w)|(?<=[\)\"”])-|[$€£](?=\d)"
)
_DESIGNATION = re.compile(
    r"[A-Z][A-Za-z]{0,4}-\d+[A-Za-z0-9]*(?:-?[A-Z0-9]+)?$|\d+[A-Z]\d*$|[A-Z]{2,}\d*(?:-[A-Z0-9]*\d[A-Z0-9]*)+$"
)
_MEASURED = re.compile(
    r"(\d[\d.,]*)(km|kms|kg|mm|cm|m|mph|kph|kt|kts|am|pm|a\.m\.|p\.m\.|bn|tn|mn|k|ft|lb|lbs|hrs|°C|°F|°|%)$", re.I
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*$")
_NOT = re.compile(r"n['’]t$", re.I)


class WordCutter:
    """The scanner with its word lists; build one and keep it."""

    def __init__(self, tables: Tables) -> None:
        data = tables.mapping("tokens.yaml")
        self._abbreviations = frozenset(data["abbreviations"])
        self._prefixes = frozenset(data["prefixes"])
        self._clitic = re.compile(rf"(?<=\w)['’](?:{'|'.join(data['clitics'])})$", re.I)
        self._joined: dict[str, int] = data["joined"]
        self._known = lru_cache(maxsize=16_000)(self._within)

    def cut(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Spans of the words of a stretch of text."""
        out: list[tuple[int, int]] = []
        for chunk in _CHUNK.finditer(text, start, len(text) if end is None else end):
            at = chunk.start()
            out += [(at + first, at + last) for first, last in self._known(chunk.group())]
        return out

    def _within(self, chunk: str) -> tuple[tuple[int, int], ...]:
        """Spans of the words of what stands between blanks; kept, as most of a text are words that were met before."""
        return tuple(self._chunk(chunk, 0, len(chunk)))

    def _chunk(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Marks are taken from both ends until a word is left; the word is looked into."""
        before: list[tuple[int, int]] = []
        after: list[tuple[int, int]] = []
        while start < end:
            if _WHOLE.fullmatch(text, start, end):
                break
            if (mark := _OPEN.match(text, start, end)) and not self._elided(text, start, end):
                before.append(mark.span())
                start = mark.end()
            elif (closing := self._closing(text, start, end)) is not None:
                after.append(closing)
                end = closing[0]
            else:
                break
        return [*before, *self._word(text, start, end), *reversed(after)] if start < end else [*before, *reversed(after)]

    @staticmethod
    def _elided(text: str, start: int, end: int) -> bool:
        """An apostrophe that stands for letters: "'s" by itself, "'90s"."""
        rest = text[start + 1 : end].lower()
        return text[start] in "'’" and (rest in ("s", "m", "re", "ve", "ll", "d", "em") or rest[:1].isdigit())

    def _closing(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        mark = _CLOSE.search(text, max(start, end - 12), end)
        if mark is None or mark.end() != end:
            return None
        if mark[0] == "." and self._keeps_stop(text[start:end]):
            return None
        return mark.span()

    def _keeps_stop(self, word: str) -> bool:
        bare = re.split(r"[-–—/(\"“]", word)[-1]
        return bool(_ABBREVIATED.fullmatch(bare)) or bare[:-1].lower() in self._abbreviations

    def _word(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        word = text[start:end]
        if _WHOLE.fullmatch(word) or _NUMBER.fullmatch(word) or _DESIGNATION.fullmatch(word) or self._keeps_stop(word):
            yield start, end
            return
        cut = self._second(word)
        if cut:
            yield from self._word(text, start, start + cut)
            yield start + cut, end
            return
        for mark in _INFIX.finditer(word):
            if self._splits(word, mark):
                yield from self._word(text, start, start + mark.start())
                yield start + mark.start(), start + mark.end()
                yield from self._chunk(text, start + mark.end(), end)
                return
        yield start, end

    def _splits(self, word: str, mark: re.Match[str]) -> bool:
        if mark.start() == 0 or mark.end() == len(word):
            return False
        if mark[0] in ",:":  # inside a number
            return not (word[mark.start() - 1].isdigit() and word[mark.end()].isdigit())
        if mark[0] == "-":
            left = word[: mark.start()].lower()
            return left not in self._prefixes and not _DESIGNATION.fullmatch(word)
        return True

    def _second(self, word: str) -> int:
        """Where a second word begins inside one that is written together; 0 for nowhere."""
        if (mark := _NOT.search(word)) and mark.start() > 0:
            return mark.start()
        if mark := self._clitic.search(word):
            return mark.start()
        if mark := _MEASURED.fullmatch(word):
            return mark.start(2)
        return self._joined.get(word.lower(), 0)
