"""What a package holds by its own phrase: "a package: 5,000 helmets", "aid consisting of 40 trailers".

In: a sentence and the noun for what is given. Out: the nouns of what it holds, with what is coordinated with them.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token

_THINGS = frozenset({"NOUN", "PROPN"})


def held(sentence: Sentence, token: Token, lexicon: Lexicon) -> list[Token]:
    """What a noun for a package or aid holds; nothing for any other noun."""
    if token.pos == "SYM":  # "$800 million in aid: 800 launchers"
        return _with_others(sentence, [k for k in sentence.kids(token, "appos") if _colon(sentence, token, k)])
    if token.lemma not in lexicon.words("package_nouns"):
        return []
    above = sentence.parent(token)
    wholes = [token, *([above] if above is not None and above.pos in ("NUM", "NOUN") and token.dep == "nmod" else ())]
    first = [k for whole in wholes for k in sentence.kids(whole, "appos") if _colon(sentence, whole, k)]
    first += [k for k in sentence.kids(token, "nmod") if case_of(sentence, k) == "with" and sentence.kids(k, "nummod")]
    for verb in sentence.kids(token, "acl", "acl:relcl"):
        if verb.lemma in lexicon.words("containing_verbs"):
            first += sentence.kids(verb, "obj")
            first += [k for k in sentence.kids(verb, "obl") if case_of(sentence, k) == "of"]
    return _with_others(sentence, first)


def _with_others(sentence: Sentence, first: list[Token]) -> list[Token]:
    return [t for k in first for t in (k, *sentence.kids(k, "conj")) if t.pos in _THINGS]


def _colon(sentence: Sentence, whole: Token, kid: Token) -> bool:
    return any(t.text == ":" for t in sentence.tokens[whole.i : kid.i])
