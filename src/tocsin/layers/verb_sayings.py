"""Sayings by verbs: who says, thinks or wants what, within one sentence.

In: a sentence's tree and the words of ``attribution.yaml``. Out: at most one saying for each verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.language.tokens import Sentence, Token
from tocsin.layers.sayings import Cues, Pieces, Saying, cue_of, sayer, small_words, stretch, whole, without

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OF_A_CLAUSE = ("nsubj", "nsubj:pass", "expl", "csubj", "cop", "aux")


def by_verb(sentence: Sentence, verb: Token, cues: Cues) -> Iterator[Saying]:
    """The saying of one verb."""
    participle = verb.dep == "acl" and verb.tag == "VBN"
    if participle or sentence.kids(verb, "nsubj:pass", "aux:pass") or _is_asked(sentence, verb, cues):
        yield from _passive(sentence, verb, cues)
        return
    content = _told_by(sentence, verb, cues)
    source = sayer(sentence, verb, cues.light) if content else None
    if source is not None:
        yield Saying(sentence, source, cue_of(sentence, verb), content, word=verb)


def _told_by(sentence: Sentence, verb: Token, cues: Cues) -> Pieces:
    """What a verb tells: its clause, the clause that it is put in, its infinitive, its object."""
    if verb.lemma in cues.clause:
        told = _clauses(sentence, verb)
        if told:
            return [piece for clause in told for piece in whole(sentence, clause)]
        host = sentence.parent(verb)
        put_in = verb.dep == "parataxis" or (verb.dep == "advcl" and "as" in small_words(sentence, verb))
        if host is not None and put_in:
            return without(sentence, host, verb)
        if behind := _of_a_relative(sentence, verb):
            return behind
    if verb.lemma in cues.clause or verb.lemma in cues.infinitive:
        told = [k for k in sentence.kids(verb, "xcomp") if k.i > verb.i]
        if told and (verb.lemma in cues.infinitive or told[0].tag != "VB"):
            return whole(sentence, told[0])
    return _thing(sentence, verb, cues) or _put_before(sentence, verb, cues)


def _of_a_relative(sentence: Sentence, verb: Token) -> Pieces:
    """ "moves that N said broke the truce", "what N said was a threat": what stands right behind, up to where it ends."""
    following = next((t for t in sentence.tokens[verb.i + 1 : verb.i + 2] if t.pos in ("VERB", "AUX", "ADV")), None)
    if following is None or verb.dep != "acl:relcl" or not sentence.kids(verb, "nsubj"):
        return []
    top = following
    while (above := sentence.parent(top)) is not None and above.i > verb.i:
        top = above
    finite = top.tag in _FINITE or bool(sentence.kids(top, "aux", "aux:pass", "cop"))
    return [(following.start, sentence.subtree(top)[-1].end)] if finite and top.i > verb.i else []


def _clauses(sentence: Sentence, verb: Token) -> list[Token]:
    """The clauses below a verb; what is none (a place before a dash, a day) only where it stands alone."""
    told = sentence.kids(verb, "ccomp")
    clauses = [t for t in told if sentence.kids(t, *_OF_A_CLAUSE)]
    return clauses if len(told) > 1 and clauses else told


def _thing(sentence: Sentence, verb: Token, cues: Cues) -> Pieces:
    """What is criticised, supported, asked for, with what is told of it."""
    for small in cues.about.get(verb.lemma, ()):
        first = _object(sentence, verb, small)
        if first is not None:
            words = [t for t in sentence.subtree(first) if not small or t.dep != "case" or t.head != first.i]
            return [(words[0].start, max(words[-1].end, _reach(sentence, verb, first, cues)))]
    return []


def _object(sentence: Sentence, verb: Token, small: tuple[str, ...]) -> Token | None:
    if not small:
        return next((k for k in sentence.kids(verb, "obj", "ccomp") if k.i > verb.i), None)
    particles = {t.lower for t in sentence.kids(verb, "compound:prt", "advmod")}
    if len(small) > 1 and small[0] not in particles:
        return None
    for kid in sentence.kids(verb, "obl", "obj", "advcl", "ccomp", "xcomp"):
        case = [t.lower for t in sentence.kids(kid, "case", "mark")]
        if kid.i > verb.i and (case[:1] == [small[-1]] or (small[0] in particles and kid.dep == "obj")):
            return kid
    return None


def _reach(sentence: Sentence, verb: Token, first: Token, cues: Cues) -> int:
    """Where what is told of a thing ends: "accused M of …", "described it as …", "asked them to …"."""
    end = first.end
    for kid in sentence.kids(verb, "obl", "xcomp", "advcl", "ccomp", "obj"):
        apart = kid.dep == "advcl" and bool(sentence.kids(kid, "nsubj"))
        tied = kid.dep in ("xcomp", "ccomp", "obj") or bool(small_words(sentence, kid) & cues.leading)
        if kid.i > first.i and tied and not apart:
            end = max(end, sentence.subtree(kid)[-1].end)
    return end


def _put_before(sentence: Sentence, verb: Token, cues: Cues) -> Pieces:
    """ "the raid, which N denied", "what N calls a threat": the thing stands before, what is told of it behind."""
    thing = sentence.parent(verb)
    own = next((k for k in sentence.kids(verb, "nsubj") if k.i < verb.i), None)
    if verb.lemma not in cues.about or verb.dep != "acl:relcl" or thing is None or own is None or own.tag in ("WDT", "WP"):
        return []
    relative = next((k for k in sentence.kids(verb, "obj", "obl", "nsubj") if k.i < own.i), None)
    before = [t for t in sentence.subtree(thing) if t.i <= thing.i]
    behind = _reach(sentence, verb, verb, cues)
    pieces = stretch(before) if relative is None else [(relative.start, relative.end)]
    return [*pieces, (verb.end, behind)] if behind > verb.end else pieces


def _is_asked(sentence: Sentence, verb: Token, cues: Cues) -> bool:
    """ "Asked about the raid, N said": nobody asks."""
    bare = verb.dep == "advcl" and verb.tag in ("VBN", "VBD") and not sentence.kids(verb, "nsubj", "obj")
    return bare and verb.lemma in cues.asking


def _passive(sentence: Sentence, verb: Token, cues: Cues) -> Iterator[Saying]:
    """ "was criticised by N", "was told by N that"; told by nobody: "is expected to", "was asked about", "was praised"."""
    agent = next((k for k in sentence.kids(verb, "obl") if "by" in small_words(sentence, k)), None)
    subject = next(iter(sentence.kids(verb, "nsubj:pass", "csubj:pass")), None)
    noun = sentence.parent(verb) if verb.dep == "acl" else None  # "a plan announced by N"
    told = [k for k in sentence.kids(verb, "xcomp", "ccomp") if k.i > verb.i]
    pieces: Pieces = []
    if agent is not None:
        if told and cues.knows(verb):
            pieces = whole(sentence, told[0])
        elif verb.lemma in cues.about and subject is not None:
            pieces = whole(sentence, subject)
        elif verb.lemma in cues.about and noun is not None:
            pieces = stretch([t for t in sentence.subtree(noun) if t.i <= noun.i])
    elif verb.lemma in cues.asking:
        pieces = _asked(sentence, verb, told)
    elif verb.lemma in cues.nobody and told:
        first = whole(sentence, subject) if subject is not None and told[0].dep == "xcomp" else []
        pieces = first + whole(sentence, told[0])
    elif verb.lemma in cues.about and not told and subject is not None:
        behind = _reach(sentence, verb, verb, cues)
        pieces = whole(sentence, subject) + ([(verb.end, behind)] if behind > verb.end else [])
    if pieces:
        yield Saying(sentence, agent, cue_of(sentence, verb), pieces, carries=agent is not None, word=verb)


def _asked(sentence: Sentence, verb: Token, told: Sequence[Token]) -> Pieces:
    """ "asked about the raid", "was asked whether", "when asked why"."""
    about = [
        k for k in sentence.kids(verb, "obl", "advmod", "advcl")
        if k.i > verb.i and ("about" in small_words(sentence, k) or k.tag in ("WRB", "WP"))
    ]  # fmt: skip
    return [piece for content in [*told, *about][:1] for piece in whole(sentence, content)]
