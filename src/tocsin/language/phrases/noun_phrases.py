"""The words of a noun phrase: where it begins and ends, what names and counts it, which of its words carries the meaning.

In: a sentence and the token that heads a phrase, the name mentions and numbers of the article. Out: spans, tokens, numbers.
What a phrase stands for is not asked here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from tocsin.language.lexicon import Lexicon
from tocsin.language.names.mentions import NameMention
from tocsin.language.numbers.amounts import Number
from tocsin.language.tokens import Sentence, Token

_QUOTES = frozenset("\"“”'‘’«»")
_LEFT = ("det", "amod", "compound", "nummod", "nmod:poss", "nmod", "obl:npmod", "punct", "flat", "advmod", "case")


class NounPhrases:
    """The noun phrases of one article as words."""

    def __init__(
        self, text: str, mentions: Sequence[NameMention], numbers: Sequence[Number], lexicon: Lexicon
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self._mentions: dict[tuple[int, int], NameMention] = {}
        for mention in mentions:
            for i in range(mention.first, mention.last + 1):
                self._mentions[mention.sentence, i] = mention
        self._extents: dict[tuple[int, int], tuple[int, int]] = {}
        self._spans: dict[tuple[int, int], tuple[int, int]] = {}
        self._types: dict[tuple[int, int], frozenset[str]] = {}
        self._numbers = sorted(numbers, key=lambda n: n.start)
        self._sums = [n for n in self._numbers if n.is_money]  # few texts have one
        self._reach = list(accumulate((n.end for n in self._numbers), max))  # how far each number, or one before it, goes
        named = [n for m in mentions for n in (m.place, m.party) if n is not None]
        self.countries = frozenset(n.country for n in named if n.country)  # of the names of the article

    def mention(self, sentence: Sentence, token: Token) -> NameMention | None:
        """The name mention that covers a token."""
        return self._mentions.get((sentence.index, token.i))

    def noun_types(self, sentence: Sentence, head: Token) -> frozenset[str]:
        """What the lexicon says of the noun; kept, as gear, place and kind of a phrase all depend on it."""
        key = (sentence.index, head.i)
        found = self._types.get(key)
        if found is None:
            found = self._types[key] = self.lexicon.noun_types(sentence, head)
        return found

    def effective(self, sentence: Sentence, token: Token) -> Token:
        """The token that carries the meaning: "soldiers" of "dozens of soldiers"."""
        for _ in range(3 if token.children else 0):
            transparent = "transparent" in self.noun_types(sentence, token) or token.pos == "NUM"
            sum_ = token.pos in ("NUM", "SYM") or self._is_money(token)
            joints = self.lexicon.words("money_joints") if sum_ else frozenset({"of"})
            deps = ("nmod", "obl") if token.pos == "ADJ" else ("nmod",)  # "most of the city", with "most" as an adjective
            inner = [k for k in sentence.kids(token, *deps) if case_of(sentence, k) in joints]
            if sum_ and not inner:  # "$800 million in aid" may hang from the number as well as from the sign
                below = [n for n in sentence.kids(token, "nummod", "compound") if n.pos == "NUM"]
                inner = [k for n in below for k in sentence.kids(n, "nmod") if case_of(sentence, k) in joints]
            named = [k for k in sentence.kids(token, "appos") if transparent and self._is_party(sentence, k)]
            if named:  # "one of these groups, the SDF,"
                return named[0]
            if not (transparent and inner):
                break
            token = inner[0]
        return token

    def _is_party(self, sentence: Sentence, token: Token) -> bool:
        mention = self.mention(sentence, token)
        return mention is not None and mention.party is not None

    def _is_money(self, token: Token) -> bool:
        """Whether a token belongs to a sum of money."""
        return any(n.start <= token.start < n.end for n in self._sums)

    def _between(self, start: int, end: int) -> Iterator[Number]:
        """The numbers that may have words between two places of the text."""
        for at in range(bisect_right(self._reach, start), len(self._numbers)):
            if self._numbers[at].start >= end:
                break
            yield self._numbers[at]

    def extent(self, sentence: Sentence, head: Token) -> tuple[int, int]:
        """First and last token of the phrase: the words that hang to the left without a break, and a name's own. Kept, as
        every face of a phrase asks for it, and the trees are settled."""
        key = (sentence.index, head.i)
        found = self._extents.get(key)
        if found is None:
            found = self._extents[key] = self._extent(sentence, head)
        return found

    def _extent(self, sentence: Sentence, head: Token) -> tuple[int, int]:
        first = last = head.i
        mention = self.mention(sentence, head)
        if mention is not None and mention.head == head.i:
            first, last = mention.first, mention.last
        if head.children:
            left = [k for k in sentence.kids(head, *_LEFT) if k.i < head.i and k.dep != "case"]
            low = {t.i for k in left for t in sentence.subtree(k)}
            while first - 1 in low:
                first -= 1
            for kid in sentence.kids(head, "flat", "compound:prt"):
                last = max(last, kid.i)
        while first < head.i and (
            sentence.tokens[first].text in (",", ";", ":", "(", "and", "—", "–", "-")
            or (sentence.tokens[first].text in _QUOTES and not self._closes(sentence, first, last))
        ):
            first += 1  # the comma of a list, a dash, a quote that goes on behind it are no words of the phrase
        return first, last

    @staticmethod
    def _closes(sentence: Sentence, first: int, last: int) -> bool:
        """Whether a quotation mark has its fellow within the phrase: '"Iron Dome" missiles'."""
        return any(t.text in _QUOTES for t in sentence.tokens[first + 1 : last + 1])

    def span(self, sentence: Sentence, head: Token) -> tuple[int, int]:
        """Start and end of the phrase in the article's text."""
        key = (sentence.index, head.i)
        found = self._spans.get(key)
        if found is None:
            first, last = self.extent(sentence, head)
            found = self._spans[key] = sentence.tokens[first].start, sentence.tokens[last].end
        return found

    def definite(self, sentence: Sentence, head: Token) -> bool:
        """Whether a determiner says that the phrase is known: "the", "this", "their"."""
        determiners = sentence.kids(head, "det", "nmod:poss", "det:predet")
        return bool(determiners) and any(t.lower in self.lexicon.words("definite") for t in determiners)

    def count(self, sentence: Sentence, head: Token, start: int) -> Number | None:
        """The number that counts the phrase itself, not what stands inside it ("the three countries' guards")."""
        number = self.number_at(start, head.end)
        whole = sentence.parent(head) if number is not None and head.dep == "nmod" else None
        share = whole is not None and whole.lemma in self.lexicon.words("share_words")
        if share and case_of(sentence, head) == "of":
            return None  # "half of the 100 tanks"
        if whole is not None and whole.pos == "NUM" and case_of(sentence, head) == "of":
            return self.number_at(whole.start, whole.end) or number  # "18 of the 24 helicopters"
        above = sentence.parent(head) if number is None and head.dep == "nmod" and case_of(sentence, head) == "of" else None
        if above is not None and above.lemma in self.lexicon.words("unit_nouns"):  # "25,000 sets of body armour"
            return self.count(sentence, above, sentence.tokens[self.extent(sentence, above)[0]].start)
        many = above is not None and above.pos == "NOUN" and "transparent" in self.noun_types(sentence, above)
        if above is not None and many:  # "dozens of worshippers"
            return self.number_at(above.start, above.end)
        if number is None:
            return None
        inner = [t for t in sentence if t.start < number.core_end and t.end > number.core_start]
        if inner and self._in_designation(sentence, inner):
            return None  # "RBS 70 missiles"
        for token in inner:
            current = token
            for _ in range(4):
                if current.i == head.i:
                    return number
                if current.dep == "nmod:poss":
                    break
                current = sentence.tokens[current.head]
        return None if inner else number

    def _in_designation(self, sentence: Sentence, words: list[Token]) -> bool:
        """Whether a number is a part of a weapon's name, behind other words of it."""
        for token in words:
            name = self.mention(sentence, token)
            weapon = name.equipment if name is not None and name.first < token.i else None
            if weapon is None or weapon.row.get("open"):  # "Around 500" has the form of a name
                return False
        return True

    def number_at(self, start: int, end: int) -> Number | None:
        """The plain count (no unit, no ordinal) whose words overlap the range."""
        for number in self._between(start, end):
            if number.end > start and number.unit is None and number.ordinal is None:
                return number
        return None


def is_bare(sentence: Sentence, noun: Token) -> bool:
    """Whether nothing but articles and numbers stands with a noun: "the base"."""
    return not sentence.kids(noun, "nmod", "amod", "compound", "appos", "acl", "acl:relcl", "nmod:poss", "conj")


def case_of(sentence: Sentence, token: Token) -> str:
    """The preposition of a phrase, several joined by spaces; empty where there is none."""
    return " ".join(t.lower for t in sentence.kids(token, "case") if t.lower not in ("'s", "'"))
