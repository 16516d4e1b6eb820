"""When a town's name is meant as a place, for towns share their names with people and words.

In: a name of the tables at words of a sentence. Out: whether it is a place there: behind "in", before "-based", beside the
name of its state, as what is attacked, taken or falls, before "airport", or where the article told it as a town before.
"""

from __future__ import annotations

from tocsin.knowledge.names import Name
from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_SHORTEST = 3  # letters of a town's name


def place_fits(
    name: Name, sentence: Sentence, first: int, last: int, lexicon: Lexicon, towns: frozenset[str]
) -> bool:
    """A town needs a sign that a place is meant; curated places need only capitals. ``towns`` are told as such already."""
    words = sentence.tokens[first : last + 1]
    if name.sector != "town":
        return any(t.text[:1].isupper() for t in words)
    head = next((t for t in reversed(words) if not first <= t.head <= last or t.head == t.i), words[-1])
    if head.pos != "PROPN" or len(head.text) < _SHORTEST:
        return False
    if a_thing(sentence, head, first, lexicon) or _ends_another(sentence, head, first):
        return False
    if head.entity == "PERSON" and not _locative(sentence, head, lexicon):
        return len(words) > 1 and _entered(sentence, head, lexicon)
    if " ".join(t.text for t in words) in towns and head.dep not in ("flat", "compound"):
        return True
    return (
        _locative(sentence, head, lexicon)
        or "".join(t.lower for t in sentence.tokens[last + 1 : last + 3]) == "-based"
        or _before_its_state(sentence, last, lexicon)
        or _fought_for(name, sentence, head, lexicon)
    )


def _entered(sentence: Sentence, head: Token, lexicon: Lexicon) -> bool:
    """ "entered Tell Tamer and Ain Issa": nobody enters people."""
    first = sentence.first_of_row(head)
    verb = sentence.parent(first)
    return verb is not None and first.dep in ("obj", "nsubj:pass") and verb.lemma in lexicon.words("verbs_of_taking")


def a_thing(sentence: Sentence, head: Token, first: int, lexicon: Lexicon) -> bool:
    """ "the Moskva", "the cruiser Moskva": towns have no article, nor the name of a ship's or weapon's kind before them."""
    before = [k for k in sentence.kids(head, "det", "compound") if k.i < first]
    article = any(k.lower == "the" and k.i == first - 1 for k in before)
    return article or any(k.pos == "NOUN" and lexicon.gear(sentence, k) is not None for k in before)


def _ends_another(sentence: Sentence, head: Token, first: int) -> bool:
    """ "Southern-Natal", where "Natal" alone is listed: what a hyphen ties to a word before it is not that town."""
    if first < 2 or sentence.tokens[first - 1].text != "-":
        return False
    tied = sentence.tokens[first - 2]
    return tied.pos == "PROPN" and tied.end == sentence.tokens[first - 1].start and tied.head == head.i


def _locative(sentence: Sentence, head: Token, lexicon: Lexicon) -> bool:
    if any(t.lower in lexicon.words("locative") for t in sentence.kids(head, "case")) or head.dep == "appos":
        return True
    first = sentence.tokens[head.head]  # "from Puri, Digha and Balasore"
    listed = lexicon.words("town_prepositions")
    return head.dep == "conj" and first.pos == "PROPN" and any(t.lower in listed for t in sentence.kids(first, "case"))


def _before_its_state(sentence: Sentence, last: int, lexicon: Lexicon) -> bool:
    """ "Rafah, Egypt": a comma and the name of a state stand behind."""
    after = sentence.tokens[last + 1 : last + 4]
    names = {" ".join(t.text for t in after[1:n]) for n in (2, 3)}
    return len(after) > 1 and after[0].text == "," and bool(names & lexicon.state_names)


def _fought_for(name: Name, sentence: Sentence, head: Token, lexicon: Lexicon) -> bool:
    """ "shelled Kharkiv", "Goma was captured": what armies attack and take is a town. "attacked Clinton" is not sure to be
    one where surnames are towns' names too."""
    first = sentence.first_of_row(head)
    verb = sentence.parent(first)
    plain = name.country not in lexicon.words("surname_countries")
    if verb is None or (first.dep in ("compound", "amod") and verb.i > first.i):
        return verb is not None and plain and verb.lemma in lexicon.words("town_heads")
    if first.dep == "nsubj" and verb.lemma in lexicon.words("verbs_of_falling"):
        return plain
    if verb.pos != "VERB" or first.dep not in ("obj", "nsubj:pass"):
        return False
    if verb.lemma in lexicon.words("verbs_of_taking"):
        return True
    return plain and verb.lemma in lexicon.words("verbs_of_attack")
