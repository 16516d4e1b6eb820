"""Tense, polarity, voice and modality of a verb, and its lemma with the particle ("hand over")."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Modality, Tense

_PLURAL_SUBJECTS = frozenset({"we", "i", "they"})


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What the verb group says beside its lemma."""

    tense: Tense
    progressive: bool
    passive: bool
    negated: bool
    modality: Modality
    perfect: bool = False  # "has stood", "have been stationed": what began before lasts


class VerbForms:
    """The forms of an article's verbs, each worked out once: its own clause asks for it, and every clause below it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._found: dict[tuple[int, int], VerbForm] = {}

    def of(self, sentence: Sentence, token: Token) -> VerbForm:
        """The form of a verb, as ``form_of`` gives it."""
        key = (sentence.index, token.i)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = form_of(sentence, token, self.lexicon)
        return found


def lemma_of(sentence: Sentence, token: Token, lexicon: Lexicon) -> str:
    """The lemma, with particle, or with the noun of set phrases such as "take part" and "take place"."""
    particles = [k.lower for k in sentence.kids(token, "compound:prt")]
    ahead = [k.lower for k in sentence.kids(token, "advmod") if k.lower in lexicon.words("particle_adverbs")]
    if particles or ahead:
        return f"{token.lemma} {(particles or ahead)[0]}"
    if token.lemma == "take":
        for kid in sentence.kids(token, "obj"):
            below = [k.lower for n in sentence.kids(kid, "nmod") for k in sentence.kids(n, "case")]
            share = kid.lemma == "part" and "of" in below
            if kid.lemma in lexicon.words("take_objects") and not share:  # "took part of the land" is no taking part
                return f"take {kid.lemma}"
    if token.lemma in ("take", "hold"):
        for kid in sentence.kids(token, "xcomp", "obj", "advmod", "obl"):
            if kid.lower in lexicon.words("held_as") and not sentence.kids(kid):  # "took two engineers hostage"
                return f"{token.lemma} {kid.lower}"
    return "get under way" if token.lemma == "get" and _under_way(sentence, token) else token.lemma


def _under_way(sentence: Sentence, token: Token) -> bool:
    """ "The drills got under way", "got underway"."""
    ways = [k for k in sentence.kids(token, "obl", "xcomp") if k.lower == "way"]
    apart = any(c.lower == "under" for k in ways for c in sentence.kids(k, "case"))
    return apart or any(k.lower == "underway" for k in sentence.kids(token, "advmod", "xcomp", "obl"))


def form_of(sentence: Sentence, token: Token, lexicon: Lexicon) -> VerbForm:
    """Tense, aspect, voice, polarity and modality, shared from the first verb of a coordination where it has no own."""
    auxiliaries = sentence.kids(token, "aux", "aux:pass", "cop")
    lender = token
    if not auxiliaries and token.dep == "conj" and not sentence.kids(token, "nsubj", "nsubj:pass"):
        parent = sentence.parent(token)
        if parent is not None and _compatible(parent, token):
            lender = parent
            auxiliaries = sentence.kids(parent, "aux", "aux:pass", "cop")
    words = [a.lower for a in auxiliaries]
    own_negation = any(
        (k.lower in lexicon.words("negators") and not _only(sentence, k, lexicon)) or _no_longer(sentence, k)
        for k in sentence.kids(token, "advmod", "det", "neg", "cc:preconj")
    )
    shared_negation = (
        lender is not token and not own_negation and _negated(sentence, lender, lexicon) and _by_or(sentence, token, lexicon)
    )
    passive = any(a.dep == "aux:pass" for a in auxiliaries)
    if token.tag == "VBN" and not passive and not any(w in lexicon.words("perfect_auxiliaries") for w in words):
        passive = token.dep in ("acl", "amod", "advcl", "ROOT") or (token.dep == "xcomp" and not words)
    agent = sentence.kids(token, "obl:agent")
    if token.tag in ("VBD", "VBN") and agent and not words and not sentence.kids(token, "obj"):
        passive = True  # a headline: "Town hit by rockets"
    tense = _tense(token, auxiliaries, words, lexicon)
    if tense == "infinitive" and not auxiliaries and any(k.lower in _PLURAL_SUBJECTS for k in sentence.kids(token, "nsubj")):
        tense = "present"  # "we strongly urge": tagged as a bare infinitive
    first = sentence.parent(token) if token.dep == "conj" else None
    if tense == "infinitive" and not auxiliaries and first is not None and first.tag == "VBP":
        tense = "present"  # "rebels open fire and bomb a post": likewise
    return VerbForm(
        tense,
        "be" in {a.lemma for a in auxiliaries} and token.tag == "VBG",
        passive,
        own_negation or shared_negation,
        _modality(words, lexicon) if words else "none",
        any(a.lower in lexicon.words("present_perfect") and a.tag in ("VBZ", "VBP") for a in auxiliaries),
    )


def _modality(words: list[str], lexicon: Lexicon) -> Modality:
    """What the auxiliaries say of it: that it can be, is to be, would be."""
    if any(w in lexicon.words("modals_possible") for w in words):
        return "possible"
    if any(w in lexicon.words("modals_duty") for w in words):
        return "duty"
    return "would" if any(w in lexicon.words("modals_would") for w in words) else "none"


def _compatible(first: Token, second: Token) -> bool:
    return first.pos == "VERB" and first.tag == second.tag


def _only(sentence: Sentence, negator: Token, lexicon: Lexicon) -> bool:
    """ "not only sent", "not all were hit": the deed is not negated."""
    after = sentence.tokens[negator.i + 1 : negator.i + 2]
    return bool(after) and after[0].lower in lexicon.words("not_only") | lexicon.words("not_every")


def _no_longer(sentence: Sentence, adverb: Token) -> bool:
    """ "no longer recognises"."""
    return adverb.lower in ("longer", "more") and any(k.lower == "no" for k in sentence.kids(adverb))


def _negated(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    return any(k.lower in lexicon.words("negators") for k in sentence.kids(token, "advmod"))


def _by_or(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    return any(k.lower in lexicon.words("alternatives") for k in sentence.kids(token, "cc"))


def _tense(token: Token, auxiliaries: list[Token], words: list[str], lexicon: Lexicon) -> Tense:
    if not words:
        return _bare_tense(token)
    if any(w in lexicon.words("modals_future") and w != "to" for w in words):
        return "future"
    finite = [a for a in auxiliaries if a.tag in ("VBD", "VBZ", "VBP", "MD")]
    perfect = any(a.lemma == "have" for a in auxiliaries)
    gerund = token.tag == "VBG" and not any(a.lemma == "be" for a in auxiliaries)  # "admitted to supplying"
    if any(a.lower == "to" for a in auxiliaries) and not gerund:
        if any(a.lemma == "be" and a.tag in ("VBZ", "VBP", "VBD") for a in auxiliaries if token.tag == "VB"):
            return "future"  # "is to call up"
        return "past" if perfect else "infinitive"
    if any(a.lemma == "have" and a.tag in ("VBZ", "VBP", "VBD", "VBG", "VB") for a in auxiliaries):
        return "past"
    if finite:
        return "past" if finite[0].tag == "VBD" else "present"
    return _tense_of_tag(token.tag)


def _bare_tense(token: Token) -> Tense:
    """The tense of a verb without auxiliaries; a bare form that heads a headline tells what is."""
    return "present" if token.tag == "VB" and token.dep == "root" else _tense_of_tag(token.tag)


def _tense_of_tag(tag: str) -> Tense:
    if tag in ("VBD", "VBN"):
        return "past"
    if tag in ("VBZ", "VBP"):
        return "present"
    return "infinitive" if tag == "VB" else "none"
