"""The country of a place that no table has, told beside its name: "stormed Kwadaru, a village in Borno State, Nigeria".

In: a draft and the annotated article. Out: its places, each with the country that an apposition gives it.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token
from tocsin.model import EventPlace


def told_beside(draft: Draft, note: Annotated) -> list[EventPlace]:
    """The draft's places, those without a country with the one told beside their names."""
    return [place if place.country else _located(place, draft, note) for place in draft.places]


def _located(place: EventPlace, draft: Draft, note: Annotated) -> EventPlace:
    for index in draft.sentences:
        sentence = note.sentences[index]
        name = next((t for t in sentence if t.end == place.end and t.start >= place.start), None)
        if name is not None and (country := _country(sentence, name, note)) is not None:
            return place.model_copy(update={"country": country})
    return place


def _country(sentence: Sentence, name: Token, note: Annotated) -> str | None:
    """The country in which an apposition says that the named place lies; none where it says nothing or two."""
    places = note.interpreter.lexicon.words("town_nouns")
    beside = [k for k in sentence.kids(name, "appos") if k.lemma in places]
    inside = [k for k in beside for k in sentence.kids(k, "nmod") if any(c.lower == "in" for c in sentence.kids(k, "case"))]
    found = {p.country for k in inside if (p := note.interpreter.entity(sentence, k).place) is not None and p.country}
    return found.pop() if len(found) == 1 else None
