"""Names by title and surname alone: who is meant on which day, and when nobody is.

In: sentences of our own with a day of publication. Each names the country of the official, or none.
"""

from __future__ import annotations

import pytest

from tocsin.knowledge.titles import titled_names
from tocsin.reader import Reader

ORDER = {"family_first": ["KOR"], "titles": {"president": ["President"], "prime minister": ["Prime Minister", "Premier"]}}


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ({"name": "Ana Vidal", "country": "CHL", "offices": [{"office": "president"}]}, {"President Vidal": "president"}),
        ({"name": "Oh Ji-won", "country": "KOR", "offices": [{"office": "president"}]}, {}),
        ({"name": "Moon Ji-won", "country": "KOR", "offices": [{"office": "president"}]}, {"President Moon": "president"}),
        ({"name": "Ana Rojas", "country": "CHL", "offices": [{"office": "president"}]}, {}),
        ({"name": "Ana Vidal", "country": "CHL", "offices": [{"office": "mayor"}]}, {}),
        (
            {"name": "Ana Vidal", "country": "CHL", "offices": [{"office": "prime minister"}]},
            {"Prime Minister Vidal": "prime minister", "Premier Vidal": "prime minister"},
        ),
    ],
)
def test_names_by_title_are_of_those_whose_surname_names_nobody(row: dict[str, object], names: dict[str, str]) -> None:
    assert titled_names(row, ORDER, {"Rojas"}) == names


@pytest.mark.parametrize(
    ("text", "published", "who"),
    [
        ("Prime Minister Johnson spoke of the frigates.", "2021-03-01", {"person:boris-johnson"}),
        ("Premier Johnson spoke of the frigates.", "2021-03-01", {"person:boris-johnson"}),
        ("Prime Minister Johnson spoke of the frigates.", "2012-03-01", set()),
        ("Prime Minister Johnson spoke of the frigates.", None, set()),
        ("Ghana's Prime Minister Johnson spoke of the frigates.", "2021-03-01", set()),
        ("President Johnson spoke of the frigates.", "2021-03-01", set()),
        ("President Clinton spoke of the frigates.", "1996-03-01", {"person:bill-clinton"}),
        ("Foreign Minister Wang Yi spoke of the frigates.", "2023-03-01", {"person:wang-yi"}),
        ("President Reagan spoke of the frigates.", "2016-03-01", {"person:ronald-reagan"}),
    ],
)
def test_the_day_tells_who_holds_the_office(reader: Reader, text: str, published: str | None, who: set[str]) -> None:
    found = reader.read_text(text, published=published, plain=True).mentions
    assert {m.id for m in found if m.id and m.id.startswith("person:")} == who
