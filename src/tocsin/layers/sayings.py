"""What a saying is, the words that make one, and whose it is.

In: a sentence's tree and ``attribution.yaml``. Out: the parts that the other modules put together: cues, subjects,
stretches of text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tocsin.language.tokens import Sentence, Token

_SUBJECTS = ("nsubj", "nsubj:pass")
_HANGS_ON = ("advcl", "xcomp", "conj", "parataxis", "acl", "ccomp")
_PREDICATES = ("VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON")
_STEPS = 4  # verbs between one of saying and its subject

Pieces = list[tuple[int, int]]


@dataclass(slots=True)
class Saying:
    """A source (None where nobody is named), the words that tie it, and what is told, in pieces."""

    sentence: Sentence
    source: Token | None
    cue: tuple[int, int]
    pieces: Pieces
    carries: bool = True  # whether a quotation that stands alone beside it may be its content, too
    word: Token | None = field(default=None, repr=False)


class Cues:
    """The words of ``attribution.yaml``."""

    def __init__(self, table: dict[str, Any]) -> None:
        def listed(key: str) -> frozenset[str]:
            return frozenset(table[key])

        self.clause, self.infinitive, self.nobody = listed("clause"), listed("infinitive"), listed("nobody")
        self.asking, self.adverbs, self.adjectives = listed("asking"), listed("adverbs"), listed("adjectives")
        self.nouns, self.light, self.papers = listed("nouns"), listed("light_verbs"), listed("papers")
        self.prepositions, self.views = listed("prepositions"), listed("views")
        self.opening, self.makers = listed("clause_words"), listed("maker_words")
        self.feeling, self.leading = listed("feeling_words"), listed("leading_words")
        self.about: dict[str, list[tuple[str, ...]]] = {}
        for entry in table["about"]:
            verb, *small = entry.split()
            self.about.setdefault(verb, []).append(tuple(small))
        self.things: dict[str, set[str]] = {}
        for entry in table["noun_things"]:
            noun, preposition = entry.split()
            self.things.setdefault(noun, set()).add(preposition)

    def knows(self, verb: Token) -> bool:
        """Whether a verb may tell something."""
        return verb.lemma in self.clause or verb.lemma in self.infinitive or verb.lemma in self.about


def sayer(sentence: Sentence, verb: Token, light: frozenset[str] = frozenset()) -> Token | None:
    """The subject of a verb of saying: its own, else that of the verb it hangs on ("left, saying that", "went on to
    say"); the noun that a participle belongs to ("a letter saying"), but who makes it where that is told ("N issued a
    statement saying")."""
    current = verb
    for _ in range(_STEPS):
        own = sentence.kids(current, *_SUBJECTS) if current is not verb else sentence.kids(current, "nsubj")
        if own:
            before = [k for k in own if k.i < current.i]
            return before[-1] if before else own[0]  # of two the nearer: the other is a place before a dash
        above = sentence.parent(current)
        if above is None or current.dep.partition(":")[0] not in _HANGS_ON or above.pos not in _PREDICATES:
            return None
        if current.dep == "acl" and above.pos in ("NOUN", "PROPN", "PRON"):
            if current.tag != "VBG":  # "the ability to deny": nobody denies
                return None
            maker = sentence.parent(above)
            if maker is None or above.dep != "obj" or maker.lemma not in light:
                return above
            above = maker
        elif current.dep == "ccomp" and current.tag not in ("VB", "VBG"):
            return None
        elif current.dep == "xcomp" and (objects := sentence.kids(above, "obj")) and objects[0].i < current.i:
            return objects[0]
        current = above
    return None


def cue_of(sentence: Sentence, verb: Token) -> tuple[int, int]:
    """A verb with its auxiliaries and particle."""
    words = [verb, *(k for k in sentence.kids(verb, "aux", "compound:prt") if abs(k.i - verb.i) <= 2)]
    return min(t.start for t in words), max(t.end for t in words)


def small_words(sentence: Sentence, token: Token) -> set[str]:
    """What stands before a phrase or clause and ties it: "of", "that", "to"."""
    return {t.lower for t in sentence.kids(token, "case", "mark", "aux") if t.i <= token.i}


def stretch(tokens: Sequence[Token]) -> Pieces:
    """From the first word to the last."""
    return [(tokens[0].start, tokens[-1].end)] if tokens else []


def whole(sentence: Sentence, token: Token) -> Pieces:
    """All that a word heads."""
    return stretch(sentence.subtree(token))


def without(sentence: Sentence, host: Token, part: Token) -> Pieces:
    """All that a word heads beside one part of it: before and behind."""
    inner = {t.i for t in sentence.subtree(part)}
    rest = [t for t in sentence.subtree(host) if t.i not in inner and t.pos != "PUNCT"]
    return stretch([t for t in rest if t.i < min(inner)]) + stretch([t for t in rest if t.i > max(inner)])
