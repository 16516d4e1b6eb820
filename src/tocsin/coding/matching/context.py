"""What a frame asks of the words around its clause: that a security matter is named, and none that forbids it.

In: a frame with the keys ``matter`` or ``not_matter``, a clause, the roles found. Out: None where the frame
may fire, else the reason why not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.coding.claims.mood import told_whole
from tocsin.coding.draft import Draft
from tocsin.coding.matching.candidate import Roles
from tocsin.coding.matching.frames import Frame
from tocsin.coding.matching.record_types import TypeSpec
from tocsin.language.phrases.entities import Entity
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.phrases.kinds import NO_LAND
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax import Clause, said

_YET = frozenset({"before", "until", "till", "without"})  # what stands behind these need not have come about
_HANDED = frozenset({"giving_word"})  # types that a word keeps before "of"
_UNARMED = frozenset({"ideal", "civil_matter", "crime", "election", "sport"})
_DEEDS = frozenset({"armed_incident", "arms_transfer", "deployment", "basing", "coercive_measure", "weapons_test"})
_NOUNS_ONLY = frozenset({"base", "test", "accident"})


def words_of(raw: dict[str, Any], clause: Clause) -> list[Token]:
    """The words of what a statement says: all of its clause but the verb where the clause is said, else what stands below
    the saying."""
    if not raw.get("voiced"):
        return said(clause)
    head = clause.support or clause.token
    beside = [k for k in clause.sentence.kids(head, "conj", "parataxis") if k.pos in ("VERB", "AUX")]
    apart = {t.i for kid in beside for t in clause.sentence.subtree(kid)} | {head.i}
    return [t for t in clause.sentence.subtree(head) if t.i not in apart]


def _speaks(sentence: Sentence, token: Token, roles: Roles) -> bool:
    """Whether a phrase holds the speaker: in "condemnation of the raid came from N" the subject does not."""
    spans = [(t.start, t.end) for t in sentence.subtree(token)]
    return any(p.start < end and p.end > start for p in roles.get("speaker", []) for start, end in spans)


def _leaders(roles: Roles) -> bool:
    """Whether those who meet are known office-holders of two states: their meeting is one on security without a word."""
    people = [p for p in roles.get("participant", []) if p.kind == "person" and p.id and p.sector in ("GOV", "MIL")]
    return len({p.country for p in people}) > 1


class Context:
    """Checks the surroundings of clauses of one article."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.told: list[Draft] = []  # what the article has told before the sentence
        self._types_of: dict[tuple[int, int], frozenset[str]] = {}  # asked for again by every frame near

    def refuse(self, frame: Frame, clause: Clause, roles: Roles) -> str | None:
        """The reason why the surroundings forbid the frame; None where they do not."""
        barred = set(frame.raw.get("not_near") or [])
        if barred:
            for near in self._near(clause.sentence):
                hit = self._types(near, near.tokens) & barred
                if hit:
                    return f"{'/'.join(sorted(hit))} is named beside it"
        for after in self.interpreter.sentences[clause.sentence.index + 1 :][:2] if frame.raw.get("not_after") else ():
            hit = self._types(after, after.tokens) & set(frame.raw["not_after"])
            if hit:
                return f"{'/'.join(sorted(hit))} is named after it"
        if "speaker" in roles and any(t.text == "?" for t in clause.sentence.tokens[-2:]):
            return "it is only asked"
        return self._matter(frame, clause, roles)

    @staticmethod
    def to_do(sentence: Sentence, entity: Entity) -> bool:
        """Whether a noun is followed by what is to be done ("the commitment to help", "to ensuring")."""
        kids = sentence.kids(sentence.tokens[entity.head], "acl") if entity.sentence == sentence.index else []
        return any(t.lower == "to" for k in kids for t in sentence.kids(k, "aux", "mark"))

    def outside(self, spec: TypeSpec, clause: Clause) -> str | None:
        """Whether the event is only played ("in the exercise"), natural, or below a word that makes it so."""
        for operator in clause.operators:
            if operator.lemma in spec.not_under and operator.scope:
                return f"it stands under {operator.lemma!r}"
        above = clause.token
        while above.dep in ("conj", "advcl", "acl") and (parent := clause.sentence.parent(above)) is not None:
            above = parent
            if above.lemma in spec.not_under:
                return f"it stands beside {above.lemma!r}"
        if clause.kind == "noun" and clause.support is None and clause.token.dep in ("obl", "nmod"):
            cases = {k.lower for k in clause.sentence.kids(clause.token, "case", "mark")}
            if cases & spec.backdrop and (cases & _YET or not told_whole(clause)):
                return f"it is only the time or ground of something else ({'/'.join(sorted(cases))})"
        if "initiator" in spec.roles and self._meant_for(clause):
            return "it is only what something is meant for"
        if clause.support_lemma in spec.not_under:
            return f"it is only something to {clause.support_lemma}"
        for slot in ("in", "during", "as", "of", "against", "at", "by", "subj", "for"):
            for argument in clause.get(slot):
                for entity in argument.entities:
                    if entity.types & spec.outside:
                        return f"{entity.text!r} is {'/'.join(sorted(entity.types & spec.outside))}"
        return None

    def _meant_for(self, clause: Clause) -> bool:
        """ "vests to be used in attacks on X", "arms intended for attacks": what for, and no attack."""
        above = clause.sentence.parent(clause.token)
        if clause.kind != "noun" or clause.support is not None or clause.token.dep not in ("obl", "nmod") or above is None:
            return False
        aimed = above.lemma in self.interpreter.lexicon.words("aiming_verbs") and above.tag == "VBN"
        infinitive = any(k.lower == "to" for k in clause.sentence.kids(above, "aux", "mark"))
        use = above.lemma == "use" and (infinitive or (above.pos == "NOUN" and case_of(clause.sentence, above) == "for"))
        reached = above.lemma in self.interpreter.lexicon.words("reaching_verbs")
        if reached and case_of(clause.sentence, clause.token) == "to":
            return True  # "the treaty extends to attacks on ships"
        return use or (aimed and case_of(clause.sentence, clause.token) == "for")

    # --- matter --------------------------------------------------------------------------------------------------

    def _matter(self, frame: Frame, clause: Clause, roles: Roles) -> str | None:
        """A security matter must be named in the clause, its sentence, the one before, or the headline."""
        need, bar = set(frame.raw.get("matter") or []), set(frame.raw.get("not_matter") or [])
        if not need and not bar:
            return None
        sentence = clause.sentence
        told = self._not_asked(sentence, words_of(frame.raw, clause), roles)
        words = told if "speaker" in roles else list(sentence.subtree(clause.support or clause.token))
        aside = self._aside(sentence)
        own = self._types(sentence, [t for t in words if t.i not in aside])
        if own & need == {"leader_office"} and own & bar:
            return f"its matter is {'/'.join(sorted(own & bar))}"  # "the climate envoys met"
        if own & need and not ("speaker" in roles and self._outweighed(sentence, told, need, bar)):
            return None
        if own & bar:
            return f"its matter is {'/'.join(sorted(own & bar))}"
        if not need or _leaders(roles):
            return None
        before = frame.raw.get("matter_told")  # words that are civil have not come so far
        if before and "speaker" in roles and self._outweighed(
                sentence, self._not_asked(sentence, list(sentence), roles), need, bar):
            before = None  # "on tax incentives for cars, they pledged to keep consulting"
        if before and "speaker" in roles and (self._told_of_both(roles) or self._struck(frame, roles)):
            return None
        if before is True and self._goes_on(clause.sentence.index, roles):
            return None
        how = frame.raw.get("matter_near", True)
        if how == "own":
            return f"no {' or '.join(sorted(need))} is named in its words"
        if how == "pointed":
            how = any(self._points(sentence, t) for t in told)
        near = [*self._near(sentence)] if how else [sentence]
        if frame.raw.get("matter_after"):
            near += self._pointing_after(sentence)
        spoken = "speaker" in roles and not frame.raw.get("voiced")
        speaking = sentence.kids(clause.token, "nsubj", "obl:agent") if spoken else []
        speaking = [k for k in speaking if _speaks(sentence, k, roles)]
        speaker = {t.i for k in speaking for t in sentence.subtree(k)}
        for other in near:
            words = [t for t in other.tokens if other.index != sentence.index or t.i not in speaker]
            kinds = self._types(other, words)
            mixed = "party" in roles and other.index != sentence.index and bool(kinds & bar)  # a summit on trade and arms
            if kinds & need and not mixed:
                return None
        return f"no {' or '.join(sorted(need))} is named"

    def _not_asked(self, sentence: Sentence, told: list[Token], roles: Roles) -> list[Token]:
        """The words but for the name of a civil body that is asked: "urged the Union to send arms" is no matter of trade."""
        spans = [(p.start, p.end) for p in roles.get("addressee", []) if p.country == "IGO"]
        asked = {t.i for t in told if any(start <= t.start < end for start, end in spans)}
        return [t for t in told if t.i not in asked or "civil_body" not in self._types(sentence, [t])]

    def _aside(self, sentence: Sentence) -> set[int]:
        """ "met on the margins of the trade summit": what is only held beside it."""
        nouns = self.interpreter.lexicon.words("aside_nouns")
        return {t.i for noun in sentence if noun.lemma in nouns for t in sentence.subtree(noun)}

    def _goes_on(self, index: int, roles: Roles) -> bool:
        """Whether a party of a statement was in what was just told: it speaks of the same matter."""
        named = {p.country for parties in roles.values() for p in parties if p.country not in (None, "IGO")}
        meant = [p for role in ("addressee", "about") for p in roles.get(role, [])]
        if meant and not any(p.country or p.id for p in meant):
            return False  # "asked farmers to plant trees"
        near = [d for d in self.told if index - max(d.sentences) <= 2 and d.type != "fact"]
        shared = {c for d in near for role in d.roles for c in d.countries(role) & named}
        return len(shared) >= (2 if "participant" in roles else 1)  # those who meet are both in what was told

    def _told_of_both(self, roles: Roles) -> bool:
        """Whether what was told anywhere before has the speaker's side and the other side of a statement in one deed."""
        own, others = (
            {p.country for role in names for p in roles.get(role, []) if p.country not in (None, "IGO")}
            for names in (("speaker",), ("addressee", "about"))
        )
        deeds = [d for d in self.told if d.type in _DEEDS] if own and others - own else []
        sides = [{c for role in d.roles for c in d.countries(role)} for d in deeds]
        return any(both & own and (both - own) & others for both in sides)

    def _struck(self, frame: Frame, roles: Roles) -> bool:
        """Whether whom a statement supports was told to be attacked."""
        if frame.subtype != "support":
            return False
        own = {p.country for p in roles.get("speaker", [])}
        helped = {p.country for p in roles.get("about", []) if p.country not in (None, "IGO")} - own
        hit = {c for d in self.told if d.type == "armed_incident" and d.status == "occurred" for c in d.countries("target")}
        return bool(helped) and helped <= hit

    def _points(self, sentence: Sentence, token: Token) -> bool:
        """Whether a word points back: "such", "these"; "the decision", "the agreement" with nothing more said of it."""
        words = self.interpreter.lexicon.words
        if token.lower in words("pointing"):
            return True
        if token.pos != "NOUN" or token.lemma not in words("pointing_nouns"):
            return False
        return any(k.lower == "the" for k in sentence.kids(token, "det")) and not sentence.kids(token, "nmod", "acl", "amod")

    def _outweighed(self, sentence: Sentence, told: list[Token], need: set[str], bar: set[str]) -> bool:
        """Whether more words of what is said are civil than are of security."""
        kinds = [self._types(sentence, [t]) for t in told]
        return sum(bool(k & bar and not k & need) for k in kinds) > sum(bool(k & need) for k in kinds)

    def _near(self, sentence: Sentence) -> Iterable[Sentence]:
        yield sentence
        sentences = self.interpreter.sentences
        if sentence.index > 0:
            yield sentences[sentence.index - 1]
        if sentences and sentences[0].kind == "headline":
            yield sentences[0]

    def _pointing_after(self, sentence: Sentence) -> list[Sentence]:
        """The next sentence, and the one after it where it has a noun that points back ("the test", "this launch")."""
        after = list(self.interpreter.sentences[sentence.index + 1 : sentence.index + 3])
        return [s for s in after if s is after[0] or any(self._points(s, t) for t in s)]

    def _types(self, sentence: Sentence, tokens: Iterable[Token]) -> set[str]:
        found: set[str] = set()
        for token in tokens:
            key = sentence.index, token.i
            types = self._types_of.get(key)
            if types is None:
                types = self._types_of[key] = self._of_word(sentence, token)
            found |= types
        return found

    def _of_word(self, sentence: Sentence, token: Token) -> frozenset[str]:
        """The types that a word of the surroundings tells."""
        if token.pos in ("PUNCT", "DET", "ADP", "PRON") or self._figurative(sentence, token):
            return frozenset()
        if self._private(sentence, token):
            return frozenset({"civil_matter"})
        types = self.interpreter.noun_types(sentence, token)
        name = self.interpreter.mention(sentence, token)
        if name is not None and name.names_land:
            types -= NO_LAND  # "the West Bank" is no bank
        if "transparent" in types and any(case_of(sentence, k) == "of" for k in sentence.kids(token, "nmod")):
            return types & _HANDED  # "a series of drones" is no show, but "a batch" is handed over
        found = {"wreck"} if self._crashes(sentence, token) else set()
        found |= types - _NOUNS_ONLY if token.pos not in ("NOUN", "PROPN") else types  # "rules-based", "tested positive"
        if token.pos in ("NOUN", "PROPN") and not (token.dep == "compound" and "civil_matter" in types):  # "gun safety"
            found |= self.interpreter.entity(sentence, token).types
        return frozenset(found)

    def _crashes(self, sentence: Sentence, verb: Token) -> bool:
        """ "when two helicopters collided": an accident, unless steered, crashed into something, or shot at."""
        lexicon = self.interpreter.lexicon
        if verb.pos != "VERB" or verb.lemma not in lexicon.words("crash_verbs"):
            return False
        into = any(case_of(sentence, k) == "into" for k in sentence.kids(verb, "obl"))
        forced = any(t.lemma in lexicon.words("crash_causes") for t in sentence.tokens)
        return not into and not forced and not sentence.kids(verb, "obj")

    def _private(self, sentence: Sentence, token: Token) -> bool:
        """ "violence against women", "domestic violence": a matter of law and home."""
        words = self.interpreter.lexicon.words
        if token.lemma not in words("private_acts") or any(
                case_of(sentence, k) == "by" for k in sentence.kids(token, "nmod")):
            return False  # "violence against women by soldiers"
        whom = [k for k in sentence.kids(token, "nmod") if case_of(sentence, k) in words("private_prepositions")]
        return any(k.lemma in words("private_victims") for k in whom) or any(
            k.lower in words("private_kinds") for k in sentence.kids(token, "amod", "compound"))

    def _figurative(self, sentence: Sentence, token: Token) -> bool:
        """ "combat discrimination", "defend a right", "attacked the ruling": a fight against, or for, what no arms reach."""
        if token.pos != "VERB" or token.lemma not in self.interpreter.lexicon.words("warring_verbs"):
            return False
        first = sentence.tokens[token.head] if token.dep == "conj" else token
        things = sentence.kids(token, "obj") or sentence.kids(first, "obj")
        selves = self.interpreter.lexicon.words("pronouns_self")
        if any(k.lower not in selves for t in things for k in sentence.kids(t, "nmod:poss")):
            return False  # "as they defend their freedom"
        objects = [self.interpreter.entity(sentence, k) for k in things]
        pronouns = self.interpreter.lexicon.words("pronouns_thing")
        unarmed = [not e.parties and (e.types & _UNARMED or e.text.lower() in pronouns) for e in objects]
        return bool(unarmed) and all(unarmed)
