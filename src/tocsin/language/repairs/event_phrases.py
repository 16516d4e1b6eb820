"""Days, years and means that belong to an event noun, sums to what they are of: "confirmed on Monday the arrest of a rebel
on Sunday", "blames the group for the attack in 2015", "the death of a commander in a raid", "$3 billion in aid to X".

In: a sentence. Out: the same sentence with the tree mended: what tells of the event hangs from it, not from the verb that
speaks of it nor from the person to whom it happened.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_PRESENT = frozenset({"VBZ", "VBP"})
_YEAR = 4  # digits


def mend_event_phrases(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = False
    for token in sentence.tokens:
        if token.dep == "obl" and token.head < token.i:
            changed |= (_second_day(sentence, token, lexicon) or _day_of_condemned(sentence, token, lexicon)
                        or _year_of_event(sentence, token, lexicon)
                        or _aid_of_sum(sentence, token, lexicon))
        elif token.dep == "nmod":
            changed |= (_event_of_death(sentence, token, lexicon) or _part_of_aid(sentence, token, lexicon)
                        or _partner_behind_place(sentence, token, lexicon))
        elif token.dep == "nmod:npmod":
            changed |= _day_of_place(sentence, token, lexicon)
        elif token.dep == "nsubj":
            changed |= _day_that_saw(sentence, token, lexicon)
        elif token.dep == "compound":
            changed |= _traded(sentence, token, lexicon)
    if changed:
        sentence.relink()
    return changed


def _second_day(sentence: Sentence, day: Token, lexicon: Lexicon) -> bool:
    """ "confirmed on Monday the arrest of a rebel on Sunday": a verb has one day, the one behind the event is its."""
    verb = sentence.tokens[day.head]
    if day.text not in lexicon.weekdays or verb.pos != "VERB":
        return False
    for event in sentence.kids(verb, "obj"):
        told = any(k.text in lexicon.weekdays and verb.i < k.i < event.i for k in sentence.kids(verb, "obl", "obl:npmod"))
        if told and event.i < day.i and _event(sentence, event, lexicon):
            day.head, day.dep = event.i, "nmod"
            return True
    return False


def _day_of_condemned(sentence: Sentence, day: Token, lexicon: Lexicon) -> bool:
    """ "condemned the attack on a school on Monday", "condemned N's invasion of M on Aug. 2": right behind an event that is
    told at length the day is the event's."""
    verb, months = sentence.tokens[day.head], lexicon.months
    dated = day.text in lexicon.weekdays | months or day.text.rstrip(".") in months
    if not dated or verb.lemma not in lexicon.words("condemning_verbs"):
        return False
    first = min(t.i for t in sentence.subtree(day))
    for event in sentence.kids(verb, "obj"):
        told = [k for k in sentence.kids(event, "nmod") if verb.i < event.i < k.i]
        behind = bool(told) and sentence.subtree(told[-1])[-1].i == first - 1
        if behind and _event(sentence, event, lexicon):
            day.head, day.dep = event.i, "nmod"
            return True
    return False


def _year_of_event(sentence: Sentence, year: Token, lexicon: Lexicon) -> bool:
    """ "blames the group for the attack in 2015": what is blamed now was done then."""
    verb = sentence.tokens[year.head]
    cases = sentence.kids(year, "case")
    if not year.text.isdecimal() or len(year.text) != _YEAR or verb.tag not in _PRESENT or len(cases) != 1:
        return False
    event = sentence.tokens[cases[0].i - 1]
    if cases[0].lower != "in" or event.head != verb.i or event.i < verb.i or not _event(sentence, event, lexicon):
        return False
    year.head, year.dep = event.i, "nmod"
    return True


def _event_of_death(sentence: Sentence, event: Token, lexicon: Lexicon) -> bool:
    """ "the death of a commander in a raid": in the raid he died; he was not one of a raid."""
    person = sentence.tokens[event.head]
    death = sentence.tokens[person.head]
    if person.dep != "nmod" or [k.lower for k in sentence.kids(person, "case")] != ["of"]:
        return False
    if death.lemma not in lexicon.words("done_nouns") and "death_noun" not in lexicon.noun_types(sentence, death):
        return False
    cases = {k.lower for k in sentence.kids(event, "case")}
    if not cases or not cases <= {"in", "during"} or "attack" not in lexicon.noun_types(sentence, event):
        return False
    event.head = death.i
    return True


def _partner_behind_place(sentence: Sentence, partner: Token, lexicon: Lexicon) -> bool:
    """ "a meeting at his home with the king": the king is whom he met, his home is not with anybody."""
    place = sentence.tokens[partner.head]
    meeting = sentence.tokens[place.head]
    if place.dep not in ("nmod", "obl") or place.i < meeting.i or "meeting" not in lexicon.noun_types(sentence, meeting):
        return False
    if {k.lower for k in sentence.kids(partner, "case")} != {"with"} or "meeting" in lexicon.noun_types(sentence, place):
        return False
    if not {k.lower for k in sentence.kids(place, "case")} & {"in", "at"}:
        return False
    partner.head = meeting.i
    return True


def _day_of_place(sentence: Sentence, day: Token, lexicon: Lexicon) -> bool:
    """ "during an operation in Khost province Nov 25": a province has no day."""
    place = sentence.tokens[day.head]
    above = sentence.tokens[place.head]
    months = [k for k in sentence.kids(day) if k.text.removesuffix(".") in lexicon.months]
    dated = bool(months) or day.lower in lexicon.words("calendar")
    located = {k.lower for k in sentence.kids(place, "case")} <= lexicon.words("locative") and place.dep in ("nmod", "obl")
    named = place.pos == "PROPN" or bool(lexicon.noun_types(sentence, place) & lexicon.words("located_types"))
    if not (dated and located and named) or day.i < place.i or above.i == place.i:
        return False
    day.head, day.dep = above.i, "obl:npmod" if above.pos == "VERB" else "nmod:npmod"
    return True


def _aid_of_sum(sentence: Sentence, aid: Token, lexicon: Lexicon) -> bool:
    """ "pledged 3 billion pounds in military aid": right behind a counted object the aid is what it is counted in."""
    cases = sentence.kids(aid, "case")
    if len(cases) != 1 or cases[0].lower != "in" or aid.lemma not in lexicon.words("transfer_nouns"):
        return False
    amount = sentence.tokens[cases[0].i - 1]
    if amount.dep != "obj" or amount.head != aid.head or not sentence.kids(amount, "nummod") or sentence.kids(aid, "det"):
        return False
    aid.head, aid.dep = amount.i, "nmod"
    return True


def _part_of_aid(sentence: Sentence, part: Token, lexicon: Lexicon) -> bool:
    """ "AUD 99 million in aid, including 14 carriers" with the code as the head: part of the aid, not of the currency."""
    cases, money = {k.lower for k in sentence.kids(part, "case")}, sentence.tokens[part.head].text
    if not cases or not cases <= lexicon.words("including") or not (money.isalpha() and money.isupper()):
        return False
    for aid in sentence.kids(sentence.tokens[part.head], "nmod"):
        counted = aid.i < part.i and aid.lemma in lexicon.words("transfer_nouns")
        if counted and [k.lower for k in sentence.kids(aid, "case")] in (["in"], ["of"]):
            part.head = aid.i
            return True
    return False


def _day_that_saw(sentence: Sentence, day: Token, lexicon: Lexicon) -> bool:
    """ "3 November saw a launch": the day sees nothing, it is when."""
    verb = sentence.tokens[day.head]
    if verb.lemma not in lexicon.words("witnessing_verbs") or not day.text.isdigit():
        return False
    if not any(t.text in lexicon.months for t in sentence.tokens[max(day.i - 1, 0) : day.i + 2]):
        return False
    day.dep = "obl:npmod"
    return True


def _traded(sentence: Sentence, goods: Token, lexicon: Lexicon) -> bool:
    """ "arms export permits": the permits are for the export of arms, they are no arms."""
    trade = sentence.tokens[min(goods.i + 1, len(sentence.tokens) - 1)]
    if goods.head == trade.i or trade.dep != "compound" or trade.head != goods.head or trade.head != trade.i + 1:
        return False
    if trade.lemma not in lexicon.words("trading_nouns"):
        return False
    goods.head = trade.i
    return True


def _event(sentence: Sentence, noun: Token, lexicon: Lexicon) -> bool:
    known = noun.lemma in lexicon.words("done_nouns") | lexicon.words("dated_test_nouns")
    return known or bool(lexicon.noun_types(sentence, noun) & lexicon.words("event_types"))
