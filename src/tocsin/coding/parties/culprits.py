"""Who did it, told later and by no name: "the attackers fled".

In: the merged incidents of an article. Out: the one attack without a doer, where there is but one, with the people whom a
later sentence calls its attackers.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import as_party

_REACH = 8  # sentences after the attack
_ATTACKS = frozenset({"attack", "bombing", "shelling"})


def add_culprits(drafts: list[Draft], note: Annotated) -> None:
    """Fill the doer of the only attack of an article, in place."""
    attacks = [d for d in drafts if d.type == "armed_incident" and not d.historical and d.status == "occurred"]
    if len(attacks) != 1 or attacks[0].roles["initiator"] or attacks[0].subtype not in _ATTACKS:
        return
    attack = attacks[0]
    hit = {p.text.lower() for p in attack.roles["target"]}
    first = max(attack.sentences)
    for sentence in note.sentences[min(attack.sentences) : first + _REACH + 1]:
        for token in sentence:
            if token.pos != "NOUN" or token.lemma not in note.interpreter.lexicon.words("culprits"):
                continue
            if token.dep == "nmod" or sentence.tokens[token.head].lemma in note.interpreter.lexicon.words("seeking_verbs"):
                continue  # "a reward for the arrest of the bombers", "vowed to find them": told of nothing that they did
            entity = note.interpreter.entity(sentence, token)
            if entity.text.lower() in hit:
                return  # "he fired at the attacker"
            if entity.definite and not any(p.country or p.id for p in entity.parties):
                attack.roles["initiator"] = [as_party(entity, "unidentified")]
                return
