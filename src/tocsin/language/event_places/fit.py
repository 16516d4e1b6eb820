"""How a place fits below the word of an event: as its adverbial, its object, by way of another noun, or not at all.

In: a sentence, a place in it, the word of the event or one above it. Out: a rank, lower is better; None: not its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tocsin.language.event_places.told import Where
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms.signs import BY_ITSELF

CLAUSES = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis", "acl", "acl:relcl", "csubj"})
_DEPTH = 12
_CLOSE = 30  # characters between a place and the one that it lies in
_UNIT = 6  # words between a unit of length and the direction that it is measured in
_ADVERBIALS = ("obl", "advmod", "obl:npmod")
_PHRASES = ("nmod", "appos", "compound", "flat", "conj")
Rank = tuple[int, bool, bool, int, bool, int]  # coarseness, beside it, setting, kind of link, guessed, words between


class Fit:
    """Ranks the places of one article; ``words`` gives a closed class of words, ``no_surname`` the people of a town whose
    name is seldom a surname."""

    def __init__(self, words: Callable[[str], frozenset[str]], no_surname: int) -> None:
        self._words, self._no_surname = words, no_surname
        self._site_nouns = words("place_nouns") | words("site_nouns") | words("building_nouns")

    def rank(self, sentence: Sentence, place: Where, above: Token, level: int) -> Rank | None:
        """How well a place fits below a word; ``level`` counts the clauses between the word and the event."""
        path = path_up(sentence, sentence.tokens[place.head], above)
        if path is None or len(path) < 2 or not self._one_clause(sentence, path[:-1], above):
            return None
        chain, last = path[:-1], path[-2]
        if last.dep == "nsubj" or (last.dep == "nsubj:pass" and last is not chain[0]):
            return None
        if last.dep in CLAUSES - {"conj", "xcomp"} or not self._placed(sentence, chain, place, above):
            return None
        shared = 2 if last.dep in ("conj", "xcomp") else 0
        top = chain[-2] if shared and len(chain) > 1 else last
        kind = shared + (0 if top.dep in _ADVERBIALS or top.dep == "obj" else 2)
        if level and (kind or (top.dep == "obj" and place.coarseness > 1)):
            return None
        if case_of(sentence, last) in self._words("loose_scene_prepositions") and last is not chain[0]:
            kind += 1
        words = {t.lemma.lower() for t in chain[1:]} | {case_of(sentence, chain[0])}
        aside = bool(words & self._words("aside_words")) or chain[0].dep == "nmod:poss"
        aside = aside or case_of(sentence, last) in self._words("weak_scene_prepositions")
        first = place.coarseness if kind < 2 else kind + 1
        return (first, aside, self._setting(sentence, last, above), kind, not place.sure, len(chain))

    @staticmethod
    def _setting(sentence: Sentence, last: Token, above: Token) -> bool:
        """ "In Velm, a bomb went off at Odra market": what opens a sentence is the wider place."""
        between = sentence.tokens[last.i : above.i]
        return last.dep == "obl" and any(t.text == "," for t in between)

    def _one_clause(self, sentence: Sentence, chain: list[Token], event: Token) -> bool:
        """Whether nothing else is told between a place and the event."""
        for token in chain:
            held = token.tag in ("VBN", "VBG") and token.lemma in self._words("placed_participles")
            held = held or token.dep == "xcomp" or (token.dep == "conj" and shares(sentence, event, token))
            if token.pos == "VERB" and token.dep in CLAUSES and not held:
                return False
            if token.dep == "nmod:poss" and not (token is chain[0] and self.stands_there(sentence, token)):
                return False
        return True

    def _placed(self, sentence: Sentence, chain: list[Token], place: Where, above: Token) -> bool:
        """Whether prepositions, and the noun that a bare name stands before, leave it a place."""
        last = chain[-1]
        case, bare = case_of(sentence, chain[0]), chain[0].dep in ("compound", "amod", "flat", "nmod")
        if bare and not case and not self.stands_there(sentence, chain[0]):
            return False  # "a U.S. patrol", "the Vietnam War"
        if bare and not case and last.dep not in ("obl", "nmod", "obj", "nsubj:pass", "obl:agent"):
            return False
        outer = case_of(sentence, last)
        if self.of_a_name(sentence, chain[0]) or self._off(sentence, chain) or self._border(sentence, chain, place):
            return False
        if case in self._words("no_place_prepositions") or outer in self._words("no_scene_prepositions"):
            return False
        alone = last is chain[0] and last.dep in ("obj", "nsubj:pass")
        return not alone or self._may_suffer(sentence, place, above)

    def of_a_name(self, sentence: Sentence, token: Token) -> bool:
        """ "the Army of Velmark", "the Republic of Velmark": a place in the name of what is none."""
        above = sentence.tokens[token.head]
        return case_of(sentence, token) == "of" and above.pos == "PROPN" and above.lemma.lower() not in self._site_nouns

    @staticmethod
    def _border(sentence: Sentence, chain: list[Token], place: Where) -> bool:
        """ "the zone between Velmark and Odruna"."""
        return place.coarseness > 1 and any(case_of(sentence, token) == "between" for token in chain[:2])

    def _off(self, sentence: Sentence, chain: list[Token]) -> bool:
        """ "Odra, 40 miles north of Velm", "Odra north of Velm": Velm tells where another place is."""
        for token in chain[1:]:
            if token.lemma.lower() in self._words("compass_words"):
                before = sentence.tokens[max(0, token.i - _UNIT) : token.i]
                named = bool(before) and before[-1].pos == "PROPN"
                return named or any(t.lemma.lower() in self._words("length_units") for t in before)
        return False

    def _may_suffer(self, sentence: Sentence, place: Where, verb: Token) -> bool:
        """Whether a name that is a verb's whole object is a place's: not "Harlow was captured", a town's name in a table."""
        if verb.lemma in self._words("verbs_of_taking"):
            return True
        if place.coarseness > 1 and verb.lemma in self._words("harm_verbs") - self._words("verbs_of_attack"):
            return False  # "Jordan was shot"
        if place.toponym is None:
            inside = [t for t in sentence if place.start <= t.start < place.end]
            return any(t.lemma.lower() in self._site_nouns for t in inside)
        return not (place.toponym.sign in BY_ITSELF and place.toponym.referent.population < self._no_surname)

    def stands_there(self, sentence: Sentence, token: Token) -> bool:
        """Whether a name stands before the noun of what is there: "a Tel Aviv nightclub", "the Idlib countryside"."""
        above = sentence.tokens[token.head]
        return above.lemma.lower() in self._site_nouns or (token.dep == "flat" and above.pos == "PROPN")

    def inner(self, sentence: Sentence, place: Where, others: list[Where]) -> Where:
        """Of "the Odra area of Velm district", "a farm in Odra, on the outskirts of Velm" the first, which lies in the
        second; of "the Velm city of Odra" the second."""
        for other in others:
            if self._within(sentence, other, place):
                return other
        for other in others:
            head = sentence.tokens[other.head]
            if head.dep == "nmod:poss":
                continue  # "Velm's suburb of Odra"
            over = sentence.tokens[head.head] if not case_of(sentence, head) else head
            if (over.lemma in self._words("town_nouns") and over is not head) or other.start > place.start:
                continue
            above = {t.i for t in _phrase_up(sentence, sentence.tokens[place.head])}
            if over.i in above and other.coarseness <= place.coarseness:
                return other
        return place


    def _within(self, sentence: Sentence, inner: Where, place: Where) -> bool:
        """ "at Odra in Velm", "in Odra, Velm": nothing but a preposition between two places, the first no coarser."""
        if inner.coarseness > place.coarseness or not 0 < place.start - inner.end < _CLOSE:
            return False
        between = [t for t in sentence if inner.end <= t.start < place.start]
        joints = [t.lower for t in between if t.pos != "ADJ" and t.dep not in ("det", "amod", "advmod")]
        return joints in (["in"], [","], [",", "in"], ["of"])


def shares(sentence: Sentence, event: Token, verb: Token) -> bool:
    """ "shot and killed two men in X": one deed; not "captured ten men and took them to X"."""
    return not sentence.kids(verb, "nsubj", "nsubj:pass") and not sentence.kids(event, "obj", "obl")


def path_up(sentence: Sentence, token: Token, above: Token) -> list[Token] | None:
    """The tokens from a place up to a word; None where the word is not above it."""
    path = [token]
    while token.i != above.i:
        parent = sentence.parent(token)
        if parent is None or len(path) > _DEPTH:
            return None
        token = parent
        path.append(token)
    return path


def _phrase_up(sentence: Sentence, token: Token) -> Iterator[Token]:
    """What stands above a word within its phrase."""
    for _ in range(_DEPTH):
        above = sentence.parent(token)
        if above is None or above.pos not in ("NOUN", "PROPN") or token.dep not in _PHRASES:
            return
        yield above
        token = above
