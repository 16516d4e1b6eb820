"""What a verb gives to the event noun that it carries: "carried out a drill" is *drill*, done by who carried it out.

In: the clause of an event noun, the verb clauses of its sentence. Out: the same clause with tense, polarity and arguments of
a light verb, a verb of happening, of taking part, or of stopping and resuming.
"""

from __future__ import annotations

from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Clause
from tocsin.syntax.flow import behind
from tocsin.syntax.passes import Pass


class Support(Pass):
    """Lends event nouns what their verbs say."""

    def lend(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """What a light verb, a verb of happening or of taking part gives to its event noun."""
        sentence, token = clause.sentence, clause.token
        anchor, anchor_noun = self._anchors(sentence, token)
        parent = sentence.parent(anchor_noun)
        verb = verbs.get(parent.i) if parent is not None else None
        if verb is None and anchor_noun.dep in ("acl:relcl",):
            return
        carrying = self._carrier(clause, anchor_noun, verb) if verb is not None else None
        carrying = self._below(clause, anchor_noun, verbs, carrying)
        if carrying is None:
            for phrase in behind(sentence, anchor_noun, verb.token) if verb is not None else ():
                if self.case(sentence, phrase) in self.lexicon.words("end_prepositions"):
                    self._add(clause, self.case(sentence, phrase), phrase)
            self._passed(clause, anchor_noun, verb)
            self._adjunct(clause, anchor_noun, verb)
            return
        self._carry(clause, carrying, anchor_noun, {anchor.i, anchor_noun.i, token.i})

    def _anchors(self, sentence: Sentence, token: Token) -> tuple[Token, Token]:
        """The first of the nouns that the event is coordinated with, and the noun by which it hangs from its verb."""
        anchor = token
        while (
            anchor.dep == "conj" and (above := sentence.parent(anchor)) is not None and above.pos in ("NOUN", "PROPN")
        ):
            anchor = above
        parent = sentence.parent(anchor)
        if (
            parent is not None
            and anchor.dep == "nmod"
            and parent.pos in ("NOUN", "SYM", "NUM")
            and (self.interpreter.effective(sentence, parent) is anchor or self._part_taken(sentence, parent))
        ):
            return anchor, parent
        return anchor, anchor

    def _below(
        self, clause: Clause, noun: Token, verbs: dict[int, Clause], carrying: Clause | None
    ) -> Clause | None:
        """The verb that carries the noun, else a passive light one in a clause below; an active one lends its phrases."""
        for kid in clause.sentence.kids(noun, "acl", "acl:relcl"):
            below = verbs.get(kid.i)
            if (
                carrying is None
                and below is not None
                and below.passive
                and below.lemma in self.lexicon.words("light_verbs")
            ):
                carrying = below
                clause.passive = True
            elif below is not None and below.passive and below.lemma in self.lexicon.words("light_verbs"):
                for argument in below.get("subj"):
                    clause.add("by", argument)  # "began the largest drill ever held by X and Y"
            elif below is not None and self._holds(below, noun):
                for slot in ("subj", "with", "in", "at", "near"):
                    for argument in below.get(slot):
                        clause.add(slot, argument)
        return carrying

    def _carry(self, clause: Clause, carrying: Clause, noun: Token, own: set[int]) -> None:
        """Take over what the carrying verb says, except the words of the event itself."""
        clause.support, clause.support_lemma = carrying.token, carrying.lemma
        clause.tense, clause.progressive = carrying.tense, carrying.progressive
        clause.modality = carrying.modality
        clause.negated = clause.negated or carrying.negated
        seen = carrying.lemma in self.lexicon.words("involvement_verbs") and noun.dep == "obj"
        answers = carrying.lemma in self.lexicon.words("answering_verbs") and noun.dep == "obl"
        for slot, arguments in carrying.args.items():
            if slot == "subj" and seen:
                continue  # "we see a concentration of troops": who sees it does not do it
            if answers and slot in ("obj", "to", "content", "content_obj"):
                continue  # what is answered is another event
            for argument in arguments:
                if argument.token.i not in own:
                    clause.add(self._carried(carrying, slot), argument)
        for argument in carrying.get("subj") if carrying.passive and carrying.token.dep == "acl" else ():
            for kid in clause.sentence.kids(argument.token, "nmod"):
                if self.case(clause.sentence, kid) == "against":  # "perpetrated by X against Y": the parse hangs it from X
                    self._add(clause, "against", kid)

    def _carrier(self, clause: Clause, noun: Token, verb: Clause) -> Clause | None:
        words = self.lexicon.words
        if noun.dep in ("obj", "nsubj:pass") and verb.lemma in words("light_verbs") | words("involvement_verbs"):
            return verb
        judged = any("rebuke_noun" in e.types for a in verb.get("obj") for e in a.entities)  # "drew condemnation from"
        telling = words("occurrence_verbs") | words("involvement_verbs")
        if noun.dep in ("nsubj", "nsubj:pass") and verb.lemma in telling and not judged:
            return verb
        holds = verb.lemma in words("containing_verbs") and noun.lemma in words("transfer_nouns")
        if noun.dep == "nsubj" and holds:
            return verb  # "the package consists of ten guns"
        if verb.lemma in words("participation_verbs") and noun.dep in ("obl", "obj"):
            return verb
        answers = verb.lemma in words("answering_verbs") and noun.dep == "obl"
        if answers and self.case(clause.sentence, noun) == "with":
            return verb  # "retaliated with air strikes on X"
        if noun.dep in ("xcomp", "obj", "nsubj") and clause.sentence.kids(verb.token, "expl"):
            return verb  # "there were clashes"
        return None

    def _carried(self, verb: Clause, slot: str) -> str:
        if verb.lemma in self.lexicon.words("involvement_verbs") and slot == "obj":
            return "involving"
        if verb.lemma in self.lexicon.words("containing_verbs") and slot in ("obj", "of"):
            return "involving"
        if slot == "on" and verb.lemma in self.lexicon.words("took_place_verbs"):
            return "at"  # "the strike took place on the road": where, not what it hit
        return slot

    def _part_taken(self, sentence: Sentence, noun: Token) -> bool:
        """ "took part in": the parse hangs what it was in from "part"."""
        verb = sentence.parent(noun)
        light = noun.lemma in self.lexicon.words("take_objects") and noun.dep == "obj"
        return light and verb is not None and verb.lemma == "take"

    def _holds(self, verb: Clause, noun: Token) -> bool:
        """ "the exercise, which X held with Y": an active light verb whose object the noun is."""
        light = verb.lemma in self.lexicon.words("light_verbs") and not verb.passive
        return light and any(a.token.i == noun.i for a in verb.get("obj"))

    def _passed(self, clause: Clause, noun: Token, verb: Clause | None) -> None:
        """ "halted the delivery of boats to X": who halts it is who delivers, and the phrases are the delivery's."""
        if verb is not None and verb.lemma in self.lexicon.words("judging_verbs") and noun.dep == "obj":
            for slot in ("to", "with", "by", "against", "on", "in"):  # "condemned U.S. arms sales to Taiwan"
                for argument in verb.get(slot):
                    if argument.token.i > noun.i:
                        clause.add(slot, argument)
            return
        passing = verb is not None and verb.lemma in self.lexicon.words("passing_verbs")
        if verb is None or not passing or noun.dep not in ("obj", "nsubj:pass"):
            return
        if verb.lemma in self.lexicon.words("topic_reports") and clause.lemma in self.lexicon.words("suffered_events"):
            return  # "the army confirmed the attack": whoever tells of it
        known = self.lexicon.words("described_parties")
        source = [e for a in clause.get("from") for e in a.entities if e.parties or e.lemma in known]
        if not source and not clause.get("poss", "nat", "by", "subj"):
            for argument in verb.get("subj"):
                clause.add("subj", argument)
        for slot in ("to", "with", "in", "from", "at", "near", "off"):
            for argument in verb.get(slot):
                clause.add(slot, argument)

    @staticmethod
    def _sides_of(clause: Clause) -> bool:
        """ "The meeting of the leaders of A and B": two sides are told, who speaks of it is none."""
        return len({c for a in clause.get("of") for e in a.entities for c in e.countries}) > 1

    def _adjunct(self, clause: Clause, noun: Token, verb: Clause | None) -> None:
        """ "raised this in a call with X": who does something in a meeting takes part in it."""
        sentence = clause.sentence
        meeting = "meeting" in self.lexicon.noun_types(sentence, clause.token)
        inside = self.case(sentence, noun) in self.lexicon.words("inside_prepositions")
        answer = verb is not None and verb.lemma in self.lexicon.words("answering_verbs")
        if (
            answer
            and verb is not None
            and self.case(sentence, noun) in self.lexicon.words("partner_prepositions")
            and not clause.get("subj", "poss", "nat")
        ):
            for argument in verb.get("subj"):
                clause.add("subj", argument)
        drill = "drill" in self.lexicon.noun_types(sentence, clause.token)
        coming = verb is not None and verb.lemma in self.lexicon.words("coming_verbs")
        if verb is not None and drill and coming and self.case(sentence, noun) == "for" and noun.dep == "obl":
            for slot in ("subj", "in", "at"):  # "arrived in X for an exercise with Y"
                for argument in verb.get(slot):
                    clause.add(slot, argument)
            clause.tense = "future"
        told = clause.get("between", "subj", "poss") or self._sides_of(clause)
        if verb is not None and meeting and inside and noun.dep == "obl" and not told:
            for argument in verb.get("subj"):
                clause.add("subj", argument)
