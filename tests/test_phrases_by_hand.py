"""Repairs of phrases on trees made by hand, wrong as a parse once gave them, each with one that is right and must stay."""

from __future__ import annotations

from trees_by_hand import at, made

from tocsin import Reader
from tocsin.knowledge.names import Name
from tocsin.language.names.mentions import NameMention
from tocsin.language.repairs.arguments import mend_arguments
from tocsin.language.repairs.commands import mend_commands
from tocsin.language.repairs.dates_and_participles import mend_dates
from tocsin.language.repairs.event_phrases import mend_event_phrases
from tocsin.language.repairs.insertions import mend_insertions
from tocsin.language.repairs.noun_agents import mend_noun_agents
from tocsin.language.repairs.origins import mend_origins
from tocsin.language.repairs.person_names import people_of
from tocsin.language.repairs.place_chains import mend_place_chains
from tocsin.language.repairs.titled_names import mend_titles


def test_a_verb_has_one_day_the_second_is_of_the_event(reader: Reader) -> None:
    rows = ("Police/NNS:nsubj>1 confirmed/VBD:root>1 {} the/DT:det>5 arrest/NN:obj>1 of/IN:case>7 Haddad/NNP:nmod>5 "
            "on/IN:case>9 Sunday/NNP:obl>1")
    sentence = made(rows.format("on/IN:case>3 Tuesday/NNP:obl>1"))
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "Sunday") == ("nmod", "arrest")
    assert not mend_event_phrases(made(rows.format("at/IN:case>3 last/RB:obl>1")), reader.annotator.lexicon)


def test_what_is_blamed_now_was_done_in_its_year(reader: Reader) -> None:
    rows = ("Chad/NNP:nsubj>1 {}:root>1 Libya/NNP:obj>1 for/IN:case>5 the/DT:det>5 attack/NN:obl>1 in/IN:case>7 2015/CD:obl>1")
    sentence = made(rows.format("blames/VBZ"))
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "2015") == ("nmod", "attack")
    assert not mend_event_phrases(made(rows.format("blamed/VBD")), reader.annotator.lexicon)


def test_who_died_in_a_raid_is_not_one_of_the_raid(reader: Reader) -> None:
    rows = "the/DT:det>1 death/NN:root>1 of/IN:case>4 a/DT:det>4 banker/NN:nmod>1 in/IN:case>7 a/DT:det>7 {}/NN:nmod>4"
    sentence = made(rows.format("raid"))
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "raid") == ("nmod", "death")
    assert not mend_event_phrases(made(rows.format("suit")), reader.annotator.lexicon)


def test_a_sum_in_aid_is_aid(reader: Reader) -> None:
    sentence = made("Chad/NNP:nsubj>1 pledged/VBD:root>1 3,000/CD:nummod>3 pounds/NNS:obj>1 in/IN:case>6 military/JJ:amod>6 "
                    "aid/NN:obl>1")
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "aid") == ("nmod", "pounds")


def test_a_day_sees_nothing(reader: Reader) -> None:
    sentence = made("November/NNP:nmod>1 3/CD:nsubj>2 saw/VBD:root>2 a/DT:det>4 launch/NN:obj>2")
    sentence.tokens[2].lemma = "see"
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "3") == ("obl:npmod", "saw")


def test_permits_for_the_export_of_arms_are_no_arms(reader: Reader) -> None:
    sentence = made("Arms/NNS:compound>2 export/NN:compound>2 permits/NNS:root>2")
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "Arms") == ("compound", "export")
    assert not mend_event_phrases(made("Army/NN:compound>2 staff/NN:compound>2 officers/NNS:root>2"), reader.annotator.lexicon)


def test_an_agent_behind_an_insertion_is_that_of_the_event(reader: Reader) -> None:
    sentence = made("The/DT:det>1 deployment/NN:nsubj>9 of/IN:case>3 troops/NNS:nmod>1 ,/,:punct>6 40/CD:nummod>6 "
                    "medics/NNS:appos>3 by/IN:case>8 Kenya/NNP:nmod>6 began/VBD:root>9")
    assert mend_noun_agents(sentence, reader.annotator.lexicon)
    assert at(sentence, "Kenya") == ("nmod", "deployment")


def test_a_strike_is_called_in(reader: Reader) -> None:
    sentence = made("The/DT:det>1 army/NN:nsubj>2 called/VBD:root>2 in/IN:case>5 an/DT:det>5 airstrike/NN:obl>2")
    sentence.tokens[2].lemma = "call"
    assert mend_arguments(sentence, reader.annotator.lexicon)
    assert at(sentence, "airstrike") == ("obj", "called")


def test_one_stands_united_against_somebody(reader: Reader) -> None:
    sentence = made("They/PRP:nsubj>1 stand/VBP:root>1 united/JJ:xcomp>1 with/IN:case>4 Chad/NNP:obl>2 against/IN:case>6 "
                    "Libya/NNP:obl>2")
    assert mend_arguments(sentence, reader.annotator.lexicon)
    assert at(sentence, "Libya") == ("obl", "stand")
    assert at(sentence, "Chad") == ("obl", "united")


def test_who_calls_to_condemn_condemns(reader: Reader) -> None:
    rows = "He/PRP:nsubj>1 called/VBD:root>1 the/DT:det>3 king/NN:obj>1 to/TO:aux>5 {}/VB:xcomp>1 raids/NNS:obj>5"
    sentence = made(rows.format("condemn"))
    sentence.tokens[1].lemma = "call"
    assert mend_commands(sentence, reader.annotator.lexicon)
    assert at(sentence, "condemn") == ("advcl", "called")
    other = made(rows.format("stop"))
    other.tokens[1].lemma = "call"
    mend_commands(other, reader.annotator.lexicon)
    assert at(other, "stop") == ("xcomp", "called")


def test_of_stands_before_what_is_counted(reader: Reader) -> None:
    sentence = made("the/DT:det>1 first/JJ:obj>5 of/IN:case>3 13/CD:nummod>4 jets/NNS:nmod>1 came/VBD:root>5")
    assert mend_insertions(sentence, reader.annotator.lexicon)
    assert at(sentence, "of") == ("case", "jets")


def test_an_area_west_of_a_town_is_told_by_the_town(reader: Reader) -> None:
    sentence = made("an/DT:det>1 area/NN:root>1 west/RB:advmod>1 of/IN:case>4 Wonsan/NNP:obl>2")
    assert mend_origins(sentence, reader.annotator.lexicon)
    assert at(sentence, "Wonsan") == ("nmod", "area")


def test_accused_before_a_bare_noun_and_a_name_is_what_he_is_called(reader: Reader) -> None:
    rows = ("Police/NNS:nsubj>1 listed/VBD:root>1 Omar/NNP:obj>1 and/CC:cc>4 accused/VBD:conj>1 bomber/NN:compound>6 "
            "Haddad/NNP:obj>4 {}/IN:case>8 {}/NN:obl>4")
    sentence = made(rows.format("on", "Monday"))
    assert mend_dates(sentence, reader.annotator.lexicon)
    assert at(sentence, "accused") == ("amod", "Haddad")
    assert at(sentence, "Haddad") == ("conj", "Omar")
    assert at(sentence, "Monday") == ("obl", "listed")
    assert not mend_dates(made(rows.format("of", "murder")), reader.annotator.lexicon)


def test_junior_is_no_second_person(reader: Reader) -> None:
    sentence = made("President/NNP:compound>3 Omar/NNP:compound>3 ,/,:punct>3 Jr./NNP:nsubj>7 and/CC:cc>6 "
                    "Chancellor/NNP:compound>6 Weber/NNP:conj>3 spoke/VBD:root>7")
    assert mend_titles(sentence, [(1, 1), (6, 6)], reader.annotator.lexicon)
    assert at(sentence, "Omar") == ("nsubj", "spoke")
    assert at(sentence, "Weber") == ("conj", "Omar")
    assert at(sentence, "Jr.") == ("compound", "Omar")
    for token in sentence:
        token.entity = "PERSON" if token.text in ("Omar", "Jr.", "Weber") else ""
    assert people_of(sentence, [], reader.annotator.lexicon.words("words_for_sons")) == [(1, 1), (6, 6)]


def test_nobody_meets_in_a_minister(reader: Reader) -> None:
    sentence = made("In/IN:case>2 Chad/NNP:compound>2 Minister/NNP:obl>4 Weber/NNP:nsubj>4 met/VBD:root>4 Haddad/NNP:obj>4")
    land = Name("party", "x", "Chad", "TCD", "state", False, {})
    mentions = [NameMention(0, 1, 1, 1, 3, 7, "Chad", place=land)]
    assert mend_place_chains(sentence, mentions, reader.annotator.lexicon)
    assert at(sentence, "Chad") == ("obl", "met")
    assert at(sentence, "In") == ("case", "Chad")
    assert at(sentence, "Weber") == ("nsubj", "met")
