"""Last steps over the merged drafts of an article: what only the whole record can tell.

In: drafts after merging. Out: the same drafts, completed: civilian victims take the country of the place, a drill at home
has no host, a population without a country stays without one.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.coding.claims.doubtful import doubtful_forces, doubtful_pronouns, doubtful_they, unknown_pronouns
from tocsin.coding.draft import BARE, Draft
from tocsin.coding.joining.merge import JUDGING
from tocsin.coding.joining.told_twice import once
from tocsin.coding.matching.fillers import sided
from tocsin.coding.matching.frames import FrameSet
from tocsin.coding.parties.bombers import add_bomber
from tocsin.coding.parties.craft import add_crew, add_launchers, add_senders
from tocsin.coding.parties.culprits import add_culprits
from tocsin.coding.parties.enemies import name_enemies
from tocsin.coding.parties.hosts import tell_hosts
from tocsin.coding.parties.local import asked_at_home, localise, own_soldiers
from tocsin.coding.parties.met import with_issuer
from tocsin.coding.parties.missions import aim_at_mission
from tocsin.coding.parties.on_crowds import home_crowds, own_forces
from tocsin.coding.parties.proxies import tell_backers
from tocsin.coding.places.crossings import far_side
from tocsin.coding.places.found_places import add_places
from tocsin.coding.places.ground import clear_ground, tell_holder
from tocsin.coding.places.settled_places import settle_places
from tocsin.coding.slots.bombs import add_bombs
from tocsin.coding.times.effect import date_to_effect
from tocsin.coding.times.occasion import date_statements
from tocsin.language.annotate import Annotated
from tocsin.model import EventPlace, Party

_GUESTS = {"military_exercise": "participant", "deployment": "force"}
_BY_OTHERS = frozenset({"border_violation", "interception"})
_PLOTTERS = frozenset({"military", "person"})  # who overthrows a government
_OF_SOMEBODY = frozenset({"person", "government_body"})  # of a state that the text leaves out
_NOBODY = frozenset({"person", "population", "company", "unidentified"})


def finish(drafts: list[Draft], note: Annotated, frames: FrameSet) -> list[Draft]:
    """Complete drafts in place and return those that still stand."""
    add_culprits(drafts, note)
    add_bombs(drafts, note)
    add_launchers(drafts)
    add_senders(drafts)
    name_enemies(drafts, note)
    doubtful_they(drafts, note)
    tell_hosts(drafts, note)
    for draft in drafts:
        date_to_effect(draft, note)
        far_side(draft, frames.states)
        if draft.type == "armed_incident":
            add_crew(draft, note)
            add_bomber(draft, note)
            home_crowds(draft, note)
            localise(draft, note, drafts)
            own_forces(draft, note)
            tell_backers(draft, note)
            aim_at_mission(draft, note)
            _drop_numbers(draft)
            itself = {(p.start, p.end) for p in draft.roles["initiator"] if draft.subtype != "coup"}
            draft.roles["target"] = [p for p in draft.roles["target"] if (p.start, p.end) not in itself]  # held by N: not N
            if draft.subtype == "clash" and len({p.id or p.name for p in draft.roles["initiator"]}) > 1:
                draft.roles["target"] = []  # all sides are told as initiators
            if draft.subtype == "coup":
                _at_home(draft, note)
            if draft.subtype in _BY_OTHERS:  # "aircraft entered its airspace": not that of the aircraft
                ours = {p.country for p in draft.roles["initiator"]}
                draft.roles["target"] = [p for p in draft.roles["target"] if p.country not in ours]
            doubtful_pronouns(draft, note)
            own_soldiers(draft, note)
        doubtful_forces(draft, note)
        unknown_pronouns(draft, note)
        if draft.type in _GUESTS:
            _no_host_at_home(draft, _GUESTS[draft.type])
        at_home = draft.subtype in JUDGING and _only_own(draft, note)
        for first, second in () if _to_own(draft, note.interpreter.lexicon.words) else frames.types[draft.type].distinct:
            taken = {p.country for p in draft.roles[first] if p.country}
            if len(taken) > 1 and taken == {p.country for p in draft.roles[second]} and not _own_words(draft, second, note):
                continue  # what two sides do to each other
            among = {p.kind == "armed_group" for p in draft.roles[first]}
            names = {p.id for p in draft.roles[first]}
            draft.roles[second] = [
                p for p in draft.roles[second]
                if p.country not in taken or _rebels(p) not in among or _other_group(p, names, frames.bodies_above)
            ]
        if draft.roles.get("addressee"):
            asked_at_home(draft, note)
        if at_home:
            draft.roles["speaker"] = []  # "the president slammed his rival": who blames his own side tells of no other
        with_issuer(draft, note)
        for role, least in frames.types[draft.type].least.items():
            draft.roles[role] = _sides(draft.roles[role], least)
        if frames.types[draft.type].apart:
            _keep_apart(draft, frames)
        if frames.types[draft.type].placeless & {"any", draft.subtype}:
            draft.places = []  # "recalled its ambassador to X": X is no place of it
        _state_as_place(draft, frames)
    date_statements(drafts, note)
    standing = [d for d in drafts if _enough(d, frames)]
    for draft in standing:
        clear_ground(draft, note)
        tell_holder(draft, note)
    add_places(standing, note, frames)
    settle_places(standing, note)
    return once(standing)


def _to_own(draft: Draft, words: Callable[[str], frozenset[str]]) -> bool:
    """ "told its citizens to leave", "urged the people to guard the border": said to nobody but the speaker's own people."""
    asked = draft.roles.get("addressee") or []
    own = all(p.country in draft.countries("speaker") for p in asked)
    people = all(p.kind == "population" and p.text.split()[-1].lower() in words("own_people") for p in asked)
    how = draft.candidate.frame.raw.get("to_own")
    return how == "any" or (how == "people" and own and people)


def _own_words(draft: Draft, role: str, note: Annotated) -> bool:
    """ "Both called for their release": whoever "their" is, they do not call on themselves."""
    many = note.interpreter.lexicon.words("pronouns_many")
    return draft.type == "statement" and all(p.text.lower() in many for p in draft.roles[role])


def _only_own(draft: Draft, note: Annotated) -> bool:
    """Whether all whom a statement is about, by name and not by a pronoun, are of the speaker's own state."""
    words = note.interpreter.lexicon.words
    pronouns = words("pronouns_thing") | words("pronouns_many")
    meant = [p for p in (*draft.roles["addressee"], *draft.roles["about"]) if p.text.lower() not in pronouns]
    own = {p.country for p in draft.roles["speaker"] if p.country}
    own = set() if any(_rebels(p) for p in meant) else own
    return bool(meant) and all(p.country in own and p.country != "IGO" for p in meant)


def _rebels(party: Party) -> bool:
    """An armed group by name is no side of the state whose country it is of."""
    return party.kind == "armed_group"


def _other_group(party: Party, names: set[str | None], above: dict[str, str]) -> bool:
    """Whether an armed group, or a body of states, is none of those named: two groups of one state are two sides. A body is
    no other than what is an organ of it, as ``above`` tells."""
    apart = _rebels(party) or (party.country == "IGO" and party.id not in {above.get(str(name)) for name in names})
    return apart and party.id is not None and None not in names and party.id not in names


def _drop_numbers(draft: Draft) -> None:
    """ "Gunmen killed five": a bare number is a toll and no described party, unless there is no other."""
    described = [p for p in draft.roles["target"] if p.sector != BARE]
    bare = [p.model_copy(update={"sector": None}) for p in draft.roles["target"] if p.sector == BARE]
    draft.roles["target"] = described or ([] if draft.roles["initiator"] else bare)


def _at_home(draft: Draft, note: Annotated) -> None:
    """A government is overthrown by forces of its own state, where nobody else is named."""
    home = {p.country for p in draft.roles["target"] if p.country}
    named = [(m.start, m.end, {n.country for n in m.parties}) for m in note.mentions]
    if len(home) != 1:
        return
    country = next(iter(home))
    draft.roles["initiator"] = [
        p.model_copy(update={"country": country}) if p.kind in _PLOTTERS and not _own_name(p, named) else p
        for p in draft.roles["initiator"]
    ]


def _own_name(party: Party, named: list[tuple[int, int, set[str | None]]]) -> bool:
    """Whether the party's own words name its country ("French officers"), not what was said before ("the officers")."""
    return any(party.start <= start and end <= party.end and party.country in countries for start, end, countries in named)


def _sides(parties: list[Party], least: int) -> list[Party]:
    """Where enough sides are known, a person of no known side sits with one of them."""
    known = {p.country or p.id for p in parties if p.country or p.id}
    return [p for p in parties if p.country or p.id or p.kind != "person"] if len(known) >= least else parties


def _counted(draft: Draft, role: str) -> set[str]:
    """The parties of a role that count as different: a person or an office of no known side does not."""
    return {_side(p) for p in draft.roles[role] if p.country or p.id or p.kind not in _OF_SOMEBODY}


def _side(party: Party) -> str:
    """Whom a party counts as: its state; an armed group by name is a side of its own ("talks of Bogota with the ELN")."""
    group = party.id if party.kind == "armed_group" else None
    return group or party.country or party.id or party.name


def _keep_apart(draft: Draft, frames: FrameSet) -> None:
    """No state supplies, bases with, sanctions itself: the second role yields."""
    first, second = frames.types[draft.type].principal[:2]
    if draft.roles[first] and draft.countries(first) == draft.countries(second):
        draft.roles[second] = []


def _state_as_place(draft: Draft, frames: FrameSet) -> None:
    """Where no place is told: a transfer ends in the recipient's state, a deployment is in the host's."""
    own = draft.candidate.frame.raw.get("place_of")  # "Brazil hosts the drill"
    spec = frames.types[draft.type]
    role = own if own and len(draft.countries(own)) == 1 else spec.place_of
    role = next((r for r in spec.places_of.get(draft.subtype or "", ()) if len(draft.countries(r)) == 1), role)
    told = any(p.role != "origin" for p in draft.places)  # "from Japan" does not say where to
    if told or role is None or len(states := draft.countries(role)) != 1:
        return
    name = frames.states.get(next(iter(states)))
    if name is None:
        return
    party = next(p for p in draft.roles[role] if p.country in states)
    draft.places = [
        EventPlace(
            text=party.text, start=party.start, end=party.end, name=name, country=party.country, precision="country",
            role="destination" if draft.type == "arms_transfer" else "site",
        ),
        *draft.places,
    ]


def _enough(draft: Draft, frames: FrameSet) -> bool:
    """Whether roles that take two have two ("X met" alone is no meeting)."""
    spec = frames.types[draft.type]
    if not all(any(draft.roles[role] for role in group) for group in spec.required):
        return False
    nobody = "speaker" in draft.roles and not (draft.roles["addressee"] or draft.roles["about"])
    if nobody and draft.candidate.frame.raw.get("need_meant") and draft.subtype != "threat":
        return False
    if not all(any(draft.roles.get(role) for role in group) for group in draft.candidate.frame.need):
        return False
    for role in draft.candidate.frame.raw.get("known") or []:
        if not any(p.country or p.id or p.kind not in _NOBODY for p in draft.roles[role]):
            return False
    pair = draft.candidate.frame.raw.get("pair")
    if pair and len(_counted(draft, pair)) < 2:
        return False
    if not all(any(sided(p) for p in draft.roles[role]) for role in spec.sided):
        return False
    if _only_doer(draft, spec.principal) or (draft.candidate.frame.raw.get("hurts") and _it_killed(draft)):
        return False
    gear = any(e.materiel is not None for e in draft.candidate.parts.get("theme") or [])
    if draft.subtype == "capture" and gear and not (draft.roles["target"] or draft.places):
        return False  # "the group has also seized helicopters": from whom, and where?
    lone = draft.type == "armed_incident" and draft.subtype != "coup" and draft.status == "not_occurred"
    if lone and not all(draft.roles[role] for role in spec.principal):
        return False  # "it did not occupy anybody's land", "the absence of an intention to attack it"
    if draft.type == "armed_incident":
        parties = [p for role in spec.principal for p in draft.roles[role]]
        if not any(p.country or p.id or p.kind in ("armed_group", "igo", "unidentified") for p in parties):
            return False
    return all(len(_counted(draft, role)) + _of_body(draft, role) >= least for role, least in spec.least.items())


def _of_body(draft: Draft, role: str) -> int:
    """ "EU leaders met": the people of a body of states are of many states; 1 where they are told of in the plural."""
    sentence = draft.candidate.clause.sentence
    bodies = [p for p in draft.roles[role] if p.country == "IGO" and p.kind == "person"]
    return int(any(t.tag == "NNS" and p.start <= t.start < p.end for p in bodies for t in sentence.tokens))


def _it_killed(draft: Draft) -> bool:
    """ "It killed nine people" that belongs to no attack told before: a storm, a disease, hardly a state."""
    clause = draft.candidate.clause
    subjects = [a.token for a in clause.get("subj")]
    fighters = any(p.kind in ("military", "armed_group") for p in draft.roles["initiator"])  # "the army says it … killing"
    alone = len(draft.sentences) == 1 and bool(subjects) and not fighters
    return alone and all(t.pos == "PRON" and t.lower == "it" for t in subjects)


def _only_doer(draft: Draft, principal: tuple[str, ...]) -> bool:
    """ "The Taliban intensified its offensive": a presupposed attack needs whom or where; its doer alone, or somebody of
    whom it is told ("the offensive of the army"), is not enough."""
    if draft.type != "armed_incident":
        return False
    clause = draft.candidate.clause
    by_name = draft.candidate.frame.raw.get("presupposed", False) not in (False, "definite")
    bare = clause.kind == "noun" and clause.support is None and by_name
    on_whom = bool(draft.roles[principal[1]]) and bool(clause.get("on", "against", "upon"))
    hurt = bool(draft.roles[principal[1]]) and draft.casualties.killed is not None
    told = on_whom or hurt or all(draft.roles[role] for role in principal)
    return bare and not draft.places and not told


def _no_host_at_home(draft: Draft, role: str) -> None:
    """A drill or deployment on one's own soil has no host."""
    hosts = {p.country for p in draft.roles["host"]}
    guests = {p.country for p in draft.roles[role]}
    if hosts and hosts == guests:
        draft.roles["host"] = []
    where = next((p.country for p in draft.places if p.country and p.precision != "sea"), None)
    if draft.type == "military_exercise" and not hosts and len(guests) > 1 and where and where in guests:
        draft.roles["host"] = [p for p in draft.roles[role] if p.country == where][:1]  # held with others at home
