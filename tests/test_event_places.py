"""Where a told event was: the place that belongs to its verb, by syntax."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin import Reader
from tocsin.language.event_places import EventPlaces, Where
from tocsin.reading import article_from_text


def place_of(reader: Reader, text: str, verb: str) -> Where | None:
    note = reader.annotate(article_from_text(text, plain=True)[0])
    for sentence in note.sentences:
        for token in sentence:
            if token.text == verb:
                return EventPlaces(note).of(sentence, token)
    raise AssertionError(f"no {verb!r} in {text!r}")


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("A bomb exploded in Karachi on Monday.", "exploded", "Karachi"),
        ("Thousands of teachers marched in Quito Friday.", "marched", "Quito"),
        ("Two men were shot in the Odruna area of Kandahar province.", "shot", "Odruna"),
        ("Soldiers shelled an orchard in the West Bank town of Nablus.", "shelled", "Nablus"),
        ("Ten guests were killed as a car bomb burst outside a hotel in Mogadishu.", "killed", "Mogadishu"),
        ("Gunmen attacked the village of Tarvesh in northern Mali.", "attacked", "Tarvesh"),
        ("Residents of Aleppo were killed by shells.", "killed", "Aleppo"),
        ("A rocket hit a school in Lviv, and police in Warsaw said two people had died.", "hit", "Lviv"),
        ("Officials in Geneva said that rebels had seized a bridge in Bukavu.", "seized", "Bukavu"),
        ("Police patrolled the streets of Karachi's port.", "patrolled", "Karachi"),
        ("Rebels captured the town of Tarvesh, 40 miles north of Bamako.", "captured", "Tarvesh"),
        ("Gunmen attacked Tarvesh village in the Mopti region.", "attacked", "Tarvesh"),
        ("A bomb went off in Beirut's mostly Druze suburb of Tarvesh.", "went", "Tarvesh"),
        ("On New Year's Eve a lorry bomb destroyed a Baghdad hotel.", "destroyed", "Baghdad"),
        ("Troops besieged Tarvesh on Sunday.", "besieged", "Tarvesh"),
        ("A wave of bombings in Karachi killed ten people and wounded forty.", "killed", "Karachi"),
        ("A wave of bombings in Karachi killed ten people and wounded forty.", "wounded", "Karachi"),
        ("The army launched an offensive on Monday, striking rebels near Mosul.", "launched", "Mosul"),
        ("Rebels set off a mine and wounded six soldiers in Kandahar.", "set", "Kandahar"),
        ("Rebels entered the village of Tel Abu Rishan on Monday.", "entered", "Tel Abu Rishan"),
        ("A shell hit the al-Karim Hospital in Homs.", "hit", "al-Karim Hospital"),
        ("Gunmen opened fire in the Industrial Quarter on Monday.", "opened", "Industrial Quarter"),
        ("Shells fell on the western Iraqi town of Hit.", "fell", "Hit"),
        ("Police patrolled the streets of Bishkek after the vote.", "patrolled", "Bishkek"),
        ("In Mosul, two soldiers were shot in the Nabi Rishan area.", "shot", "Nabi Rishan"),
        ("A bomb went off in a school at Rishanabad in Kunduz.", "went", "Rishanabad"),
        ("Gunmen attacked a hotel in Mogadishu, killing ten people.", "killing", "Mogadishu"),
        ("A bomb exploded in Bab Rishan on Monday.", "exploded", "Bab Rishan"),
        ("A wave of attacks across Iraq killed thirty people.", "killed", "Iraq"),
    ],
)  # fmt: skip
def test_an_event_has_its_place(reader: Reader, text: str, verb: str, expected: str) -> None:
    found = place_of(reader, text, verb)
    assert found is not None
    assert expected in found.text


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("A businessman from Sydney was shot on Tuesday.", "shot"),
        ("Rebels shot down a U.S. helicopter on Friday.", "shot"),
        ("Veterans of the Vietnam War marched on Sunday.", "marched"),
        ("Police killed two gunmen, according to officials in London.", "killed"),
        ("They captured ten men and took them to Kabul.", "captured"),
        ("Troops from Canada patrolled the valley.", "patrolled"),
        ("Soldiers shelled a farm 40 miles north of Bamako.", "shelled"),
        ("Guards shot three informers for Israel on Monday.", "shot"),
        ("The Revolutionary Armed Forces of Colombia shot ten woodcutters.", "shot"),
        ("Soldiers captured Ganguly on Friday.", "captured"),
        ("He beat the American Diego Corrales on points and captured the title.", "captured"),
        ("Jets bombed a base of Hezbollah.", "bombed"),
        ("Warplanes of Canada patrolled on Friday.", "patrolled"),
        ("Troops patrolled the zone between Georgia and Russia.", "patrolled"),
        ("Jordan, 56, was shot on Friday.", "shot"),
        ("The army launched an inquiry on Monday, prompting protests in Lagos.", "launched"),
    ],
)  # fmt: skip
def test_none_is_better_than_a_wrong_one(reader: Reader, text: str, verb: str) -> None:
    assert place_of(reader, text, verb) is None


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="ABCdefg '-,.in of at the Karachi", max_size=60))
def test_spans_slice_to_their_words(reader: Reader, words: str) -> None:
    text = f"A bomb exploded {words} in Lima."
    article = article_from_text(text, plain=True)[0]
    note = reader.annotate(article)
    for sentence in note.sentences:
        for place in EventPlaces(note).places(sentence):
            assert place.text
            assert article.text[place.start : place.end] == place.text
