"""Names behind their titles: "President of France NAME", "Head of the Office of the President NAME".

In: a sentence, the token ranges of people's names. Out: whether its tree was changed: the name heads the phrase, its title
is part of it, and who is coordinated with the title is coordinated with the name.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import name_head
from tocsin.language.repairs.ways_home import is_ship
from tocsin.language.tokens import Sentence, Token

_BESIDE = ("obj", "nsubj", "obl", "nmod", "conj")


def mend_titles(sentence: Sentence, people: Sequence[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Put names that hang from their titles, or stand beside them, above them."""
    tails = not lexicon.classes(sentence).isdisjoint(("hyphen_tails", "title_tails"))
    changed = tails and _whole_titles(sentence, lexicon)
    changed |= _sons(sentence, lexicon)
    for first, last in people:
        person = sentence.tokens[name_head(sentence, first, last)]
        title = _title(sentence, person, first, lexicon)
        if title is None or any(t.text == "," or t.pos in ("VERB", "AUX") for t in sentence.tokens[title.i : first - 1]):
            continue
        put_above(sentence, person, title, last)
        changed = True
    for first, last in people:
        person = sentence.tokens[name_head(sentence, first, last)]
        title = _other_title(sentence, person, first, lexicon)
        if title is not None:
            for joiner in sentence.kids(person, "cc"):
                joiner.head = title.i
            put_above(sentence, person, title, last)
            changed = True
    for first, last in people:
        changed |= _listed_with(sentence, sentence.tokens[name_head(sentence, first, last)], first, lexicon)
    for name in (t for t in sentence.tokens if t.dep == "appos" and t.pos == "PROPN"):
        changed |= _called(sentence, name, lexicon)
    return changed


def _called(sentence: Sentence, name: Token, lexicon: Lexicon) -> bool:
    """ "NATO ally N", "the newspaper N", "Prime Minster N, President M": the name heads what it is called."""
    label = sentence.tokens[name.head]
    first = min([k.i for k in sentence.kids(name, "compound", "flat") if k.i < name.i], default=name.i)
    if name.dep != "appos" or label.i + 1 != first:  # one before may have raised it
        return False
    role = lexicon.role(sentence, label)
    outlet = role is not None and role[0].kind == "media"
    known = label.tag == "NN" and (outlet or label.lemma in lexicon.words("member_nouns"))
    listed = label.tag == "NNP" and label.dep == "nsubj" and any(k.tag == "NNP" for k in sentence.kids(name, "conj"))
    if not (known or listed):
        return False
    put_above(sentence, name, label, name.i)
    return True


def _sons(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "President N, Jr. and Chancellor M" with "Jr." as the head of the name or as one more in the list."""
    changed = False
    for word in sentence.tokens[2:]:
        if word.text not in lexicon.words("words_for_sons"):
            continue
        name = sentence.tokens[word.i - (2 if sentence.tokens[word.i - 1].text == "," else 1)]
        if name.pos != "PROPN":
            continue
        if name.head == word.i and name.dep in ("compound", "flat"):
            name.head, name.dep = (word.head if word.head != word.i else name.i), word.dep
            for kid in sentence.kids(word):
                if kid is not name:
                    kid.head = name.i
            word.head = name.i
        elif word.head != name.i or word.dep not in ("conj", "appos") or sentence.kids(word, "conj", "compound"):
            continue
        word.dep, changed = "compound", True
    if changed:
        sentence.relink()
    return changed


def _listed_with(sentence: Sentence, person: Token, first: int, lexicon: Lexicon) -> bool:
    """ "from NATO head NAME, Pope NAME and N's spokesman": who is listed behind a name stands beside its title, too."""
    title = sentence.parent(person)
    if title is None or person.dep != "appos" or title.i + 1 != first or not _is_person(sentence, title, lexicon):
        return False
    others = sentence.kids(person, "conj")
    for other in others:
        other.head = title.i
    if others:
        sentence.relink()
    return bool(others)


def _whole_titles(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "charge d'affaires" is one title, headed by its last word as the tables have it; what hangs from the first hangs
    from it."""
    changed = False
    for tail in sentence.tokens:
        hyphen = tail.i > 1 and sentence.tokens[tail.i - 1].text == "-"  # "the UN secretary-general"
        first = sentence.tokens[tail.i - 2] if hyphen else sentence.tokens[max(tail.i - 1, 0)]
        if tail.lower not in lexicon.words("hyphen_tails" if hyphen else "title_tails") or tail.head != first.i:
            continue
        tail.head, tail.dep = (first.head if first.head != first.i else tail.i), first.dep
        for kid in sentence.kids(first):
            if kid is not tail and kid.text != "-":
                kid.head = tail.i
        first.head, first.dep, tail.pos = tail.i, "compound", "NOUN"
        sentence.relink()
        changed = True
    return changed


def _other_title(sentence: Sentence, person: Token, first: int, lexicon: Lexicon) -> Token | None:
    """ "Crown Prince and Prime Minister NAME": the first title, with no name and no article of its own, is his too. So is
    that of "leader of X and self-styled president NAME warns", for one alone warns."""
    title = sentence.parent(person)
    if title is None or person.dep != "conj" or title.i + 2 >= first:
        return None
    while title.dep == "nmod" and title.head < title.i and _of_or_for(sentence, title):
        title = sentence.tokens[title.head]  # beside the last word of "leader of X"
    if sentence.kids(title, "det"):
        return None
    beside = sentence.tokens[title.i + 1]
    joined = (t for t in sentence.tokens[title.i + 1 : first - 1] if t.lower == "and" and t.i < t.head <= person.i)
    joiner = beside if beside.lower == "and" else next(joined, None)
    if joiner is None:
        return None
    between = sentence.tokens[joiner.i + 1 : first]
    if not _is_person(sentence, between[-1], lexicon):
        return None
    plain = joiner is beside and title.tag == "NNP" and all(t.text[:1].isupper() for t in between)
    if plain and _is_person(sentence, title, lexicon):
        return title
    return title if beside.lower == "of" and _one_acts(sentence, title) else None


def _is_person(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    role = lexicon.role(sentence, token)
    return role is not None and role[0].kind == "person"


def _one_acts(sentence: Sentence, subject: Token) -> bool:
    """Whether the form of the verb says that its subject is one person, however many nouns it has."""
    verb = sentence.tokens[subject.head]
    return subject.dep == "nsubj" and subject.tag in ("NN", "NNP") and verb.tag == "VBZ" and verb.i > subject.i


def put_above(sentence: Sentence, name: Token, title: Token, last: int) -> None:
    """Put a name in the place of its title, which becomes a part of it."""
    name.head, name.dep = (title.head if title.head != title.i else name.i), title.dep
    for kid in sentence.kids(title):
        if kid is not name and (kid.i > last or (kid.dep in ("case", "cc", "mark") and kid.i < title.i)):
            kid.head = name.i
    title.head, title.dep = name.i, "compound"
    sentence.relink()


def _title(sentence: Sentence, person: Token, first: int, lexicon: Lexicon) -> Token | None:
    """The title that a name stands right behind and hangs from, or stands beside as another object."""
    above = sentence.parent(person)
    cases = sentence.kids(person, "case")
    if above is None or first == 0 or any(k.i == first - 1 for k in cases):
        return None
    if is_ship(sentence, sentence.tokens[first - 1], lexicon):
        return None  # "the destroyer NAME" is no captain
    if person.dep in ("appos", "nmod") and above.i < first and not cases:
        title, current = None, above
        while True:  # the highest title of "Deputy Head of the Office of the President"
            owned = sentence.tokens[current.i + 1].lower == "of"  # whose title it is; other titles keep their own words
            title = current if owned and lexicon.role(sentence, current) is not None else title
            joined = {k.lower for k in sentence.kids(current, "case")}
            higher = sentence.parent(current)
            if current.dep != "nmod" or joined != {"of"} or higher is None or higher.i > current.i:
                return title
            current = higher
    comma = first > 1 and sentence.tokens[first - 1].text == "," and person.dep == "nsubj"  # "the envoy to Mali, NAME, said"
    beside = sentence.tokens[first - 2 if comma else first - 1]
    while beside.dep == "compound" and beside.head == person.i and beside.i > 0:
        beside = sentence.tokens[beside.i - 1]  # "Secretary for Trade Admiral NAME"
    while beside.dep == "nmod" and beside.head < beside.i and _of_or_for(sentence, beside):
        beside = sentence.tokens[beside.head]  # "President of Belarus NAME", "Secretary for Strategic Affairs NAME"
    twin = beside.head == person.head and beside.dep == person.dep and person.dep in _BESIDE
    outside = all(k.i < beside.i for k in cases)  # "with" of "with Secretary for Trade NAME"
    return beside if twin and outside and lexicon.role(sentence, beside) is not None else None


def _of_or_for(sentence: Sentence, token: Token) -> bool:
    """Whether a phrase says of what, for what, or to whom, a title is."""
    return [k.lower for k in sentence.kids(token, "case")] in (["of"], ["for"], ["to"])
