"""Who did it, told later and by no name: "the attackers fled".

In: the merged incidents of an article. Out: the one attack without a doer, where the article or its paragraph tells of but
one, with the people whom a later sentence calls its attackers.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import as_party
from tocsin.language.tokens import Sentence

_REACH = 8  # sentences after the attack
_NEAR = 2  # the same in an article that tells of several
_ATTACKS = frozenset({"attack", "bombing", "shelling"})


def add_culprits(drafts: list[Draft], note: Annotated) -> None:
    """Fill the doer of the only attack of an article, and of the only one of a digest's item, in place."""
    attacks = [d for d in drafts if d.type == "armed_incident" and not d.historical and d.status == "occurred"]
    for attack in attacks:
        if attack.roles["initiator"] or attack.subtype not in _ATTACKS:
            continue
        if sum(bool(_items(d, note) & _items(attack, note)) for d in attacks) == 1:
            later = note.sentences[min(attack.sentences) : max(attack.sentences) + _NEAR + 1]
            _name(attack, [s for s in later if s.paragraph in _items(attack, note)], note, counted=True)
        if len(attacks) == 1 and not attack.roles["initiator"]:
            _name(attack, note.sentences[min(attack.sentences) : max(attack.sentences) + _REACH + 1], note)


def _items(draft: Draft, note: Annotated) -> set[int]:
    """The paragraphs in which a draft is told."""
    return {note.sentences[i].paragraph for i in draft.sentences}


def _name(attack: Draft, sentences: Sequence[Sentence], note: Annotated, counted: bool = False) -> None:
    """Give an attack the first people whom the sentences call its attackers; ``counted``: "two attackers" are, too."""
    words, hit = note.interpreter.lexicon.words, {p.text.lower() for p in attack.roles["target"]}
    for sentence in sentences:
        for token in sentence:
            if token.pos != "NOUN" or token.lemma not in words("culprits"):
                continue
            if token.dep == "nmod" or sentence.tokens[token.head].lemma in words("seeking_verbs"):
                continue  # "a reward for the arrest of the bombers", "vowed to find them": told of nothing that they did
            entity = note.interpreter.entity(sentence, token)
            if entity.text.lower() in hit:
                return  # "he fired at the attacker"
            told = entity.definite or (counted and bool(sentence.kids(token, "nummod")))
            if told and not any(p.country or p.id for p in entity.parties):
                attack.roles["initiator"] = [as_party(entity, "unidentified")]
                return
