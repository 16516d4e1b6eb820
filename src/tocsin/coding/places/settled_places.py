"""In which country a place of a record is, where its own name does not tell: by its other mentions, its list, the article.

In: finished drafts and the annotated article. Out: the same drafts; a named place without a country has the one that the
places layer gives its words or its name elsewhere in the story, else that of the towns it is listed with ("the towns of
Velm, Odra and Aksum"), else the one in which all other towns and provinces of the story are, two at the least. Only what the
layer knows by this very name has a point. A town of the tables in a country that the story never names yields likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.joining.stories import stories
from tocsin.coding.places.slot import facts
from tocsin.coding.verify import POINTS
from tocsin.language.annotate import Annotated
from tocsin.language.lexicon import letters
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms import Toponym
from tocsin.model import EventPlace

_OTHERS = 2  # towns or provinces that must agree on a country


def settle_places(drafts: Iterable[Draft], note: Annotated) -> None:
    """Give the places of drafts a country, where the article shows it."""
    settled: _Settled | None = None
    for draft in drafts:
        if any(p.precision in POINTS for p in draft.places):
            settled = settled or _Settled(note)
            draft.places = [settled.place(p) for p in draft.places]


class _Settled:
    """What the toponyms of one article tell of its other places."""

    def __init__(self, note: Annotated) -> None:
        self._note = note
        self._stories = stories(note)
        self._told: dict[tuple[int, int], list[Toponym]] = {}

    def place(self, place: EventPlace) -> EventPlace:
        """The place with the country that the article shows, or as it was."""
        if place.precision not in POINTS:
            return place
        story = self._story(place)
        told = self._told_in(story)
        fine = [t for t in told if t.referent.precision in POINTS and t.referent.country is not None]
        if place.country is not None:
            return self._moved(place, told, fine)
        named = [t for t in fine if t.start < place.end and place.start < t.end]
        named += [t for t in fine if letters(t.text) == letters(place.name)]
        if named:
            return place.model_copy(update=facts(named[0], self._note) | {"name": place.name})
        country = self._behind(place) or self._listed(place, fine) or self._around(place, fine)
        return place.model_copy(update={"country": country}) if country else place

    def _told_in(self, story: Sequence[Sentence]) -> list[Toponym]:
        """The toponyms of a story; kept, as each of its places is compared with all of them."""
        key = (story[0].index, len(story))
        if key not in self._told:
            found = [t for t in self._note.toponyms if any(s.start <= t.start < s.end for s in story)]
            self._told[key] = found
        return self._told[key]

    def _story(self, place: EventPlace) -> Sequence[Sentence]:
        holds = (story for story in self._stories if any(s.start <= place.start < s.end for s in story))
        return next(holds, self._note.sentences)

    def _moved(self, place: EventPlace, told: list[Toponym], fine: list[Toponym]) -> EventPlace:
        """A town of the tables in a country that nothing else in the story is of, as one of the country of all others."""
        seen = any((t.start < place.end and place.start < t.end) or t.text == place.text for t in told)
        if seen or place.geonameid is None or place.country in self._named(place):
            return place
        country = self._around(place, fine)
        if country is None:
            return place
        return place.model_copy(
            update={"country": country, "admin1": None, "geonameid": None, "lat": None, "lon": None}
        )

    def _named(self, place: EventPlace) -> set[str | None]:
        """The countries that the article names by any word but the place's own."""
        mentions = [m for m in self._note.mentions if not (m.start < place.end and place.start < m.end)]
        named = {n.country for m in mentions for n in (m.place, *m.parties) if n is not None and m.text != place.text}
        return named | {t.referent.country for t in self._note.toponyms if t.text != place.text}

    def _behind(self, place: EventPlace) -> str | None:
        """ "a market in Karrada, Baghdad": the country of the place that a comma alone parts from it."""
        text = self._note.article.text
        near = [t for t in self._note.toponyms if text[place.end : t.start] == ", " and place.end < t.start]
        listed = {w.start for s in self._note.sentences for w in s if w.dep == "conj" and s.start <= place.start < s.end}
        return next((t.referent.country for t in near if not any(t.start <= start < t.end for start in listed)), None)

    def _listed(self, place: EventPlace, fine: list[Toponym]) -> str | None:
        """The one country of the towns that a place is listed with."""
        sentence = next((s for s in self._note.sentences if s.start <= place.start < s.end), None)
        if sentence is None:
            return None
        heads = [t for t in sentence if place.start <= t.start < place.end]
        roots = {_first(sentence, t).i for t in heads}
        beside = {
            t.referent.country
            for t in fine
            for token in sentence
            if t.start <= token.start < t.end and _first(sentence, token).i in roots
        }
        return beside.pop() if len(beside) == 1 else None

    @staticmethod
    def _around(place: EventPlace, fine: list[Toponym]) -> str | None:
        """The one country of all other towns and provinces, of several names."""
        others = [t for t in fine if letters(t.text) != letters(place.name)]
        countries = {t.referent.country for t in others}
        names = {letters(t.text) for t in others}
        return countries.pop() if len(countries) == 1 and len(names) >= _OTHERS else None


def _first(sentence: Sentence, token: Token) -> Token:
    """The first of the coordinated words that a token belongs to."""
    while token.dep in ("conj", "flat", "compound") and token.head != token.i:
        token = sentence.tokens[token.head]
    return token
