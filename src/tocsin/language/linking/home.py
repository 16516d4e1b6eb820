"""Which country an article plays in around a phrase: "police", "the families" of a report from Aden are Yemen's.

In: an annotated article. Out: for a place in it, the country that most speaks for: places and parties named in the sentence,
before it, in the opening, titles that one state has. It is an inference, and said to be one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tocsin.language.annotate import Annotated
from tocsin.language.digest import stories_of
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token

_BODIES = "IGO"
_NEAR = 2  # sentences before that still set the scene
_WORLDWIDE = frozenset({"media", "company", "ngo"})  # parties that say nothing of where it happens
_PEOPLE = "person"


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that speaks for a country."""

    sentence: int
    start: int
    country: str
    weight: float
    place: bool = False


class Home:
    """The signs of one article."""

    def __init__(self, note: Annotated, table: dict[str, Any]) -> None:
        self._note = note
        self._weights: dict[str, float] = table["weights"]
        self._titles = {words: country for country, titles in table["titles"].items() for words in titles}
        self._origin = frozenset(table["origin"])
        self._first = next((s.index for s in note.sentences if s.kind != "headline"), 0)
        stories = stories_of(note.sentences, note.article.text)
        self._story = {s.index: number for number, story in enumerate(stories) for s in story}
        issuer = note.interpreter.discourse.issuer
        self.issuer = issuer.country if issuer is not None and issuer.country != _BODIES else None
        self._signs = [*self._places(), *self._parties(), *self._titled()]

    def country(
        self,
        sentence: Sentence,
        within: tuple[int, int] | None = None,
        scene: bool = True,
        lead: float = 1.0,
        away: tuple[int, int] | None = None,
        named: bool = False,
    ) -> str | None:
        """The country that most signs speak for; those inside the phrase decide alone, those in ``away`` (where it goes)
        do not count; who is ``named`` with a bare title in a release is its issuer's. For a scene places weigh more, for
        an office states and those who serve them. None without a sign, or where the first country has not ``lead`` times
        the weight of the second."""
        signs = [s for s in self._signs if self._story.get(s.sentence) == self._story.get(sentence.index)]
        if within is not None:
            inside = Counter(s.country for s in signs if within[0] <= s.start < within[1])
            if inside:
                return next(iter(inside)) if len(inside) == 1 else None
        total: defaultdict[str, float] = defaultdict(float)
        if self.issuer is not None and not scene:
            total[self.issuer] += self._weights["issuer_named" if named else "issuer"]
        for sign in signs:
            if away is not None and away[0] <= sign.start < away[1]:
                continue
            if scene and sign.country == self.issuer and not sign.place:
                continue  # who speaks tells of a scene elsewhere
            total[sign.country] += sign.weight * self._nearness(sign, sentence) * self._fit(sign, scene)
        ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
        first, second = ([weight for _, weight in ranked] + [0.0, 0.0])[:2]
        if first == second or first < lead * second:
            return None
        return ranked[0][0]

    def of_title(self, title: str) -> str | None:
        """The country that alone has an office of the title, where the article speaks of that country too."""
        country = self._titles.get(title)
        told = any(s.country == country and s.weight > self._weights["title"] for s in self._signs)
        return country if told else None

    def title_at(self, sentence: Sentence, token: Token) -> str | None:
        """The country whose title begins at a word, where the article speaks of it: "Minister for the Middle East"."""
        found = {s.country for s in self._signs if s.start == token.start and s.weight == self._weights["title"]}
        told = {s.country for s in self._signs if s.weight != self._weights["title"]} | {self.issuer}
        return found.pop() if len(found) == 1 and found <= told else None

    def _fit(self, sign: Sign, scene: bool) -> float:
        if scene:
            return 1.0 if sign.place else self._weights["scene_party"]
        return self._weights["office_place"] if sign.place else 1.0

    def _nearness(self, sign: Sign, sentence: Sentence) -> float:
        back = sentence.index - sign.sentence
        if back == 0:
            return self._weights["same"]
        if 0 < back <= _NEAR:
            return self._weights["near"]
        return self._weights["opening"] if sign.sentence <= self._first else self._weights["far"]

    def _places(self) -> Iterator[Sign]:
        for toponym in self._note.toponyms:
            country = toponym.referent.country
            sentence = self._sentence_at(toponym.start)
            if country and country != _BODIES and sentence is not None:
                held = self._held(sentence, toponym.start, toponym.end)
                yield Sign(sentence.index, toponym.start, country, self._weights["place"] * held, place=True)

    def _parties(self) -> Iterator[Sign]:
        for mention in self._note.mentions:
            party = mention.party
            if party is None or not party.country or party.country == _BODIES or party.sort in _WORLDWIDE:
                continue
            weight = self._weights["person" if party.sort == _PEOPLE else "party"]
            yield Sign(mention.sentence, mention.start, party.country, weight)

    def _titled(self) -> Iterator[Sign]:
        longest = max(len(words.split()) for words in self._titles)
        for sentence in self._note.sentences:
            words = [t.lower for t in sentence]
            for at, token in enumerate(sentence.tokens):
                for size in range(longest, 0, -1):
                    country = self._titles.get(" ".join(words[at : at + size]))
                    if country is not None:
                        yield Sign(sentence.index, token.start, country, self._weights["title"])
                        break

    def _held(self, sentence: Sentence, start: int, end: int) -> float:
        """How much the preposition before a name adds: "in" says where it happens, "from" whence somebody is."""
        cases = {w for t in sentence if start <= t.start < end for w in case_of(sentence, t).split()}
        if cases & self._note.interpreter.lexicon.words("locative"):
            return self._weights["located"]
        return self._weights["origin"] if cases & self._origin else 1.0

    def _sentence_at(self, offset: int) -> Sentence | None:
        return next((s for s in self._note.sentences if s.tokens and s.start <= offset < s.tokens[-1].end), None)
