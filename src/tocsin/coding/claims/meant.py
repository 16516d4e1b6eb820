"""Whom a statement means by what was told: who did "the attack", who made the charge, whom a condition names.

In: the draft of a statement, those of its sentence and those before. Out: parties, none where the text does not tell them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.matching.context import words_of
from tocsin.coding.matching.frames import FrameSet
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

_REACH = 6  # sentences between "the attack" and the attack
_BACK = 3  # sentences between "such actions" and the actions
_FAR = frozenset({"armed_incident", "agreement"})  # "the attack", "the deal" are spoken of for longer
_EVENTS = {"armed_incident": "attack", "weapons_test": "test", "military_exercise": "drill"}  # what "the attack" can be
_TALKS = frozenset({"meeting", "agreement", "fact"})
_NO_ATTACK = frozenset({"interception", "border_violation", "capture"})  # what "the attack" is only where nothing else is
_TOWARD = (("actor", "toward"), ("sender", "target"))  # "summoned the envoy of N and demanded"
_HOSTILE = frozenset({"accusation", "condemnation"})
_AIMED = frozenset({"threat", "warning", "demand"})  # what is said to somebody


def doers_below(draft: Draft, fresh: Sequence[Draft], frames: FrameSet) -> list[Party]:
    """Who does what the statement is about: the first role of an event told below it."""
    below = {t.i for t in words_of(draft.candidate.frame.raw, draft.candidate.clause)}
    for other in fresh:
        if other is not draft and "speaker" not in other.roles and other.candidate.clause.token.i in below:
            doers = other.roles[frames.types[other.type].principal[0]]
            if doers and other.status in ("occurred", "ongoing"):
                return list(doers)
    return []


def hit_below(draft: Draft, fresh: Sequence[Draft]) -> list[Party]:
    """ "said it would not lift the sanctions on N": whom the measure below the statement hits."""
    below = {t.i for t in words_of(draft.candidate.frame.raw, draft.candidate.clause)}
    measures = [d for d in fresh if d.type == "coercive_measure" and d.candidate.clause.token.i in below]
    return next((list(d.roles["target"]) for d in measures if d.roles["target"]), [])


def of_the_event(draft: Draft, told: Sequence[Draft], note: Annotated, frames: FrameSet) -> list[Party]:
    """ "condemned the attack", "these launches are", "denounced the deal": whose the last attack, launch or deal told was;
    for "such actions", whose the last event was that somebody is said to have done."""
    index = draft.candidate.clause.sentence.index
    entities = _definite(draft, note)
    words = note.interpreter.lexicon.words
    lemmas = {e.lemma for e in entities}
    wanted = {kind for e in entities for kind, type_ in _EVENTS.items() if type_ in e.types}
    if lemmas & words("deal_nouns"):
        wanted.add("agreement")
    intrusion = bool(lemmas & words("intrusion_nouns"))
    if intrusion:
        wanted.add("armed_incident")
    if _bare_protest(draft):
        wanted |= {"armed_incident", "weapons_test"}
    near = [e for e in entities if e.sentence == index and e.lemma in words("pointing_nouns")]
    sentence = draft.candidate.clause.sentence
    pointing = words("pointing")
    if not wanted and any(k.lower in pointing for e in near for k in sentence.kids(sentence.tokens[e.head], "det", "amod")):
        wanted = {kind for kind, spec in frames.types.items() if "speaker" not in spec.roles and kind not in _TALKS}
    return _last_doers([d for d in told if d.type in wanted], draft, frames, intrusion)


def _bare_protest(draft: Draft) -> bool:
    """ "lodged a strong protest", and nothing said of over what."""
    parts = draft.candidate.parts
    protest = any("protest_noun" in e.types for e in parts.get("theme") or [])
    return protest and not parts.get("topic") and not parts.get("goal")


def _definite(draft: Draft, note: Annotated) -> list[Entity]:
    """The definite things in the words of a statement that name nobody."""
    sentence = draft.candidate.clause.sentence
    entities = [e for part in draft.candidate.parts.values() for e in part]
    if draft.candidate.frame.raw.get("voiced"):  # "we will respond if these attacks go on"
        entities += [note.interpreter.entity(sentence, t) for t in sentence.tokens if t.pos == "NOUN"]
    return [e for e in entities if e.definite and not e.parties]


def _last_doers(told: Sequence[Draft], draft: Draft, frames: FrameSet, intrusion: bool) -> list[Party]:
    """Who did the last of the events, those first that are told by a verb and are attacks; the story's own event is never
    too far away."""
    index = draft.candidate.clause.sentence.index
    own = draft.countries("speaker")
    near = []
    for earlier in reversed(told):
        if earlier.status in ("not_occurred", "denied"):
            continue
        reach = _REACH if earlier.type in _FAR else _BACK
        doers = [p for p in earlier.roles[frames.types[earlier.type].principal[0]] if p.country or p.id]
        lead = min(earlier.sentences) <= 1 and not earlier.historical
        if (lead or index - max(earlier.sentences) <= reach) and any(p.country not in own or p.id for p in doers):
            near.append((earlier, doers))
    if not near:
        return []
    ranked = sorted(near, key=lambda pair: _strange(pair[0], intrusion))  # stable: the nearest first
    return ranked[0][1]


def _strange(earlier: Draft, intrusion: bool) -> int:
    """How little an event is what "the attack" (with ``intrusion``, "the flight") means."""
    if intrusion:
        return 0 if earlier.subtype == "border_violation" else 2
    return 2 if earlier.subtype in _NO_ATTACK else int(earlier.candidate.clause.kind == "noun")


def charged(draft: Draft, told: Sequence[Draft]) -> list[Party]:
    """ "repeated the accusation": whom the last accusation was about."""
    last = next((d for d in reversed(told) if d.subtype == "accusation"), None)
    return [] if last is None or draft.countries("speaker") & last.countries("about") else list(last.roles["about"])


def without_victims(draft: Draft, note: Annotated) -> None:
    """ "condemned the invasion of N": N suffered what is condemned, and did not do it."""
    sentence = draft.candidate.clause.sentence
    suffered = note.interpreter.lexicon.words("suffered_nouns")
    at_home = note.interpreter.lexicon.words("acts_at_home")  # "the arrests of N protesters" are N's
    beside = sentence.kids(draft.candidate.clause.token, "obj", "obl")
    for thing in (*beside, *(k for noun in beside for k in sentence.kids(noun, "nmod"))):  # "concern over the shelling of N"
        if thing.lemma not in suffered or (draft.subtype == "concern" and thing.lemma in at_home):
            continue
        behind = [k for k in sentence.kids(thing, "nmod") if k.i > thing.i]
        of = [k for k in behind if any(c.lower == "of" for c in sentence.kids(k, "case"))]
        before = [k for k in sentence.kids(thing, "nmod:poss", "amod", "compound") if k.i < thing.i]
        doing = [*before, *(k for k in behind if k not in of)]
        doers = {c for k in doing for c in note.interpreter.entity(sentence, k).countries}
        victims = [note.interpreter.entity(sentence, k) for k in of]
        lands = [note.interpreter.entity(sentence, k) for v in of for k in sentence.kids(v, "amod", "compound", "nmod:poss")]
        hit = {c for e in (*victims, *lands) for c in e.countries} - doers  # "of the villages of N", "of N's villages"
        nameless = [e for e in victims if not e.countries]  # "the killing of three peacekeepers"
        draft.roles["about"] = [
            p
            for p in draft.roles["about"]
            if p.country not in hit and not any(e.start <= p.start < e.end for e in nameless)
        ]


def chargers(draft: Draft, told: Sequence[Draft], frames: FrameSet) -> list[Party]:
    """ "denied the charge", "denied that it had fired": who accused the denier last, or on whose word it was told of him."""
    index = draft.candidate.clause.sentence.index
    themes = [e for entities in draft.candidate.parts.values() for e in entities]
    answers = any("allegation" in e.types for e in themes)
    own = draft.countries("speaker")
    for earlier in reversed(told):
        if earlier is draft or not own:
            continue
        if earlier.subtype == "accusation" and earlier.countries("about") & own:
            if answers or index - max(earlier.sentences) <= _REACH:
                return list(earlier.roles["speaker"])
        elif "speaker" not in earlier.roles and index - max(earlier.sentences) <= _REACH:
            doers = earlier.countries(frames.types[earlier.type].principal[0])
            if index - max(earlier.sentences) <= 1:  # "N said that it had shot down an M fighter. M denied"
                doers = frozenset(c for role in earlier.roles for c in earlier.countries(role))
            source = earlier.attribution[0] if earlier.attribution else None
            if source is not None and source.country not in (None, *own) and doers & own:
                text = {"text": source.text, "start": source.start, "end": source.end, "name": source.name}
                return [Party(**text, kind=source.kind, country=source.country)]
    return []


def answer_charges(drafts: Sequence[Draft], note: Annotated) -> None:
    """ "N denies it. … The M government says that N did": a denial told first answers the one charge that follows. "M
    accused N of it. It denied the charge": N did."""
    for draft in drafts:
        if draft.subtype != "denial" or draft.roles["about"]:
            continue
        _by_the_accused(draft, drafts, note)
        own = draft.countries("speaker")
        later = [
            d
            for d in drafts
            if d.subtype == "accusation" and d.countries("about") & own and not d.countries("speaker") & own
            and 0 <= min(d.sentences) - max(draft.sentences) <= _REACH
        ]
        if own and len({frozenset(d.countries("speaker")) for d in later}) == 1:
            draft.roles["about"] = list(later[0].roles["speaker"])


def _by_the_accused(draft: Draft, drafts: Sequence[Draft], note: Annotated) -> None:
    """A denial by "it", "they" right after a charge is not by who made the charge."""
    words, said = note.interpreter.lexicon.words, draft.roles["speaker"]
    pronouns = words("pronouns_thing") | words("pronouns_many")
    if not said or any(p.text.lower() not in pronouns for p in said):
        return
    charges = [d for d in drafts if d.subtype == "accusation" and 0 <= min(draft.sentences) - max(d.sentences) <= 1]
    accused = [p for d in charges for p in d.roles["about"] if p.country]
    if len(charges) == 1 and len(accused) == 1 and draft.countries("speaker") == charges[0].countries("speaker"):
        here = {"start": said[0].start, "end": said[0].end, "text": said[0].text}
        draft.roles["speaker"] = [accused[0].model_copy(update=here)]
        draft.roles["about"] = list(charges[0].roles["speaker"])


def warned(draft: Draft, fresh: Sequence[Draft], told: Sequence[Draft], note: Annotated) -> list[Party]:
    """At whom a threat, a warning, a demand is aimed that names nobody: whom its condition names ("if N sent troops"), else
    whom its speaker speaks to in the same sentence; a threat, else, at who attacked the speaker's side."""
    if draft.subtype not in _AIMED:
        return []
    found = _of_condition(draft.candidate, note) or _spoken_to(draft, fresh)
    plain = draft.subtype == "threat" and draft.candidate.frame.raw.get("meant") == "aim"
    return found or (_attackers(draft, told) if plain else [])


def _attackers(draft: Draft, told: Sequence[Draft]) -> list[Party]:
    """Who last attacked the speaker's side, in the sentences before or as the story's own event."""
    index, own = draft.candidate.clause.sentence.index, draft.countries("speaker")
    for earlier in reversed(told):
        hit = earlier.type == "armed_incident" and earlier.status == "occurred" and earlier.countries("target") & own
        near = index - max(earlier.sentences) <= _BACK or (min(earlier.sentences) <= 1 and not earlier.historical)
        doers = [p for p in earlier.roles["initiator"] if p.country not in own] if hit and near else []
        if doers:
            return [p for p in doers if p.country or p.id]
    return []


def _of_condition(candidate: Candidate, note: Annotated) -> list[Party]:
    """Who acts in the condition of what is said."""
    sentence = candidate.clause.sentence
    for token in sentence.subtree(candidate.clause.token):
        if token.dep != "advcl" or not _is_condition(sentence, token, note):
            continue
        doers = sentence.kids(token, "obl:agent") or sentence.kids(token, "nsubj")
        parties = [p for d in doers for p in note.interpreter.entity(sentence, d).parties]
        known = [p for p in parties if p.country or p.id]
        if known:
            return known
    return []


def conditional(draft: Draft, note: Annotated) -> bool:
    """Whether a threat stands under a condition: it is one without a word of at whom it is aimed."""
    sentence = draft.candidate.clause.sentence
    below = sentence.subtree(draft.candidate.clause.token) if draft.subtype == "threat" else []
    return any(t.dep == "advcl" and _is_condition(sentence, t, note) for t in below)


def _is_condition(sentence: Sentence, token: Token, note: Annotated) -> bool:
    """ "if N attacks", "unless N withdraws", "should N attack"."""
    marks = {k.lower for k in sentence.kids(token, "mark", "advmod")}
    if marks & note.interpreter.lexicon.words("condition_marks"):
        return True
    subjects = sentence.kids(token, "nsubj", "nsubj:pass")
    return any(k.lower == "should" and k.i < s.i for k in sentence.kids(token, "aux") for s in subjects)


def _spoken_to(draft: Draft, fresh: Sequence[Draft]) -> list[Party]:
    """To whom the speaker speaks in the same sentence: "urged N to stop and warned that", "met N and urged restraint"."""
    own = draft.countries("speaker")
    for other in _others(draft, fresh):
        if other.type == "meeting" and other.countries("participant") & own:
            return [p for p in other.roles["participant"] if p.country not in own]
        if "speaker" in other.roles and other.countries("speaker") == own:
            charged = other.roles["about"] if other.subtype in _HOSTILE and draft.subtype == "threat" else []
            if other.roles["addressee"] or charged:
                return list(other.roles["addressee"] or charged)
        for doer, other_side in _TOWARD:
            if other.countries(doer) & own and other.roles.get(other_side):
                return list(other.roles[other_side])
    return []


def _others(draft: Draft, fresh: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts whose predicates stand beside that of a draft."""
    sentence = draft.candidate.clause.sentence
    first = sentence.first_of_row(draft.candidate.clause.token).i
    for other in fresh:
        if other is not draft and sentence.first_of_row(other.candidate.clause.token).i == first:
            yield other
