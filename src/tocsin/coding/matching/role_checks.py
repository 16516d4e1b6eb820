"""What a frame and its record type ask of the verb and of who plays which role.

In: a frame, a clause, the parts and roles found. Out: None where they fit, else the reason why not.
"""

from __future__ import annotations

from tocsin.coding.claims.mood import infinitive_told
from tocsin.coding.draft import Draft
from tocsin.coding.matching.candidate import Parts, Roles
from tocsin.coding.matching.fillers import LOCATIVE_SLOTS, acts
from tocsin.coding.matching.frames import Frame
from tocsin.coding.matching.record_types import TypeSpec
from tocsin.language.lexicon import Lexicon
from tocsin.language.phrases.entities import Entity
from tocsin.model import Party
from tocsin.syntax import Clause

_ADDING_REACH = 2  # sentences from a drill to "500 soldiers are taking part"
_HOLDERS = ("subj", "poss", "nat", "by", "between", "among")
_SPOKEN = frozenset({"statement", "meeting", "fact"})
_DEEDS = frozenset({"armed_incident"})
_NATURAL = frozenset({"accident", "weather", "disease"})
_MODIFIERS = ("advmod", "amod", "xcomp", "obl")  # "permanently stationed", "held accountable", "held to account"


def refuse_form(frame: Frame, clause: Clause, lexicon: Lexicon) -> str | None:
    """Voice, tense, finiteness and modality that the frame asks of the verb."""
    if frame.raw.get("voice") and (frame.raw["voice"] == "passive") != clause.passive:
        return f"the verb is not {frame.raw['voice']}"
    if frame.type in _DEEDS and clause.token.lower.endswith("stricken"):
        return "a participle before a noun says how it is, not what was done"  # "a conflict-stricken state"
    if frame.type in _DEEDS and clause.token.dep == "amod" and not clause.get("subj"):
        return "a participle before a noun says how it is, not what was done"  # "a besieged town"
    struck = {k.lower for k in clause.sentence.kids(clause.token, "advmod")} & lexicon.words("damage_adverbs")
    if frame.type in _DEEDS and clause.passive and struck and not clause.get("subj", "by"):
        return f"{clause.lemma} {'/'.join(struck)}: by nobody"  # "the town was hard hit", by an illness
    if frame.raw.get("command") is False and _commands(clause):
        return "somebody is told what to do"
    tenses = frame.raw.get("tense")
    if tenses and clause.tense not in tenses and not (clause.perfect and "perfect" in tenses):
        return f"its tense is {clause.tense}"
    if frame.raw.get("finite") and _unfinished(clause, str(frame.raw["finite"]), lexicon):
        return "the verb is a participle or infinitive"
    if clause.lemma in (frame.raw.get("plural") or ()) and clause.token.tag == "NN":
        return "it is one"  # "his talk at the university"
    adverbs = frame.raw.get("adverb")
    if adverbs and not any(k.lower in adverbs for k in clause.sentence.kids(clause.token, *_MODIFIERS)):
        return f"without {' or '.join(adverbs)}"
    if frame.raw.get("modality") and clause.modality not in frame.raw["modality"]:
        return f"its modality is {clause.modality}"
    polarity = frame.raw.get("polarity")
    if polarity is not None and (polarity == "negative") != clause.negated:
        return f"it is {'negated' if clause.negated else 'not negated'}"
    return None


def _commands(clause: Clause) -> bool:
    """ "ordered the carrier to stay": an infinitive of the verb says what its object, known already, is to do. What is not
    known is bought for something ("ordered 50 tanks to replace the old ones")."""
    sentence = clause.sentence
    known = any(sentence.kids(k, "det", "nmod:poss") for k in sentence.kids(clause.token, "obj", "nsubj:pass"))
    kids = sentence.kids(clause.token, "xcomp", "ccomp", "advcl", "acl") if known else []
    return any(t.lower == "to" for k in kids for t in sentence.kids(k, "aux", "mark"))


def _unfinished(clause: Clause, kind: str, lexicon: Lexicon) -> bool:
    """Whether the verb is no finite one ("began arriving" is one); ``spoken`` lets a gerund pass ("posted a message
    blaming Iran"), ``placed`` all but a participle without a place ("troops positioned nearby"), ``told`` all but one
    that only says which is meant ("the Russian-occupied city")."""
    if kind == "told":
        return clause.kind == "verb" and clause.token.dep == "amod" and clause.token.tag != "VB"
    if kind == "placed":
        bare = clause.kind == "verb" and clause.token.dep in ("amod", "acl") and clause.token.tag != "VB"
        return bare and not clause.get(*LOCATIVE_SLOTS, "to", "toward", "towards")
    if kind == "spoken" and clause.token.tag == "VBG" and clause.token.dep in ("advcl", "acl", "conj"):
        return False
    if clause.token.dep == "acl" and any(k.lower == "that" for k in clause.sentence.kids(clause.token, "mark")):
        return clause.tense in ("infinitive", "none")  # "the fact that X used gas"
    if clause.token.lower in lexicon.words("feeling_participles") and _set_off(clause):
        return False  # "Turkey, worried about the war, …"
    above = clause.sentence.parent(clause.token)
    if clause.token.dep == "xcomp" and above is not None and above.lemma in lexicon.words("voting_verbs"):
        return False  # "voted to condemn"
    if infinitive_told(clause, lexicon.words("occasion_verbs"), lexicon.words("going_on"), lexicon.words("negators")):
        return False
    begun = clause.token.dep == "xcomp" and clause.token.tag == "VBG" and above is not None
    if begun and above is not None and above.lemma in lexicon.words("gerund_verbs"):
        return False
    return clause.token.dep in ("amod", "acl") or clause.tense in ("infinitive", "none")


def _set_off(clause: Clause) -> bool:
    """Whether a participle stands between commas, or opens its sentence."""
    before = clause.sentence.tokens[: clause.token.i][-2:]
    return clause.token.dep in ("acl", "advcl") and (not before or any(t.text == "," for t in before))


def refuse_subject(frame: Frame, clause: Clause, roles: Roles, lexicon: Lexicon) -> str | None:
    """A subject that is plainly no actor ("Tariffs gave Brazil a weapon") stops a frame whose actor it would be."""
    if clause.kind != "verb" or clause.passive:
        return None
    barred = frame.forbid.get("agent", frozenset())
    for role, names in frame.roles.items():
        if "agent" not in names or roles.get(role):
            continue
        for argument in clause.get("subj"):
            for entity in argument.entities:
                if _no_actor(clause, entity, barred, lexicon):
                    return f"its subject {entity.text!r} is no actor"
    return None


def _no_actor(clause: Clause, entity: Entity, barred: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether an entity is a force of nature by its name, or a thing of which nothing is known."""
    head = clause.sentence.tokens[entity.head]
    for kid in clause.sentence.kids(head, "compound", "nmod"):  # "Hurricane NAME"
        if kid.i < head.i and lexicon.noun_types(clause.sentence, kid) & barred & _NATURAL:
            return True
    unknown = not entity.types and not entity.parties
    return unknown and head.pos == "NOUN" and entity.sentence == clause.sentence.index


def refuse_one_side(frame: Frame, clause: Clause, roles: Roles) -> str | None:
    """ "There were talks with the presidents of X and Y": those behind "with" met somebody untold, not each other."""
    if frame.type != "meeting" or clause.kind != "noun" or clause.get("subj", "poss", "nat", "of", "by", *_HOLDERS):
        return None
    spans = [(t.start, t.end) for a in clause.get("with") for t in clause.sentence.subtree(a.token)]
    met = roles.get("participant", [])
    one = len({p.country for p in met}) > 1 and bool(spans) and all(any(a <= p.start < b for a, b in spans) for p in met)
    return "all who met are on one side" if one else None


def refuse_total(frame: Frame, clause: Clause, lexicon: Lexicon) -> str | None:
    """ "bringing the number of troops killed this year to 27": a sum of many events is none."""
    noun = clause.sentence.tokens[clause.token.head]
    if frame.type not in _DEEDS or clause.kind != "verb" or clause.token.dep != "acl" or clause.token.tag != "VBN":
        return None
    above = clause.sentence.tokens[noun.head] if noun.dep == "nmod" else noun
    summed = {noun.lemma, above.lemma} & lexicon.words("total_nouns")
    return "a sum of many events" if summed else None


def refuse_topic(frame: Frame, clause: Clause, roles: Roles, lexicon: Lexicon) -> str | None:
    """An attack that is only talked of ("discussed the shelling of X", "ongoing attacks on X") is told if its noun says who
    did it, or to whom: a place is no whom."""
    first = clause.operators[0] if clause.operators else None
    if frame.type not in _SPOKEN and clause.kind == "noun" and clause.support_lemma in lexicon.words("voicing_verbs"):
        return "only talked of"  # "raised the strikes with the president"
    if first is None or clause.kind != "noun" or clause.support is not None:
        return None
    if frame.type == "meeting" and _long_talks(clause, lexicon) and first.lemma in lexicon.words("topic_verbs"):
        return "only talked of"  # "discussed the dialogue between X and Y"
    if frame.type not in _DEEDS or frame.subtype == "coup":
        return None
    there = any(k.lower in lexicon.words("there_words") for k in clause.sentence.kids(clause.token, "amod", "compound"))
    definite = clause.definite or bool(clause.get("poss")) or there
    hit = [e for a in clause.get("on", "against", "of") for e in a.entities if "place" not in e.types and e.parties]
    told = definite and bool(roles.get("initiator") or (roles.get("target") and hit))
    return None if told or first.lemma not in lexicon.words("talking_words") else "only talked of"


def hit_in_a_condition(spec: TypeSpec, clause: Clause, roles: Roles) -> bool:
    """ "If X is attacked, we will": a blow that is only supposed, by nobody in particular."""
    struck = "initiator" in spec.roles and not roles.get("initiator")
    return struck and any(o.kind == "mark" for o in clause.operators[:1])


def _long_talks(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a noun names talks that go on for years, and none that has a day ("the upcoming talks", "recent talks")."""
    dated = lexicon.words("scheduled_words") | lexicon.words("dated_words")
    fixed = any(k.lower in dated for k in clause.sentence.kids(clause.token, "amod"))
    return clause.lemma in lexicon.words("process_nouns") and not fixed


def talked_of(clause: Clause, lexicon: Lexicon) -> bool:
    """ "conferred on details about the visit", "discussed the outcomes of the summit": an event noun, by itself or below a
    noun, that somebody talks of."""
    if clause.kind != "noun" or clause.support is not None:
        return False
    sides = {c for a in clause.get("of", "between") for e in a.entities for c in e.countries}
    if len(sides) > 1 and clause.operators and clause.operators[0].kind != "noun":
        return False  # "briefed him on the meeting of the leaders of A and B": who met is told
    cases = {k.lower for k in clause.sentence.kids(clause.token, "case")}
    if clause.token.dep in ("obl", "nmod") and not cases & lexicon.words("topic_prepositions"):
        return False  # "raised it in a call"
    above = [o for o in clause.operators if o.kind != "noun"][:1]
    inner = [o for o in clause.operators if o.kind == "noun"]
    told = above and clause.operators.index(above[0]) == len(inner[: clause.operators.index(above[0])])
    return bool(told) and above[0].lemma in lexicon.words("talking_words") | lexicon.words("topic_verbs")


def refuse_owners(frame: Frame, parts: Parts, roles: Roles) -> str | None:
    """Parts that must be the doer's own may not be known to be somebody else's."""
    for part in frame.raw.get("own") or []:
        theirs = {c for e in parts.get(part, []) for c in e.countries}
        ours = {p.country for role in list(frame.roles)[:1] for p in roles.get(role, [])}
        if theirs and ours and not theirs & ours:
            return f"{part} belongs to somebody else"
    for part in frame.raw.get("not_own") or []:
        theirs = {c for e in parts.get(part, []) for c in e.countries}
        if theirs & {c for e in parts.get("agent", []) for c in e.countries}:
            return f"{part} is the doer's own"
    return None


def refuse_untold(frame: Frame, clause: Clause, told: list[Draft]) -> str | None:
    """A frame may need an event of some type told before; one that adds to it, in the sentences just before."""
    kind = frame.raw.get("told")
    if frame.raw.get("adds"):
        told = [draft for draft in told if 0 < clause.sentence.index - max(draft.sentences) <= _ADDING_REACH]
    return f"no {kind} was told before" if kind and all(draft.type != kind for draft in told) else None


def refuse_abroad(frame: Frame, parts: Parts, roles: Roles) -> str | None:
    """Parts that must lie in the country of who does it."""
    for part in frame.raw.get("own_soil") or []:
        if not _at_home(parts.get(part, []), roles[next(iter(frame.roles))]):
            return f"{part} is not at home"
    return None


def refuse_maker(frame: Frame, parts: Parts) -> str | None:
    """A part that must be the state which makes the weapons ("a contract with France for Rafale jets")."""
    part = frame.raw.get("made_by")
    if not part:
        return None
    makers = {e.materiel.origin for e in parts.get("theme", []) if e.materiel is not None and e.materiel.origin}
    named = {country for e in parts.get(part, []) for country in e.countries}
    return None if makers & named else f"{part} is not known to make it"


def refuse_words(frame: Frame, parts: Parts) -> str | None:
    """Doers and targets of ``of_words`` attack each other in speeches ("the premier's attacks on the agency"), but for
    those of the types under ``save`` ("the general's attacks on the embassy")."""
    wordy: dict[str, list[str]] = frame.raw.get("of_words") or {}
    saved = set(wordy.get("save") or ())
    found = {part: parts.get(part) or [] for part in wordy if part != "save"}
    kept = {part: [e for e in entities if "vague_body" not in e.types] or entities for part, entities in found.items()}
    apart = [e.types & set(wordy[part]) and not e.types & saved for part, entities in kept.items() for e in entities]
    return "by such a doer on such a target it is one of words" if all(found.values()) and apart and all(apart) else None


def _at_home(places: list[Entity], parties: list[Party]) -> bool:
    """Whether one of the places is known to lie in the country of one of the parties."""
    where = {e.place.country for e in places if e.place is not None} | {c for e in places for c in e.countries}
    return bool(where & {p.country for p in parties if p.country})


def refuse_nobody(spec: TypeSpec, roles: Roles) -> str | None:
    """One of the acting roles must hold a party that can act for a side."""
    if spec.actors and not any(acts(p) for role in spec.actors for p in roles.get(role, [])):
        return f"no known actor among {' and '.join(spec.actors)}"
    return None


def refuse_charge(spec: TypeSpec, clause: Clause, roles: Roles) -> str | None:
    """What somebody is only charged with is no event, unless a noun tells it with all but its doer, who is then taken
    away from ``roles``."""
    if spec.charged and any(o.scope and o.lemma in spec.charged for o in clause.operators):
        if clause.kind != "noun" or not all(roles.get(role) for role in spec.principal[1:]):
            return "it is only what somebody is charged with"
        roles[spec.principal[0]] = []  # the attack is told as a fact, its doer is not
    return None


def waits(spec: TypeSpec, frame: Frame, clause: Clause, roles: Roles, lexicon: Lexicon) -> bool:
    """ "The drill began on Monday", "The missile was fired from Sunan": who did it may be told next. Whoever holds it is
    named nowhere in the clause; the draft is dropped at the end where nobody was."""
    told = clause.kind == "noun" and clause.support is not None and clause.support_lemma is not None
    seen = bool(clause.operators) and clause.operators[0].lemma in lexicon.words("detecting_verbs")
    launched = bool(clause.get(*sorted(lexicon.words("launch_prepositions"))))
    whole = clause.kind == "noun" and bool(clause.get("of")) and (seen or launched)
    told = told or (spec.waits_passive and (_undone(clause) or whole))
    told = told and not clause.get(*_HOLDERS)
    awaited = [spec.waits] if spec.waits else list(spec.principal)
    return ((bool(spec.waits) and told) or bool(frame.raw.get("waits"))) and not any(roles.get(role) for role in awaited)


def _undone(clause: Clause) -> bool:
    """A passive verb of which nobody is told to do it."""
    return clause.passive and clause.kind == "verb" and clause.token.dep != "amod"


def refuse_empty(spec: TypeSpec, frame: Frame, roles: Roles) -> str | None:
    """Of each group of roles that the type or the frame needs, one must be filled."""
    for group in (*spec.required, *frame.need):
        if not any(roles.get(role) for role in group):
            return f"no {' or '.join(sorted(group))} found"
    return None
