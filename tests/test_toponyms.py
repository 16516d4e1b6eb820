"""The places layer: what is a place, and which of the places of its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tocsin.model import PlaceMention
from tocsin.reader import Reader

CASES = yaml.safe_load((Path(__file__).parent / "toponyms.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_places_of(case: dict[str, Any], reader: Reader) -> None:
    found = reader.read_text(case["text"], plain=True).places
    assert [_shown(p) for p in found] == case["places"]


def _shown(place: PlaceMention) -> str:
    return f"{place.text} -> {place.country or '-'} {place.admin1 or '-'} {place.precision}"


def test_a_point_only_for_a_province_or_finer(reader: Reader) -> None:
    text = "Ships crossed the Baltic Sea from Finland to Gdansk, Poland. Others left Africa and the Sahel for Oran."
    found = reader.read_text(text, plain=True).places
    assert {p.text for p in found} >= {"Baltic Sea", "Finland", "Gdansk", "Poland", "Africa", "Oran"}
    for place in found:
        assert text[place.start : place.end] == place.text
        assert (place.lat is not None) == (place.precision in ("site", "town", "district", "province"))


def test_an_order_without_a_word_before_the_infinitive_does_not_stop_the_reader(reader: Reader) -> None:
    text = "He ordered to pay $500 the man he hit, told the clerk to go, and to stay was ordered the other."
    assert reader.read_text(text, plain=True).article.text == text
