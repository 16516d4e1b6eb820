"""What a clause claims by itself: its tense, modality, negation and the words directly on it, before what stands above.

In: a clause in normal form and the frame that fits. Out: a first status, which ``status.py`` takes through the operators.
"""

from __future__ import annotations

from tocsin.coding.claims.orders import Orders
from tocsin.coding.matching.frames import Frame
from tocsin.errors import KnowledgeError
from tocsin.knowledge.loader import Tables
from tocsin.language.tokens import Token
from tocsin.syntax import Clause, Operator


def _in_quotes(clause: Clause) -> bool:
    """Whether the event noun alone stands in quotation marks."""
    tokens, i = clause.sentence.tokens, clause.token.i
    marks = frozenset("\"'“”‘’")
    return 0 < i < len(tokens) - 1 and tokens[i - 1].text in marks and tokens[i + 1].text in marks


class ClauseStatus:
    """The published table, and what it says of a clause alone."""

    def __init__(self, tables: Tables) -> None:
        table = tables.mapping("status.yaml")
        self._class: dict[str, str] = {}
        for name, lemmas in table["classes"].items():
            for lemma in map(str, lemmas):
                if lemma in self._class:
                    raise KnowledgeError(f"status.yaml: {lemma!r} stands in {self._class[lemma]} and in {name}; keep one")
                self._class[lemma] = name
        self._counterfactual = {key: frozenset(map(str, words)) for key, words in table["counterfactual"].items()}
        self._ruling_out = frozenset(map(str, table["ruling_out"]))
        self._asked = {key: frozenset(map(str, words)) for key, words in table["asked"].items()}
        self._grounds = frozenset(map(str, table["grounds"]))
        self._halting = frozenset(map(str, table["halting"]))
        self._lasting = frozenset(map(str, table["lasting"]))
        self._yet_to_be = frozenset(map(str, table["yet_to_be"]))
        self._in_force, self._to_be_held = (
            {part: frozenset(map(str, words)) for part, words in table[key].items()} for key in ("in_force", "to_be_held")
        )
        self._eves = frozenset(map(str, table["eves"]))
        self._weekdays = frozenset(row["name"] for row in tables.mapping("time/calendar.yaml")["weekdays"])
        self._unable = frozenset(map(str, table["unable"]))
        self._forecast = frozenset(map(str, table["forecast"]))
        self._passive: dict[str, str] = table["passive"]
        self._following = frozenset(map(str, tables.mapping("grammar.yaml")["following"]))
        self._plainly = frozenset(map(str, table["plainly"]))
        self._fresh = frozenset(map(str, tables.mapping("grammar.yaml")["fresh_adjectives"]))
        self._standing = frozenset(map(str, tables.mapping("grammar.yaml")["standing_verbs"]))
        self._perfect = frozenset(map(str, tables.mapping("grammar.yaml")["standing_perfect"]))
        self._topics = frozenset(map(str, tables.mapping("grammar.yaml")["topic_verbs"]))
        grammar = tables.mapping("grammar.yaml")
        self._occasions, self._going_on = frozenset(grammar["occasion_verbs"]), frozenset(grammar["going_on"])
        self._negators = frozenset(map(str, grammar["negators"]))
        self._scheduled = frozenset(map(str, grammar["scheduled_words"]))
        self._there = frozenset(map(str, grammar["there_words"]))
        self._talking = self._topics | frozenset(map(str, grammar["talking_words"]))
        self._ground = frozenset(map(str, grammar["ground_marks"]))
        self._judging = frozenset(map(str, grammar["judging_verbs"] + grammar["answering_verbs"]))
        self._reaffirming = frozenset(map(str, table["reaffirming"]))
        self._conditions = frozenset(map(str, tables.mapping("grammar.yaml")["conditional_marks"])) - {"whether"}
        self.orders = Orders(table, tables.mapping("grammar.yaml")["decree_nouns"])
        self._guaranteeing = frozenset(map(str, table["guaranteeing"]))
        self._over = frozenset(map(str, table["over"]))
        self._funds = frozenset(map(str, table["funds"]))
        self._nearing = frozenset(map(str, table["nearing"]))
        self._worrying = frozenset(map(str, table["worrying"]))
        self._presupposing = frozenset(map(str, table["presupposing"]))
        self._pending = frozenset(map(str, table["pending"]))
        self.unveiling = frozenset(map(str, table["planning_nouns"]))
        self._helping, self._efforts = (frozenset(map(str, table[key])) for key in ("helping", "efforts"))
        self._witness, self._grants = (frozenset(map(str, table[key])) for key in ("witness", "grants"))
        self._claims = {key: frozenset(map(str, words)) for key, words in table["claims"].items()}
        self._void, self._labelling, self._backing = (
            frozenset(map(str, table[key])) for key in ("void", "labelling", "backing")
        )
        self.sources = frozenset(map(str, table["sources"]))
        self.announcing = frozenset(map(str, table["announcing"]))
        self._yet = {key: frozenset(map(str, words)) for key, words in table["yet"].items()}
        self._effects: dict[str, dict[str, str]] = table["effects"]
        self._negated: dict[str, str] = table["negated"]
        self._unknown: dict[str, str] = table["unknown"]
        self._modifier: dict[str, str] = {w: s for s, words in table["modifiers"].items() for w in words}
        self._dating, self._any, self._aims = (frozenset(table[key]) for key in ("dating", "any_such", "aims"))
        self._inverted, self._almost = frozenset(grammar["inverted_auxiliaries"]), frozenset(table["almost"])
        self._failing, self._turning_down, self._unilateral = (
            frozenset(map(str, table[key])) for key in ("failing", "turning_down", "unilateral")
        )
        self._failed: dict[str, list[str]] = table["failed_still"]
        self._adverb: dict[str, str] = {w: s for s, words in table["adverbs"].items() for w in words}

    def is_scheduled(self, clause: Clause) -> bool:
        """Whether a word on the noun says that the event has its day: "the next consultations"."""
        return any(k.lower in self._scheduled for k in clause.sentence.kids(clause.token, "amod"))

    def _adverb_of(self, clause: Clause, word: Token) -> str | None:
        """What an adverb makes of the claim; "shortly after", "soon before" only date it."""
        after = clause.sentence.tokens[word.i + 1 : word.i + 2]
        dates = bool(after) and after[0].lower in self._dating
        return self._adverb.get(word.lower) if word.dep == "advmod" and not dates else None

    def rejects_claim(self, operator: Operator, clause: Clause) -> bool:
        """ "rejected the claim that": it is denied, where the claim is the verb's object and the event its content."""
        below = [o for o in clause.operators if o.token.head == operator.token.i and o.scope]
        claimed = any(o.lemma in self._claims["nouns"] for o in below)
        return operator.lemma in self._claims["verbs"] and claimed and not operator.negated

    def turned_away(self, operator: Operator, clause: Clause) -> bool:
        """Whether a claim is said to be false: "there is no truth to reports that", "called the reports baseless"; "rejected
        the claim that" where the claim itself stands between."""
        if operator.lemma in self._void:
            return operator.negated
        if operator.lemma not in self._labelling or operator.negated:
            return False
        claimed = [o for o in clause.operators if o.lemma in self._claims["nouns"] and o.token.head == operator.token.i]
        kids = clause.sentence.kids(operator.token, "xcomp", "obl", "advcl", "ccomp", "obj", "amod")
        return bool(claimed) and any(self._class.get(k.lemma) == "deny" for k in kids)

    def helped(self, operator: Operator) -> bool:
        """ "He helped negotiate the deal": it was negotiated."""
        done = operator.tense == "past" and operator.relation == "xcomp" and operator.modality == "none"
        return operator.lemma in self._helping and done and not operator.negated and not operator.passive

    def grounded(self, operator: Operator, state: str) -> bool:
        """Whether the operator is a noun for which what stands below is ground or occasion."""
        return operator.kind == "noun" and operator.lemma in self._grounds and state in ("noun", "occurred")

    def there(self, clause: Clause) -> bool:
        """Whether an event is said to be there ("ongoing attacks")."""
        return any(k.lower in self._there for k in clause.sentence.kids(clause.token, "amod", "compound"))

    def nearing(self, operator: Operator) -> bool:
        """Whether an event is said to be near or likely ("the invasion is imminent"): it has not come yet."""
        return operator.lemma in self._nearing and operator.relation == "nsubj"

    def thanked_for(self, operator: Operator, clause: Clause) -> bool:
        """ "thanked Qatar for its efforts in securing the truce": it was secured."""
        if operator.kind != "noun" or operator.lemma not in self._efforts:
            return False
        marks = {m.lower for k in clause.sentence.kids(operator.token, "acl") for m in clause.sentence.kids(k, "mark")}
        return "in" in marks and any(o.lemma in self._presupposing and not o.negated for o in clause.operators)

    def declined(self, clause: Clause, operator: Operator) -> bool:
        """ "X rejected a request to hand over tanks": X does not hand them over. What another asks to do himself is no
        claim."""
        if operator.kind != "noun" or operator.lemma not in self._asked["nouns"]:
            return False
        above = next((o for o in clause.operators if o.token.i == clause.sentence.tokens[operator.token.i].head), None)
        if above is None or above.lemma not in self._asked["verbs"] or above.negated or above.modality != "none":
            return False
        doers = {p.country for a in clause.get("subj") for e in a.entities for p in e.parties if p.country}
        return bool(doers) and doers == {p.country for e in above.subject for p in e.parties if p.country}

    def knows(self, lemma: str) -> bool:
        """Whether a lemma is an operator of the table."""
        return lemma in self._class

    def class_of(self, operator: Operator) -> str | None:
        """The class of an operator's lemma; None where the table has none."""
        lemma = operator.lemma
        if operator.kind == "adjective" and lemma in self._plainly:
            return "say"  # "it is clear that": not cleared
        if operator.passive and lemma in self._passive:
            return self._passive[lemma]
        return self._class.get(lemma) or self._class.get(lemma.split(" ")[0])

    def _any_such(self, clause: Clause, frame: Frame) -> bool:
        """ "opposed any strike on X": none is told of. "denied any strike" says that there was none."""
        noun = clause.kind == "noun" and clause.support is None and frame.type != "statement"
        any_such = any(k.lower in self._any for k in clause.sentence.kids(clause.token, "det"))
        if not noun or clause.negated or not any_such:
            return False
        return not any(o.negated or self.class_of(o) in ("deny", "negative") for o in clause.operators)

    def _unreal(self, clause: Clause, frame: Frame) -> bool:
        """ "had N sold the drones, M would have protested", "almost sold them": it did not happen. An attack that almost
        destroyed something did."""
        sentence, token = clause.sentence, clause.support or clause.token
        subjects = sentence.kids(token, "nsubj", "nsubj:pass")
        for aux in sentence.kids(token, "aux", "aux:pass"):
            if aux.lower in self._inverted and subjects and all(aux.i < t.i < token.i for t in subjects):
                return True
        almost = any(k.lower in self._almost for k in sentence.kids(token, "advmod") if k.i == token.i - 1)
        return almost and frame.type != "armed_incident"

    def _aimed_at(self, clause: Clause, frame: Frame) -> bool:
        """ "the aim is the capture of X": it is not told to have come about."""
        sentence, token = clause.sentence, clause.token
        if clause.kind != "noun" or frame.type == "statement":
            return False
        row = [token, *([sentence.tokens[token.head]] if token.dep == "conj" else [])]
        aims = [k for t in row if sentence.kids(t, "cop") for k in sentence.kids(t, "nsubj")]
        return any(k.lemma in self._aims for k in aims)

    def _base(self, clause: Clause, frame: Frame) -> str:
        """What the clause says by itself: tense, modality, negation, the words directly on it."""
        if clause.kind == "noun" and _in_quotes(clause):
            return "drop"  # "his 'war' on the group": so called
        shared = clause.sentence.tokens[clause.token.head] if clause.kind == "noun" and clause.token.dep == "conj" else None
        before = [k for k in clause.sentence.kids(shared, "amod") if k.i < shared.i] if shared is not None else []
        for kid in [*clause.sentence.kids(clause.token, "amod", "advmod", "compound"), *before]:
            state = self._modifier.get(kid.lower) or self._adverb_of(clause, kid)
            tried = kid.lower in self._failed["words"] and frame.type in self._failed["types"]
            if state and kid.lower not in ("next",) and not tried:
                return state
        if self._any_such(clause, frame) or self._aimed_at(clause, frame) or self._unreal(clause, frame):
            return "drop"
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
            return "drop" if self._missed(clause, frame) else "possible"
        if clause.modality == "would":  # "said that it would send" is a plan; a bare "would" is a condition
            told = any(
                o.scope and o.kind == "verb" and self.class_of(o) in ("say", "plan", "approve", "announce_noun", "deny")
                for o in clause.operators
            )
            return "planned" if told else "drop"
        if clause.modality == "duty":
            return "drop"
        standing = frame.raw.get("ongoing")
        if standing == "stays" and clause.tense != "infinitive":
            return "ongoing"  # "the troops in X will remain": they are there now
        if clause.tense == "future" and frame.raw.get("goes_on") and clause.support_lemma in self._going_on:
            return "occurred"  # "fighting will continue": it is under way
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
        held = clause.tense == "present" and clause.support_lemma in self._standing
        if frame.raw.get("bare") == "ongoing" and (held or clause.support_lemma in self._going_on):
            return "ongoing"  # "has a blockade on": it is in force
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

    def _missed(self, clause: Clause, frame: Frame) -> bool:
        """ "could have sent tanks a year ago": a chance that was let go."""
        words = {k.lower for k in clause.sentence.kids(clause.token, "aux")}
        could = bool(words & self._counterfactual["words"]) and bool(words & self._perfect)
        return could and frame.type in self._counterfactual["types"]

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
