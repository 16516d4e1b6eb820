"""Which country a force leaves, comes back to, or is sent to help, where the words of the move do not say: the one
foreign state that its sentence names beside it, or the one where the article has told the same force to be.

In: the drafts of an article, in text order, and the annotated article. Out: the same drafts; a withdrawal or return without
a host has one, where just one state can be meant.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.names.mentions import NameMention
from tocsin.language.phrases.entities import party_of
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.model import Party

_STATES = frozenset({"state", "nationality"})
_STAYS = frozenset({"deployment", "basing"})
_ACTING = frozenset({"nsubj", "nsubj:pass", "obl:agent", "obj", "iobj", "root"})
_INSIDE = frozenset({"amod", "compound", "nmod:poss", "conj"})  # "the Y government", "Y's request"
_PEOPLE = frozenset({"military", "armed_group", "person"})


def tell_hosts(drafts: Sequence[Draft], note: Annotated) -> None:
    """Fill the host of withdrawals and returns that tell none; a force on its own soil has none."""
    for draft in drafts:
        if draft.type != "deployment" or draft.roles["host"]:
            continue
        own = draft.countries("force")
        if draft.subtype == "deploy" and not draft.places:
            draft.roles["host"] = _helped(draft, own, note)
        if draft.roles["host"] or not _leaves_or_returns(draft, note):
            continue
        if len(own) != 1 or "IGO" in own or any(p.country for p in draft.places):
            continue
        draft.roles["host"] = _told_elsewhere(draft, drafts, note) or _named_near(draft, own, note)


def _helped(draft: Draft, own: Collection[str], note: Annotated) -> list[Party]:
    """ "sent troops to help Y fight the rebels": to Y."""
    clause, words = draft.candidate.clause, note.interpreter.lexicon.words
    sentence = clause.sentence
    helps = [v for v in sentence.subtree(clause.token) if v.lemma in words("helping_verbs") and v.tag in ("VB", "VBG")]
    for verb in helps:
        fights = [k for k in sentence.kids(verb, "xcomp", "ccomp") if k.lemma in words("quelling_verbs")]
        objects = [k for v in (verb, *fights) for k in sentence.kids(v, "obj", "nsubj")]
        for noun in (k for k in objects if fights and verb.i < k.i < fights[0].i):
            parties = note.interpreter.entity(sentence, noun).parties
            states = [p for p in parties if p.kind == "state" and p.country not in own]
            if len(states) == 1:
                return states
    return []


def _leaves_or_returns(draft: Draft, note: Annotated) -> bool:
    verb = draft.candidate.clause.lemma in note.interpreter.lexicon.words("returning_verbs")
    return draft.subtype == "withdraw" or (draft.subtype == "deploy" and verb)


def _told_elsewhere(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> list[Party]:
    """ "X has troops in Y. … X will leave the region": the one host of the same force, where the words point to it."""
    if not _points(draft, note):
        return []
    own = draft.countries("force")
    hosts = [d.roles["host"] for d in drafts if d.type in _STAYS and d.countries("force") == own and d.roles["host"]]
    return list(hosts[-1]) if len({_countries(h) for h in hosts}) == 1 else []


def _points(draft: Draft, note: Annotated) -> bool:
    """Whether the sentence has "there", "the region": a place that was told."""
    return bool({t.lower for t in draft.candidate.clause.sentence} & note.interpreter.lexicon.words("stay_words"))


def _countries(parties: Sequence[Party]) -> frozenset[str | None]:
    return frozenset(p.country for p in parties)


def _named_near(draft: Draft, own: Collection[str], note: Annotated) -> list[Party]:
    """ "Aid for Y after the withdrawal of X's troops": the one other state that the sentence names, unless it acts there;
    where the words point back, the one that the sentence before names."""
    index = draft.candidate.clause.sentence.index
    for near in range(index, max(index - 2, -1) if _points(draft, note) else index - 1, -1):
        sentence = note.sentences[near]
        if any("border_line" in note.interpreter.lexicon.noun_types(sentence, t) for t in sentence):
            return []  # troops at a border are not beyond it
        others = [m for m in note.mentions if m.sentence == near and _countries_of(m) - set(own)]
        if not others:
            continue
        meant = [m for m in others if m.party is not None and m.party.sort in _STATES and not _acts(m, note)]
        if len({c for m in others for c in _countries_of(m)} - set(own)) != 1 or not meant:
            return []
        return [party_of(p, meant[0].start, meant[0].end, meant[0].text) for p in meant[0].parties[:1]]
    return []


def _countries_of(mention: NameMention) -> set[str]:
    """The countries that a name may stand for; a body of states is none."""
    names = [n for n in (*mention.parties, mention.place) if n is not None]
    return {n.country for n in names if n.country and n.country != "IGO"}


def _acts(mention: NameMention, note: Annotated) -> bool:
    """Whether a state does something in the sentence, is dealt with, or only says whose somebody is ("Y's soldiers")."""
    sentence = note.sentences[mention.sentence]
    token = sentence.tokens[mention.head]
    while token.dep in _INSIDE and token.head != token.i:
        token = sentence.tokens[token.head]
        if any(p.kind in _PEOPLE for p in note.interpreter.entity(sentence, token).parties):
            return True
    return token.dep in _ACTING or case_of(sentence, token) in note.interpreter.lexicon.words("dealing_prepositions")
