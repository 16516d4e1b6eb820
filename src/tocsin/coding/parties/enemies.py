"""Who "the enemy" is: in the words of a state that tells of a war, the state that the same article says wages it.

In: the finished drafts of an article. Out: the same drafts; "the enemy", "the aggressor", "the occupiers" without a country
are the one other state whose invasion, war or aggression the article names, which it calls the aggressor, or which attacked
the speaker's as it tells; where it names no such state, or two, they stay nobody's.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.language.annotate import Annotated
from tocsin.language.names.mentions import NameMention
from tocsin.language.phrases.entities import party_of
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.model import Party

_SIDES = {"armed_incident": {"initiator": "target", "target": "initiator"}, "deployment": {"force": "host"}}
_BESIDE = 4  # words that "the aggressor country, the … Federation" may lie apart
_STATES = frozenset({"state", "nationality"})


def name_enemies(drafts: list[Draft], note: Annotated) -> None:
    """Give the enemies of whoever speaks their country, in place."""
    for draft in (d for d in drafts if d.type in _SIDES):
        side = next((s.country for s in draft.attribution[:1]), None)
        issuer = note.interpreter.discourse.issuer
        side = side or (issuer.country if issuer is not None else None)
        for role, other in _SIDES[draft.type].items():
            if any(_is_enemy(p, note) for p in draft.roles[role]):
                foes = _hostile(side, note) | _attackers(side, drafts) if side and _own(draft, other, side) else {}
                draft.roles[role] = _named(draft, role, side, foes, note)


def _own(draft: Draft, other: str, side: str | None) -> bool:
    """Whether nobody else than the speaker's side is told to be the enemy's."""
    told = {p.country for p in draft.roles[other] if p.country}
    return not told or told == {side}


def _attackers(side: str, drafts: list[Draft]) -> dict[str, Party]:
    """The states that attacked a side, as drafts of the article tell, by country."""
    attacks = [d for d in drafts if d.type == "armed_incident" and d.status == "occurred" and side in d.countries("target")]
    doers = [p for d in attacks for p in d.roles["initiator"] if p.kind == "state" and p.country not in (None, "IGO", side)]
    return {str(p.country): p for p in doers}


def _named(draft: Draft, role: str, side: str | None, foes: dict[str, Party], note: Annotated) -> list[Party]:
    known = [p for p in draft.roles[role] if not _is_enemy(p, note)]
    if draft.subtype != "clash" and any(p.country not in (None, side) for p in known):
        return known  # "Russia attacked … the enemy struck": one doer; "Ukraine fights the enemy": two
    if len(foes) != 1:
        return draft.roles[role]
    foe = next(iter(foes.values()))
    return [
        foe.model_copy(update={"start": p.start, "end": p.end, "text": p.text}) if _is_enemy(p, note) else p
        for p in draft.roles[role]
    ]


def _is_enemy(party: Party, note: Annotated) -> bool:
    """Whether a party of no known side is told by a word for whom one fights: "the enemy", "occupying forces"."""
    words = {word.removesuffix("'s").removesuffix("’s") for word in party.text.lower().split()}
    lexicon = note.interpreter.lexicon
    enemies = lexicon.words("enemy_words") | lexicon.words("enemy_modifiers")
    return party.country is None and party.id is None and bool(words & enemies)


def _hostile(side: str, note: Annotated) -> dict[str, Party]:
    """The states but a side's own whose war the article names, or which it calls the aggressor, by country."""
    found: dict[str, Party] = {}
    for mention in note.mentions:
        for name in mention.parties:
            if name.country in (None, "IGO", side) or name.sort not in _STATES:
                continue
            if _wages(mention, note):
                found.setdefault(str(name.country), party_of(name, mention.start, mention.end, mention.text))
    return found


def _wages(mention: NameMention, note: Annotated) -> bool:
    """ "the Russian invasion", "Russia's war", "the aggressor country, Russia"."""
    sentence, words = note.sentences[mention.sentence], note.interpreter.lexicon.words
    token = sentence.tokens[mention.head]
    noun = sentence.tokens[token.head]
    by = case_of(sentence, token) == "by"  # "the invasion of N" is made on N
    owner = token.dep in ("amod", "compound", "nmod:poss") or (token.dep == "nmod" and by)
    if owner and noun.lemma in words("hostile_nouns"):
        return True
    before = sentence.tokens[max(mention.first - _BESIDE, 0) : mention.first]
    return any(t.lower in words("aggressor_words") for t in before)
