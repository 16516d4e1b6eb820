"""Status: a fold over the operators above a clause, from the inside out, by the table in ``knowledge/status.yaml``.

In: a clause. Out: occurred, ongoing, planned, possible, denied, not_occurred, or None where nothing is claimed (a fear,
a purpose, a wish), with the reason in words.
"""

from __future__ import annotations

from tocsin.coding.frames import Frame
from tocsin.coding.mood import told_whole, told_with_future, unclaimed
from tocsin.coding.orders import Orders
from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.syntax import Clause, Operator

_BEHIND = frozenset({"since", "after", "following", "amid"})


def _with_doer(clause: Clause, how: object) -> bool:
    """A definite event noun that names its doer ("the regime's attacks on Aleppo", with ``of`` also "the build-up of
    Russian troops") presupposes the event."""
    if how == "of" and clause.kind == "noun" and clause.support is None and clause.definite and clause.get("of"):
        return True
    return (
        clause.kind == "noun"
        and clause.support is None
        and bool(clause.get("poss", "nat") or (clause.definite and clause.get("on", "against")))
        and (clause.definite or bool(clause.get("poss")))
    )


def _in_quotes(clause: Clause) -> bool:
    """Whether the event noun alone stands in quotation marks."""
    tokens, i = clause.sentence.tokens, clause.token.i
    marks = frozenset("\"'“”‘’")
    return 0 < i < len(tokens) - 1 and tokens[i - 1].text in marks and tokens[i + 1].text in marks


class StatusRules:
    """The published table, applied."""

    def __init__(self, tables: Tables) -> None:
        table = tables.mapping("status.yaml")
        self._class: dict[str, str] = {}
        for name, lemmas in table["classes"].items():
            for lemma in map(str, lemmas):
                if lemma in self._class:
                    raise KnowledgeError(f"status.yaml: {lemma!r} stands in {self._class[lemma]} and in {name}; keep one")
                self._class[lemma] = name
        self._grounds = frozenset(map(str, table["grounds"]))
        self._halting = frozenset(map(str, table["halting"]))
        self._lasting = frozenset(map(str, table["lasting"]))
        self._unable = frozenset(map(str, table["unable"]))
        self._forecast = frozenset(map(str, table["forecast"]))
        self._passive: dict[str, str] = table["passive"]
        self._following = frozenset(map(str, tables.mapping("grammar.yaml")["following"]))
        self._plainly = frozenset(map(str, table["plainly"]))
        self._fresh = frozenset(map(str, tables.mapping("grammar.yaml")["fresh_adjectives"]))
        self._standing = frozenset(map(str, tables.mapping("grammar.yaml")["standing_verbs"]))
        self._perfect = frozenset(map(str, tables.mapping("grammar.yaml")["standing_perfect"]))
        self._topics = frozenset(map(str, tables.mapping("grammar.yaml")["topic_verbs"]))
        self._judging = frozenset(map(str, tables.mapping("grammar.yaml")["judging_verbs"]))
        self._reaffirming = frozenset(map(str, table["reaffirming"]))
        self._conditions = frozenset(map(str, tables.mapping("grammar.yaml")["conditional_marks"])) - {"whether"}
        self.orders = Orders(table, tables.mapping("grammar.yaml")["decree_nouns"])
        self._funds = frozenset(map(str, table["funds"]))
        self._worrying = frozenset(map(str, table["worrying"]))
        self._presupposing = frozenset(map(str, table["presupposing"]))
        self._pending = frozenset(map(str, table["pending"]))
        self.unveiling = frozenset(map(str, table["planning_nouns"]))
        self._witness, self._grants = (frozenset(map(str, table[key])) for key in ("witness", "grants"))
        self._claims = {key: frozenset(map(str, words)) for key, words in table["claims"].items()}
        self.sources = frozenset(map(str, table["sources"]))
        self.announcing = frozenset(map(str, table["announcing"]))
        self._yet = {key: frozenset(map(str, words)) for key, words in table["yet"].items()}
        self._effects: dict[str, dict[str, str]] = table["effects"]
        self._negated: dict[str, str] = table["negated"]
        self._unknown: dict[str, str] = table["unknown"]
        self._modifier: dict[str, str] = {w: s for s, words in table["modifiers"].items() for w in words}
        self._adverb: dict[str, str] = {w: s for s, words in table["adverbs"].items() for w in words}

    def knows(self, lemma: str) -> bool:
        """Whether a lemma is an operator of the table."""
        return lemma in self._class

    def class_of(self, operator: Operator) -> str | None:
        """The class of an operator's lemma; None where the table has none."""
        lemma = operator.lemma
        if operator.passive and lemma in self._passive:
            return self._passive[lemma]
        return self._class.get(lemma) or self._class.get(lemma.split(" ")[0])

    def of(self, clause: Clause, frame: Frame) -> tuple[str | None, str]:
        """Status of the event that the clause tells, and why."""
        if frame.type != "statement" and (form := unclaimed(clause)) is not None:
            return None, f"{clause.lemma}: {form}"
        state = self._base(clause, frame)
        why = [f"{clause.lemma}: {state}"]
        announced = str(frame.raw.get("announced") or "announce_noun")
        how = frame.raw.get("presupposed")
        presupposed = bool(how) and how not in ("topic", "worry") and _with_doer(clause, how)
        named = bool(clause.get("poss")) if how == "topic" else clause.definite
        topical = bool(how) and how != "worry" and clause.kind == "noun" and named
        begun = bool(how) and clause.support_lemma in self._lasting | self._halting and not clause.negated
        state = "occurred" if begun and state in ("planned", "possible") else state  # "the strikes will continue"
        for operator in clause.operators if not self._behind(clause) else ():
            if state == "drop" or not operator.scope:
                break
            if operator.kind == "noun" and operator.lemma in self._grounds and state in ("noun", "occurred"):
                break  # "asked for help in connection with the shelling": what is the ground has happened
            begun |= bool(how) and self._goes_on(clause, operator)
            if begun and self.class_of(operator) in ("plan", "possible", "demand", "approve", "stay"):
                continue  # "ordered to continue the strikes": what goes on has begun
            if topical and operator.lemma in self._topics:
                continue  # "discussed the coup": what is talked of has happened
            if presupposed and self.class_of(operator) in ("possible", "demand", "negative", "plan", "approve", None):
                continue
            doer = presupposed or (clause.kind == "noun" and bool(clause.get("nat", "poss")))
            if doer and how in ("of", "worry") and operator.lemma in self._worrying and not operator.negated:
                continue  # "worried by the presence of X's troops": they are there
            if presupposed and operator.lemma in self._halting | self._lasting:
                continue  # "X's war may end": it is on
            if state == "infinitive" and self.orders.first_to(operator, clause):
                return self.orders.ranked(clause, operator, self.class_of), f"{clause.lemma}: {operator.lemma}"
            stops = how not in (None, False, "worry") and not presupposed and clause.kind == "noun"  # "ended a drill": held
            if stops and operator.lemma in self._halting and not operator.negated:
                return None, f"{clause.lemma}: under {operator.lemma}, what was going on stops"
            ordered = self.orders.result(operator, state, bool(frame.raw.get("ordered")))
            after = ordered if ordered is not None else self._apply(state, operator, clause, announced)
            if after != state:
                why.append(f"{operator.lemma}: {after}")
            state = after
            saying = self.class_of(operator) == "say" and operator.relation == "ccomp" and operator.tense == "infinitive"
            thanked = state == "occurred" and operator.lemma in self._presupposing and not operator.negated
            if state == "drop" or saying or thanked:
                break  # what stands above a saying is not about what is said; what thanks are for has happened
        if state in ("occurred", "ongoing") and told_with_future(clause):
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
        behind = bool(cases & _BEHIND) and told_whole(clause)
        return not behind and not any(o.scope and self.class_of(o) for o in clause.operators)

    def as_said(self, clause: Clause) -> tuple[str | None, str]:
        """Status of a speech act whose own words are the act ("they must leave", "we will stand with you"): occurred,
        unless it stands under anything but a verb of saying."""
        for operator in clause.operators:
            if operator.lemma in self._plainly and not operator.negated:
                continue  # "makes clear that"
            if operator.kind == "mark" or (operator.scope and self.class_of(operator) != "say") or operator.negated:
                return None, f"{clause.lemma}: not said, but under {operator.lemma}"
        return "occurred", f"{clause.lemma}: said"

    def _base(self, clause: Clause, frame: Frame) -> str:
        """What the clause says by itself: tense, modality, negation, the words directly on it."""
        if clause.kind == "noun" and _in_quotes(clause):
            return "drop"  # "his 'war' on the group": so called
        shared = clause.sentence.tokens[clause.token.head] if clause.kind == "noun" and clause.token.dep == "conj" else None
        before = [k for k in clause.sentence.kids(shared, "amod") if k.i < shared.i] if shared is not None else []
        for kid in [*clause.sentence.kids(clause.token, "amod", "advmod", "compound"), *before]:
            state = self._modifier.get(kid.lower) or (self._adverb.get(kid.lower) if kid.dep == "advmod" else None)
            if state and kid.lower not in ("next",):
                return state
        if clause.negated and clause.modality == "duty":
            return "drop"
        if clause.negated and any(k.lower in self._unable for k in clause.sentence.kids(clause.token, "aux")):
            return "not_occurred"  # "could not send": it did not come about
        if clause.negated and clause.tense == "infinitive" and not clause.operators:
            return "drop"  # "helps it to defend itself, not attack others"
        if clause.negated and clause.get("without") and (clause.tense == "future" or clause.modality == "would"):
            return "drop"  # "no troops will be sent without consent": a condition
        if clause.negated:
            return "drop" if clause.modality == "possible" else "not_occurred"
        if clause.modality == "possible":
            return "possible"
        if clause.modality == "would":  # "said that it would send" is a plan; a bare "would" is a condition
            told = any(
                o.scope and o.kind == "verb" and self.class_of(o) in ("say", "plan", "approve", "announce_noun", "deny")
                for o in clause.operators
            )
            return "planned" if told else "drop"
        if clause.modality == "duty":
            return "drop"
        standing = frame.raw.get("ongoing")
        if clause.tense == "future":
            return "possible" if self._conditioned(clause) else "planned"
        if clause.tense == "infinitive":
            root = clause.support or clause.token
            if self._hearsay(clause) and (standing is True or standing == "always" or clause.perfect or clause.progressive):
                return "ongoing" if standing and not clause.perfect else "occurred"
            return "planned" if root.dep == "root" and not clause.operators else "infinitive"
        if standing == "relative":  # "X, which only Turkey recognises": told beside the way, it stands
            told = clause.tense == "present" and not clause.progressive and clause.kind == "verb"
            told = told and (clause.token.dep == "acl:relcl" or (clause.sentence.kind == "body" and self._as_state(clause)))
            return "ongoing" if told else ("occurred" if clause.kind != "noun" or clause.support is not None else "noun")
        if standing == "always" or (standing and self._lasts(clause, standing)):
            return "ongoing"
        if clause.kind != "noun" or clause.support is not None:
            return "occurred"
        fresh = any(k.lower in self._fresh for k in clause.sentence.kids(clause.token, "amod", "det", "nummod"))
        return "ongoing" if frame.raw.get("bare") == "ongoing" and not fresh else "noun"

    def _as_state(self, clause: Clause) -> bool:
        """ "X recognises Y within its borders.": the plain present of a report, which nobody announces just now."""
        kids = clause.sentence.kids(clause.token, "advmod", "obl:npmod")
        fresh = {k.lower for k in kids} & {"now", "today", "hereby", "officially", "formally"}
        announced = any(o.lemma in self.unveiling for o in clause.operators)
        whole = clause.sentence.tokens[-1].text in (".", '"', "\u201d")  # a headline has no full stop
        return whole and clause.token.dep in ("root", "ccomp", "conj") and not fresh and not announced

    def _hearsay(self, clause: Clause) -> bool:
        """Whether the clause is what its subject is said or believed to do ("is believed to hold 170 warheads")."""
        first = clause.operators[0] if clause.operators else None
        return first is not None and first.passive and first.relation == "xcomp" and self.class_of(first) == "say"

    def _lasts(self, clause: Clause, standing: object) -> bool:
        """Whether the clause tells a state that lasts; "since" or the verb itself make a perfect one ("have stood")."""
        if clause.perfect and (clause.get("since") or (standing is True and clause.lemma in self._standing)):
            return True
        return standing is True and self._stands(clause)

    def _conditioned(self, clause: Clause) -> bool:
        """ "will return as soon as it feels the support": a promise under a condition."""
        sentence, root = clause.sentence, clause.support or clause.token
        for kid in sentence.kids(root, "advcl"):
            marks = [t.lower for t in sentence.kids(kid, "mark", "advmod")]
            soon = any(sentence.tokens[t.i - 1].lower == "soon" for t in sentence.kids(kid, "mark") if t.lower == "as")
            if self._conditions & set(marks) or soon:
                return True
        return False

    def _stands(self, clause: Clause) -> bool:
        """Whether the clause tells a state: present and not under way, or a participle ("troops stationed there")."""
        root = clause.support or clause.token
        perfect = any(k.lower in self._perfect for k in clause.sentence.kids(root, "aux"))
        if perfect and clause.get("since") and not clause.progressive:
            return True  # "has been under sanctions since 2006"
        reduced = clause.passive and clause.token.dep == "acl" and clause.token.tag == "VBN"
        return reduced or (clause.tense in ("present", "none") and not clause.progressive)

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
        if operator.kind == "mark":
            return "possible" if state != "drop" else "drop"
        if operator.relation == "advcl" and operator.modality in ("possible", "duty"):
            return "drop"
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
        funded = operator.tense == "future" and any(e.lemma in self._funds for e in operator.subject)
        if name == "possible" and operator.lemma in self._grants and funded and not operator.negated:
            name = "plan"  # "the funds will allow us to send"
        if operator.negated and name == "say" and operator.modality == "possible":
            return "drop"  # "it cannot be said that X has left"
        if operator.negated and name == "say":
            return "not_occurred" if state == "planned" else state
        if operator.negated:
            return self._negated[name].replace("same", state)
        content = operator.relation in ("ccomp", "advcl")
        if name in ("plan", "possible") and finite and content and state == "occurred" and told:
            return state  # "agreed that Russia had sent": the content is told as done
        predicate = operator.kind in ("adjective", "noun") and operator.relation == "nsubj"  # "the return is possible"
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
        judged = clause.kind == "noun" and operator.lemma in self._judging  # "will condemn the coup"
        if not judged and name in ("keep", "stay") and operator.tense == "future" and after in ("occurred", "noun"):
            after = "planned"
        told_of = operator.lemma in self._presupposing and state == "occurred"  # "I want to thank X for sending"
        if name == "keep" and operator.tense == "infinitive" and after in ("occurred", "noun") and not told_of:
            after = "infinitive"
        return after
