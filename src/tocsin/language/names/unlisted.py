"""Places that no table knows, where the words around a name show that one is meant.

In: sentences and the names found so far. Out: mentions of places without a point ("a missile struck Kelmora", "Tarvesh fell
to the rebels", "the town of Odruna", "Berzhan, Pakistan"), wherever the article names them again. The country is the one
that the text puts beside the name, if any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tocsin.knowledge.names import Name, NameIndex
from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention, name_head
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.language.trees.lemmas import is_word

_MOST_WORDS = 3
Run = tuple[Sentence, int, int]


def add_unlisted(
    sentences: Iterable[Sentence], mentions: list[NameMention], places: NameIndex, text: str, lexicon: Lexicon
) -> list[NameMention]:
    """The mentions with those of unlisted places among them, in text order."""
    finder = _Finder(mentions, places, lexicon)
    runs = [run for sentence in sentences for run in finder.runs(sentence)]
    countries = _told(runs, finder)
    found = [
        _mention(run, _name(name, countries[name]), text)
        for run in runs
        if (name := _words(run)) in countries and finder.stands_so(run)
    ]
    return sorted([*mentions, *found], key=lambda m: (m.sentence, m.first)) if found else mentions


def _told(runs: list[Run], finder: _Finder) -> dict[str, str | None]:
    """The names that are places, with the country told beside one of them, or beside one coordinated with it."""
    countries: dict[str, str | None] = {_words(run): None for run in runs if finder.is_place(run)}
    for run in runs:
        if _words(run) in countries:
            countries[_words(run)] = countries[_words(run)] or finder.country(run)
    for run in runs:  # "in X and Y, Ivory Coast"
        first = next((r for r in runs if finder.joined(r, run)), None)
        if first is not None:
            pair = [name for name in (_words(first), _words(run)) if name in countries]
            country = next((countries[name] for name in pair if countries[name]), None)
            for name in pair:
                countries[name] = countries[name] or country
    return countries


class _Finder:
    """Looks at runs of capital words outside the names that are known."""

    def __init__(self, mentions: list[NameMention], places: NameIndex, lexicon: Lexicon) -> None:
        self.places, self.lexicon = places, lexicon
        self.known = {(m.sentence, i): m for m in mentions for i in range(m.first, m.last + 1)}
        self.people = {m.text.split()[-1] for m in mentions if m.party is not None and m.party.sort == "person"}

    def runs(self, sentence: Sentence) -> Iterator[Run]:
        """Maximal runs of names that no table holds."""
        start = 0
        while start < len(sentence.tokens):
            end = start
            while end < len(sentence.tokens) and self._name_word(sentence, sentence.tokens[end]):
                end += 1
            if start < end <= start + _MOST_WORDS and self._unlisted(sentence, start, end - 1):
                yield sentence, start, end - 1
            start = max(end, start + 1)

    def _name_word(self, sentence: Sentence, token: Token) -> bool:
        written = token.pos == "PROPN" and token.text[:1].isupper() and not (token.text.isupper() and len(token.text) > 1)
        return written and (sentence.index, token.i) not in self.known and token.lower not in self.lexicon.words("calendar")

    def _unlisted(self, sentence: Sentence, first: int, last: int) -> bool:
        tokens = sentence.tokens[first : last + 1]
        before = sentence.tokens[first - 1] if first else None
        if sentence.kind == "headline" or all(is_word(t.lower) for t in tokens):
            return False
        if before is not None and (before.tag == "HYPH" or before.pos == "PROPN"):
            return False
        return not any(True for _ in self.places.find(" ".join(t.text for t in tokens)))

    def may_be(self, run: Run) -> bool:
        """Whether a run is not plainly something else: a person, a thing with an article, a word of a longer name."""
        sentence, first, last = run
        head = sentence.tokens[name_head(sentence, first, last)]
        named_so = head.entity == "PERSON" or head.text in self.people or sentence.kids(head, "det", "nmod:poss", "amod")
        title = sentence.tokens[first - 1] if first else None
        titled = title is not None and title.pos == "NOUN" and self.lexicon.role(sentence, title) is not None
        titled = titled or (title is not None and title.lower.rstrip(".") in self.lexicon.honorifics)  # "captured Mr. N"
        return not (named_so or titled) and head.dep not in ("flat", "nmod:poss")

    def stands_so(self, run: Run) -> bool:
        """Whether a run whose name is a place elsewhere can be one here: it says nothing and modifies nothing."""
        sentence, first, last = run
        head = sentence.tokens[name_head(sentence, first, last)]
        verb = sentence.tokens[head.head]
        acts = head.dep == "nsubj" and verb.lemma not in self.lexicon.words("verbs_of_falling")
        case = case_of(sentence, head)
        loose = head.dep in ("obl", "nmod") and case not in self.lexicon.words("locative")
        return self.may_be(run) and not acts and not loose and head.dep not in ("compound", "root")

    @staticmethod
    def joined(first: Run, second: Run) -> bool:
        """Whether the second run is coordinated with the first."""
        sentence = second[0]
        token = sentence.tokens[name_head(*second)] if first[0] is sentence else None
        return token is not None and token.dep == "conj" and token.head == name_head(*first)

    def is_place(self, run: Run) -> bool:
        """Whether the words around a run show a place."""
        sentence, first, last = run
        if not self.may_be(run):
            return False
        head = sentence.tokens[name_head(sentence, first, last)]
        while head.dep == "conj" and sentence.tokens[head.head].pos == "PROPN":
            head = sentence.tokens[head.head]
        above = sentence.tokens[head.head]
        case = case_of(sentence, head)
        while case == "of" and "transparent" in self.lexicon.noun_types(sentence, above):  # "captured most of X"
            head, above = above, sentence.tokens[above.head]
            case = case_of(sentence, head)
        return (
            self.country(run) is not None
            or (case == "of" and above.lemma in self.lexicon.words("place_nouns"))
            or (case in self.lexicon.words("holding_prepositions") and self._holds_events(sentence, head, above))
            or self._struck(sentence, head, above, case)
        )

    def _holds_events(self, sentence: Sentence, head: Token, above: Token) -> bool:
        """ "clashed in X", "an attack in X"; not "a stake in X", "wrote in X"."""
        if head.dep == "obl":
            return above.pos == "VERB" and above.lemma not in self.lexicon.words("saying")
        return head.dep == "nmod" and bool(self.lexicon.noun_types(sentence, above))

    def _struck(self, sentence: Sentence, head: Token, above: Token, case: str) -> bool:
        """ "shelled X", "a missile hit X", "fired rockets at X", "the siege of X", "X fell to the rebels"."""
        words = self.lexicon.words
        if case in words("firing_prepositions") and above.lemma in words("launch_verbs"):
            return any(self.lexicon.gear(sentence, k) for k in sentence.kids(above, "obj", "nsubj:pass"))
        if above.pos == "NOUN" and above.lemma in words("deeds_on_towns"):
            return case in words("deed_prepositions")
        if above.pos == "NOUN" and above.lemma in words("deeds_on_anyone") and case in words("deed_prepositions"):
            return case == "at" or self._armed(sentence, above)
        if above.pos != "VERB":
            return False
        if head.dep == "nsubj" and above.lemma in words("verbs_of_falling"):
            return any(case_of(sentence, k) == "to" for k in sentence.kids(above, "obl"))
        if head.dep not in ("obj", "nsubj:pass"):
            return False
        if above.lemma in words("verbs_on_towns"):
            return True
        doers = sentence.kids(above, "nsubj", "obl:agent")
        struck = any(self.lexicon.gear(sentence, k) for k in doers)
        taken = any(self.lexicon.role(sentence, k) is not None or k.pos == "PROPN" for k in doers)
        armed = taken and above.lemma in words("verbs_of_taking_towns")
        return armed or (struck and above.lemma in words("verbs_of_attack"))

    def _armed(self, sentence: Sentence, deed: Token) -> bool:
        """ "the rocket attack on X", "Syria's attacks on X": told with a weapon, or as a state's."""
        weapon = any(self.lexicon.gear(sentence, k) for k in sentence.kids(deed, "compound", "amod"))
        owners = [self.known.get((sentence.index, k.i)) for k in sentence.kids(deed, "nmod:poss", "amod", "compound")]
        return weapon or any(m is not None and m.party is not None and m.party.country for m in owners)

    def country(self, run: Run) -> str | None:
        """The country that the text puts beside a name: "Berzhan, Pakistan", "Berzhan in Niger's Tillabéri Region", "the
        Pakistani town of Berzhan"."""
        sentence, first, last = run
        behind = self._behind(sentence, last)
        if behind is not None:
            return behind
        head = sentence.tokens[name_head(sentence, first, last)]
        noun = sentence.tokens[head.head]
        if case_of(sentence, head) != "of" or noun.lemma not in self.lexicon.words("place_nouns"):
            return None
        owners = [self.known.get((sentence.index, k.i)) for k in sentence.kids(noun, "amod", "nmod:poss", "compound")]
        countries = {m.party.country for m in owners if m is not None and m.party is not None}
        return countries.pop() if len(countries) == 1 else None

    def _behind(self, sentence: Sentence, last: int) -> str | None:
        """The country of the state or province named right behind, over a comma, "in" and "the"."""
        joints = []
        for token in sentence.tokens[last + 1 : last + 5]:
            mention = self.known.get((sentence.index, token.i))
            if mention is None:
                joints.append(token.lower)
                continue
            after = sentence.tokens[mention.last + 1] if mention.last + 1 < len(sentence.tokens) else None
            beside = joints == [","] and (after is None or after.tag != "POS")  # "X, France's largest firm" is no town
            inside = "in" in joints and set(joints) <= {",", "in", "the"}
            return _country_of(mention) if beside or inside else None
        return None


def _country_of(mention: NameMention) -> str | None:
    """The country of a state or of what is larger than a town."""
    if mention.party is not None and mention.party.sort == "state":
        return mention.party.country
    place = mention.place
    return place.country if place is not None and place.sector != "town" else None


def _words(run: Run) -> str:
    sentence, first, last = run
    return " ".join(t.text for t in sentence.tokens[first : last + 1])


def _name(name: str, country: str | None) -> Name:
    return Name("place", f"unlisted:{name}", name, country, "town", False, {"name": name, "precision": "town"})


def _mention(run: Run, name: Name, text: str) -> NameMention:
    sentence, first, last = run
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    head = name_head(sentence, first, last)
    return NameMention(sentence.index, first, last, head, start, end, text[start:end], place=replace(name), names=(name,))
