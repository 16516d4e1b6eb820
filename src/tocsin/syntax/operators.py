"""The operators above a predicate: what it is said, planned, denied, feared to be.

In: a sentence and a predicate's token. Out: the chain of predicates that have it in their scope, innermost first.
Relative and adverbial clauses end the scope of what stands above, but not that of saying: those operators are marked
``scope=False`` and count for attribution alone.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Operator
from tocsin.syntax.verbs import VerbForms, lemma_of

_COMPLEMENTS = ("ccomp", "xcomp", "csubj", "parataxis")
_BY_OR_IN = frozenset({"by", "in"})
_NOMINAL = ("obj", "nsubj:pass", "nsubj", "obl", "iobj", "obl:agent")


def operators(sentence: Sentence, token: Token, forms: VerbForms, skip: Token | None = None) -> list[Operator]:
    """Operators over a predicate, innermost first; ``skip`` is its own light verb, which is none."""
    lexicon = forms.lexicon
    found: list[Operator] = []
    scope, current = True, token
    for mark in _marks(sentence, token, lexicon):
        found.append(Operator(mark, mark.lower, "mark"))
    for _ in range(len(sentence.tokens)):
        parent = sentence.parent(current)
        if parent is None:
            break
        relation = current.dep
        told = parent.lemma not in lexicon.words("occasion_nouns")  # "the third time that it held a drill"
        if relation == "acl:relcl" and told and any(k.lower == "that" for k in sentence.kids(current, "mark")):
            relation = "acl"  # "the allegation that it had shipped": the claim's content, no relative clause
        if relation == "conj" or (skip is not None and parent.i == skip.i):
            if relation == "conj" and parent.pos in ("VERB", "AUX"):  # "if he comes and attacks"
                found += [Operator(m, m.lower, "mark", scope=scope) for m in _marks(sentence, parent, lexicon)]
            if skip is not None and parent.i == skip.i:
                found += [Operator(m, m.lower, "mark", scope=scope) for m in _marks(sentence, parent, lexicon)]
            current = parent
            continue
        keeps = _keeps_scope(sentence, current, relation, lexicon)
        scope = scope and keeps
        if _governs(sentence, current, parent, relation, lexicon):
            found.append(_operator(sentence, parent, forms, scope, relation))
            found += [Operator(m, m.lower, "mark", scope=scope) for m in _marks(sentence, parent, lexicon)]
        current = parent
    return found


def _marks(sentence: Sentence, token: Token, lexicon: Lexicon) -> list[Token]:
    return [k for k in sentence.kids(token, "mark", "advmod") if k.lower in lexicon.words("conditional_marks")]


def _keeps_scope(sentence: Sentence, token: Token, relation: str, lexicon: Lexicon) -> bool:
    if relation == "advcl":  # "accused of sending", "prevented from sending", "look forward to sending", "join in sending"
        case = _case_of(sentence, token)
        complement = token.tag == "VBG" and (case == "to" or _right_behind(sentence, token))
        marks = lexicon.words("object_marks"), lexicon.words("example_marks"), _BY_OR_IN
        return complement or any(case in words for words in marks)
    if relation == "acl" and token.lower in lexicon.words("feeling_participles"):
        return False  # "Turkey, worried about the war, urged": told beside it
    above = sentence.tokens[token.head]
    if relation == "acl" and _case_of(sentence, token) == "for" and "sanction" in lexicon.noun_types(sentence, above):
        return False  # "sanctions on X for arming Y were agreed": what they answer has been done
    if relation == "acl":  # "a plan to send" is under the plan; "troops stationed there" is told by itself
        paper = sentence.tokens[token.head].lemma in lexicon.words("decree_nouns") and token.tag == "VBG"
        whole = token.tag not in ("VBN", "VBG") or bool(sentence.kids(token, "aux"))  # "reports that they had crossed"
        return paper or whole or _case_of(sentence, token) != ""
    if relation in _COMPLEMENTS:
        return True
    if relation == "obl" and token.i < token.head and _case_of(sentence, token) == "with":
        return False  # "with the latest strikes, X warned": the ground on which it is said
    if relation == "obl" and _case_of(sentence, token) not in lexicon.words("complement_prepositions"):
        return False
    if relation in _NOMINAL or relation in ("nmod", "compound", "nmod:poss", "appos", "amod"):
        return token.pos not in ("VERB", "AUX")
    return False


def _right_behind(sentence: Sentence, token: Token) -> bool:
    """Whether a gerund stands right behind its verb: "ruled out sending", "avoided naming"."""
    if token.head > token.i or sentence.kids(token, "mark", "case"):
        return False
    return all(t.dep == "compound:prt" for t in sentence.tokens[token.head + 1 : token.i])


def _case_of(sentence: Sentence, token: Token) -> str:
    gerund = token.tag == "VBG" and any(k.lower == "to" for k in sentence.kids(token, "aux"))
    return "to" if gerund else " ".join(k.lower for k in sentence.kids(token, "mark", "case"))


def _governs(sentence: Sentence, token: Token, parent: Token, relation: str, lexicon: Lexicon) -> bool:
    if relation == "nmod" and _case_of(sentence, token) in lexicon.words("example_marks"):
        return False  # "events, including the strike": one of them
    if parent.pos in ("VERB", "AUX"):
        return relation in _COMPLEMENTS or relation in _NOMINAL or relation == "advcl"
    if relation in ("acl", "nmod", "compound", "ccomp", "xcomp", "csubj", "nsubj", "advcl", "obl"):
        return parent.pos in ("NOUN", "ADJ", "PROPN") or (parent.pos == "ADV" and relation == "xcomp")  # "is about to"
    return False


def _operator(sentence: Sentence, token: Token, forms: VerbForms, scope: bool, relation: str) -> Operator:
    form = forms.of(sentence, token)
    if token.pos in ("VERB", "AUX"):
        lemma = lemma_of(sentence, token, forms.lexicon)
        return Operator(
            token, lemma, "verb", form.negated, form.modality, form.tense, scope, relation, passive=form.passive
        )
    negated = form.negated or any(k.lower in forms.lexicon.words("negators") for k in sentence.kids(token, "det", "advmod"))
    kind = "adjective" if token.pos in ("ADJ", "ADV") else "noun"
    return Operator(token, token.lemma, kind, negated, form.modality, form.tense, scope, relation)  # type: ignore[arg-type]
