"""Later words for an event that was told: "the attack", "it killed ten", a claim of responsibility.

In: a draft and those told before it. Out: the earlier draft that it belongs to, where it adds no rival; else None.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.coding.draft import Draft
from tocsin.coding.joining.apart import crossed, others_met, several_places, times_conflict
from tocsin.coding.joining.died_once import died_before
from tocsin.coding.joining.link import agree, hurts, is_before, spare
from tocsin.coding.joining.merge import other_goods, other_speakers
from tocsin.coding.times.event_time import better_time
from tocsin.language.phrases.entities import Entity

_TAKEN_REACH = 8  # sentences that "the detained men" may look back
_PEOPLE = frozenset({"person", "armed_group", "unidentified", "population", "force"})
_REACH = 3  # sentences that "the attack" may look back


def refer_back(draft: Draft, before: list[Draft], words: Callable[[str], frozenset[str]]) -> Draft | None:
    """The earlier draft that a definite event noun ("the attack", "the exercise") stands for, where it adds no rival."""
    clause = draft.candidate.clause
    index = clause.sentence.index
    if draft.fresh:
        return None
    dead = died_before(draft, before, words("deadly_words"))
    if dead is not None:
        draft.roles["target"], dead.roles["target"] = [], dead.roles["target"][:1]
        return dead
    told = [d for d in before if d.type == draft.type and (d.historical == draft.historical or _within_year(d, draft))]
    single = len([d for d in told if d.kind != "headline"]) == 1
    last = told[-1] if told else None
    if last is not None and draft.candidate.frame.raw.get("adds"):
        last.rule = last.rule if last.roles["participant"] else draft.rule  # without these words there were no record
        return last
    only = single and (_only_toll(draft) or _of_the_only(draft))
    if last is not None and (index - max(last.sentences) <= 1 or only) and _toll_after(last, draft):
        spare(draft, last)
        return last
    if last is not None and clause.lemma in words("topic_verbs") and _they_talked(last, draft, single):
        return last
    taken = next((d for d in reversed(told) if _taken_again(d, draft)), None)
    if taken is not None:
        heads = {e.start for e in draft.candidate.parts.get("theme") or [] if _known_of(taken, e)}
        if heads:  # "… the commander and two of his men": others than those told before, though of the same country
            taken.roles["target"] += [p for p in draft.roles["target"] if p.start not in heads]
        draft.roles["target"] = []
        return taken
    impact = next((d for d in reversed(told) if _impact_of(d, draft, single)), None)
    if impact is not None:
        return impact
    bombed = next((d for d in reversed(told) if _bomb_of(d, draft)), None)
    if bombed is not None:
        draft.roles["initiator"], draft.roles["target"] = [], []
        return bombed
    if last is not None and _one_of(draft):
        return last
    if any("responsibility" in e.types for e in draft.candidate.parts.get("theme") or []):
        return _claimed(draft, before)
    if not _definite_event(draft):
        return None
    for earlier in reversed(before):
        near = earlier.type == draft.type and index - max(earlier.sentences) <= _REACH and earlier.status == draft.status
        if near and _compatible(earlier, draft) and not several_places(earlier, draft) and not others_met(earlier, draft):
            return earlier
    return None


def _within_year(earlier: Draft, draft: Draft) -> bool:
    """ "last year's blasts … the bombings on 3 May": a day of the year told before, though only the day is long ago."""
    told = earlier.time.basis == draft.time.basis == "stated"
    return told and better_time(earlier.time, draft.time) is draft.time and not times_conflict(earlier.time, draft.time)


def _they_talked(meeting: Draft, talk: Draft, only: bool) -> bool:
    """ "A met B. They discussed the war": what they talked of is no other meeting, and its places and days are not its."""
    parties = talk.roles.get("participant") or []
    pronouns = bool(parties) and any(p.text.lower() in ("they", "both") for p in parties)
    near = only or talk.sentences[0] - max(meeting.sentences) <= _REACH
    if not pronouns or not near or meeting.status != "occurred" or talk.status != "occurred":
        return False
    talk.roles["participant"], talk.places, talk.time = [], [], meeting.time
    return True


def _bomb_of(bombing: Draft, draft: Draft) -> bool:
    """ "Bombings in A and B … the bomb that exploded in A": the bomb of one told before in that place."""
    clause = draft.candidate.clause
    devices = draft.candidate.parts.get("device") or []
    known = clause.token.dep == "acl:relcl" and bool(devices) and all(e.definite for e in devices)
    places = [{p.name for p in d.places} for d in (bombing, draft)]
    return known and bombing.subtype == draft.subtype == "bombing" and bool(places[0] & places[1])


def _one_of(draft: Draft) -> bool:
    """ "It is one of the deadliest attacks in the country": said of what was just told."""
    clause = draft.candidate.clause
    above = clause.sentence.parent(clause.token)
    if clause.kind != "noun" or above is None or above.lower != "one":
        return False
    return any(k.pos == "PRON" and k.lower in ("it", "this", "that") for k in clause.sentence.kids(above, "nsubj"))


def _only_toll(toll: Draft) -> bool:
    """A toll without doer and place, in an article that has told of one incident so far, is of that one."""
    bare = toll.candidate.frame.raw.get("toll") and not toll.roles.get("initiator") and not toll.places
    return bool(bare)


def _of_the_only(toll: Draft) -> bool:
    """ "the bombings, which killed 40", "40 died in the bombings", in an article that has told of one incident so far."""
    subjects = [e for a in toll.candidate.clause.get("subj", "in") for e in a.entities]
    return any(e.definite and "attack" in e.types and not e.parties for e in subjects)


def _toll_after(incident: Draft, toll: Draft) -> bool:
    """ "The post was attacked. Ten soldiers were killed", "It killed ten": a toll told next belongs to the incident before
    it, unless it names a doer, a place or victims of its own."""
    if not hurts(toll) or toll.status != incident.status or _takes_people(incident):
        return False
    if is_before(toll.candidate.clause, incident.candidate.clause):
        return False
    subjects = [e for a in toll.candidate.clause.get("subj") for e in a.entities]
    thing = any(_pronoun(toll, e, thing=True) for e in subjects)  # "it" is the attack, whatever else it could be
    event = [e for a in toll.candidate.clause.get("in", "during", "from") for e in a.entities]  # "died in the attack"
    within = any(e.definite and "attack" in e.types and not e.parties for e in event)
    referring = within or any(_pronoun(toll, e) or (e.definite and "attack" in e.types) for e in subjects)
    kept, toll.roles["initiator"] = toll.roles.get("initiator") or [], [] if thing else toll.roles.get("initiator") or []
    hit = toll.roles.get("target") or []
    beside = toll.candidate.clause.sentence.kids(toll.candidate.clause.token, "advmod")
    if referring and any(k.lower == "also" for k in beside) and any(p.country for p in incident.roles["target"]):
        toll.roles["target"] = []  # "X, who was also killed in the strike": whoever X is, the strike is one
    there = {p.name for p in incident.places} & {p.name for p in toll.places} or (within and not toll.places)
    if referring and there and incident.roles.get("target") and not (agree(incident, toll) or toll.roles["initiator"]):
        toll.roles["target"] = []  # "killed in the blasts next to the embassies in X": whoever died, the blasts are those
    if not agree(incident, toll) and not _at_the_scene(incident, toll):
        toll.roles["initiator"], toll.roles["target"] = kept, hit
        return False
    if referring:
        if incident.roles.get("initiator"):
            toll.roles["initiator"] = []
        return True
    if toll.roles.get("initiator"):
        return False
    same = toll.candidate.clause.sentence.paragraph == incident.candidate.clause.sentence.paragraph
    if hurts(incident) and incident.roles.get("target"):
        return same and not toll.places
    return same or not toll.places


def _at_the_scene(incident: Draft, toll: Draft) -> bool:
    """ "Two Spanish journalists were killed in X. Two soldiers of that land were wounded": told right behind, without place
    and doer of their own."""
    clause = toll.candidate.clause
    behind = clause.sentence.index - max(incident.sentences) == 1
    same = clause.sentence.paragraph == incident.candidate.clause.sentence.paragraph
    states = {p.country for p in toll.roles.get("target") or []}
    bare = not toll.places and not toll.roles.get("initiator") and toll.time.basis != "stated"
    here = len(states) == 1 and states == {p.country for p in incident.places[:1]}
    return behind and same and bare and here and bool(toll.candidate.frame.raw.get("toll"))


def _takes_people(draft: Draft) -> bool:
    """Whether people are detained, and nothing is stormed: who is killed next is killed in another act."""
    theme = draft.candidate.parts.get("theme") or []
    return draft.subtype == "capture" and bool(theme) and all(e.types & _PEOPLE for e in theme)


def _taken_again(earlier: Draft, draft: Draft) -> bool:
    """ "captured a commander and two men in X … The commander was detained at his home": those taken before."""
    if not (earlier.subtype == draft.subtype == "capture") or earlier.status != draft.status:
        return False
    theme = draft.candidate.parts.get("theme") or []
    if not theme or draft.candidate.clause.sentence.index in earlier.sentences or earlier.sum:
        return False
    near = draft.sentences[0] - max(earlier.sentences) <= _TAKEN_REACH
    known = all(e.definite and _known_of(earlier, e) for e in theme) or _with_others(earlier, theme)
    doers = [{p.country or p.id for p in d.roles["initiator"]} - {None} for d in (earlier, draft)]
    bodies = any(d == {"IGO"} for d in doers)  # whoever confirms a capture for all of a coalition
    return near and known and (not all(doers) or bodies or bool(doers[0] & doers[1]))


def _known_of(earlier: Draft, entity: Entity) -> bool:
    """Whether somebody is called as one of those taken before."""
    taken = earlier.roles.get("target", [])
    aimed = "targeted" in entity.text.lower().split()  # "the targeted individual": the leader whom they were after
    if aimed and any(p.kind == "person" for p in taken):
        return True
    return _last_word(entity.text) in {_last_word(p.text) for p in taken}


def _with_others(earlier: Draft, theme: list[Entity]) -> bool:
    """ "captured a commander … detained the commander along with two of his men": the first is the one taken before."""
    return len(theme) > 1 and theme[0].definite and _known_of(earlier, theme[0]) and len(earlier.roles["target"]) == 1


def _last_word(text: str) -> str:
    """The last word, without the s of a plural."""
    return text.lower().rsplit(" ", 1)[-1].removesuffix("s")


def _impact_of(incident: Draft, draft: Draft, only: bool) -> bool:
    """ "They fired shells at X. Six hit the town": where projectiles without a doer fell is part of what was just told, or
    of the only incident that was."""
    subjects = [e for a in draft.candidate.clause.get("subj") for e in a.entities]
    undone = "initiator" in draft.roles and not draft.roles["initiator"]
    if not undone or not any(e.materiel is not None for e in subjects):
        return False
    near = only or draft.sentences[0] - incident.sentences[-1] <= 1
    classes = {m.class_ for m in incident.materiel}
    same = not classes or classes & {m.class_ for m in draft.materiel}
    return near and bool(same) and incident.status == draft.status and agree(incident, draft)


def _pronoun(draft: Draft, entity: Entity, thing: bool = False) -> bool:
    """Whether an entity of the draft's sentence is a pronoun ("it", "they"; with ``thing``, only "it", "this")."""
    token = draft.candidate.clause.sentence.tokens[entity.head]
    return token.pos == "PRON" and (not thing or token.lower in ("it", "this", "that", "which"))


def _claimed(draft: Draft, before: list[Draft]) -> Draft | None:
    """The incident for which responsibility is claimed: the last one without a named doer, or with the same one."""
    for earlier in reversed(before):
        if earlier.type != draft.type or earlier.status != draft.status:
            continue
        doers = earlier.roles.get("initiator") or []
        if all(p.country is None and p.id is None for p in doers):
            earlier.roles["initiator"] = []
            return earlier
        if earlier.countries("initiator") == draft.countries("initiator"):
            return earlier
    return None


def _definite_event(draft: Draft) -> bool:
    """ "the attack" without a doer of its own, or a verb whose object it is ("claimed the attack")."""
    clause = draft.candidate.clause
    if clause.kind == "noun":
        return clause.definite and not clause.get("poss", "nat")
    theme = draft.candidate.parts.get("theme") or []
    return any(e.definite and "attack" in e.types and not e.parties for e in theme)


def _compatible(earlier: Draft, draft: Draft) -> bool:
    if crossed(earlier, draft) or (draft.type == "statement" and other_speakers(earlier, draft)):
        return False
    if draft.type == "arms_transfer" and other_goods(earlier, draft):
        return False  # "the arrival of the first tanks" is not that of the carriers told before
    for role in draft.roles:
        a, b = earlier.countries(role), draft.countries(role)
        if a and b and not (a <= b or b <= a):
            return False
    return True
