"""What the form of a phrase says before anybody is looked up: a word that means no party here ("the state of the economy",
"her leadership", "a military exercise", "an Act"), or several parties at once ("the two leaders").

In: an annotated article. Out: for the token that heads a phrase, whether it is nobody, or several of different states.
"""

from __future__ import annotations

from typing import Any

from tocsin.language.annotate import Annotated
from tocsin.language.linking.kinds import Kinds
from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token

_ACTING = ("nsubj", "nsubj:pass", "obl:agent")
NOTHING = "nothing"


class Shape:
    """The forms of one article."""

    def __init__(self, note: Annotated, table: dict[str, Any], kinds: Kinds) -> None:
        self._note = note
        self._several, self._loose = frozenset(table["several"]), frozenset(table["several_uncounted"])
        self._unique = frozenset(table["unique_offices"])
        self._qualities: dict[str, dict[str, list[str]]] = table["qualities"]
        self._nothing = frozenset(table["nothing"])
        self._kinds = kinds
        self._short = dict(self._brackets())

    def nobody(self, sentence: Sentence, token: Token, entity: Entity) -> bool:
        """Whether a word that may mean a party means none here."""
        if entity.mention is not None and entity.mention.party is not None:
            return self._is_product(sentence, token, entity)
        determined = bool(sentence.kids(token, "det", "nmod:poss"))
        if (token.pos == "VERB" and not determined) or (token.pos == "ADJ" and token.dep == "amod"):
            return True  # "able to state", "a military exercise"
        if self.short(token) == NOTHING or self._named_nothing(sentence, token):
            return True
        if token.lemma in self._qualities:
            return not self._acts(sentence, token)
        return token.lemma == "state" and (token.dep == "compound" or self._condition(sentence, token))

    def several(self, sentence: Sentence, token: Token) -> bool:
        """ "both presidents", "the three countries", "their governments": of different states, whoever they are."""
        if token.tag not in ("NNS", "NNPS"):
            return False
        role = self._note.interpreter.lexicon.role(sentence, token)
        unique = role is not None and role[0].noun in self._unique
        if not unique and token.lemma not in self._several:
            return False
        sizes = self._note.interpreter.lexicon.group_sizes
        if {k.lower for k in sentence.kids(token, "nummod", "det", "det:predet")} & set(sizes):
            return True
        first = role[1] if role is not None else token.i
        kids = sentence.kids(token, "amod", "compound", "nmod", "acl")
        told = any(not first <= k.i < token.i and k.pos != "PRON" for k in kids)
        return (unique or token.lemma in self._loose) and not told

    def short(self, token: Token) -> str | None:
        """What the capitals are that an article explains in brackets: the kind of the full name, or ``nothing``."""
        return self._short.get(token.text)

    def _named_nothing(self, sentence: Sentence, token: Token) -> bool:
        """ "the Equality Act", "Vande Bharat Mission": the last word of a name says that it is no body."""
        run = next((r for r in self._note.runs if r.sentence == sentence.index and r.first <= token.i <= r.last), None)
        last = sentence.tokens[run.last] if run is not None else token
        name = run is not None and run.first < run.last
        return last.lower in self._nothing and last.text[:1].isupper() and (name or bool(sentence.kids(token, "compound")))

    def _condition(self, sentence: Sentence, token: Token) -> bool:
        """ "a state of emergency", "the state of the economy"."""
        return any(case_of(sentence, k) == "of" for k in sentence.kids(token, "nmod"))

    def _acts(self, sentence: Sentence, token: Token) -> bool:
        """Whether a word for a quality ("leadership", "opposition") is a body: it acts, or is named as one."""
        behind = {w for k in sentence.kids(token, "nmod") if k.i > token.i for w in case_of(sentence, k).split()}
        before = set(case_of(sentence, token).split())
        signs = self._qualities[token.lemma]
        if behind & set(signs["behind"]) or before & set(signs["before"]):
            return False
        possessors = sentence.kids(token, "nmod:poss")
        if possessors and token.dep not in _ACTING:
            return False
        named = sentence.kids(token, "det", "nmod") or possessors
        owned = [k for k in sentence.kids(token, "amod", "compound") if self._note.interpreter.mention(sentence, k)]
        return bool(named or owned) and token.tag == "NN"

    @staticmethod
    def _is_product(sentence: Sentence, token: Token, entity: Entity) -> bool:
        """ "a Volvo", "the Volvo", "his Toyota": what a firm makes, where its name is one word with an article."""
        mention = entity.mention
        one = mention is not None and mention.head == token.i and mention.first == mention.last
        articles = [k for k in sentence.kids(token, "det") if k.lower in ("a", "an", "the")]
        owned = any(k.pos == "PRON" for k in sentence.kids(token, "nmod:poss"))
        firms = bool(entity.parties) and all(p.kind == "company" and p.id for p in entity.parties)
        return one and firms and bool(articles or owned)

    def _brackets(self) -> list[tuple[str, str]]:
        """Capitals in brackets behind a name in no table, with what the name is."""
        found: list[tuple[str, str]] = []
        for sentence in self._note.sentences:
            tokens = sentence.tokens
            for at in range(2, len(tokens) - 1):
                inside = tokens[at]
                if tokens[at - 1].text != "(" or tokens[at + 1].text != ")" or not _is_short(inside.text):
                    continue
                words = self._before(sentence, at - 2)
                if words and words[-1] in self._nothing:
                    found.append((inside.text, NOTHING))
                elif (kind := self._kinds.named(words)) is not None:
                    found.append((inside.text, kind))
        return found

    @staticmethod
    def _before(sentence: Sentence, last: int) -> list[str]:
        """The words of the name that ends at a token, small letters inside it included."""
        first = last
        while first > 0 and (sentence.tokens[first - 1].text[:1].isupper() or _joins(sentence, first - 1)):
            first -= 1
        return [t.lower for t in sentence.tokens[first : last + 1]] if sentence.tokens[last].text[:1].isupper() else []


def _joins(sentence: Sentence, at: int) -> bool:
    """Whether a small word stands between two capital ones: "Department of Health and Safety"."""
    word = sentence.tokens[at]
    return word.pos in ("ADP", "CCONJ", "DET") and at > 0 and sentence.tokens[at - 1].pos != "PUNCT"


def _is_short(text: str) -> bool:
    letters = text.replace("-", "")
    return 2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha()
