"""The places that a sentence names: toponyms, and names in no table that stand where a place does.

In: an annotated article and a sentence. Out: spans, with the toponym where one is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.language.annotate import Annotated
from tocsin.language.names.mentions import name_head
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms import Toponym
from tocsin.language.trees.lemmas import is_word

_JOINTS = frozenset("-‑–'’‘")
_NAMES = ("PROPN", "NOUN", "ADJ", "X")


@dataclass(frozen=True, slots=True)
class Where:
    """Words that name a place; ``toponym`` is what they stand for, where that is known."""

    start: int
    end: int
    text: str
    toponym: Toponym | None
    head: int
    sure: bool = True  # False: only its place in the sentence shows that it is a place

    @property
    def coarseness(self) -> int:
        """0 for a town or site, 1 for a province or sea, 2 for a country."""
        return _COARSE.get(self.toponym.referent.precision, 0) if self.toponym is not None else 0


_COARSE = {"province": 1, "region": 1, "country": 2, "sea": 1, "border": 1}


class ToldPlaces:
    """The places of the sentences of one article."""

    def __init__(self, note: Annotated) -> None:
        self._note = note
        self._words = note.interpreter.lexicon.words
        tables = note.interpreter.lexicon.tables
        rows = (row for group in tables.mapping("parties/peoples.yaml").values() for row in group)
        self._peoples = frozenset(w for row in rows for w in (*row["words"], *(row.get("members") or ())))
        days = tables.mapping("time/calendar.yaml")["named_days"]
        names = "|".join(re.escape(name) for row in days for name in row["names"])
        self._days = [found.span() for found in re.finditer(rf"\b(?:{names})\b", note.article.text)]
        self._found: dict[int, list[Where]] = {}

    def of(self, sentence: Sentence) -> list[Where]:
        """All that names a place in a sentence, in text order."""
        if sentence.index not in self._found:
            found = list(self._known(sentence))
            found += [w for w in self._guessed(sentence) if not any(w.start < k.end and k.start < w.end for k in found)]
            self._found[sentence.index] = sorted((w for w in found if not self._day(w)), key=lambda w: w.start)
        return self._found[sentence.index]

    def _known(self, sentence: Sentence) -> Iterator[Where]:
        for toponym in self._note.toponyms:
            if sentence.start <= toponym.start < sentence.end:
                place = self._where(sentence, toponym.start, toponym.end, toponym)
                if not self._of_another(sentence.tokens[place.head], toponym):
                    yield place
        for mention in self._note.mentions:
            free = mention.place is not None and not self._seen(mention.start, mention.end)
            if mention.sentence == sentence.index and free and not self._surname(sentence, mention.first, mention.last):
                yield self._where(sentence, mention.start, mention.end, None)
        for run in self._note.runs:
            after = sentence.tokens[run.last + 1 : run.last + 2] if run.sentence == sentence.index else []
            unnamed = any(t.lemma in self._words("unnamed_nouns") for t in after)  # "the Peruvian capital"
            if run.sentence == sentence.index and run.kind == "place" and not unnamed:
                tokens = sentence.tokens[run.first : run.last + 1]
                if not all(t.dep == "amod" for t in tokens):  # "the Industrial city of Odruna"
                    yield self._where(sentence, tokens[0].start, tokens[-1].end, None)

    def _day(self, place: Where) -> bool:
        """ "on New Year's Eve": a name that is a day's."""
        return any(start < place.end and place.start < end for start, end in self._days)

    def _where(self, sentence: Sentence, start: int, end: int, toponym: Toponym | None) -> Where:
        inside = [t.i for t in sentence if start <= t.start < end]
        head = sentence.tokens[name_head(sentence, inside[0], inside[-1])]
        while head.dep in ("compound", "flat") and head.head > head.i and self._goes_on(sentence, head):
            head = sentence.tokens[head.head]  # a table's name may be a part of a longer one
        return Where(start, end, self._note.article.text[start:end], toponym, head.i)

    def _of_another(self, head: Token, toponym: Toponym) -> bool:
        """ "the Vietnam War": a place's name in that of what is none."""
        site = head.lemma.lower() in self._words("place_nouns") | self._words("site_nouns") | self._words("building_nouns")
        return head.start >= toponym.end and is_word(head.lower) and not site

    def _goes_on(self, sentence: Sentence, token: Token) -> bool:
        above = sentence.tokens[token.head]
        return above.pos == "PROPN" and self._note.interpreter.mention(sentence, above) is None

    def _seen(self, start: int, end: int) -> bool:
        return any(t.start < end and start < t.end for t in self._note.toponyms)

    def _surname(self, sentence: Sentence, first: int, last: int) -> bool:
        """ "Diego Corrales": a town's name behind a person's; not "in Ash Shaddadi"."""
        token, before = sentence.tokens[first], sentence.tokens[max(0, first - 1)]
        case = case_of(sentence, sentence.tokens[name_head(sentence, first, last)])
        if case == "of" or case in self._words("event_prepositions"):
            return False
        return token.entity == before.entity == "PERSON" and before is not token

    def _guessed(self, sentence: Sentence) -> Iterator[Where]:
        """Names in no table that stand where a place does: "in Zelmora", "the village of Zelmora", "Zelmora district"."""
        tokens = sentence.tokens
        at = 0
        while at < len(tokens):
            end = at
            while end < len(tokens) and (self._namelike(sentence, tokens[end]) or self._inside(tokens, at, end)):
                end += 1
            if end > at and self._placed(sentence, at, end - 1):
                words = tokens[at:end]
                text = self._note.article.text[words[0].start : words[-1].end]
                sure = self._told(sentence, at, end - 1)
                yield Where(words[0].start, words[-1].end, text, None, name_head(sentence, at, end - 1), sure)
            at = max(end, at + 1)

    @staticmethod
    def _inside(tokens: list[Token], first: int, at: int) -> bool:
        """A hyphen or apostrophe between the parts of a name."""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        joint = at > first and tokens[at].text in _JOINTS and tokens[at].start == tokens[at - 1].end
        return joint and after is not None and after.start == tokens[at].end and after.text[:1].isalpha()

    def _namelike(self, sentence: Sentence, token: Token) -> bool:
        """Whether a word looks like a name's."""
        after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
        if token.lower in self._words("name_particles") and after is not None and after.text in _JOINTS:
            return True  # "al-Sinay"
        if token.pos not in _NAMES or not token.text[:1].isupper() or token.lower in self._words("calendar"):
            return False
        return token.text not in self._peoples

    def _other(self, sentence: Sentence, token: Token) -> bool:
        """Whether something else than a place is known or taken to have a name."""
        if token.entity == "PERSON" or self._note.interpreter.mention(sentence, token) is not None:
            return True
        runs = (r for r in self._note.runs if r.sentence == sentence.index and r.first <= token.i <= r.last)
        return any(run.kind != "place" for run in runs)

    def _placed(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether the words around a name show a place; more must show it where they may be another's name."""
        tokens = sentence.tokens
        if self._named(sentence, first, last):
            return True
        if any(self._other(sentence, t) for t in tokens[first : last + 1]):
            return self._in_no_person(sentence, first, last)
        if all(is_word(t.lower) for t in tokens[first : last + 1]) or (tokens[first].text.isupper() and first == last):
            return False
        head = tokens[name_head(sentence, first, last)]
        if self._told(sentence, first, last):
            return True
        return case_of(sentence, head) in self._words("event_prepositions") and head.dep in ("obl", "nmod")

    def _in_no_person(self, sentence: Sentence, first: int, last: int) -> bool:
        """ "in Abu Sinay", "at Abu Sinay": a name of several words taken for a person's, which nobody known has."""
        tokens = sentence.tokens
        head = tokens[name_head(sentence, first, last)]
        known = any(self._note.interpreter.mention(sentence, t) is not None for t in tokens[first : last + 1])
        inside = last > first and case_of(sentence, head) in ("in", "at") and head.dep in ("obl", "nmod")
        return inside and not known and all(t.entity == "PERSON" or t.text in _JOINTS for t in tokens[first : last + 1])

    def _named(self, sentence: Sentence, first: int, last: int) -> bool:
        """ "the village of Abu Sinay", "Abu Sinay Hospital", "the Abu Sinay district": whatever else has such a name."""
        tokens = sentence.tokens
        if any(self._note.interpreter.mention(sentence, t) is not None for t in tokens[first : last + 1]):
            return False
        nouns = self._words("place_nouns") | self._words("site_nouns")
        if last > first and tokens[last].lemma.lower() in nouns:
            return True
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        naming = self._words("town_nouns") | self._words("district_nouns")
        if after is not None and after.lemma in naming - self._words("unnamed_nouns"):
            return True
        head = tokens[name_head(sentence, first, last)]
        return case_of(sentence, head) == "of" and tokens[head.head].lemma in naming and tokens[head.head].i < first

    def _told(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a noun of places stands beside a name: "Sinay district", "Sinay College", "the town of Sinay"."""
        tokens, nouns = sentence.tokens, self._words("place_nouns") | self._words("site_nouns")
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        if after is not None and after.lemma in nouns - self._words("unnamed_nouns"):
            return True
        if last > first and tokens[last].lemma.lower() in nouns:
            return True
        head = tokens[name_head(sentence, first, last)]
        return case_of(sentence, head) == "of" and tokens[head.head].lemma in nouns
