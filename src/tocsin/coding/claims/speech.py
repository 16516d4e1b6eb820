"""Who is meant by a statement, and for whom its speaker speaks, where the statement's own slots do not tell.

In: the drafts of a sentence and those before it. Out: the same drafts; a statement about "the attack" names who attacked, a
promise names the only other party in it, a general quoted from "a defence ministry statement" has his ministry's country.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tocsin.coding.claims.meant import (
    charged,
    chargers,
    conditional,
    doers_below,
    hit_below,
    of_the_event,
    warned,
    without_victims,
)
from tocsin.coding.claims.quoted import told_by_unknown
from tocsin.coding.draft import Draft
from tocsin.coding.matching.candidate import Candidate
from tocsin.coding.matching.context import words_of
from tocsin.coding.matching.frames import FrameSet
from tocsin.coding.parties.jointly import those_met
from tocsin.language.annotate import Annotated
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party
from tocsin.syntax import Clause, said

_NO_SIDE = frozenset({"media", "company", "population"})
_OVER_DEEDS = frozenset({"condemnation", "concern"})  # what is said of an attack is not said of its victims
_BACK = 3  # sentences between an official and the state that acts
_DENIED = "statement/denied_event"  # the frame of a denial told by the event's own status


def complete_speech(fresh: Sequence[Draft], told: Sequence[Draft], note: Annotated, frames: FrameSet) -> list[Draft]:
    """Fill in what statements of a sentence leave open; those that must be about somebody and are not fall away."""
    for draft in fresh:
        if "speaker" not in draft.roles:
            continue
        draft.roles["speaker"] = [_at_home(p, draft.candidate.clause, note) for p in draft.roles["speaker"]]
        draft.roles["speaker"] = _not_in_brackets(draft.roles["speaker"], note)
        draft.roles["speaker"] = _sure_we(draft, note)
        _not_answered(draft, note)
        if _strange_they(draft, note):
            draft.roles["speaker"] = those_met(draft, told, note)
        how = draft.candidate.frame.raw.get("meant")
        told_of = draft.countries("about")
        if draft.subtype in _OVER_DEEDS:
            without_victims(draft, note)
            draft.roles["about"] = [p for p in draft.roles["about"] if p.country or p.kind != "population"]
        own = {p.country or p.id for p in draft.roles["speaker"]}
        sides = {p.country or p.id for p in (*draft.roles["addressee"], *draft.roles["about"])}
        helpers = how == "party" and not (sides - {None} - own) and not _another_body(draft)
        if how is None or ((draft.roles["addressee"] or draft.roles["about"]) and not helpers):
            continue
        found = _meant_by(str(how), draft, fresh, told, note, frames)
        hurt = told_of - draft.countries("about")
        others = [p for p in found if (p.country or p.id or p.name) not in own | hurt]
        draft.roles["about"] = others or draft.roles["about"]
        aim = [] if draft.roles["about"] else warned(draft, fresh, told, note)
        draft.roles["addressee"] += [p for p in aim if (p.country or p.id or p.name) not in own]
    fresh = [d for d in fresh if (d.roles.get("speaker") or "speaker" not in d.roles) and not _yields(d, fresh, frames)]
    fresh = [d for d in fresh if "speaker" not in d.roles or _known_side(d)]
    meant = [d for d in fresh if d.roles.get("addressee") or d.roles.get("about") or conditional(d, note)]
    return [d for d in fresh if not d.candidate.frame.raw.get("need_meant") or d in meant]


def _another_body(draft: Draft) -> bool:
    """ "The parliament of the union called on its commission": one body of states asks another."""
    own = {p.id for p in draft.roles["speaker"]}
    return any(p.country == "IGO" and p.id is not None and {p.id, None}.isdisjoint(own) for p in draft.roles["addressee"])


def _not_in_brackets(speakers: list[Party], note: Annotated) -> list[Party]:
    """The speakers but for what stands in brackets beside them: "Senators N (R-TX) and M"."""
    text = note.article.text
    return [p for p in speakers if text[max(p.start - 1, 0)] != "("] or speakers


def _sure_we(draft: Draft, note: Annotated) -> list[Party]:
    """The speakers but for a "we" that somebody of no known side says: whoever spoke before does not."""
    own = note.interpreter.lexicon.words("pronouns_self")
    speakers = draft.roles["speaker"]
    ours = [p for p in speakers if p.text.lower() in own]
    return [] if ours and told_by_unknown(draft.candidate.clause.sentence, note) else speakers


def _meant_by(
    how: str, draft: Draft, fresh: Sequence[Draft], told: Sequence[Draft], note: Annotated, frames: FrameSet
) -> Iterable[Party]:
    """Whom a statement that names nobody is about, in the way that its frame asks for."""
    if how == "doer":
        return doers_below(draft, fresh, frames) or of_the_event(draft, told, note, frames)
    if how == "charger":
        return chargers(draft, [*told, *fresh], frames)
    if how == "hit":
        return hit_below(draft, fresh)
    if how == "charged":
        return charged(draft, told)
    if how != "party":
        return []
    doers = doers_below(draft, fresh, frames) if draft.subtype == "support" else []
    return doers or _only_other(draft, note)  # "welcomed the sanctions that N imposed on M"


def _known_side(draft: Draft) -> bool:
    """Whether the speaker is of a known side, or an armed group or body: "lawmakers condemned the raid" tells nothing."""
    return any(p.country or p.id or p.kind in ("armed_group", "igo") for p in draft.roles["speaker"])


def _yields(draft: Draft, fresh: Sequence[Draft], frames: FrameSet) -> bool:
    """ "X says that Y attacked Z": the attack is told, on X's word, and nothing beside it; "that Y plans to" charges, and so
    does "that Y was behind the attack", which leaves the attack without a doer."""
    if not draft.candidate.frame.raw.get("yields"):
        return False
    below = {t.i for t in said(draft.candidate.clause)}
    told = [d for d in fresh if "speaker" not in d.roles and d.status in ("occurred", "ongoing")]
    accused = {p.country or p.id for p in draft.roles.get("about", ())} - {None}
    return any(
        d.candidate.clause.token.i in below
        and (not accused or accused & {p.country or p.id for p in d.roles.get(frames.types[d.type].principal[0], ())})
        for d in told
    )


def _strange_they(draft: Draft, note: Annotated) -> bool:
    """Whether "they" stands for others than those who met: of a release, for nobody of its issuer's side; else for whom the
    words are about ("the pact of N and M … They called on N")."""
    issuer = note.interpreter.discourse.issuer
    many = note.interpreter.lexicon.words("pronouns_many")
    they = [p for p in draft.roles["speaker"] if p.text.lower() in many or _some_officials(p, note)]
    if any(p.country is None and p.kind == "person" and _some_officials(p, note) for p in they):
        return True
    if they and issuer is not None:
        return all(p.country != issuer.country for p in they)
    own = {p.country for p in they if p.country}
    meant = {p.country for role in ("addressee", "about") for p in draft.roles[role] if p.text.lower() not in many}
    return len(they) == len(draft.roles["speaker"]) and bool(own & meant)


def _some_officials(party: Party, note: Annotated) -> bool:
    """ "officials", "the leaders" of no named side."""
    lemmas = note.interpreter.lexicon.words("those_who_meet")
    return party.kind == "person" and party.country is None and party.text.lower().removeprefix("the ") in lemmas


def denials_of(fresh: Sequence[Draft], frames: FrameSet, voice: Callable[[Clause], list[Party]]) -> list[Candidate]:
    """Who says that an event of the sentence is not so denies it; nobody where a verb of denying tells that already."""
    if any(d.subtype == "denial" for d in fresh):
        return []
    found: list[Candidate] = []
    for draft in fresh:
        clause = draft.candidate.clause
        speakers = [p for p in voice(clause) if p.country and p.kind not in _NO_SIDE] if draft.status == "denied" else []
        if speakers and not found:
            found.append(Candidate(frames.by_id[_DENIED], clause, {"speaker": speakers}, {}, "occurred"))
    return found


def _only_other(draft: Draft, note: Annotated) -> list[Party]:
    """The only party in the words of a statement that is not its speaker's own and not merely a place."""
    sentence = draft.candidate.clause.sentence
    own = {p.country for p in draft.roles["speaker"]}
    found: dict[str, Party] = {}
    heads: dict[str, Token] = {}
    helping: set[str] = set()
    beside = _occasion(draft.candidate.clause, note) | _answered(draft.candidate.clause, note)
    for token in words_of(draft.candidate.frame.raw, draft.candidate.clause):
        mention = note.interpreter.mention(sentence, token)
        if token.i in beside or (mention is not None and mention.head != token.i):
            continue
        if token.lower in note.interpreter.lexicon.words("pronouns_self"):
            continue
        if token.pos not in ("NOUN", "PROPN", "ADJ", "PRON") or _only_place(sentence, token, note):
            continue
        for party in note.interpreter.entity(sentence, token).parties:
            counts = party.country or (party.kind == "armed_group" and party.id)
            if counts and party.kind not in _NO_SIDE and (party.country or party.id) not in own:
                key = party.country or party.id or party.name
                found.setdefault(key, party)
                heads.setdefault(key, token)
                if _helps(sentence, token):
                    helping.add(key)
    if len(found) > 1:  # "works with its allies against N": N is meant
        found = {key: party for key, party in found.items() if key not in helping}
    together = len({_coordination(sentence, t) for key, t in heads.items() if key in found}) == 1
    return list(found.values()) if together else []


def _coordination(sentence: Sentence, token: Token) -> int:
    """The first word of the list that a party stands in ("the security of our N and M allies")."""
    while token.dep in ("conj", "compound", "amod", "nmod:poss") and (above := sentence.parent(token)) is not None:
        token = above
    return token.i


def _helps(sentence: Sentence, token: Token) -> bool:
    """Whether a party only works along ("with allies and partners")."""
    current: Token | None = token
    for _ in range(_BACK):
        if current is None or current.pos == "VERB":
            return False
        if any(k.lower in ("with", "alongside", "including", "such") for k in sentence.kids(current, "case")):
            return True
        current = sentence.parent(current)
    return False


def _occasion(clause: Clause, note: Annotated) -> set[int]:
    """The words of where and at what meeting something is said ("in a call with N")."""
    sentence = clause.sentence
    outside = note.interpreter.lexicon.words("inside_prepositions") | {"with"}
    phrases = [
        k for k in sentence.kids(clause.token, "obl") if {c.lower for c in sentence.kids(k, "case")} & outside
    ]
    adding = note.interpreter.lexicon.words("saying")  # "praised its troops, claiming that N's jets were downed"
    phrases += [k for k in sentence.kids(clause.token, "advcl")
                if k.tag == "VBG" and k.lemma in adding and not sentence.kids(k, "mark", "aux", "case")]
    return {t.i for k in phrases for t in sentence.subtree(k)}


def _answered(clause: Clause, note: Annotated) -> set[int]:
    """The words of what an answer answers: who praises "the army's response to the jets of N" praises nothing of N's."""
    sentence, lexicon = clause.sentence, note.interpreter.lexicon
    answers = [t for t in sentence.subtree(clause.token)
               if t.pos == "NOUN" and "answer_noun" in lexicon.noun_types(sentence, t)]
    phrases = [k for t in answers for k in sentence.kids(t, "nmod")
               if {c.lower for c in sentence.kids(k, "case")} & lexicon.words("answered_by")]
    return {t.i for k in phrases for t in sentence.subtree(k)}


def _not_answered(draft: Draft, note: Annotated) -> None:
    """Take away whom a praised answer answers, in place: "praised the army's response to the jets of N"."""
    if draft.subtype == "support":
        tokens = draft.candidate.clause.sentence.tokens
        spans = [(tokens[i].start, tokens[i].end) for i in _answered(draft.candidate.clause, note)]
        draft.roles["about"] = [p for p in draft.roles["about"] if not any(a <= p.start < b for a, b in spans)]


def _only_place(sentence: Sentence, token: Token, note: Annotated) -> bool:
    cases = {k.lower for t in (token, sentence.first_of_row(token)) for k in sentence.kids(t, "case")}
    return bool(cases & note.interpreter.lexicon.words("locative") - {"of", "to", "between"})


def _at_home(party: Party, clause: Clause, note: Annotated) -> Party:
    """An official of no named country who speaks in "a defence ministry statement" speaks for the state that acts in the
    sentences before."""
    if party.country or party.kind != "person" or party.sector not in ("MIL", "GOV"):
        return party
    sentence = clause.sentence
    for argument in clause.get("in", "at", "through", "subj"):
        for token in sentence.subtree(argument.token):
            role = note.interpreter.lexicon.role(sentence, token)
            if role is not None and role[0].kind in ("government_body", "military"):
                actor = note.interpreter.discourse.actor_before(sentence.index, _BACK)
                return party if actor is None else party.model_copy(update={"country": actor.country})
    return party
