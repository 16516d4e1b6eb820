"""What the form of a phrase, a title, a release or an earlier name tells of who is meant: each rule with what it must
leave."""

from __future__ import annotations

import pytest

from tocsin import Reader
from tocsin.knowledge.loader import Tables

GOVERNMENT = "https://www.state.gov/releases/1"
SCENE = "A bomb went off in the market of Karachi on Monday. "

Found = tuple[str, str | None]


def linked(reader: Reader, text: str, words: str, url: str | None = None) -> set[Found]:
    """(type, country) of the mentions of parties that are the words."""
    return {(m.type, m.country) for m in reader.read_text(text, url=url).mentions if m.text == words}


NOBODY = [
    ("Indonesia declared a state of emergency.", "a state of emergency"),
    ("Peru asked for their views on the state of the economy.", "the state of the economy"),
    ("Kenya thanked Ghana for its leadership on climate.", "its leadership"),
    ("Under his leadership, Oman stayed out of the war.", "his leadership"),
    ("Farmers in Chile voiced opposition to the law.", "opposition"),
    ("Congress passed the Clean Harbours Act in Washington.", "the Clean Harbours Act"),
    ("He left the Volvo in a street of Leeds.", "Volvo"),
]

PARTIES = [
    # words for a quality that are bodies, states that are states
    (SCENE + "The Iranian leadership rejected the offer.", "The Iranian leadership", ("government_body", "IRN")),
    ("Japan met Fiji. The state of Israel was founded in 1948.", "Israel", ("state", "ISR")),
    (SCENE + "Volvo closed its plant.", "Volvo", ("company", "SWE")),
    # several of different states, however few are known
    ("Emmanuel Macron met a guest. The two leaders spoke of trade.", "The two leaders", ("personnel", None)),
    (SCENE + "Both countries want peace.", "Both countries", ("state", None)),
    ("In Vienna, foreign ministers meet on Monday.", "foreign ministers", ("personnel", None)),
    ("In Vienna, Austrian ministers meet on Monday.", "Austrian ministers", ("personnel", "AUT")),
    (SCENE + "Doctors all over the country spoke.", "the country", ("state", "PAK")),
    # what is said of somebody is his
    ("Portugal is a seafaring nation.", "a seafaring nation", ("state", "PRT")),
    ("Shares fell because a seafaring nation is rich.", "a seafaring nation", ("state", None)),
    ("Knud Olsen, of the Norwegian parliament, spoke. Olsen left.", "Olsen", ("person", "NOR")),
    ("Knud Olsen, of the Norwegian bank Fjordbank, spoke in Oslo. Olsen left.", "Olsen", ("person", None)),
    ("Yemeni journalist Nabil Haddad was shot. Nabil was 34.", "Nabil", ("person", "YEM")),
    ("Nabil Haddad was shot in Aden. Nabil was 34.", "Nabil", ("person", None)),
    ("In Bern, Reto Kunz, a director with Helvetia Software, spoke.", "Reto Kunz", ("person", None)),
    # a body of a union of states has no country, nor who leads it
    ("In Frankfurt, the European Central Bank president spoke.", "the European Central Bank president", ("person", "IGO")),
    ("In Frankfurt, the German president spoke.", "the German president", ("person", "DEU")),
    # kinds
    ("Chilean military authorities reported the crash.", "Chilean military authorities", ("military", "CHL")),
    ("Chilean port authorities reported the crash.", "Chilean port authorities", ("government_body", "CHL")),
    ("Our international coalition struck the camp, he said in Paris.", "Our international coalition", ("igo", None)),
    ("The Danish ruling coalition lost a vote.", "The Danish ruling coalition", ("ngo", "DNK")),
    ("The Syrian opposition asked for help.", "The Syrian opposition", ("armed_group", "SYR")),
    ("The Chilean opposition asked for help.", "The Chilean opposition", ("ngo", "CHL")),
    ("Chinese researchers found the flaw.", "Chinese researchers", ("personnel", "CHN")),
    (SCENE + "The Southern Transitional Council spoke. The council wants peace.", "The council", ("armed_group", "YEM")),
    (SCENE + "The council wants peace.", "The council", ("government_body", "PAK")),
]

RELEASES = [
    ("Ambassador Ruth Kelling has returned to Syria.", "Ambassador Ruth Kelling", ("person", "USA")),
    ("The Iraqi ambassador has returned to Syria.", "The Iraqi ambassador", ("person", "IRQ")),
    ("Envoy Ann Lee will lead a delegation to Berlin, Germany.", "a delegation", ("government_body", "USA")),
    ("In Yemen, officials met Special Advisor Joan Merrow.", "Special Advisor Joan Merrow", ("person", "USA")),
    ("We spoke to the president of Chile of trade between our countries.", "our countries", ("state", None)),
    ("We thank them. Workers across the country are glad.", "the country", ("state", "USA")),
    ("We met villagers in the province of Aden, Yemen. Families fled.", "Families", ("population", "YEM")),
]


@pytest.mark.parametrize(("text", "words"), NOBODY)
def test_nobody_is_found_where_a_word_means_no_party(reader: Reader, text: str, words: str) -> None:
    kinds = {m.type for m in reader.read_text(text).mentions if m.text == words}
    assert not kinds & {"state", "government_body", "ngo", "company"}


@pytest.mark.parametrize(("text", "words", "expected"), PARTIES)
def test_a_party_is_linked(reader: Reader, text: str, words: str, expected: Found) -> None:
    assert linked(reader, text, words) == {expected}


def test_citizens_of_two_countries_are_of_both(reader: Reader) -> None:
    text = SCENE + "Police arrested citizens from Chad and Niger."
    assert linked(reader, text, "citizens") == {("population", "TCD"), ("population", "NER")}


@pytest.mark.parametrize(("text", "words", "expected"), RELEASES)
def test_a_release_speaks_of_its_own(reader: Reader, text: str, words: str, expected: Found) -> None:
    assert linked(reader, text, words, url=GOVERNMENT) == {expected}


def test_an_ambassador_of_a_news_article_has_no_country(reader: Reader) -> None:
    assert linked(reader, "Ambassador Ruth Kelling has returned to Syria.", "Ambassador Ruth Kelling") == {("person", None)}


def test_what_capitals_in_brackets_stand_for(reader: Reader) -> None:
    text = "The Marine Fisheries Service (MFS) of Chile met. MFS said so. The Clean Harbours Act (CHA) passed. CHA is law."
    found = {(m.text, m.type) for m in reader.read_text(text).mentions}
    assert ("MFS", "government_body") in found
    assert not {kind for words, kind in found if words == "CHA"}


def test_stories_of_a_digest_tell_nothing_of_each_other(reader: Reader) -> None:
    lines = ["Troops enter a town in Mali. (Reuters)", "A court of Lima frees him. (BBC News)", "Police close a road. (AP)"]
    found = {m.country for m in reader.read_text("Current events\n\n" + "\n".join(lines)).mentions if m.text == "Police"}
    assert found == {None}


def test_the_tables_of_forms_are_sound() -> None:
    table = Tables().mapping("parties/linking.yaml")
    assert set(table["several_uncounted"]) <= set(table["several"])
    assert all(set(signs) == {"behind", "before"} for signs in table["qualities"].values())
    nouns = [noun.lower() for listed in table["names"].values() for noun in listed]
    assert not set(table["nothing"]) & set(nouns), "a last word names a body, or nothing"
    assert set(table["armed_oppositions"]) <= {row["country"] for row in Tables().rows("parties/states.yaml")}
