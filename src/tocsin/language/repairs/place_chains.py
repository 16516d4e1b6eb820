"""A place and the province that it lies in, before the subject of a sentence; places that are listed.

In: a sentence and its name mentions. Out: the same sentence, with the province hung from the place: in "In Baga district,
Borno state, gunmen killed six" the parse takes the province for who killed. In "the bombings in Riga and Tallinn" Tallinn is
a place of them, nothing beside them.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention
from tocsin.language.tokens import Sentence, Token

_BEFORE = 3  # tokens before a province: preposition, place, comma
_DOERS = ("nsubj", "nsubj:pass")
_BEHIND = ("appos", "conj", "parataxis", "list", "nmod:npmod")


def mend_place_chains(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> bool:
    """Mend in place; whether anything changed."""
    changed = _whole_names(sentence, mentions) | _two_names(sentence, mentions) | _province_behind(sentence, mentions)
    changed |= _second_place(sentence, mentions, lexicon) | _place_before_title(sentence, mentions, lexicon)
    for mention in mentions:
        if mention.sentence != sentence.index or mention.place is None or mention.place.sector != "province":
            continue
        province = sentence.tokens[mention.head]
        place = _place_before(sentence, mention.first, lexicon)
        behind = [k for k in sentence.kids(province, *_BEHIND) if k.i > province.i and k.pos in ("NOUN", "PROPN")]
        verb = sentence.tokens[province.head]
        behind += [k for k in sentence.kids(verb, "obj", "nmod", "dep") if province.i < k.i < verb.i]
        if province.dep not in _DOERS or place is None or not behind:
            continue
        doer = behind[0]
        doer.dep, doer.head = province.dep, province.head
        province.dep, province.head = "appos", place.i
        changed = True
        sentence.relink()
    return changed


def _whole_names(sentence: Sentence, mentions: list[NameMention]) -> bool:
    """ "the homeland and Republic of Korea" with Korea hung from the homeland: it is part of the name."""
    changed = False
    for mention in mentions:
        if mention.sentence != sentence.index or mention.first == mention.last:
            continue
        inside = range(mention.first, mention.last + 1)
        heads = [t for t in sentence.tokens[mention.first : mention.last + 1] if t.head == t.i or t.head not in inside]
        for token in heads[1:]:
            if token.dep == "nmod" and any(k.i in inside for k in sentence.kids(token, "case")):
                token.head, changed = heads[0].i, True
    if changed:
        sentence.relink()
    return changed


def _two_names(sentence: Sentence, mentions: list[NameMention]) -> bool:
    """ "the NATO Washington summit" with NATO as part of the town's name: both tell of the summit."""
    changed = False
    for mention in mentions:
        name = sentence.tokens[mention.head] if mention.sentence == sentence.index else None
        place = sentence.tokens[name.head] if name is not None else None
        if name is None or place is None or name.dep != "compound" or place.dep != "compound" or place.i != mention.last + 1:
            continue
        if any(m is not mention and m.sentence == sentence.index and m.first == m.last == place.i for m in mentions):
            name.head, changed = place.head, True
    if changed:
        sentence.relink()
    return changed


def _province_behind(sentence: Sentence, mentions: list[NameMention]) -> bool:
    """ "in the hill area, Poso Regency, Central Sulawesi" with the province listed among those who fight there."""
    here = [m for m in mentions if m.sentence == sentence.index and m.place is not None]
    changed = False
    for mention in here:
        place = sentence.tokens[mention.head]
        before = sentence.tokens[mention.first - 2] if mention.first > 1 else place
        comma = mention.first > 1 and sentence.tokens[mention.first - 1].text == ","
        if not comma or place.dep != "conj" or place.head >= before.i or sentence.kids(place, "cc", "case"):
            continue
        if before.dep in ("appos", "nmod", "obl") and before.pos == "PROPN" and before.head != place.i:
            place.head, place.dep, changed = before.i, "appos", True
    if changed:
        sentence.relink()
    return changed


def _place_before_title(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> bool:
    """ "In N Minister X met M" read as in N's minister: nobody meets in a minister."""
    for mention in mentions:
        first = sentence.tokens[mention.first - 1] if mention.sentence == sentence.index and mention.first else None
        if first is None or first.lower != "in" or first.dep != "case" or mention.last + 3 >= len(sentence.tokens):
            continue
        place, (title, name) = sentence.tokens[mention.head], sentence.tokens[mention.last + 1 : mention.last + 3]
        led, role = sentence.tokens[first.head], lexicon.role(sentence, title)
        titled = name.pos == "PROPN" and title.text[:1].isupper() and role is not None and role[0].kind == "person"
        if not titled or led.i < title.i or place.head not in (title.i, led.i):
            continue
        verb = _verb_of(sentence, led if led.dep == "obl" else name)
        subjects = sentence.kids(verb, "nsubj", "nsubj:pass") if verb is not None else []
        if verb is None or any(k is not name and k.i < verb.i for k in subjects):
            continue
        if not subjects:
            led.dep = "nsubj"
        if led is title and subjects:
            title.head, title.dep = name.i, "compound"
        place.head, place.dep, first.head = verb.i, "obl", place.i
        sentence.relink()
        return True
    return False


def _verb_of(sentence: Sentence, token: Token) -> Token | None:
    """The finite verb right above a word."""
    above = sentence.tokens[token.head]
    return above if above.tag in ("VBD", "VBZ", "VBP") and above.i > token.i else None


def _second_place(sentence: Sentence, mentions: list[NameMention], lexicon: Lexicon) -> bool:
    """ "the bombings in X, the capital, and Y" with Y joined to the bombings."""
    changed = False
    for mention in mentions:
        capital = mention.party is not None and mention.party.sort == "metonym"  # a capital that stands for its state
        if mention.sentence != sentence.index or not (capital or mention.place is not None):
            continue
        place = sentence.tokens[mention.head]
        event = sentence.tokens[place.head]
        if place.dep != "conj" or event.tag not in ("NN", "NNS") or sentence.kids(place, "case", "det"):
            continue
        first = [k for k in sentence.kids(event, "nmod") if event.i < k.i < place.i]
        cases = {c.lower for k in first[-1:] for c in sentence.kids(k, "case")}
        if first and first[-1].pos == "PROPN" and cases & lexicon.words("locative"):
            place.head, changed = first[-1].i, True
    if changed:
        sentence.relink()
    return changed


def _place_before(sentence: Sentence, first: int, lexicon: Lexicon) -> Token | None:
    """The head of the phrase with a locative preposition that a comma ends before a token."""
    if first < _BEFORE or sentence.tokens[first - 1].text != ",":
        return None
    place = sentence.tokens[first - 2]
    cases = {k.lower for k in sentence.kids(place, "case")}
    return place if place.dep in ("obl", "nmod") and cases & lexicon.words("locative") else None
