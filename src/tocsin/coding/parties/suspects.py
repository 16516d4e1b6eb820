"""The doer of an incident that only a charge or the suspicion of investigators tells (codebook G4).

In: the merged incidents of a story and its sentences. Out: incidents without a doer filled with the people charged, each
marked, so that its confidence is lower. A charge is tied to the incident that its own noun told, else to what "the
attack" can only mean; where that is not settled, nobody is filled in, nor where somebody is cleared or denies it: to name
the innocent as a doer is worse than to name nobody.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from tocsin.coding.draft import Draft
from tocsin.coding.joining.apart import places_conflict, times_conflict
from tocsin.coding.parties.charges import Charge, charges_of
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token

_BACK = 2  # sentences that "the attacks" may look back where an article tells more than one
_ATTACKS = frozenset({"attack", "bombing", "shelling", "missile_strike", None})
_YEAR = re.compile(r"1[89]\d\d|20\d\d")


def add_suspects(drafts: list[Draft], story: list[Sentence], note: Annotated) -> None:
    """Fill the doers in place."""
    incidents = [d for d in drafts if d.type == "armed_incident" and d.status == "occurred" and d.subtype in _ATTACKS]
    if not any(not d.roles["initiator"] for d in incidents) or any(_clears(sentence, note) for sentence in story):
        return
    deniers = {p.id or p.name for d in drafts if d.subtype == "denial" for p in d.roles["speaker"]}
    denied = {s.index for s in story if any(t.lemma in note.interpreter.lexicon.words("denying_verbs") for t in s)}
    for sentence in story:
        for charge in charges_of(sentence, note):
            if _denied(charge, denied) or deniers & {p.id or p.name for p in charge.parties}:
                continue
            for draft in _meant(charge, incidents, note):
                if not draft.roles["initiator"] or (draft.suspected and sentence.index in draft.sentences):
                    _fill(draft, charge)


def _clears(sentence: Sentence, note: Annotated) -> bool:
    """Whether somebody who was charged is cleared in a sentence: "was acquitted", "falsely accused", "the charges were
    dropped", "is innocent", "pleaded not guilty"."""
    words = note.interpreter.lexicon.words
    text = note.article.text[sentence.start : sentence.end].lower()
    return any(phrase in text for phrase in words("clearing_phrases")) or any(_cleared(sentence, t, words) for t in sentence)


def _cleared(sentence: Sentence, token: Token, words: Callable[[str], frozenset[str]]) -> bool:
    """Whether a word tells that: a verb of clearing, a charge made wrongly or dropped, "is innocent"; an innocent victim
    is nobody cleared."""
    if token.pos == "VERB" and token.lemma in words("clearing_verbs"):
        return True
    if token.lemma in words("clearing_words"):
        return token.pos == "NOUN" or bool(sentence.kids(token, "cop"))
    if token.lemma in words("indicting_verbs"):
        return any(k.lower in words("clearing_adverbs") for k in sentence.kids(token, "advmod"))
    ended = token.pos == "VERB" and token.lemma in words("dropping_verbs")
    return ended and any(k.lemma in words("dropped_nouns") for k in sentence.kids(token, "obj", "nsubj:pass", "obl"))


def _denied(charge: Charge, denied: set[int]) -> bool:
    """Whether somebody denies something where a charge is told or right after it."""
    return any(charge.sentence <= index <= charge.sentence + _BACK for index in denied)


def _fill(draft: Draft, charge: Charge) -> None:
    known = {p.id or p.name for p in draft.roles["initiator"]}
    hit = {p.id or p.name for p in draft.roles["target"]}
    fresh = [p for p in charge.parties if (p.id or p.name) not in known | hit]
    draft.roles["initiator"] += fresh
    draft.suspected = draft.suspected or bool(fresh)
    if fresh and charge.sentence not in draft.sentences:
        draft.sentences.append(charge.sentence)


def _meant(charge: Charge, incidents: list[Draft], note: Annotated) -> list[Draft]:
    """The incidents that the deed of a charge is; of investigators, only those of their own victims or land."""
    incidents = [d for d in incidents if not charge.by or charge.by & (d.countries("target") | _lands(d))]
    own = [d for d in incidents if (charge.sentence, charge.deed) in d.anchors]
    if own:
        return own
    sentence = note.sentences[charge.sentence]
    deed = sentence.tokens[charge.deed]
    entity = note.interpreter.entity(sentence, deed)
    if not (entity.definite or _named_before(sentence, deed)) or _another(sentence, deed, note):
        return []
    told = [d for d in incidents if _can_be(d, sentence, deed, note)]
    if len(told) < 2:
        return told
    near = [d for d in told if 0 < charge.sentence - max(d.sentences) <= _BACK]
    if near and deed.tag == "NNS":
        return near
    last = max((max(d.sentences) for d in near), default=0)
    same = [d for d in near if max(d.sentences) == last]
    if len(same) == 1:
        return same
    return _fullest(told)


def _fullest(told: list[Draft]) -> list[Draft]:
    """Of incidents that can all be one event, told in several ways: the first whose victims are of a known state."""
    hit = {p.country for d in told for p in d.roles["target"] if p.country}
    apart = any(places_conflict(a, b) or times_conflict(a.time, b.time) for a, b in itertools.combinations(told, 2))
    return [d for d in told if d.countries("target") & hit][:1] if len(hit) == 1 and not apart else []


def _named_before(sentence: Sentence, deed: Token) -> bool:
    """ "charged in Embassy bombings": told by what was hit."""
    return bool(sentence.kids(deed, "compound"))


def _another(sentence: Sentence, deed: Token, note: Annotated) -> bool:
    """Whether the words of a deed tell that it is another one: "the 1993 bombing", "an earlier attack"."""
    words = note.interpreter.lexicon.words
    apart = words("other_words") | words("earlier_words")
    below = [t for t in sentence.subtree(deed) if t.i <= deed.i]
    return any(_YEAR.fullmatch(t.text) or t.lower in apart for t in below)


def _lands(draft: Draft) -> frozenset[str]:
    return frozenset(p.country for p in draft.places if p.country)


def _can_be(draft: Draft, sentence: Sentence, deed: Token, note: Annotated) -> bool:
    """Whether nothing in the words of a deed speaks against an incident."""
    named = note.interpreter.lexicon.words
    bombed = deed.lemma in named("bombed_nouns")
    if min(draft.sentences) > sentence.index or (bombed and draft.subtype not in ("bombing", "attack")):
        return False
    told = {t.lemma.lower() for i in draft.sentences for t in note.sentences[i]}
    on = named("hit_prepositions")
    hit = [k for k in sentence.kids(deed, "nmod") if {c.lower for c in sentence.kids(k, "case")} & on]
    kind = [] if bombed or deed.lemma in named("any_attack") else [deed]  # "the raid on the mill" is no blast at a market
    if any(t.lemma.lower() not in told for t in (*kind, *hit)):
        return False
    places = [p for k in sentence.subtree(deed) if (p := note.interpreter.entity(sentence, k).place) is not None]
    names, lands = {p.name for p in draft.places}, _lands(draft)
    return not places or not draft.places or any(
        p.name in names or (p.precision == "country" and p.country in lands) for p in places
    )
