"""Sayings without a verb of saying: nouns ("his claim that"), adjectives ("is confident that"), "according to", "in N's
view", "reportedly", the label before a colon.

In: a sentence's tree and the words of ``attribution.yaml``. Out: sayings.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.language.tokens import Sentence, Token
from tocsin.layers.sayings import Cues, Saying, sayer, small_words, stretch, whole, without

_LABEL = 8  # words before a colon that may name who speaks
_IN_LABEL = ("PROPN", "NOUN", "DET", "ADJ", "PUNCT")


def other_sayings(sentence: Sentence, token: Token, cues: Cues) -> Iterator[Saying]:
    """All sayings that a word makes without being a verb of saying."""
    yield from _by_noun(sentence, token, cues)
    yield from _by_adjective(sentence, token, cues)
    yield from _beside(sentence, token, cues)
    yield from _by_adverb(sentence, token, cues)


def _by_noun(sentence: Sentence, noun: Token, cues: Cues) -> Iterator[Saying]:
    """ "N's claim that …", "a statement by N that …", "made the argument that …", "reports that …"."""
    if noun.pos != "NOUN" or not (noun.lemma in cues.nouns or noun.lemma in cues.things):
        return
    told = [k for k in sentence.kids(noun, "acl", "ccomp") if k.i > noun.i and small_words(sentence, k) & cues.opening]
    about = cues.things.get(noun.lemma, set())
    things = [k for k in sentence.kids(noun, "nmod") if small_words(sentence, k) & about]
    source, cue = _owner(sentence, noun, cues)
    content = whole(sentence, told[0]) if told else []
    if not told and things:
        content = stretch([t for k in things for t in sentence.subtree(k) if t.head != k.i or t.dep != "case"])
    named = source is not None or (bool(told) and "that" in small_words(sentence, told[0]))
    if content and named:
        yield Saying(sentence, source, cue, content, carries=False, word=noun)


def _owner(sentence: Sentence, noun: Token, cues: Cues) -> tuple[Token | None, tuple[int, int]]:
    """Whose a claim is, with the words that say so."""
    cue = (noun.start, noun.end)
    by = [k for k in sentence.kids(noun, "nmod", "obl") if small_words(sentence, k) & cues.makers]
    for owner in (*sentence.kids(noun, "nmod:poss"), *by):
        return owner, cue
    verb = sentence.parent(noun)
    if verb is not None and verb.pos == "VERB" and noun.dep == "obj" and verb.lemma in cues.light and verb.i < noun.i:
        return sayer(sentence, verb), (verb.start, noun.end)
    return None, cue


def _by_adjective(sentence: Sentence, word: Token, cues: Cues) -> Iterator[Saying]:
    """ "N is confident that …", "was wary of …"."""
    helped = bool(sentence.kids(word, "aux:pass", "cop", "nsubj:pass"))
    if word.lemma not in cues.adjectives or not (word.pos == "ADJ" or (word.tag == "VBN" and helped)):
        return
    told = [
        k for k in sentence.kids(word, "ccomp", "xcomp", "advcl", "obl")
        if k.i > word.i and (k.dep in ("ccomp", "xcomp") or small_words(sentence, k) & cues.feeling)
    ]  # fmt: skip
    source = sayer(sentence, word) or next(iter(sentence.kids(word, "nsubj:pass")), None)
    if told and source is not None and not sentence.kids(word, "expl"):
        helpers = [k for k in sentence.kids(word, "cop", "aux:pass") if k.i < word.i]
        cue = (helpers[0].start if helpers else word.start, word.end)
        yield Saying(sentence, source, cue, whole(sentence, told[0]), carries=False, word=word)


def _beside(sentence: Sentence, source: Token, cues: Cues) -> Iterator[Saying]:
    """ "According to N, …", "in N's view, …", "leads in a poll": the predicate that it hangs from holds the content."""
    case, host = sentence.kids(source, "case"), sentence.parent(source)
    if not case or host is None:
        return
    first, owners = case[0].lower, sentence.kids(source, "nmod:poss")
    who, cue = source, (case[0].start, case[-1].end)
    if source.lemma in cues.views and owners and first in ("in", "to", "by"):
        who, cue = owners[0], (case[0].start, case[0].end)
    elif " ".join(t.lower for t in case) not in cues.prepositions and not (
        source.lemma in cues.papers and first in ("in", "by")
    ):
        return
    content = without(sentence, host, source)
    if all(t.pos == "PUNCT" for t in sentence.tokens[: case[0].i]):  # "According to N, …": all that follows
        last = sentence.subtree(source)[-1].i
        content = stretch([t for t in sentence.tokens[last + 1 :] if t.pos != "PUNCT"])
    if content:
        yield Saying(sentence, who, cue, content, carries=False, word=source)


def _by_adverb(sentence: Sentence, word: Token, cues: Cues) -> Iterator[Saying]:
    """ "was reportedly hit": told by nobody; the clause is the content."""
    host = sentence.parent(word)
    if word.lower in cues.adverbs and word.pos == "ADV" and host is not None:
        content = stretch([t for t in sentence.subtree(host) if t.pos != "PUNCT"])
        yield Saying(sentence, None, (word.start, word.end), content, carries=False, word=word)


def by_label(sentence: Sentence) -> Iterator[Saying]:
    """ "NAME: what is said", at the start of a sentence."""
    colon = next((t for t in sentence.tokens[1 : _LABEL + 1] if t.text == ":"), None)
    if colon is None:
        return
    before, behind = sentence.tokens[: colon.i], sentence.tokens[colon.i + 1 :]
    speaker = before[-1]
    named = len(speaker.text) > 1 and (speaker.pos == "PROPN" or speaker.text.isupper())
    words = all(t.pos in _IN_LABEL or t.lower in ("of", "and") for t in before)
    if named and words and any(t.pos in ("VERB", "AUX") for t in behind):
        yield Saying(sentence, speaker, (colon.start, colon.end), stretch(behind), word=colon)
