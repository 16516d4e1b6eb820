"""Towns of the records put where the places layer finds them.

In: name mentions and the toponyms of an article. Out: a town that the layer, which looks at all places of the article, puts
into another country or division of it is that town in the mention too.
"""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.knowledge.names import Name
from tocsin.language.names.mentions import NameMention
from tocsin.language.toponyms import Lookup, Toponym

_TOLD = frozenset({"pair", "kind"})  # only where the text itself says which town is meant


def may_be_told(mentions: Iterable[NameMention], text: str) -> bool:
    """Whether a comma stands behind a town, so that a look at the places of the article may pay."""
    return any(m.place is not None and m.place.sector == "town" and text[m.end : m.end + 2] == ", " for m in mentions)


def relocate(mentions: Iterable[NameMention], toponyms: list[Toponym], lookup: Lookup) -> None:
    """Give towns the referent of the layer where a division or country behind them tells it."""
    told = {t.text: t for t in toponyms if t.sign in _TOLD and t.referent.sort == "town" and t.referent.id}
    for mention in mentions:
        place, found = mention.place, told.get(mention.text)
        if place is None or place.sector != "town" or mention.party is not None or found is None:
            continue
        town = found.referent
        if place.id != f"geonames:{town.id}" and town.country == place.country:
            row = {"geonameid": str(town.id), "name": town.name, "country": town.country, "lat": town.lat, "lon": town.lon,
                   "admin1": lookup.gazetteer.division(town.division) or "", "population": str(town.population),
                   "precision": "town"}  # fmt: skip
            mention.place = Name("place", f"geonames:{town.id}", town.name, town.country, "town", False, row)
