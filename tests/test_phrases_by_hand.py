"""Repairs of phrases on trees made by hand, wrong as a parse once gave them, each with one that is right and must stay."""

from __future__ import annotations

from tocsin import Reader
from tocsin.knowledge.names import Name
from tocsin.language.names.mentions import NameMention
from tocsin.language.repairs.arguments import mend_arguments
from tocsin.language.repairs.commands import mend_commands
from tocsin.language.repairs.dates_and_participles import mend_dates
from tocsin.language.repairs.event_phrases import mend_event_phrases
from tocsin.language.repairs.insertions import mend_insertions
from tocsin.language.repairs.lost_verbs import mend_verbs
from tocsin.language.repairs.noun_agents import mend_noun_agents
from tocsin.language.repairs.origins import mend_origins
from tocsin.language.repairs.person_names import people_of
from tocsin.language.repairs.place_chains import mend_place_chains
from tocsin.language.repairs.relatives import mend_relatives
from tocsin.language.repairs.titled_names import mend_titles
from tocsin.language.repairs.toll_joints import mend_tolls
from trees_by_hand import at, made


def test_a_verb_has_one_day_the_second_is_of_the_event(reader: Reader) -> None:
    rows = ("Police/NNS:nsubj>1 confirmed/VBD:root>1 {} the/DT:det>5 arrest/NN:obj>1 of/IN:case>7 Haddad/NNP:nmod>5 "
            "on/IN:case>9 Sunday/NNP:obl>1")
    sentence = made(rows.format("on/IN:case>3 Tuesday/NNP:obl>1"))
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "Sunday") == ("nmod", "arrest")
    assert not mend_event_phrases(made(rows.format("at/IN:case>3 last/RB:obl>1")), reader.annotator.lexicon)


def test_a_condemned_attack_told_at_length_has_the_day_behind_it(reader: Reader) -> None:
    rows = ("Chad/NNP:nsubj>1 condemned/VBD:root>1 the/DT:det>3 raid/NN:obj>1 {} on/IN:case>7 Monday/NNP:obl>1")
    sentence = made(rows.format("in/IN:case>5 Abeche/NNP:nmod>3"))
    sentence.tokens[1].lemma = "condemn"
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "Monday") == ("nmod", "raid")
    bare = made("Chad/NNP:nsubj>1 condemned/VBD:root>1 the/DT:det>3 raid/NN:obj>1 on/IN:case>5 Monday/NNP:obl>1")
    bare.tokens[1].lemma = "condemn"
    assert not mend_event_phrases(bare, reader.annotator.lexicon)


def test_what_is_blamed_now_was_done_in_its_year(reader: Reader) -> None:
    rows = ("Chad/NNP:nsubj>1 {}:root>1 Libya/NNP:obj>1 for/IN:case>5 the/DT:det>5 attack/NN:obl>1 in/IN:case>7 "
            "2015/CD:obl>1")
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


def test_whom_one_meets_at_a_place_does_not_belong_to_the_place(reader: Reader) -> None:
    rows = ("the/DT:det>1 {}/NN:root>1 at/IN:case>4 his/PRP:nmod:poss>4 home/NN:nmod>1 with/IN:case>7 King/NNP:compound>7 "
            "Haakon/NNP:nmod>4")
    sentence = made(rows.format("meeting"))
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "Haakon") == ("nmod", "meeting")
    assert not mend_event_phrases(made(rows.format("garden")), reader.annotator.lexicon)


def test_those_among_whom_somebody_was_were_hurt(reader: Reader) -> None:
    rows = "The/DT:det>1 envoy/NN:nsubj>2 was/VBD:root>2 {}/IN:case>4 dozens/NNS:obl>2 injured/VBN:ccomp>2"
    sentence = made(rows.format("among"))
    sentence.tokens[5].lemma = "injure"
    assert mend_tolls(sentence, reader.annotator.lexicon)
    assert at(sentence, "injured") == ("acl", "dozens")
    other = made(rows.format("with"))
    other.tokens[5].lemma = "injure"
    assert not mend_tolls(other, reader.annotator.lexicon)


def test_shots_kill_not_who_is_caught_lying_about_them(reader: Reader) -> None:
    rows = ("Spies/NNS:nsubj:pass>2 were/VBD:aux:pass>2 caught/VBN:root>2 faking/VBG:advcl>2 proof/NN:obj>3 that/IN:mark>7 "
            "Chad/NNP:nsubj>7 {}/VBD:acl>4 airliners/NNS:obj>7 ,/,:punct>2 killing/VBG:advcl>{} 80/CD:obj>10")
    sentence = made(rows.format("downed", 2))
    sentence.tokens[7].lemma, sentence.tokens[10].lemma = "down", "kill"
    assert mend_tolls(sentence, reader.annotator.lexicon)
    assert at(sentence, "killing") == ("advcl", "downed")
    other = made(rows.format("bought", 2))
    other.tokens[7].lemma, other.tokens[10].lemma = "buy", "kill"
    assert not mend_tolls(other, reader.annotator.lexicon)


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
    staff = made("Army/NN:compound>2 staff/NN:compound>2 officers/NNS:root>2")
    assert not mend_event_phrases(staff, reader.annotator.lexicon)


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


def test_what_is_included_is_part_of_the_aid_not_of_the_currency(reader: Reader) -> None:
    sentence = made("announced/VBD:root>0 AUD/NN:obj>0 99/CD:nummod>1 in/IN:case>4 aid/NN:nmod>1 including/IN:case>7 "
                    "14/CD:nummod>7 carriers/NNS:nmod>1")
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "carriers") == ("nmod", "aid")


def test_a_province_has_no_day(reader: Reader) -> None:
    sentence = made("an/DT:det>1 operation/NN:root>1 in/IN:case>4 Khost/NNP:compound>4 province/NN:nmod>1 "
                    "Nov/NNP:nmod:npmod>6 25/CD:nmod:npmod>4")
    assert mend_event_phrases(sentence, reader.annotator.lexicon)
    assert at(sentence, "25") == ("nmod:npmod", "operation")


def test_with_what_somebody_was_engaged_tells_no_other_strike(reader: Reader) -> None:
    sentence = made("Troops/NNS:nsubj>1 engaged/VBD:root>1 them/PRP:obj>1 with/IN:case>5 an/DT:det>5 airstrike/NN:obl>1 "
                    "killing/VBG:acl>5 several/JJ:obj>6")
    sentence.tokens[6].lemma = "kill"
    assert mend_tolls(sentence, reader.annotator.lexicon)
    assert at(sentence, "killing") == ("advcl", "engaged")


def test_one_crosses_into_where_the_verb_leads(reader: Reader) -> None:
    sentence = made("Chad/NNP:nsubj>1 sent/VBD:root>1 arms/NNS:obj>1 before/IN:mark>5 they/PRP:nsubj>5 crossed/VBD:advcl>1 "
                    "into/IN:case>7 Niger/NNP:obl>1")
    assert mend_arguments(sentence, reader.annotator.lexicon)
    assert at(sentence, "Niger") == ("obl", "crossed")


def test_who_was_involved_suffered_nothing(reader: Reader) -> None:
    sentence = made("Groups/NNS:nsubj:pass>2 were/VBD:aux:pass>2 involved/VBN:root>2 in/IN:case>4 raids/NNS:obl>2")
    assert mend_arguments(sentence, reader.annotator.lexicon)
    assert at(sentence, "Groups") == ("nsubj", "involved")


def test_who_is_welcomed_to_mediate_mediates(reader: Reader) -> None:
    sentence = made("Chad/NNP:nsubj>1 welcomed/VBD:root>1 the/DT:det>3 king/NN:obj>1 to/TO:aux>5 mediate/VB:advcl>1")
    sentence.tokens[1].lemma = "welcome"
    assert mend_commands(sentence, reader.annotator.lexicon)
    assert at(sentence, "mediate") == ("xcomp", "welcomed")


def test_an_army_clashes_where_a_participle_tells_the_outcome(reader: Reader) -> None:
    rows = ("Chad/NNP:nmod:poss>2 's/POS:case>0 army/NN:compound>3 clashes/NNS:root>3 with/IN:case>5 bandits/NNS:nmod>3 "
            "{} killing/VBG:advcl>3 40/CD:obj>7")
    sentence = made(rows.format(",/,:punct>7"))
    sentence.tokens[3].lemma = "clash"
    assert mend_verbs(sentence, reader.annotator.lexicon)
    assert at(sentence, "clashes")[0] == "root"
    assert at(sentence, "army") == ("nsubj", "clashes")
    assert at(sentence, "bandits") == ("obl", "clashes")


def test_two_names_before_a_summit_both_tell_of_it(reader: Reader) -> None:
    sentence = made("the/DT:det>3 NATO/NNP:compound>2 Washington/NNP:compound>3 summit/NN:root>3")
    body, town = (Name(sort, "x", word, land, sort, False, {}) for sort, word, land in
                  (("party", "NATO", "IGO"), ("place", "Washington", "USA")))
    mentions = [NameMention(0, 1, 1, 1, 4, 8, "NATO", party=body), NameMention(0, 2, 2, 2, 9, 19, "Washington", place=town)]
    assert mend_place_chains(sentence, mentions, reader.annotator.lexicon)
    assert at(sentence, "NATO") == ("compound", "summit")


def test_a_province_behind_a_place_fights_nobody(reader: Reader) -> None:
    sentence = made("rebels/NNS:nsubj>1 fought/VBD:root>1 in/IN:case>3 Poso/NNP:obl>1 ,/,:punct>5 Sulawesi/NNP:conj>0")
    isle = Name("place", "x", "Sulawesi", "IDN", "province", False, {})
    assert mend_place_chains(sentence, [NameMention(0, 5, 5, 5, 0, 8, "Sulawesi", place=isle)], reader.annotator.lexicon)
    assert at(sentence, "Sulawesi") == ("appos", "Poso")


def test_the_second_word_of_a_name_stays_in_it(reader: Reader) -> None:
    sentence = made("the/DT:det>1 homeland/NN:root>1 and/CC:cc>3 Republic/NNP:conj>1 of/IN:case>5 Korea/NNP:nmod>1")
    land = Name("party", "x", "Republic of Korea", "KOR", "state", False, {})
    assert mend_place_chains(sentence, [NameMention(0, 3, 5, 3, 0, 9, "Republic of Korea", party=land)],
                             reader.annotator.lexicon)
    assert at(sentence, "Korea") == ("nmod", "Republic")


def test_what_one_is_thanked_for_includes_ones_own_deeds(reader: Reader) -> None:
    sentence = made("thanked/VBD:root>0 N/NNP:obj>0 for/IN:case>4 their/PRP$:nmod:poss>4 help/NN:obl>0 ,/,:punct>7 "
                    "including/VBG:mark>7 hosting/VBG:advcl>0 troops/NNS:obj>7")
    assert mend_relatives(sentence, reader.annotator.lexicon)
    assert at(sentence, "hosting") == ("acl", "help")


def test_who_is_listed_behind_a_name_in_an_unknown_title(reader: Reader) -> None:
    sentence = made("Minster/NNP:nsubj>5 Haddad/NNP:appos>0 ,/,:punct>4 President/NNP:compound>4 Weber/NNP:conj>1 "
                    "met/VBD:root>5")
    assert mend_titles(sentence, [], reader.annotator.lexicon)
    assert at(sentence, "Haddad") == ("nsubj", "met")
    assert at(sentence, "Weber") == ("conj", "Haddad")


def test_about_how_many_says_nothing_of_where(reader: Reader) -> None:
    sentence = made("around/IN:case>1 300/CD:nummod>2 troops/NNS:nsubj>3 came/VBD:root>3")
    assert not mend_insertions(sentence, reader.annotator.lexicon)
    assert at(sentence, "around") == ("case", "300")
