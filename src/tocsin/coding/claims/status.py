"""Status: a fold over the operators above a clause, from the inside out, by the table in ``knowledge/status.yaml``.

In: a clause. Out: occurred, ongoing, planned, possible, denied, not_occurred, or None where nothing is claimed (a fear,
a purpose, a wish), with the reason in words.
"""

from __future__ import annotations

from tocsin.coding.claims.clause_status import ClauseStatus
from tocsin.coding.claims.mood import (
    asks_who,
    at_what_comes,
    infinitive_told,
    made,
    made_up,
    on_the_eve,
    several,
    stands,
    still_to_come,
    timetabled,
    told_whole,
    told_with_future,
    unclaimed,
    with_doer,
)
from tocsin.coding.matching.frames import Frame
from tocsin.syntax import Clause, Operator

_IN_FORCE = frozenset({"agreement", "coercive_measure"})  # types of what can be in force


def _to_come(operator: Operator) -> bool:
    return operator.tense == "future" or operator.modality in ("would", "possible")


class StatusRules(ClauseStatus):
    """The published table, applied."""

    def of(self, clause: Clause, frame: Frame) -> tuple[str | None, str]:
        """Status of the event that the clause tells, and why."""
        if frame.type != "statement" and (form := unclaimed(clause)) is not None:
            return None, f"{clause.lemma}: {form}"
        if made_up(clause, self._claims):
            return None, f"{clause.lemma}: in a false report"
        if frame.raw.get("presupposed") == "made" and made(clause):
            return "occurred", f"{clause.lemma}: made by somebody"
        state = self._base(clause, frame)
        told = frame.type == "statement" and state == "infinitive"
        if told and infinitive_told(clause, self._occasions, self._going_on, self._negators):
            state = "occurred"
        why = [f"{clause.lemma}: {state}"]
        announced = str(frame.raw.get("announced") or "announce_noun")
        how = frame.raw.get("presupposed")
        presupposed = bool(how) and how not in ("topic", "worry", "definite") and with_doer(clause, how)
        named = bool(clause.get("poss")) if how == "topic" else clause.definite or self.there(clause)
        topical = bool(how) and how != "worry" and clause.kind == "noun" and named
        over = state == "noun" and any(k.lower in self._over for k in clause.sentence.kids(clause.token, "amod"))
        begun = bool(how) and clause.support_lemma in self._lasting | self._halting and not clause.negated
        state = "occurred" if begun and state in ("planned", "possible") else state  # "the strikes will continue"
        for operator in clause.operators if not self._behind(clause) else ():
            if state == "drop" or not operator.scope:
                break
            if self.grounded(operator, state) or self.thanked_for(operator, clause) or asks_who(clause):
                state = "occurred" if state == "infinitive" else state
                break  # "asked for help in connection with the shelling": what is the ground has happened
            if clause.negated and operator.lemma in self._guaranteeing:
                return None, f"{clause.lemma}: guaranteed not to be"
            begun |= bool(how) and self._goes_on(clause, operator)
            if self.declined(clause, operator):
                return "not_occurred", f"{clause.lemma}: {operator.lemma}, which its doer turns down"
            if begun and self.class_of(operator) in ("plan", "possible", "demand", "approve", "stay"):
                continue  # "ordered to continue the strikes": what goes on has begun
            if topical and operator.lemma in self._topics:
                continue  # "discussed the coup": what is talked of has happened
            if state == "planned" and operator.lemma in self._talking and self.is_scheduled(clause):
                continue  # "discussed the upcoming summit"
            if over and self.class_of(operator) in ("possible", "demand", "plan", "approve"):
                continue  # "an in-depth discussion in follow-up to the recent visit"
            passed = self.class_of(operator) in ("possible", "demand", "negative", "plan", "approve", None)
            if presupposed and passed and not self.nearing(operator):
                continue
            doer = presupposed or (clause.kind == "noun" and bool(clause.get("nat", "poss")))
            worried = operator.lemma in self._worrying and not operator.negated
            if worried and (doer if how in ("of", "worry") else how and (presupposed or several(clause))):
                continue  # "worried by the presence of X's troops": they are there
            if presupposed and operator.lemma in self._halting | self._lasting:
                continue  # "X's war may end": it is on
            if state == "infinitive" and self.orders.first_to(operator, clause):
                return self.orders.ranked(clause, operator, self.class_of), f"{clause.lemma}: {operator.lemma}"
            held = how not in (None, False, "worry", "definite") and not presupposed  # "ended a drill"
            stops = held and clause.kind == "noun"
            if stops and operator.lemma in self._halting and not operator.negated:
                return None, f"{clause.lemma}: under {operator.lemma}, what was going on stops"
            ordered = self.orders.result(operator, state, bool(frame.raw.get("ordered")) or frame.type == "statement")
            if frame.type == "statement" and self.orders.voted(operator, clause) and state in ("infinitive", "occurred"):
                ordered = "occurred"  # "voted to condemn", "voted for a resolution condemning": said with the vote
            after = ordered if ordered is not None else self._apply(state, operator, clause, announced)
            if after != state:
                why.append(f"{operator.lemma}: {after}")
            state = after
            saying = self.class_of(operator) == "say" and operator.relation == "ccomp" and operator.tense == "infinitive"
            thanked = state == "occurred" and operator.lemma in self._presupposing and not operator.negated
            if state == "drop" or saying or thanked:
                break  # what stands above a saying is not about what is said; what thanks are for has happened
        held = on_the_eve(clause, self._eves) or (frame.type == "meeting" and at_what_comes(clause, self._to_be_held))
        if (state in ("occurred", "ongoing") and told_with_future(clause)) or (state == "noun" and held):
            state = "planned"
        if state in ("occurred", "noun") and frame.type in _IN_FORCE and stands(clause, self._in_force):
            state = "ongoing"
        if state == "occurred" and (ahead := still_to_come(clause, self._yet_to_be)):
            state = ahead
        if state == "occurred" and frame.type == "meeting" and timetabled(clause, self._weekdays):
            state = "planned"
        if state == "planned" and self._foretold(clause):
            state = "possible"
            why.append("foretold by another: possible")
        if state == "not_occurred" and self._answers(clause):
            state = "denied"
        if state in ("noun", "ongoing") and frame.raw.get("bare") == "told" and self._only_named(clause):
            return None, f"{clause.lemma}: only named"
        first = clause.operators[0] if clause.operators else None
        if frame.raw.get("ongoing") == "relative" and state in ("noun", "occurred") and first is not None:
            state = "ongoing" if first.lemma in self._reaffirming else state
        if state in ("drop", "infinitive", "noun"):
            state = "occurred" if state == "noun" else "drop"
        return (None if state == "drop" else state), " → ".join(why)

    def _behind(self, clause: Clause) -> bool:
        """Whether a noun stands behind "after", "following" and nothing above it is yet to come: it has happened."""
        if clause.kind != "noun" or clause.support is not None:
            return False
        cases = {k.lower for k in clause.sentence.kids(clause.token, "case")}
        if cases == {"from"} and any(o.lemma in self._topics for o in clause.operators[:2]):
            return True  # "discussed follow-up from his visit"
        return bool(cases & self._following) and all(o.tense in ("past", "none") for o in clause.operators)

    def _goes_on(self, clause: Clause, operator: Operator) -> bool:
        """Whether the operator lets an event noun go on ("continue the strikes")."""
        own = clause.kind == "noun" and clause.support is None and operator.relation in ("obj", "obl", "nsubj:pass")
        return own and operator.lemma in self._lasting and not operator.negated

    def _foretold(self, clause: Clause) -> bool:
        """Whether somebody else than the doer says that the event is likely."""
        if not any(o.scope and o.lemma in self._forecast for o in clause.operators):
            return False
        doers = {p.country for a in clause.get("subj", "poss", "nat") for e in a.entities for p in e.parties}
        told = {
            p.country
            for o in clause.operators
            if o.kind == "verb" and (self.class_of(o) == "say" or o.lemma in self._forecast)
            for e in o.subject
            for p in e.parties
            if p.kind != "media" and p.country
        }
        return bool(told) and not told & doers

    def _answers(self, clause: Clause) -> bool:
        """Whether "no plans to" answers a claim that the sentence names ("despite reports", "rejected reports that")."""
        if not any(o.negated and self.class_of(o) == "plan" for o in clause.operators):
            return False
        for token in clause.sentence:
            if token.lemma in self._claims["nouns"]:
                cases = {k.lower for k in clause.sentence.kids(token, "case")}
                above = clause.sentence.tokens[token.head]
                if cases & self._claims["marks"] or (token.dep == "obj" and above.lemma in self._claims["verbs"]):
                    return True
        return False

    def _only_named(self, clause: Clause) -> bool:
        """Whether an event noun is told neither by a verb of its own nor by a word above it that says what of it ("the
        issue of the withdrawal")."""
        if clause.support is not None or clause.token.dep in ("nsubj", "nsubj:pass", "obj"):
            return False
        cases = {k.lower for k in clause.sentence.kids(clause.token, "case")}
        behind = bool(cases & self._ground) and told_whole(clause)
        telling = [o for o in clause.operators if o.scope and not (o.kind == "noun" and o.lemma in self._backing)]
        return not behind and not any(self.class_of(o) for o in telling)  # "support for its accession" tells of none

    def as_said(self, clause: Clause) -> tuple[str | None, str]:
        """Status of a speech act whose own words are the act ("they must leave", "we will stand with you"): occurred,
        unless it stands under anything but a verb of saying."""
        for operator in clause.operators:
            going_on = operator.lemma in self._going_on and operator.tense == "present"
            if (operator.lemma in self._plainly or going_on) and not operator.negated:
                continue  # "makes clear that", "continues to stand with"
            if operator.kind == "mark" or (operator.scope and self.class_of(operator) != "say") or operator.negated:
                return None, f"{clause.lemma}: not said, but under {operator.lemma}"
        return "occurred", f"{clause.lemma}: said"

    def _told(self, clause: Clause) -> bool:
        """Whether somebody says it."""
        return any(o.scope and o.kind == "verb" and self.class_of(o) == "say" for o in clause.operators)

    def _tried(self, operator: Operator, clause: Clause) -> bool:
        """ "The talks failed": they were held."""
        return operator.lemma in self._failing and operator.relation == "nsubj" and clause.kind == "noun"

    def _turned_down(self, operator: Operator, clause: Clause) -> bool:
        """ "X rejected Y's decision to Z": what Y alone decides is Y's, whatever X thinks of it."""
        if operator.lemma not in self._turning_down or operator.negated:
            return False
        between = [o for o in clause.operators if o.token.i != operator.token.i and o.scope]
        alone = any(o.lemma in self._unilateral for o in between) or clause.token.lemma in self._unilateral
        doers = {p.country for a in clause.get("subj", "poss", "nat", "by") for e in a.entities for p in e.parties}
        doers |= {p.country for o in between for e in o.subject for p in e.parties}
        judges = {p.country for e in operator.subject for p in e.parties if p.country}
        return alone and bool(judges) and not judges & doers

    def _is_yet(self, clause: Clause, operator: Operator) -> bool:
        """Whether "yet" or "still" stands between the operator and the event ("has yet to recognise")."""
        between = clause.sentence.tokens[operator.token.i : clause.token.i]
        return any(t.lower in self._yet["words"] for t in between)

    def _apply(self, state: str, operator: Operator, clause: Clause, announced: str) -> str:
        name = self.class_of(operator)
        if operator.lemma in self._yet["verbs"] and operator.relation == "xcomp" and self._is_yet(clause, operator):
            return "not_occurred"  # "has yet to recognise"
        if operator.lemma in self._pending and operator.negated and state in ("noun", "occurred"):
            return "planned"  # "its accession has not been ratified": it waits
        if operator.lemma in self.unveiling and operator.relation in ("obj", "nsubj:pass") and clause.kind == "noun":
            name = announced
        if self.turned_away(operator, clause):
            return "drop" if state == "drop" else "denied"
        if operator.kind == "mark":
            return "possible" if state not in ("drop", "not_occurred") else "drop"  # "if it does not agree"
        if name == "negative" and operator.modality == "duty":
            return "drop"  # "must stop supplying": a demand
        if name == "negative" and state == "occurred" and self.rejects_claim(operator, clause):
            return "denied"
        if name == "negative" and (self._tried(operator, clause) or self._turned_down(operator, clause)):
            return state
        if operator.relation == "advcl" and operator.modality in ("possible", "duty"):
            return "drop"
        if name in ("plan", "approve") and operator.kind == "noun" and operator.modality == "would":
            return "drop"  # "the way out would be a decision to withdraw"
        indefinite = clause.kind == "noun" and not clause.definite and not clause.get("poss")
        if name is None and operator.negated and indefinite and operator.modality in ("would", "possible"):
            return "drop"  # "would not accept a base"
        fresh = any(k.lower in self._fresh | {"any"} for k in clause.sentence.kids(clause.token, "amod", "det"))
        if name in (None, "keep") and fresh and clause.kind == "noun" and state == "noun" and _to_come(operator):
            return "drop"  # "would respond to further aggression"
        finite = state not in ("infinitive", "noun")
        told = clause.tense in ("past", "present")
        if name == "negative" and operator.tense == "infinitive" and operator.token.dep == "advcl":
            return "drop"  # "to stop the advance" is what somebody is after
        if name is None and clause.negated and clause.tense == "infinitive":
            return "drop"  # "it is necessary not to send"
        if name is None and state == "noun" and operator.modality == "would":
            return "drop"  # "would see an invasion of X as a crime"
        gerund = name is None and state == "occurred" and clause.token.tag == "VBG" and clause.kind == "verb"
        if gerund and (operator.tense == "future" or operator.modality in ("possible", "would")):
            return "planned" if operator.modality == "none" else "possible"  # "by joining, they will strengthen"
        nobodys = state == "noun" and not clause.get("poss", "nat")
        if name is None and operator.kind == "verb" and operator.tense == "infinitive" and nobodys:
            return "infinitive"  # "wants to increase the supply": told no more than the increase
        if name is None:
            return self._unknown.get(state, self._unknown["any"]).replace("same", state)
        if name == "stay" and clause.passive and operator.relation == "xcomp" and not operator.negated:
            return "ongoing" if operator.modality == "none" else "possible"
        if operator.negated and operator.lemma in self._witness and clause.kind == "noun":
            return "not_occurred"  # "the withdrawal has not been observed"
        if name == "possible" and operator.lemma in self._grants and operator.tense == "past" and not operator.negated:
            name = "plan" if operator.modality == "none" else name  # "allowed deployments": granted, not mused about
        name = "keep" if self.helped(operator) else name
        funded = operator.tense == "future" and any(e.lemma in self._funds for e in operator.subject)
        if name == "possible" and operator.lemma in self._grants and funded and not operator.negated:
            name = "plan"  # "the funds will allow us to send"
        if operator.negated and name == "say" and operator.modality == "possible":
            return "drop"  # "it cannot be said that X has left"
        if operator.negated and name == "say":
            return "not_occurred" if state == "planned" else state
        if operator.negated and operator.lemma in self._ruling_out:
            return "possible"  # "did not rule out sending troops"
        if operator.negated:
            return self._negated[name].replace("same", state)
        content = operator.relation in ("ccomp", "advcl")
        if name in ("plan", "possible") and finite and content and state == "occurred" and told:
            return state  # "agreed that Russia had sent": the content is told as done
        predicate = operator.kind in ("adjective", "noun") and operator.relation == "nsubj"  # "the return is possible"
        predicate = predicate or self.nearing(operator)  # "the attack looms"
        if name in ("plan", "possible", "hypothetical") and not predicate and operator.relation in ("nsubj", "obl:agent"):
            return state
        if name == "say" and state == "infinitive" and operator.lemma in self.unveiling and not operator.passive:
            return "planned"  # "announced to provide"
        noun = clause.kind == "noun" and clause.support is None
        if name == "plan" and operator.lemma == "be" and operator.relation == "obl" and clause.kind == "noun":
            return state  # "is on a visit"
        if name == "possible" and state == "planned" and noun and operator.lemma in self._topics:
            return state  # "discussed the upcoming visit"
        effects = self._effects[name]
        after = effects.get(state, effects.get("any", state)).replace("same", state)
        if operator.modality == "possible" and after in ("occurred", "planned"):
            after = "possible"
        if operator.modality == "duty" and name == "keep":
            return "drop"  # "should start moving"
        judged = clause.kind == "noun" and operator.lemma in self._judging  # "will condemn the coup", "will answer it"
        ahead = operator.tense == "future" or (operator.modality == "would" and self._told(clause))
        if not judged and name in ("keep", "stay") and ahead and after in ("occurred", "noun"):
            after = "planned"  # also "said that they would resume the attacks"
        told_of = operator.lemma in self._presupposing and state == "occurred"  # "I want to thank X for sending"
        if name == "keep" and operator.tense == "infinitive" and after in ("occurred", "noun") and not told_of:
            after = "infinitive"
        return after
