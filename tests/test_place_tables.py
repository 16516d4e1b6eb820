"""The place tables hold together: ids and names, country codes, coordinates, sizes; the town table is what its script makes.

In: the files of `tocsin/knowledge/places/`. Each test names the rows that break it.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tocsin.knowledge.gazetteer import Gazetteer
from tocsin.knowledge.loader import Tables, read_yaml
from tocsin.language.lexicon import letters

PLACES = Path(__file__).parents[1] / "src" / "tocsin" / "knowledge" / "places"
TABLES = Tables()


def words(text: str) -> list[str]:
    """The words of a list that is easier to read as text."""
    return text.split()


TOWN_COLUMNS = words("geonameid name alternates country admin1 lat lon population feature")
PRECISIONS = {"province", "region", "sea", "site", "district", "border"}
KINDS = set(
    words(
        "province region sea strait base range test_site nuclear_site island mountain river dam airport crossing "
        "refugee_camp border site"
    )
)
CONFLICT = words("UKR SYR IRQ YEM AFG LBY MLI SDN ETH PSE ISR LBN ARM AZE GEO MMR PAK COD TJK KGZ")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def towns() -> list[Row]:
    return TABLES.rows("places/towns.tsv")


@pytest.fixture(scope="module")
def curated() -> list[Row]:
    return TABLES.rows("places/curated.yaml")


@pytest.fixture(scope="module")
def states() -> set[str]:
    return {row["country"] for row in TABLES.rows("parties/states.yaml") if row.get("country")}


def aliases(row: Row) -> list[str]:
    return [row["name"], *row.get("aliases", [])]


def countries(row: Row) -> list[str]:
    return row["countries"] if "countries" in row else [row["country"]] if row["country"] else []


def place(rows: list[Row], name: str) -> Row:
    found = [row for row in rows if name in aliases(row)]
    assert len(found) == 1, name
    return found[0]


def largest(towns: list[Row], name: str) -> Row:
    return next(r for r in towns if name in (r["name"], *r["alternates"].split("|")))


def test_towns_have_all_columns_and_say_where_they_come_from(towns: list[Row]) -> None:
    assert not [r for r in towns if list(r) != TOWN_COLUMNS]
    assert "GeoNames" in (PLACES / "towns.tsv").read_text(encoding="utf-8")[:500]
    assert "CC BY 4.0" in (PLACES / "towns.tsv").read_text(encoding="utf-8")[:500]


def test_town_ids_are_unique(towns: list[Row]) -> None:
    ids = Counter(r["geonameid"] for r in towns if r["geonameid"])
    assert not [i for i, times in ids.items() if times > 1]
    own = [r for r in towns if not r["geonameid"]]
    assert len(own) == len({(r["country"], r["name"]) for r in own}) < 100


def test_town_countries_are_states_of_the_party_table(towns: list[Row], states: set[str]) -> None:
    assert not {r["country"] for r in towns} - states
    assert len({r["country"] for r in towns}) > 230


def test_towns_lie_on_earth_and_are_given_to_four_decimals(towns: list[Row]) -> None:
    spot = re.compile(r"-?\d{1,3}\.\d{4}")
    assert not [r for r in towns if not (spot.fullmatch(r["lat"]) and spot.fullmatch(r["lon"]))]
    assert not [r for r in towns if abs(float(r["lat"])) > 90 or abs(float(r["lon"])) > 180]


def test_towns_stand_by_falling_population(towns: list[Row]) -> None:
    order = [(-int(r["population"]), int(r["geonameid"] or 0), r["name"]) for r in towns]
    assert order == sorted(order)


def test_no_alternate_repeats_the_name_or_is_empty(towns: list[Row]) -> None:
    rows = [(r["name"], r["alternates"].split("|")) for r in towns if r["alternates"]]
    assert not [name for name, others in rows if name in others or "" in others or len(others) != len(set(others))]


@pytest.mark.parametrize("country", CONFLICT)
def test_countries_at_war_have_small_towns_too(towns: list[Row], country: str) -> None:
    assert [r for r in towns if r["country"] == country and int(r["population"]) < 15_000]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kyiv", "UKR"),
        ("Kiev", "UKR"),
        ("Kharkov", "UKR"),
        ("Avdiivka", "UKR"),
        ("Simferopol", "UKR"),
        ("Raqqa", "SYR"),
        ("Kobane", "SYR"),
        ("Deir ez-Zor", "SYR"),
        ("Fallujah", "IRQ"),
        ("Hodeidah", "YEM"),
        ("Sana'a", "YEM"),
        ("Mazar-i-Sharif", "AFG"),
        ("Maidan Shahr", "AFG"),
        ("Stepanakert", "AZE"),
        ("Gaza City", "PSE"),
        ("Khan Younis", "PSE"),
        ("Dushanbe", "TJK"),
        ("Gomel", "BLR"),
        ("Tbilisi", "GEO"),
        ("Pristina", "XKX"),
        ("Washington", "USA"),
        ("Paris", "FRA"),
        ("Wonsan", "PRK"),
    ],
)
def test_well_known_towns_are_found_by_their_english_names(towns: list[Row], name: str, country: str) -> None:
    assert largest(towns, name)["country"] == country


def test_ordinary_words_are_no_towns(towns: list[Row]) -> None:
    barred = {"Of", "Said", "Most", "Police", "March", "Bar", "Same", "Along", "Deal", "Date"}
    assert not [r["name"] for r in towns if r["name"] in barred]


def test_curated_names_and_aliases_are_unique(curated: list[Row]) -> None:
    seen = Counter(name for row in curated for name in aliases(row))
    assert not [name for name, times in seen.items() if times > 1]


def test_curated_entries_have_known_fields_precisions_and_kinds(curated: list[Row]) -> None:
    fields = {"name", "aliases", "country", "countries", "precision", "lat", "lon", "kind", "sides"}
    assert not [r for r in curated if set(r) - fields or ("country" in r) == ("countries" in r)]
    assert not [r["name"] for r in curated if r["precision"] not in PRECISIONS or r["kind"] not in KINDS]


def test_curated_countries_are_states_of_the_party_table(curated: list[Row], states: set[str]) -> None:
    assert not [r["name"] for r in curated if set(countries(r)) - states]
    assert not [r["name"] for r in curated if "countries" in r and len(r["countries"]) < 2]


def test_only_provinces_and_finer_have_a_point_on_earth(curated: list[Row]) -> None:
    pointed = [r for r in curated if "lat" in r or "lon" in r]
    assert not [r["name"] for r in pointed if r["precision"] not in ("province", "district", "site")]
    assert not [r["name"] for r in pointed if not (-90 <= r["lat"] <= 90 and -180 <= r["lon"] <= 180)]


def test_points_lie_near_a_town_of_the_country(curated: list[Row], towns: list[Row]) -> None:
    near: dict[str, list[tuple[float, float]]] = {}
    for row in towns:
        near.setdefault(row["country"], []).append((float(row["lat"]), float(row["lon"])))
    far = [
        row["name"]
        for row in curated
        if "lat" in row
        and not any(
            abs(row["lat"] - lat) < 8 and abs(row["lon"] - lon) < 12
            for code in countries(row)
            for lat, lon in near.get(code, [])
        )
    ]
    assert set(far) <= {"Diego Garcia", "Nagurskoye", "Temp air base", "CFS Alert", "Thule Air Base", "Nunavut"}


def test_countries_themselves_are_left_to_the_party_table(curated: list[Row]) -> None:
    sovereign = {row["name"] for row in TABLES.rows("parties/states.yaml") if row.get("cow") or row.get("gw")}
    assert not [r["name"] for r in curated if r["name"] in sovereign - {"Georgia"}]


def test_a_bare_province_name_is_not_also_a_town_of_its_country(curated: list[Row], towns: list[Row]) -> None:
    assert place(curated, "Donetsk Oblast")["country"] == "UKR"
    names = {name for row in curated for name in aliases(row)}
    assert not names & {"Donetsk", "Idlib", "Herat", "Kunduz", "Kirkuk", "Diyarbakır", "Belgorod", "Kandahar"}
    assert {"Donetsk", "Idlib", "Herat"} <= {row["name"] for row in towns}


@pytest.mark.parametrize(
    ("name", "country", "precision", "kind"),
    [
        ("Panjshir", "AFG", "province", "province"),
        ("Helmand province", "AFG", "province", "province"),
        ("Idlib province", "SYR", "province", "province"),
        ("Anbar", "IRQ", "province", "province"),
        ("Cabo Delgado", "MOZ", "province", "province"),
        ("Borno", "NGA", "province", "province"),
        ("Tigray", "ETH", "province", "province"),
        ("Kharkiv region", "UKR", "province", "province"),
        ("Donbas", "UKR", "region", "region"),
        ("Crimea", "UKR", "region", "region"),
        ("Golan Heights", "SYR", "region", "region"),
        ("Gaza Strip", "PSE", "region", "region"),
        ("Nagorno-Karabakh", "AZE", "region", "region"),
        ("Middle East", None, "region", "region"),
        ("South China Sea", None, "sea", "sea"),
        ("Persian Gulf", None, "sea", "sea"),
        ("Strait of Hormuz", None, "sea", "strait"),
        ("Incirlik", "TUR", "site", "base"),
        ("Bagram", "AFG", "site", "base"),
        ("102nd base", "ARM", "site", "base"),
        ("201st base", "TJK", "site", "base"),
        ("Plesetsk", "RUS", "site", "test_site"),
        ("Kura range", "RUS", "site", "range"),
        ("Sohae", "PRK", "site", "test_site"),
        ("Wheeler Island", "IND", "site", "test_site"),
        ("Natanz", "IRN", "site", "nuclear_site"),
        ("Yongbyon", "PRK", "site", "nuclear_site"),
        ("Zaporizhzhia NPP", "UKR", "site", "nuclear_site"),
        ("Baghdad International Airport", "IRQ", "site", "airport"),
    ],
)
def test_well_known_places_stand_as_they_should(
    curated: list[Row], name: str, country: str | None, precision: str, kind: str
) -> None:
    row = place(curated, name)
    assert (row.get("country"), row["precision"], row["kind"]) == (country, precision, kind)


def test_shared_regions_name_their_countries(curated: list[Row]) -> None:
    assert place(curated, "Kashmir")["countries"] == ["IND", "PAK"]
    assert place(curated, "Baltic states")["countries"] == ["EST", "LVA", "LTU"]


def test_feature_words_are_unique_and_give_a_precision() -> None:
    rows = TABLES.rows("places/feature_words.yaml")
    seen = Counter(w for r in rows for w in dict.fromkeys([r["word"], *r.get("aliases", [])]))
    assert not [word for word, times in seen.items() if times > 1]
    assert not [r["word"] for r in rows if r["precision"] not in PRECISIONS | {"town"}]
    assert not [r["word"] for r in rows if r.get("kind") not in KINDS | {None}]
    assert {"valley", "oblast", "governorate", "strait", "airbase", "peninsula"} <= set(seen)


def test_overrides_name_towns_that_the_table_has(towns: list[Row], states: set[str]) -> None:
    rules = read_yaml(PLACES / "town_overrides.yaml")
    shown = {(r["country"], r["name"]) for r in towns}
    wanted = {(r["country"], r["name"]) for r in [*rules["towns"], *rules["extra"]] if "name" in r}
    assert not wanted - shown
    assert set(rules["conflict"]) <= states


def test_tables_keep_their_size(towns: list[Row], curated: list[Row]) -> None:
    assert 25_000 < len(towns) < 40_000
    assert 900 < len(curated) < 3_000
    assert (PLACES / "towns.tsv").stat().st_size < 4_000_000
    assert (PLACES / "curated.yaml").stat().st_size < 400_000


def test_districts_lie_in_provinces_of_the_tables(curated: list[Row], towns: list[Row]) -> None:
    """Each province of districts.yaml is one that the other tables know, and no district stands in two."""
    table = TABLES.mapping("places/districts.yaml")
    known = {(row["country"], row["admin1"]) for row in towns}
    provinces = [row for row in curated if row["precision"] == "province"]
    known |= {(row.get("country"), row["name"].removesuffix(" Province")) for row in provinces}
    assert not [(c, p) for c, provinces in table.items() for p in provinces if (c, p) not in known]
    for parts in table.values():
        names = [(letters(name), province) for province, names in parts.items() for name in names]
        places = {name: {p for n, p in names if n == name} for name, _ in names}
        assert not {name: found for name, found in places.items() if len(found) > 1}


def test_every_list_of_words_of_the_places_layer_is_asked_for() -> None:
    package = PLACES.parents[1] / "language" / "toponyms"
    source = "\n".join(file.read_text(encoding="utf-8") for file in sorted(package.glob("*.py")))
    asked = set(re.findall(r'(?:words|_words|table)\[(?:f?)"([a-z_]+)"\]', source))
    table = TABLES.mapping("places/toponyms.yaml")
    assert asked == set(table)
    assert not [key for key, words in table.items() if isinstance(words, list) and not all(map(str, words))]


def test_middles_of_divisions_are_in_the_gazetteer() -> None:
    gazetteer = Gazetteer()
    for code, (lat, lon) in TABLES.mapping("places/centres.yaml").items():
        found = [e for e in gazetteer.named(gazetteer.division(code) or "") if (e.feature, e.division) == ("ADM1", code)]
        assert [(round(e.lat, 3), round(e.lon, 3)) for e in found] == [(lat, lon)], code
