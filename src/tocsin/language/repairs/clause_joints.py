"""Repairs at the joints of clauses: what hangs from a noun and belongs to the verb, clauses beside clauses.

In: a sentence. Out: the same sentence with the tree mended.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_NOMINAL = ("NOUN", "PROPN", "PRON")
_TENSED = ("VBD", "VBN", "VBZ", "VBP")


def mend_clauses(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed = _participle_behind(sentence)
    changed |= _clause_of_time(sentence, lexicon)
    changed |= _carried_out_by(sentence, lexicon)
    changed |= "crash_verbs" in lexicon.classes(sentence) and _before_the_crash(sentence, lexicon)
    changed |= "aspect_verbs" in lexicon.classes(sentence) and _means_of_trying(sentence, lexicon)
    changed |= _next_clause(sentence)
    changed |= _bare_oblique(sentence, lexicon)
    changed |= _lost_subject(sentence)
    changed |= _predicate_behind(sentence, lexicon)
    changed |= _along_with(sentence, lexicon)
    changed |= _for_somebody_to(sentence)
    return _listed_subject(sentence) or changed


def _means_of_trying(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "was trying to impress them by shooting": the means belong to the trying, whatever came of it."""
    changed = False
    for means in (t for t in sentence if t.dep == "advcl" and t.tag == "VBG"):
        aim = sentence.tokens[means.head]
        verb = sentence.tokens[aim.head]
        by = any(k.lower == "by" for k in sentence.kids(means, "mark"))
        if by and aim.tag == "VB" and aim.dep == "xcomp" and verb.lemma in lexicon.words("aspect_verbs"):
            means.head, changed = verb.i, True
    if changed:
        sentence.relink()
    return changed


def _participle_behind(sentence: Sentence) -> bool:
    """ "tested two missiles, fired on 3 May" with "fired" beside "tested": a participle that nothing joins tells more of
    what stands before it."""
    changed = False
    for token in sentence.tokens[1:]:
        if token.dep != "conj" or token.tag != "VBN":
            continue
        first = sentence.tokens[token.head]
        alone = sentence.tokens[token.i - 1].text == ","
        if not alone or first.tag not in ("VBD", "VBZ", "VBP") or sentence.kids(token, "cc", "nsubj", "aux", "obj"):
            continue
        if not any(sentence.kids(k, "cc") for k in sentence.kids(first, "conj")):
            token.dep, changed = "advcl", True
    if changed:
        sentence.relink()
    return changed


def _predicate_behind(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "said the claim that it had fired was nonsense", "called the reports that it had fired baseless": what stands right
    behind the clause of a noun is said of the noun."""
    changed = False
    clauses = any(t.dep == "acl" and t.tag in _TENSED for t in sentence)
    for word in sentence if clauses else ():
        if word.pos not in ("ADJ", "NOUN"):
            continue
        clause = next((k for k in _left(sentence, word) if k.dep == "acl" and k.tag in _TENSED), None)
        noun = sentence.parent(clause) if clause is not None else None
        if noun is None or noun.pos != "NOUN" or sentence.kids(word, "nsubj"):
            continue
        verb = sentence.parent(noun)
        below = verb is not None and word.dep == "ccomp" and word.head == verb.i and noun.dep in ("obj", "ccomp", "nsubj")
        if below and sentence.kids(word, "cop"):
            noun.head, noun.dep, changed = word.i, "nsubj", True
        named = verb is not None and verb.lemma in lexicon.words("naming_verbs") and noun.dep == "obj"
        if verb is not None and named and word.pos == "ADJ" and clause is not None and word.head == clause.i:
            word.head, word.dep, changed = verb.i, "xcomp", True
        sentence.relink()
    return changed


def _left(sentence: Sentence, word: Token) -> list[Token]:
    """The words that a predicate stands right behind, up to the clause that they end: without its own copula."""
    start = min((k.i for k in sentence.kids(word, "cop", "aux", "advmod")), default=word.i)
    found, current = list[Token](), sentence.tokens[start - 1] if start else None
    while current is not None and current.head < current.i and current not in found:
        current = sentence.tokens[current.head]
        found.append(current)
    return found


def _bare_oblique(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "belongs to the Organization, the pact that …" with the pact below the verb: it is what the Organization is."""
    changed = False
    for noun in sentence:
        if noun.dep != "obl" or noun.tag != "NN" or sentence.kids(noun, "case") or not sentence.kids(noun, "det"):
            continue
        if noun.lemma in lexicon.words("occasion_nouns") or not sentence.kids(noun, "acl:relcl"):
            continue
        start = min(t.i for t in sentence.subtree(noun) if t.pos != "PUNCT")
        before = [k for k in sentence.kids(sentence.tokens[noun.head], "obl", "obj") if k.pos == "PROPN" and k.i < start]
        ends = max((t.i for t in sentence.subtree(before[-1])), default=-1) if before else -1
        if sentence.tokens[start - 1].text == "," and start - 2 <= ends < start:
            noun.head, noun.dep, changed = before[-1].i, "appos", True
    if changed:
        sentence.relink()
    return changed


def _clause_of_time(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "began a drill, a day after China had ended one" with the clause below the drill: it says when the drill began."""
    changed = False
    for token in sentence:
        if token.dep != "acl":
            continue
        noun = sentence.tokens[token.head]
        given = lexicon.words("clause_prepositions") | lexicon.words("condition_marks")
        marks = {k.lower for k in sentence.kids(token, "mark")} & given
        inverted = [k for k in sentence.kids(token, "aux", "mark") if k.lower in lexicon.words("inverted_auxiliaries")]
        marks |= {k.lower for k in inverted if any(s.i > k.i for s in sentence.kids(token, "nsubj", "nsubj:pass"))}
        verb = sentence.parent(noun)
        if not marks or not sentence.kids(token, "nsubj", "nsubj:pass") or verb is None:
            continue
        if noun.dep in ("obj", "obl") and verb.pos == "VERB":
            token.head, token.dep, changed = verb.i, "advcl", True
    if changed:
        sentence.relink()
    return changed


def _next_clause(sentence: Sentence) -> bool:
    """ "N met M; they condemned K": clauses on both sides of a semicolon stand side by side."""
    changed = False
    for token in sentence:
        subjects = sentence.kids(token, "nsubj") if token.dep == "parataxis" and token.pos == "VERB" else []
        start = min((t.i for t in sentence.subtree(subjects[0])), default=0) if subjects else 0
        if start and sentence.tokens[start - 1].text == ";" and sentence.tokens[token.head].i < start:
            token.dep, changed = "conj", True
    if changed:
        sentence.relink()
    return changed


def _listed_subject(sentence: Sentence) -> bool:
    """ "A defeated B and C would move": a noun right before a verb with an auxiliary of its own is the verb's subject,
    not another object of the verb before."""
    changed = False
    for verb in (t for t in sentence if t.pos == "VERB" and t.dep in ("conj", "ccomp")):
        first = sentence.parent(verb) if verb.dep == "conj" and verb.pos == "VERB" else None
        if verb.dep == "ccomp" and verb.pos == "VERB":  # "said that A had defeated B and C would move"
            first = next((k for k in sentence.kids(sentence.tokens[verb.head], "ccomp") if k.i < verb.i), None)
        helpers = sentence.kids(verb, "aux", "aux:pass")
        plain = not helpers and verb.tag in ("VBD", "VBZ") and verb.i > 0 and sentence.tokens[verb.i - 1].pos == "PROPN"
        if first is None or not (helpers or plain) or sentence.kids(verb, "nsubj", "nsubj:pass"):
            continue
        start = min((h.i for h in helpers), default=verb.i)
        noun = _name_top(sentence, sentence.tokens[start - 1]) if start else verb
        joint = sentence.kids(noun, "cc")
        thing = sentence.parent(noun) if noun.dep == "conj" else None
        if thing is None or not joint or noun.pos not in _NOMINAL:
            continue
        if thing.head != first.i or thing.dep not in ("obj", "obl"):
            continue
        noun.head, noun.dep = verb.i, "nsubj"
        verb.head, verb.dep = first.i, "conj"
        for word in joint:
            word.head = verb.i
        sentence.relink()
        changed = True
    return changed


def _name_top(sentence: Sentence, token: Token) -> Token:
    """The head of a name of which a token is the last word."""
    above = sentence.parent(token)
    while token.pos == "PROPN" and token.dep in ("compound", "flat", "appos") and above is not None and above.i < token.i:
        token, above = above, sentence.parent(above)
    return token


def _for_somebody_to(sentence: Sentence) -> bool:
    """ "talks for X to open bases": X is to open them, and it is what the talks are for."""
    changed = False
    for verb in (t for t in sentence if t.tag == "VB"):
        to = next((k for k in sentence.kids(verb, "aux", "mark") if k.lower == "to"), None)
        if to is None or verb.tag != "VB" or sentence.kids(verb, "nsubj") or verb.dep not in ("advcl", "xcomp", "acl"):
            continue
        doer = sentence.tokens[to.i - 1]
        cases = sentence.kids(doer, "case")
        if doer.pos not in _NOMINAL or doer.dep not in ("nmod", "obl") or [c.lower for c in cases] != ["for"]:
            continue
        noun = sentence.tokens[doer.head]
        if noun.pos != "NOUN":
            continue
        doer.head, doer.dep, verb.head, verb.dep = verb.i, "nsubj", noun.i, "acl"
        cases[0].head, cases[0].dep = verb.i, "mark"
        sentence.relink()
        changed = True
    return changed


def _lost_subject(sentence: Sentence) -> bool:
    """ "In the district of X, Y province, soldiers detained two men" with the soldiers as one more name of the place: the
    phrase between the last comma and a verb without a subject is its subject."""
    for verb in sentence:
        if verb.tag not in ("VBD", "VBZ", "VBP") or verb.pos != "VERB" or verb.dep not in ("root", "ccomp", "conj"):
            continue
        if sentence.kids(verb, "nsubj", "nsubj:pass", "csubj", "expl", "cc") or verb.i == 0:
            continue
        noun = sentence.tokens[verb.i - 1]
        above = sentence.tokens[noun.head]
        if noun.dep not in ("appos", "conj") or noun.pos not in _NOMINAL or sentence.kids(noun, "cc", "case"):
            continue
        start = min(t.i for t in sentence.subtree(noun) if t.pos != "PUNCT")
        part = sentence.subtree(sentence.tokens[above.head]) if above.dep in ("appos", "nmod") else sentence.subtree(above)
        place = above.pos in ("NOUN", "PROPN") and any(t.dep == "case" for t in part if t.i < start)
        if place and above.i < start and sentence.tokens[start - 1].text == "," and sentence.kids(noun, "det"):
            noun.head, noun.dep = verb.i, "nsubj"
            sentence.relink()
            return True
    return False


def _along_with(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "detained a leader who operated in X, along with one insurgent": behind a comma, beside who was detained."""
    changed = False
    for token in (t for t in sentence if t.dep == "obl"):
        relative = sentence.tokens[token.head]
        if token.dep != "obl" or relative.dep != "acl:relcl":
            continue
        cases = [k.lower for k in sentence.kids(token, "case")]
        if " ".join(cases) not in lexicon.words("company_prepositions"):
            continue
        start = min(t.i for t in sentence.subtree(token) if t.pos != "PUNCT")
        noun = sentence.tokens[relative.head]
        verb = sentence.tokens[noun.head]
        beside = verb.pos == "VERB" and noun.dep in ("obj", "nsubj:pass")
        if beside and len(cases) > 1 and sentence.tokens[start - 1].text == ",":
            token.head, changed = verb.i, True
    if changed:
        sentence.relink()
    return changed


def _carried_out_by(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "died in the attack, carried out by X" with the participle below "died": the attack was carried out by X."""
    changed = False
    for token in (t for t in sentence if t.dep == "advcl"):
        verb = sentence.tokens[token.head]
        behind = token.i > 1 and sentence.tokens[token.i - 1].text == ","
        if token.dep != "advcl" or token.tag != "VBN" or not behind or not sentence.kids(token, "obl:agent"):
            continue
        events = [k for k in sentence.kids(verb, "obl", "obj") if k.i < token.i and k.pos == "NOUN"]
        noun = next((k for k in events if max(t.i for t in sentence.subtree(k)) == token.i - 2), None)
        if noun is not None and lexicon.noun_types(sentence, noun) & lexicon.words("event_types"):
            token.head, token.dep, changed = noun.i, "acl", True
    if changed:
        sentence.relink()
    return changed


def _before_the_crash(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "were killed when their helicopter crashed after rebels shot it down": the rebels' deed is told of the dead, too."""
    changed = False
    for token in (t for t in sentence if t.dep == "advcl"):
        crash = sentence.tokens[token.head]
        after = any(k.lower == "after" for k in sentence.kids(token, "mark"))
        if token.dep == crash.dep == "advcl" and after and crash.lemma in lexicon.words("crash_verbs"):
            token.head, changed = crash.head, True
    if changed:
        sentence.relink()
    return changed
