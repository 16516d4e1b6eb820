"""Relative clauses that tell what an attack did, hung from the attack and not from people named long before it.

In: a sentence. Out: the same sentence with the tree mended: in "accused the group of the car bombing in X that injured
ten" it is the bombing that injured them.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token


def mend_relatives(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Hang each hurting relative clause from the nearest attack before it; whether anything changed."""
    changed = False
    for verb in sentence:
        if verb.dep != "acl:relcl" or verb.lemma not in lexicon.words("hurting_relatives"):
            continue
        subjects = [k for k in sentence.kids(verb, "nsubj") if k.lower in ("that", "which")]
        attack = _attack_before(sentence, subjects[0], verb, lexicon) if subjects else None
        if attack is not None:
            verb.head = attack.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _attack_before(sentence: Sentence, relative: Token, verb: Token, lexicon: Lexicon) -> Token | None:
    """The attack between the clause and the noun that it hangs from, with nothing but its own phrases behind it."""
    for token in reversed(sentence.tokens[verb.head + 1 : relative.i]):
        if token.pos in ("VERB", "AUX"):
            return None
        if token.pos == "NOUN" and "attack" in lexicon.noun_types(sentence, token):
            head = sentence.tokens[verb.head]
            holder = "attack" in lexicon.noun_types(sentence, head)
            return None if holder or token.dep == "compound" else token
    return None
