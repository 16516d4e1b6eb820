"""Who says what, sentence by sentence: source, cue and content, for the layer of that name.

In: an annotated article. Out: attributions in text order. The records' own attribution is settled in ``coding``, by the
operators above a clause; here every saying is listed, whether or not a record rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Attribution, Span, TextSpan

_PUNCTUATION = ",;:. \t\r\n"


class Attributions:
    """Finds sayings by the cues of ``attribution.yaml``."""

    def __init__(self, tables: Tables) -> None:
        cues = tables.mapping("attribution.yaml")
        self._verbs = frozenset(cues["verbs"])
        self._prepositions = frozenset(cues["prepositions"])
        self._quotes = frozenset(cues["quotes"])

    def of(self, note: Annotated) -> list[Attribution]:
        """All attributions of the article."""
        found = [made for sentence in note.sentences for token in sentence for made in self._at(note, sentence, token)]
        return sorted(found, key=lambda a: (a.cue.start, a.source.start))

    def _at(self, note: Annotated, sentence: Sentence, token: Token) -> Iterator[Attribution]:
        if token.pos == "VERB" and token.lemma in self._verbs:
            content = _below(sentence, token)
            for subject in _sayers(sentence, token, note) if content else []:
                yield self._made(note, sentence, subject, (token, token), content)
        case = sentence.kids(token, "case")
        if case and " ".join(t.lower for t in case) in self._prepositions:
            content = _beside(sentence, token)
            if content:
                yield self._made(note, sentence, token, (case[0], case[-1]), content)

    def _made(self, note: Annotated, sentence: Sentence, source: Token, cue: tuple[Token, Token],
              content: list[Token]) -> Attribution:
        text = note.article.text
        who = note.interpreter.entity(sentence, source)
        start, end = content[0].start, content[-1].end
        while end > start and text[end - 1] in _PUNCTUATION:
            end -= 1
        while start < end and text[start] in _PUNCTUATION:
            start += 1
        edges = text[max(0, start - 1):start + 1] + text[end - 1:end + 2]
        return Attribution(
            source=TextSpan(start=who.start, end=who.end, text=text[who.start:who.end]),
            cue=TextSpan(start=cue[0].start, end=cue[1].end, text=text[cue[0].start:cue[1].end]),
            content=Span(start=start, end=end), quoted=any(c in self._quotes for c in edges),
        )


def _sayers(sentence: Sentence, verb: Token, note: Annotated) -> list[Token]:
    """The subject of a verb of saying: its own, else that of the verb it is joined to ("left, saying that"); what a
    relative pronoun stands for."""
    current = verb
    for _ in range(3):
        own = sentence.kids(current, "nsubj")
        if own:
            return [_antecedent(sentence, current, own[0], note)]
        shares = current.dep == "conj" or (current.tag == "VBG" and current.dep == "advcl")
        above = sentence.parent(current)
        if not shares or above is None or above.pos != "VERB" or sentence.kids(current, "nsubj:pass"):
            return []
        current = above
    return []


def _antecedent(sentence: Sentence, verb: Token, subject: Token, note: Annotated) -> Token:
    relative = subject.lower in note.interpreter.lexicon.words("relative_pronouns") and verb.dep == "acl:relcl"
    noun = sentence.parent(verb) if relative else None
    return noun if noun is not None else subject


def _below(sentence: Sentence, verb: Token) -> list[Token]:
    """What a verb of saying tells: its clause, else the clause in which it is put in between."""
    told = sentence.kids(verb, "ccomp") or sentence.kids(verb, "xcomp")
    if told:
        return sentence.subtree(told[0])
    host = sentence.parent(verb)
    return _without(sentence, host, verb) if verb.dep == "parataxis" and host is not None else []


def _beside(sentence: Sentence, source: Token) -> list[Token]:
    """What stands "according to" a source: the predicate that it hangs from, without itself."""
    host = sentence.parent(source)
    return _without(sentence, host, source) if host is not None and source.dep in ("obl", "nmod", "advmod") else []


def _without(sentence: Sentence, host: Token, part: Token) -> list[Token]:
    """The longer side of a subtree beside one part of it."""
    inner = {t.i for t in sentence.subtree(part)}
    rest = [t for t in sentence.subtree(host) if t.i not in inner]
    before = [t for t in rest if t.i < min(inner)]
    after = [t for t in rest if t.i > max(inner)]
    return max(before, after, key=len)
