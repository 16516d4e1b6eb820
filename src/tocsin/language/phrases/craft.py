"""Whose aircraft, ships and drones are that a phrase names without a side.

In: a phrase for such a craft, what was told before it. Out: whether the state whose release it stands in may mean its own,
whose "the drone" is that was told before, and whether it is called another's.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.phrases.discourse import Discourse
from tocsin.language.phrases.entities import MaterielRef
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

_REACH = 8  # sentences that "the drone" may look back


def may_be_own(
    sentence: Sentence, head: Token, gear: MaterielRef, issuer: Party, definite: bool, lexicon: Lexicon
) -> bool:
    """Whether a craft in a release is its issuer's: not one sent off from elsewhere, nor drones of which a state says no
    more ("a series of drones hit a depot"): its own it would call so."""
    anyones = issuer.kind == "state" and gear.class_ == "uav" and not definite
    theirs = anyones or _sent_off(sentence, head, lexicon) or not_the_issuers(sentence, head, lexicon)
    return "platform" in gear.flags and not theirs


def not_the_issuers(sentence: Sentence, head: Token, lexicon: Lexicon) -> bool:
    """ "regime forces", "the junta's helicopters" in a release: not of the state that issues it."""
    own, others = lexicon.words("pronouns_self"), lexicon.words("others_modifiers")
    whose = sentence.kids(head, "nmod:poss")
    return any(k.lower in others for k in sentence.kids(head, "amod", "compound")) or any(k.lower not in own for k in whose)


def of_others(sentence: Sentence, head: Token, lexicon: Lexicon) -> bool:
    """ "enemy aircraft", "the enemy's troops", "occupying forces": not of who tells of them, nor of who was told last."""
    theirs = lexicon.words("enemy_words") | lexicon.words("enemy_modifiers") | lexicon.words("not_ours")
    return any(k.lower in theirs for k in sentence.kids(head, "amod", "compound", "nmod:poss"))


def _sent_off(sentence: Sentence, head: Token, lexicon: Lexicon) -> bool:
    """ "drones launched from Yemen": who releases the news of them has not sent them."""
    first = sentence.tokens[head.head] if head.dep == "conj" else head
    verbs = [k for k in sentence.kids(first, "acl") if k.lemma in lexicon.words("launch_verbs")]
    return any(c.lower == "from" for v in verbs for k in sentence.kids(v, "obl") for c in sentence.kids(k, "case"))


def told_craft(discourse: Discourse, sentence: Sentence, head: Token) -> tuple[Party, ...]:
    """Whose "the balloon", "the drone" is: whose such thing was told before, where it was of one state alone."""
    told = [s for s in discourse.seen if s.lemma == head.lemma and sentence.index - s.sentence <= _REACH]
    owners = {p.country for s in told for p in s.parties}
    return told[-1].parties[:1] if len(owners) == 1 and None not in owners else ()
