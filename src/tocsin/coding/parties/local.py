"""Whose an unnamed victim is: of the country of the place.

In: a draft of an armed incident. Out: the same draft, its victims and home forces with the country where it happened.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.draft import Draft
from tocsin.coding.matching.role_fillers import CRAFT, PLACE_HIT, TOWN_HIT
from tocsin.coding.parties.missions import is_mission, mission_of
from tocsin.coding.parties.named import is_named
from tocsin.coding.places.where import firing_from
from tocsin.language.annotate import Annotated
from tocsin.language.names.mentions import NameMention
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.phrases.owners import of_a_people
from tocsin.model import Party, Source
from tocsin.syntax import Operator

_LANDS = frozenset({"state", "nationality", "metonym", "place"})
_LOCAL = frozenset({"population", "person", "military", "government_body", "unidentified"})
_OFFICIAL = frozenset({"government_body", "military", "person"})
_WIDE = frozenset({"country", "province", "region"})
_ACTING = frozenset({"military", "armed_group", "government_body", "person", "igo"})


def localise(draft: Draft, note: Annotated, before: Sequence[Draft] = ()) -> None:
    """A described victim without a country ("20 worshippers", "a soldier") belongs to the country of the place, also where
    the incident told ``before`` it, in the sentence just before, names that ("Another man was killed when …")."""
    country = _country_of(draft, note) or _land_before(draft, before, note)
    draft.roles["target"] = [mission_of(p, note) for p in draft.roles["target"]]
    aboard = _owner_of_what_was_hit(draft, note)
    if aboard is not None:
        draft.roles["target"] = [p.model_copy(update={"country": aboard})
                                 if p.country is None and p.kind == "military" and p.id is None else p
                                 for p in draft.roles["target"]]
    hit = [p for p in draft.roles["target"] if p.sector == PLACE_HIT]
    if hit:  # what was hit stands for the state where it stands; without one it is no party
        others = [p for p in draft.roles["target"] if p.sector != PLACE_HIT]
        known = [p.model_copy(update={"country": None if _craft(p, draft) else country, "sector": None}) for p in hit]
        known = known if country else []
        draft.roles["target"] = others or known
    _towns_hit(draft, country)
    _of_bodies(draft, note)
    if country is None:
        return
    draft.roles["target"] = [
        p.model_copy(update={"country": country})
        if p.country is None and p.id is None and (_of_the_place(p, note) or (
            p.kind in _LOCAL and not _craft(p, draft) and not is_mission(p.text, note)))
        else p
        for p in draft.roles["target"]
    ]
    doers = {p.name for p in draft.roles["initiator"]}
    if any(s.name not in doers and not local_source(s, country) for s in draft.attribution):
        return  # "X says that security forces …": whose is not told, but where they say so themselves
    draft.roles["initiator"] = [
        p.model_copy(update={"country": country}) if p.country is None and _at_home(p, note) else p
        for p in draft.roles["initiator"]
    ]


def _land_before(draft: Draft, before: Sequence[Draft], note: Annotated) -> str | None:
    """The land of the incident told in the sentence before, in the same paragraph, where a draft's own names nobody."""
    first = min(draft.sentences)
    hit = [e for part in ("theme", "goal") for e in draft.candidate.parts.get(part) or []]
    hit += [e for a in draft.candidate.clause.get("obj") for e in a.entities]
    besides = note.interpreter.lexicon.words("besides_words")
    if not any(e.text.lower().partition(" ")[0] in besides for e in hit) or draft.places:
        return None
    if any(m.sentence in draft.sentences for m in note.mentions):
        return None
    last = [d for d in before if d is not draft and d.type == draft.type and max(d.sentences) == first - 1]
    last = [d for d in last if note.sentences[first - 1].paragraph == note.sentences[first].paragraph]
    lands = {place.country for d in last for place in d.places}
    return lands.pop() if len(lands) == 1 else None


def _owner_of_what_was_hit(draft: Draft, note: Annotated) -> str | None:
    """ "An attack on a frigate of N off M killed two sailors": the sailors are N's, wherever it was; those of
    a merchant ship are of any country."""
    clause, on = draft.candidate.clause, note.interpreter.lexicon.words("hit_prepositions")
    nouns = [a.token for a in clause.get("subj", "by", "in") if any("attack" in e.types for e in a.entities)]
    sentence = clause.sentence
    hit = [k for noun in nouns for k in sentence.kids(noun, "nmod") if case_of(sentence, k) in on]
    hit = [k for k in hit if "civil_ship" not in note.interpreter.entity(sentence, k).types]
    named = [word for k in hit for word in (k, *sentence.kids(k, "amod", "nmod:poss"))]  # "a Kenyan camp"
    owners = {p.country for word in named for p in note.interpreter.entity(sentence, word).parties if p.country}
    return owners.pop() if len(owners) == 1 else None


def local_source(source: Source, country: str) -> bool:
    """ "a provincial government spokesman", "the police": officials of the land speak of its own forces."""
    return source.country == country or (source.country is None and source.kind in _OFFICIAL)


def _of_bodies(draft: Draft, note: Annotated) -> None:
    """Peacekeepers of no named side are of a body of states, not of the land where they are hit."""
    sent = note.interpreter.lexicon.words("forces_of_bodies")
    draft.roles["target"] = [
        p.model_copy(update={"country": "IGO"})
        if p.country is None and p.id is None and p.text.lower().split(" ")[-1] in sent
        else p
        for p in draft.roles["target"]
    ]


def _of_the_place(party: Party, note: Annotated) -> bool:
    """ "local militias", "three pro-government fighters": of the land where they are."""
    words = note.interpreter.lexicon.words
    named = set(party.text.lower().split())
    return party.kind in ("armed_group", "military", "unidentified") and bool(named & words("local_words"))


def _at_home(party: Party, note: Annotated) -> bool:
    """Whether who uses force is the land's own: "local militias", "the security forces"."""
    if _of_the_place(party, note):
        return True
    home = note.interpreter.lexicon.words("home_forces")
    return party.kind == "military" and party.name.lower().removeprefix("the ") in home


def _towns_hit(draft: Draft, country: str | None) -> None:
    """A town that no table knows is of the country of the place; without one it still says what a known side hit."""
    towns = [p for p in draft.roles["target"] if p.sector == TOWN_HIT]
    if not towns:
        return
    others = [p for p in draft.roles["target"] if p.sector != TOWN_HIT]
    told = country or any(p.country or p.id for p in draft.roles["initiator"])
    kind = "state" if country else "population"
    named = [p.model_copy(update={"country": country, "kind": kind, "sector": None}) for p in towns if told]
    draft.roles["target"] = others or named


def _craft(party: Party, draft: Draft) -> bool:
    """ "a tanker off Benin": a ship or aircraft is not of the country where it is hit."""
    hit = [e for e in draft.candidate.parts.get("theme") or [] if e.start < party.end and party.start < e.end]
    return any(e.types & CRAFT for e in hit)


def _country_of(draft: Draft, note: Annotated) -> str | None:
    if any(place.precision == "border" for place in draft.places):
        return None  # "a soldier was killed near the Turkish border": on which side?
    words = note.article.text
    if any(p.precision in _WIDE and words[: p.start].lower().endswith(("outside ", "outside of ")) for p in draft.places):
        return None  # "a jeep outside Gaza": in whose land?
    for place in draft.places:
        if place.country and "/" not in place.text:  # "the Afghanistan/Pakistan region" is of neither
            return place.country
    doers = [(p.start, p.end) for p in (*draft.roles["initiator"], *draft.attribution)]
    beside = any(o.relation == "advcl" for o in draft.candidate.clause.operators)  # another side acts in the sentence
    judges = [o for o in draft.candidate.clause.operators if o.relation != "advcl"]  # "X condemns the attack"
    doers += [(e.start, e.end) for o in judges for e in o.subject]
    tried = note.interpreter.lexicon.words("trying_verbs")
    doers += [span for o in judges if o.lemma in tried for span in _beside(o, draft)]
    far = firing_from(draft.candidate)
    for index in draft.sentences:
        named: set[str] = set()
        for mention in note.mentions:
            if mention.sentence != index or any(a <= mention.start < b for a, b in doers) or _elsewhere(mention, note):
                continue
            if mention.start in far:
                continue
            sentence = note.sentences[index]
            if of_a_people(sentence, sentence.tokens[mention.first], note.interpreter.lexicon):
                continue  # "ethnic Albanians"
            names = [n for n in (mention.place, *mention.parties) if n is not None]
            if beside or not _of_somebody(mention, note):
                told = [n for n in names if n.sort in _LANDS or (beside and n.sort != "media")]
                named |= {n.country for n in told if n.country and n.country != "IGO"}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def _beside(operator: Operator, draft: Draft) -> list[tuple[int, int]]:
    """Who stands before a court: "two Iranians were charged in the bombing" says nothing of whom it hit."""
    clause = draft.candidate.clause
    trees = [clause.sentence.subtree(k) for k in clause.sentence.kids(operator.token, "nsubj", "obj", "iobj")]
    return [(t[0].start, t[-1].end) for t in trees if clause.token not in t]


def _elsewhere(mention: NameMention, note: Annotated) -> bool:
    """ "protests against beef from Brazil", "a row with Chile": where something comes from, or with whom one has to do."""
    sentence = note.sentences[mention.sentence]
    case = case_of(sentence, sentence.tokens[mention.head])
    return case in note.interpreter.lexicon.words("elsewhere_prepositions")


def _of_somebody(mention: NameMention, note: Annotated) -> bool:
    """Whether a nationality only says whose force, group or official somebody is ("the Russian Wagner Group")."""
    sentence = note.sentences[mention.sentence]
    token = sentence.tokens[mention.head]
    if sentence.tokens[token.head].lower in note.interpreter.lexicon.words("backing_participles"):
        return True  # "an Iranian-backed group"
    if "border_line" in note.interpreter.lexicon.noun_types(sentence, sentence.tokens[token.head]):
        return True  # "near the Turkish border": on which side?
    if token.dep == "nmod:poss" and note.interpreter.entity(sentence, sentence.tokens[token.head]).materiel is not None:
        return True  # "guns such as those of Israel's tanks"
    if mention.party is None or mention.party.sort != "nationality" or token.head <= token.i:
        return False
    if token.dep not in ("amod", "compound", "nmod:poss", "nmod"):
        return False
    owned = note.interpreter.entity(sentence, sentence.tokens[token.head])
    return "attack" in owned.types or any(p.kind in _ACTING for p in owned.parties)  # "the Russian air strikes"


def asked_at_home(draft: Draft, note: Annotated) -> None:
    """ "The president appealed to local militias": those asked are of the speaker's own land."""
    lands = {p.country for p in draft.roles["speaker"]}
    country = lands.pop() if len(lands) == 1 else None
    if country is None or country == "IGO":
        return
    local = note.interpreter.lexicon.words("local_words")
    draft.roles["addressee"] = [
        p.model_copy(update={"country": country})
        if p.country is None and p.id is None and local & set(p.text.lower().split())
        else p
        for p in draft.roles["addressee"]
    ]


def own_soldiers(draft: Draft, note: Annotated) -> None:
    """ "Hezbollah captured the two soldiers": whose they are is not told; hardly of the land that the group comes from,
    unless it was there."""
    groups = {p.country for p in draft.roles["initiator"] if p.kind == "armed_group"}
    here = {p.country for p in draft.places}
    draft.roles["target"] = [
        p.model_copy(update={"country": None})
        if p.kind == "military" and p.country in groups - here and p.id is None and not is_named(p, note)
        else p
        for p in draft.roles["target"]
    ]

