"""Repairs on trees made by hand, wrong as a parse once gave them: what must be mended is told, whatever parser ships."""

from __future__ import annotations

import pytest

from tocsin import Reader
from tocsin.knowledge.names import Name
from tocsin.language.names.mentions import NameMention
from tocsin.language.repairs.clause_joints import mend_clauses
from tocsin.language.repairs.coordination import mend_coordination
from tocsin.language.repairs.lost_verbs import mend_verbs
from tocsin.language.repairs.origins import mend_origins
from tocsin.language.repairs.place_chains import mend_place_chains
from tocsin.language.repairs.relatives import mend_relatives
from tocsin.language.repairs.titled_names import mend_titles
from trees_by_hand import at, made


def test_a_clause_of_where_tells_of_the_place_though_a_day_stands_between(reader: Reader) -> None:
    sentence = made("NATO/NNP:nsubj>1 trains/VBZ:root>1 in/IN:case>3 Riga/NNP:obl>1 next/JJ:amod>5 month/NN:obl:npmod>1 "
                    "where/WRB:advmod>8 Spain/NNP:nsubj>8 has/VBZ:advcl>1 troops/NNS:obj>8")
    assert mend_relatives(sentence, reader.annotator.lexicon)
    assert at(sentence, "has") == ("acl:relcl", "Riga")


@pytest.mark.parametrize("verb", ["warns/VBZ", "warn/VBP"])
def test_one_alone_warns_so_both_titles_are_his(reader: Reader, verb: str) -> None:
    sentence = made("Leader/NN:nsubj>8 of/IN:case>3 the/DT:det>3 rising/NN:nmod>0 and/CC:cc>7 president/NN:compound>7 "
                    f"Omar/NNP:compound>7 Haddad/NNP:conj>3 {verb}:root>8 Chad/NNP:obj>8")
    one = verb.endswith("VBZ")
    assert mend_titles(sentence, [(6, 7)], reader.annotator.lexicon) is one
    assert at(sentence, "Haddad") == (("nsubj", "warns") if one else ("conj", "rising"))


def test_who_is_listed_behind_a_name_stands_beside_its_title(reader: Reader) -> None:
    sentence = made("from/IN:case>1 leader/NN:obl>9 Omar/NNP:compound>3 Haddad/NNP:appos>1 ,/,:punct>6 Pope/NNP:compound>6 "
                    "Leo/NNP:conj>3 and/CC:cc>8 Kenya/NNP:conj>1 came/VBD:root>9")
    assert mend_titles(sentence, [(2, 3)], reader.annotator.lexicon)
    assert at(sentence, "Leo") == ("conj", "leader")


def test_a_claim_from_a_capital_was_made_there(reader: Reader) -> None:
    sentence = made("Kenya/NNP:nsubj>1 dismissed/VBD:root>1 the/DT:det>3 claim/NN:obj>1 from/IN:case>5 Cairo/NNP:obl>1 "
                    "as/IN:case>7 baseless/JJ:obl>1")
    assert mend_origins(sentence, reader.annotator.lexicon)
    assert at(sentence, "Cairo") == ("nmod", "claim")


def test_a_second_town_is_no_second_event(reader: Reader) -> None:
    sentence = made("the/DT:det>1 bombings/NNS:nsubj>6 in/IN:case>3 Riga/NNP:nmod>1 and/CC:cc>5 Tallinn/NNP:conj>1 "
                    "stopped/VBD:root>6")
    town = Name("place", "x", "Tallinn", "EST", "town", False, {})
    mentions = [NameMention(0, 5, 5, 5, 0, 7, "Tallinn", place=town)]
    assert mend_place_chains(sentence, mentions, reader.annotator.lexicon)
    assert at(sentence, "Tallinn") == ("conj", "Riga")
    assert not mend_place_chains(made("talks/NNS:nsubj>4 with/IN:case>2 Chad/NNP:nmod>0 Riga/NNP:conj>0 stopped/VBD:root>4"),
                                 [NameMention(0, 3, 3, 3, 0, 4, "Riga", place=town)], reader.annotator.lexicon)


def test_what_somebody_tries_by_is_no_part_of_the_aim(reader: Reader) -> None:
    sentence = made("He/PRP:nsubj>1 trying/VBG:root>1 to/TO:aux>3 impress/VB:xcomp>1 them/PRP:obj>3 by/IN:mark>6 "
                    "shooting/VBG:advcl>3 guards/NNS:obj>6")
    assert mend_clauses(sentence, reader.annotator.lexicon)
    assert at(sentence, "shooting") == ("advcl", "trying")


def test_verbs_of_one_form_go_together(reader: Reader) -> None:
    sentence = made("They/PRP:nsubj>1 came/VBD:root>1 to/TO:aux>3 support/VB:advcl>1 Iraq/NNP:obj>3 in/IN:mark>6 "
                    "fighting/VBG:advcl>3 rebels/NNS:obj>6 and/CC:cc>9 holding/VBG:conj>3 towns/NNS:obj>9")
    assert mend_coordination(sentence, reader.annotator.lexicon)
    assert at(sentence, "holding") == ("conj", "fighting")


def test_two_nouns_that_share_the_next_describe_it(reader: Reader) -> None:
    sentence = made("The/DT:det>1 security/NN:nsubj>5 and/CC:cc>4 defence/NN:conj>1 forces/NNS:conj>1 practised/VBD:root>5")
    assert mend_coordination(sentence, reader.annotator.lexicon)
    assert at(sentence, "forces") == ("nsubj", "practised")
    assert at(sentence, "security") == ("compound", "forces")
    assert at(sentence, "and") == ("cc", "defence")


def test_a_purpose_below_the_lost_verb_shows_it_too(reader: Reader) -> None:
    sentence = made("To/TO:aux>1 help/VB:advcl>6 ,/,:punct>1 troops/NNS:root>3 with/IN:case>5 tanks/NNS:nmod>3 "
                    "deployed/VBN:acl>5 to/IN:case>8 Chad/NNP:obl>6")
    assert mend_verbs(sentence, reader.annotator.lexicon)
    assert at(sentence, "troops") == ("nsubj", "deployed")
    assert at(sentence, "deployed") == ("root", "deployed")
