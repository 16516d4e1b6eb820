"""Repairs of sentences that end in who said them: "…, the minister said", "…, its president announced on Thursday".

In: a sentence. Out: whether its tree was changed.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_WRONG = frozenset({"acl:relcl", "acl", "conj", "appos", "dep", "advcl", "ccomp"})
_BESIDE = frozenset({"nsubj", "aux", "advmod", "punct", "obl", "obl:tmod", "obl:npmod"})


def mend_reports(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place."""
    if lexicon.classes(sentence).isdisjoint(("saying", "reporting")):
        return False
    changed = _reported_at_end(sentence, lexicon) | _speaker_lost(sentence, lexicon)
    changed |= _two_speakers(sentence, lexicon)
    return _behind_speaker(sentence, lexicon) or changed


def _reported_at_end(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "…, the agency had reported.": a speaker and a verb of saying behind the last comma tell all that stands before,
    whatever word they were hung from; a day or a place may follow."""
    verb = next((t for t in reversed(sentence.tokens) if t.pos == "VERB"), None)
    if verb is None or not (verb.lemma in lexicon.words("saying") or verb.lemma in lexicon.words("reporting")):
        return False
    if verb.dep not in _WRONG or verb.tag == "VB" or not _ends(sentence, verb):
        return False
    part = sentence.subtree(verb)
    subjects = [k for k in sentence.kids(verb, "nsubj") if k.lower not in lexicon.words("relative_pronouns")]
    before = sentence.tokens[part[0].i - 1] if part[0].i else None
    whole = {k.dep for k in sentence.kids(verb)} <= _BESIDE
    if not subjects or not whole:
        return False
    if part[0].text == ",":
        before, part = part[0], part[1:]
    if before is None or before.text not in (",", '"', "\u201d") or part[0].i > subjects[0].i:
        return False
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.i > verb.i or root.pos not in ("VERB", "AUX"):
        return False
    verb.head, verb.dep = verb.i, "root"
    root.head, root.dep = verb.i, "ccomp"
    sentence.relink()
    return True


def _ends(sentence: Sentence, verb: Token) -> bool:
    """Whether nothing but its own words follow a verb."""
    own = {t.i for t in sentence.subtree(verb)}
    marks = ('"', "'", "\u201d")
    return all(t.i in own or t.pos == "PUNCT" or t.text in marks for t in sentence.tokens[verb.i :])


def _speaker_lost(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "X is considering Y, the ministry said": of two subjects of what is said, the one right before the verb of saying
    is the speaker."""
    for verb in sentence.tokens:
        if verb.pos != "VERB" or verb.lemma not in lexicon.words("saying") or sentence.kids(verb, "nsubj"):
            continue
        for told in sentence.kids(verb, "ccomp"):
            subjects = sentence.kids(told, "nsubj", "nsubj:pass")
            late = [s for s in subjects if told.i < s.i < verb.i]
            if len(subjects) > 1 and len(late) == 1 and any(s.i < told.i for s in subjects):
                late[0].head, late[0].dep = verb.i, "nsubj"
                sentence.relink()
                return True
    return False


def _behind_speaker(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "…, said the general in a statement" with the statement below what is said: behind the speaker it is told where,
    when and how he said it."""
    changed = False
    for verb in sentence.tokens:
        if verb.pos != "VERB" or verb.lemma not in lexicon.words("saying"):
            continue
        subjects = [k for k in sentence.kids(verb, "nsubj") if k.i > verb.i]
        for told in sentence.kids(verb, "ccomp") if subjects else ():
            for word in sentence.subtree(told):
                behind = told.i < verb.i and word.i > subjects[0].i and word.head < verb.i
                if behind and word.dep in ("obl", "nmod", "advmod"):
                    word.head, word.dep, changed = verb.i, "advmod" if word.dep == "advmod" else "obl", True
    if changed:
        sentence.relink()
    return changed


def _two_speakers(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "…, a source and the group said" with the group joined to a noun of what is said: it speaks, too."""
    for verb in sentence.tokens:
        if verb.pos != "VERB" or verb.lemma not in lexicon.words("saying"):
            continue
        for speaker in sentence.kids(verb, "nsubj"):
            end = max(t.i for t in sentence.subtree(speaker))
            for other in sentence.tokens[end + 1 : verb.i]:
                joint = sentence.tokens[end + 1]
                joined = other.dep == "conj" and other.head < speaker.i and joint.pos == "CCONJ"
                if joined and min(t.i for t in sentence.subtree(other)) == joint.i:
                    other.head = speaker.i
                    sentence.relink()
                    return True
    return False
