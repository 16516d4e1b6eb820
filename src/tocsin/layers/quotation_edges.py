"""Who is told to speak right at the edges of a quotation: "…," N said; N said: "…".

In: the sentences of an article and a quotation. Out: the verb there with its sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language.tokens import Sentence, Token
from tocsin.layers.sayings import Cues, sayer

_GOES_ON = ",?!\u2014\u2013-"  # how a quotation ends that is told behind it
_OPENS = ",:"  # how a sentence ends that tells what is quoted behind it
_MARKS = " \t\r\n\u201c\u201d\u00ab\u00bb\u201e\"'"
_FAR = 12  # words in which speaker and verb stand
_WIDE = 3  # signs between a quotation and them


def behind(text: str, sentences: Sequence[Sentence], span: tuple[int, int]) -> tuple[Sentence, Token] | None:
    """ "…," N said; "…?" asked N: any verb, for the mark at the end says that the sentence goes on."""
    if text[span[1] - 1] not in _GOES_ON:
        return None
    for sentence in sentences:
        first = next((t for t in sentence if t.start >= span[1] and t.pos != "PUNCT" and t.text not in _MARKS), None)
        if first is None:
            continue
        if first.start - span[1] > _WIDE or "\n" in text[span[1] : first.start]:
            return None
        for verb in sentence.tokens[first.i : first.i + _FAR]:
            who = sayer(sentence, verb) if verb.pos == "VERB" else None
            if who is not None and who.i >= first.i and (verb is first or first in sentence.subtree(who)):
                return sentence, verb
        return None
    return None


def before(
    text: str, sentences: Sequence[Sentence], span: tuple[int, int], cues: Cues
) -> tuple[Sentence, Token] | None:
    """N said: "…", the colon also at the end of the paragraph before."""
    start = len(text[: span[0]].rstrip(_MARKS))
    if not start or text[start - 1] not in _OPENS:
        return None
    if text[start - 1] == "," and "\n" in text[start : span[0]]:
        return None
    sentence = next((s for s in sentences if s.start < start <= s.end), None)
    words = [t for t in sentence if t.end <= start][-_FAR:] if sentence is not None else []
    for verb in reversed(words):
        if sentence is not None and verb.pos == "VERB" and verb.lemma in cues.clause and sayer(sentence, verb) is not None:
            return sentence, verb
    return None
