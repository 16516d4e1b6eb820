"""Builds the clauses of a sentence in normal form.

In: a sentence and the interpreter that knows its entities. Out: clauses for verbs, for nouns that can be events, and for
predicates after "be". Each small pass adds arguments: direct ones, those of passives, shared subjects of coordinated and
embedded verbs, the gaps of relative clauses and participles, modifiers of nouns, and what light verbs carry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from tocsin.language.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Argument, Clause
from tocsin.syntax.flow import behind, companions, lend_ends, served
from tocsin.syntax.operators import operators
from tocsin.syntax.verbs import form_of, lemma_of

_MODIFIERS = ("amod", "compound", "nmod", "obl:npmod", "flat", "nummod")


class ClauseBuilder:
    """Makes clauses; ``is_event`` says which nouns (by lemma phrase) are worth one."""

    def __init__(
        self,
        interpreter: Interpreter,
        is_event: Callable[[Sentence, Token], str | None],
        is_operator: Callable[[str], bool] = lambda lemma: False,
    ) -> None:
        self.interpreter = interpreter
        self.lexicon = interpreter.lexicon
        self.is_event = is_event
        self.is_operator = is_operator

    def clauses(self, sentence: Sentence) -> list[Clause]:
        """All clauses of the sentence, in text order of their predicates."""
        verbs: dict[int, Clause] = {}
        for token in sentence:
            if token.dep in ("case", "mark", "fixed") or not token.text[:1].isalpha():
                continue
            if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "aux:pass", "cop")):
                verbs[token.i] = self._verb(sentence, token)
        for clause in verbs.values():
            self._share_subject(clause, verbs)
        for clause in verbs.values():
            self._late_agent(clause)
        self._launchers(verbs)
        lend_ends(verbs.values(), self.lexicon)
        nouns = [
            self._noun(sentence, token, name, verbs)
            for token in sentence
            if token.pos in ("NOUN", "PROPN", "VERB")
            and (name := self.is_event(sentence, token))
            and token.i not in verbs
            and not self._in_name(sentence, token)
        ]
        predicates = [c for t in sentence if (c := self._predicate(sentence, t)) is not None]
        contents = verbs | {c.token.i: c for c in predicates}
        for clause in [*verbs.values(), *nouns]:
            self._complement(clause, contents)
        found = sorted([*verbs.values(), *nouns, *predicates], key=lambda c: (c.token.i, c.kind))
        for clause in found:
            clause.operators = operators(sentence, clause.token, self.lexicon, clause.support)
            for operator in clause.operators:
                if operator.token.i in verbs:
                    operator.subject = [e for a in verbs[operator.token.i].get("subj") for e in a.entities]
                else:
                    operator.subject = self._holders(sentence, operator.token)
        return found

    def _in_name(self, sentence: Sentence, token: Token) -> bool:
        """Whether a noun is a word of a longer name ("Popular Mobilization Forces" mobilises nobody)."""
        mention = self.interpreter.mention(sentence, token)
        if mention is not None and mention.last > mention.first and mention.party is not None:
            return True
        head = sentence.tokens[token.head]  # the first word of "test launch" is no event beside it
        longer = self.is_event(sentence, head) if token.dep == "compound" and head.i > token.i else None
        if longer is not None:
            return token.lower in longer.split()
        modifier = token.dep in ("compound", "amod") and head.i > token.i and head.pos in ("NOUN", "PROPN")
        return modifier and not self.is_operator(head.lemma)  # "patrol boats", "training ground"

    # --- verbs ---------------------------------------------------------------------------------------------------

    def _verb(self, sentence: Sentence, token: Token) -> Clause:
        form = form_of(sentence, token, self.lexicon)
        clause = Clause(
            sentence,
            token,
            lemma_of(sentence, token, self.lexicon),
            "verb",
            tense=form.tense,
            progressive=form.progressive,
            passive=form.passive,
            negated=form.negated,
            perfect=form.perfect,
            modality=form.modality,
        )
        subjects = sentence.kids(token, "nsubj", "nsubj:pass")
        for kid in subjects:
            resolved = self._relative(sentence, kid)
            passive = form.passive or (kid.dep == "nsubj:pass" and not form.perfect)  # "has withdrawn" is active
            slot = ("iobj" if sentence.kids(token, "obj") else "obj") if passive else "subj"
            self._add(clause, slot, resolved)
            clause.negated = clause.negated or self._none(sentence, kid)
            for companion in companions(sentence, kid, self.case):
                self._add(clause, slot, companion)
        nominal = [
            k for k in sentence.kids(token, "xcomp") if k.pos in ("NOUN", "PROPN") and not sentence.kids(token, "obj")
        ]
        for kid in nominal:  # "become a member of"
            self._add(clause, "obj", kid)
        for kid in sentence.kids(token, "xcomp") if sentence.kids(token, "obj") else ():
            if kid.pos in ("NOUN", "ADJ"):  # "called the attack a crime"
                self._add(clause, "as", kid)
        for kid in sentence.kids(token, "obj", "iobj"):
            if kid.lemma in self.lexicon.words("person_objects") and clause.lemma.endswith(" " + kid.lemma):
                continue  # "two tourists taken hostage"
            self._add(clause, kid.dep.split(":")[0], self._relative(sentence, kid))
            clause.negated = clause.negated or self._none(sentence, kid)
        self._obliques(clause, token)
        for thing in sentence.kids(token, "obj"):  # "claimed responsibility for the attack"
            if thing.lemma in self.lexicon.words("bearing_nouns"):
                for kid in sentence.kids(thing, "nmod"):
                    if self.case(sentence, kid) in ("for", "over"):
                        self._add(clause, "for", kid)
        for thing in sentence.kids(token, "obj"):  # "fired rockets aimed at a base"
            for kid in self._targets(sentence, thing):
                self._add(clause, "at", kid)
        self._purpose(clause, token)
        if not self._absolute(clause):
            self._gap(clause)
        self._hyphenated(clause)
        return clause

    def _obliques(self, clause: Clause, token: Token) -> None:
        sentence = clause.sentence
        for kid in sentence.kids(token, "obl", "nmod", "obl:agent"):
            case = self.case(sentence, kid)
            if kid.dep == "obl:agent" or (case == "by" and clause.passive):
                self._add(clause, "subj", kid)
            elif case:
                self._add(clause, case, self._relative(sentence, kid))

    def _purpose(self, clause: Clause, token: Token) -> None:
        """ "to beef up Tajikistan's army": what the purpose is to serve, as slot ``purpose``."""
        for thing in served(clause.sentence, token, self.lexicon):
            self._add(clause, "purpose", thing)
        for kid in clause.sentence.kids(token, "advcl", "xcomp"):
            infinitive = any(t.lower == "to" for t in clause.sentence.kids(kid, "aux", "mark"))
            if infinitive and kid.lemma in self.lexicon.words("fighting_verbs"):
                for foe in clause.sentence.kids(kid, "obj"):
                    self._add(clause, "against", foe)

    def _share_subject(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """Subjects that a coordinated, infinitive or participle clause takes from the verb above it."""
        sentence, token = clause.sentence, clause.token
        seen: set[int] = set()
        current = token
        while not (clause.args.get("obj") if clause.passive else clause.args.get("subj")):
            parent = sentence.parent(current)
            if parent is None or parent.i in seen:
                return
            seen.add(parent.i)
            if current.dep not in ("conj", "xcomp", "advcl", "ccomp", "acl"):
                return
            lent = self._lent(sentence, current, parent, verbs)
            if lent:
                slot = "obj" if clause.passive else "subj"
                for argument in lent:
                    clause.add(slot, argument)
                return
            current = parent

    def _late_agent(self, clause: Clause) -> None:
        """ "were barred from entering by X", "was declared persona non grata by X": the parse hangs who did it too low."""
        sentence = clause.sentence
        if not clause.passive or clause.get("subj"):
            return
        for kid in sentence.kids(clause.token, "xcomp", "advcl"):
            if kid.pos == "VERB" and kid.tag == "VBN":
                continue
            for phrase in sentence.kids(kid, "obl", "nmod", "obl:agent"):
                if self.case(sentence, phrase) == "by":
                    self._add(clause, "subj", phrase)

    def _launchers(self, verbs: dict[int, Clause]) -> None:
        """ "fired missiles that hit a base", "drones launched by X struck": who sent off what strikes, as ``launcher``."""
        sent = [v for v in verbs.values() if v.lemma in self.lexicon.words("launch_verbs") and v.get("subj")]
        for clause in verbs.values():
            for argument in clause.get("subj"):
                for verb in sent:
                    if verb is not clause and any(a.token.i == argument.token.i for a in verb.get("obj")):
                        for launcher in verb.get("subj"):
                            clause.add("launcher", launcher)

    def _lent(self, sentence: Sentence, token: Token, parent: Token, verbs: dict[int, Clause]) -> list[Argument]:
        above = verbs.get(parent.i)
        if token.dep == "acl" and parent.pos in ("NOUN", "PROPN"):
            return self._holder_of(sentence, parent, verbs)
        if above is None:
            marks = {k.lower for k in sentence.kids(token, "mark")}
            toward = [k for k in sentence.kids(parent, "obl", "nmod") if self.case(sentence, k) == "to"]
            if toward and "for" in marks:  # "grateful to X for sending"
                return [Argument(k, self.interpreter.entities(sentence, k)) for k in toward[:1]]
            subjects = sentence.kids(parent, "nsubj", "nsubj:pass")
            return [Argument(s, self.interpreter.entities(sentence, self._relative(sentence, s))) for s in subjects]
        if token.dep == "ccomp" and (token.tag not in ("VB", "VBG") or sentence.kids(token, "mark")):
            return []
        called = above.args.get("on") or above.args.get("upon") or above.args.get("to")
        if token.dep == "xcomp" and called and above.lemma.split(" ")[0] in self.lexicon.words("calling_verbs"):
            return called  # "called on Oslo to leave"
        if token.dep == "xcomp" and above.args.get("obj") and above.lemma not in ("promise", "vow", "threaten"):
            return above.args["obj"]
        marks = {k.lower for k in sentence.kids(token, "mark")}
        if token.dep == "advcl" and marks & self.lexicon.words("object_marks"):
            undergoer = above.args.get("obj") or above.args.get("iobj")  # "thanked X for sending", "accused X of"
            if undergoer:
                return list(undergoer)
        if above.passive:
            surface = above.args.get("iobj") or above.args.get("obj") or []
            return list(surface)
        return list(above.args.get("subj", []))

    def _holder_of(self, sentence: Sentence, noun: Token, verbs: dict[int, Clause]) -> list[Argument]:
        """Whose plan, decision or resolution "to do" something is: its possessor, else the subject of its verb."""
        owners = [
            Argument(k, self.interpreter.entities(sentence, k))
            for k in sentence.kids(noun, "nmod:poss", "amod", "compound")
            if self.interpreter.entity(sentence, k).parties
        ]
        for case in ("by", "of", "between") if noun.lemma in self.lexicon.words("infinitive_nouns") and not owners else ():
            kids = [k for k in sentence.kids(noun, "nmod") if self.case(sentence, k) == case]
            owners = owners or [Argument(k, self.interpreter.entities(sentence, k)) for k in kids]
        if owners:
            return owners
        if sentence.kids(noun, "cop"):  # "Spain was the first country to send"
            return [Argument(k, self.interpreter.entities(sentence, k)) for k in sentence.kids(noun, "nsubj")]
        verb = sentence.parent(noun)
        above = verbs.get(verb.i) if verb is not None else None
        if above is not None and above.passive and noun.dep == "nsubj:pass":  # "a deal to buy jets was signed by X"
            return list(above.args.get("subj", []))
        above = above if noun.dep in ("obj", "obl", "nmod", "xcomp") else None
        if above is None or above.passive or above.lemma in self.lexicon.words("judging_verbs"):
            return []
        return list(above.args.get("subj", []))

    def _gap(self, clause: Clause) -> None:
        """The noun that a relative or participle clause hangs from fills its gap."""
        sentence, token = clause.sentence, clause.token
        anchor = token
        while anchor.dep == "conj" and (above := sentence.parent(anchor)) is not None:
            anchor = above
        noun = sentence.parent(anchor)
        if noun is None or anchor.dep not in ("acl:relcl", "acl", "amod") or noun.pos in ("VERB", "AUX"):
            return
        argument = Argument(noun, self.interpreter.entities(sentence, self.interpreter.effective(sentence, noun)))
        if any(k.lower == "where" for k in sentence.kids(token, "advmod")):
            self._where(clause, noun)
            return
        carrier = noun.lemma in self.lexicon.words("source_papers") and anchor.tag == "VBG"
        if anchor.dep == "acl" and carrier:  # "posted a message blaming": who posts it blames
            return
        own_subject = clause.args.get("obj" if clause.passive else "subj")
        to = any(k.lower == "to" for k in sentence.kids(anchor, "aux"))  # "the commitment to sending"
        if anchor.dep == "acl" and (anchor.tag == "VB" or to or sentence.kids(anchor, "mark")):
            return
        if clause.passive and not clause.args.get("obj"):
            clause.add("obj", argument)
        elif not clause.passive and not own_subject:
            clause.add("subj", argument)
        elif anchor.dep == "acl:relcl" and not clause.args.get("obj") and not clause.passive:
            clause.add("obj", argument)

    def _absolute(self, clause: Clause) -> bool:
        """ "with the Taliban taking over": the noun between "with" and the participle does it, wherever both hang."""
        sentence, token = clause.sentence, clause.token
        if token.tag != "VBG" or token.i == 0 or clause.args.get("subj") or token.dep == "amod":
            return False
        noun = sentence.tokens[token.i - 1]
        if noun.pos not in ("NOUN", "PROPN", "PRON") or self.case(sentence, noun) != "with":
            return False
        self._add(clause, "subj", noun)
        return True

    def _where(self, clause: Clause, noun: Token) -> None:
        """ "in Kyrgyzstan, where Russia has a base": the nearest place before "where" is where it is."""
        sentence = clause.sentence
        start = min(t.i for t in sentence.subtree(clause.token))
        for token in reversed(sentence.tokens[:start]):
            if token.pos in ("PROPN", "NOUN") and self.interpreter.entity(sentence, token).place is not None:
                self._add(clause, "in", token)
                return

    def _hyphenated(self, clause: Clause) -> None:
        """ "Russian-supplied vehicles": the party before the hyphen does it, the noun after it undergoes it."""
        sentence, token = clause.sentence, clause.token
        if token.i < 2 or sentence.tokens[token.i - 1].text != "-":
            return
        doer = sentence.tokens[token.i - 2]
        if token.tag != "VBN":
            return
        clause.passive = True
        clause.args.pop("subj", None)
        if doer.pos not in ("NOUN", "PROPN", "ADJ"):
            return
        self._add(clause, "subj", doer)
        noun = sentence.parent(token)
        if noun is not None and noun.pos in ("NOUN", "PROPN"):
            self._add(clause, "obj", noun)

    def _complement(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """What is said, promised, demanded: its clause, that clause's surface subject as slot ``content`` and its object
        as ``content_obj``."""
        sentence = clause.sentence
        anchor = clause.token
        for kid in sentence.kids(anchor, "ccomp", "xcomp", "acl", "advcl", "parataxis"):
            marks = {m.lower for m in sentence.kids(kid, "mark")}
            if kid.dep == "acl:relcl":
                continue
            if kid.dep == "acl" and not (marks or kid.tag == "VB"):
                continue
            if kid.dep == "advcl" and not ("for" in marks and kid.tag == "VB"):
                continue
            clause.complement = verbs.get(kid.i)
            for subject in sentence.kids(kid, "nsubj", "nsubj:pass"):
                self._add(clause, "content", self._relative(sentence, subject))
            if not clause.get("content") and clause.complement is not None and kid.dep == "xcomp":
                for argument in clause.get("obj"):
                    clause.add("content", argument)
            for thing in sentence.kids(kid, "obl", "nmod"):
                if self.case(sentence, thing) == "with":
                    self._add(clause, "content_with", thing)
            for thing in sentence.kids(kid, "obj", "obl", "nmod"):
                if thing.dep == "obj" or self.case(sentence, thing) in (
                    "by",
                    "with",
                    "against",
                    "to",
                    "for",
                    "on",
                    "at",
                ):
                    self._add(clause, "content_obj", thing)
            return

    # --- nouns and predicates ------------------------------------------------------------------------------------

    def _noun(self, sentence: Sentence, token: Token, name: str, verbs: dict[int, Clause]) -> Clause:
        clause = Clause(sentence, token, name, "noun")
        clause.definite = any(
            k.lower in self.lexicon.words("definite") for k in sentence.kids(token, "det", "nmod:poss")
        )
        clause.negated = any(k.lower in self.lexicon.words("negators") for k in sentence.kids(token, "det"))
        for kid in sentence.kids(token, "nmod:poss"):
            self._add(clause, "poss", kid)
        for name_part in sentence.kids(token, "compound"):  # "NATO's Able Archer exercise"
            for kid in sentence.kids(name_part, "nmod:poss"):
                self._add(clause, "poss", kid)
        self._aimed(clause)
        inside = range(token.i - len(name.replace("-", " - ").split()) + 1, token.i)
        apposed = token.dep == "appos" and token.lemma in self.lexicon.words("apposed_nouns")
        if apposed:  # "Djibouti, home to a base"
            self._add(clause, "subj", sentence.tokens[token.head])
        predicate = apposed or bool(sentence.kids(token, "cop"))
        for kid in sentence.kids(token, *_MODIFIERS, *(("obl",) if predicate else ())):  # "this was the first test of"
            if kid.i in inside and not self.interpreter.entity(sentence, kid).parties:
                for inner in sentence.kids(kid, "amod", "compound"):  # "the American troop withdrawal"
                    below = self.interpreter.entity(sentence, inner)
                    if any(p.country or p.id for p in below.parties):
                        clause.add("nat", Argument(inner, [below]))
                continue
            case = self.case(sentence, kid)
            if kid.dep == "nmod:poss":
                continue
            if kid.i > token.i and case:
                self._add(clause, case, kid)
            elif kid.i < token.i and not case and kid.dep != "nummod":
                self._modifier(clause, kid)
        if predicate:
            form = form_of(sentence, token, self.lexicon)
            clause.negated, clause.modality = clause.negated or form.negated, form.modality
            clause.tense = "future" if form.tense == "future" else clause.tense
        self._support(clause, verbs)
        self._part_of_whole(clause)
        return clause

    def _aimed(self, clause: Clause) -> None:
        """ "drills aimed at Taiwan": whom a participle on the noun names as target, as slot ``against``."""
        for thing in self._targets(clause.sentence, clause.token):
            self._add(clause, "against", thing)

    def _targets(self, sentence: Sentence, noun: Token) -> list[Token]:
        """Phrases that a participle on a noun names as its target."""
        return [
            thing
            for kid in sentence.kids(noun, "acl")
            if kid.lemma in self.lexicon.words("target_participles")
            for thing in sentence.kids(kid, "obl", "obj", "nmod")
            if thing.dep == "obj" or self.case(sentence, thing) in ("at", "against", "on")
        ]

    def _part_of_whole(self, clause: Clause) -> None:
        """ "North Korea's support, including the transfer of missiles": the whole's possessor is the part's."""
        sentence, token = clause.sentence, clause.token
        anchor = token
        listed = self.lexicon.words("including")
        while anchor.dep in ("conj", "nmod") and self.case(sentence, anchor) not in listed:
            above = sentence.parent(anchor)  # "including the deployment of troops and the transfer of missiles"
            if above is None or above.pos not in ("NOUN", "PROPN"):
                break
            anchor = above
        whole = sentence.parent(anchor)
        while whole is not None and whole.dep == "nmod" and (above := sentence.parent(whole)) is not None:
            if above.pos not in ("NOUN", "PROPN"):
                break
            whole = above  # "Japan's response to Russia's invasion, including its aid": the part is the first one's
        if clause.get("poss", "nat", "subj", "by") or whole is None or anchor.dep != "nmod":
            return
        if self.case(sentence, anchor) in self.lexicon.words("including"):
            for kid in sentence.kids(whole, "nmod:poss"):
                self._add(clause, "poss", kid)
            for kid in sentence.kids(whole, "nmod"):
                if self.case(sentence, kid) == "by":
                    self._add(clause, "by", kid)

    def _modifier(self, clause: Clause, kid: Token) -> None:
        sentence = clause.sentence
        for member in [kid, *sentence.kids(kid, "conj")]:
            if member.tag in ("VBN", "VBG") and member.pos == "VERB":
                continue
            entity = self.interpreter.entity(sentence, member)
            named = any(p.country or p.id for p in entity.parties) and entity.materiel is None
            slot = "nat" if named else "comp"  # "U.S. arms sales" are sales of arms
            clause.add(slot, Argument(member, [entity]))
            for inner in sentence.kids(member, "compound", "amod", "nmod", "obl:npmod"):
                below = self.interpreter.entity(sentence, inner)
                pair = sentence.tokens[inner.i + 1].text == "-" if inner.i + 1 < len(sentence.tokens) else False
                if any(p.country or p.id for p in below.parties) and (slot == "comp" or pair):
                    clause.add("nat", Argument(inner, [below]))

    def _support(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """What a light verb, a verb of happening or of taking part gives to its event noun."""
        sentence, token = clause.sentence, clause.token
        anchor = token
        while (
            anchor.dep == "conj" and (above := sentence.parent(anchor)) is not None and above.pos in ("NOUN", "PROPN")
        ):
            anchor = above
        parent = sentence.parent(anchor)
        anchor_noun = anchor
        if (
            parent is not None
            and anchor.dep == "nmod"
            and parent.pos in ("NOUN", "SYM", "NUM")
            and (self.interpreter.effective(sentence, parent) is anchor or self._part_taken(sentence, parent))
        ):
            anchor_noun, parent = parent, sentence.parent(parent)
        verb = verbs.get(parent.i) if parent is not None else None
        if verb is None and anchor_noun.dep in ("acl:relcl",):
            return
        carrying = self._carrier(clause, anchor_noun, verb) if verb is not None else None
        for kid in sentence.kids(anchor_noun, "acl", "acl:relcl"):
            below = verbs.get(kid.i)
            if (
                carrying is None
                and below is not None
                and below.passive
                and below.lemma in self.lexicon.words("light_verbs")
            ):
                carrying = below
                clause.passive = True
            elif below is not None and self._holds(below, anchor_noun):
                for slot in ("subj", "with", "in", "at", "near"):
                    for argument in below.get(slot):
                        clause.add(slot, argument)
        if carrying is None:
            for phrase in behind(sentence, anchor_noun, verb.token) if verb is not None else ():
                if self.case(sentence, phrase) in ("to", "from"):
                    self._add(clause, self.case(sentence, phrase), phrase)
            self._passed(clause, anchor_noun, verb)
            self._adjunct(clause, anchor_noun, verb)
            return
        clause.support, clause.support_lemma = carrying.token, carrying.lemma
        clause.tense, clause.progressive = carrying.tense, carrying.progressive
        clause.modality = carrying.modality
        clause.negated = clause.negated or carrying.negated
        seen = carrying.lemma in self.lexicon.words("involvement_verbs") and anchor_noun.dep == "obj"
        for slot, arguments in carrying.args.items():
            if slot == "subj" and seen:
                continue  # "we see a concentration of troops": who sees it does not do it
            for argument in arguments:
                if argument.token.i not in (anchor.i, anchor_noun.i, token.i):
                    clause.add(self._carried(carrying, slot), argument)

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
        known = self.lexicon.words("described_parties")
        source = [e for a in clause.get("from") for e in a.entities if e.parties or e.lemma in known]
        if not source and not clause.get("poss", "nat", "by", "subj"):
            for argument in verb.get("subj"):
                clause.add("subj", argument)
        for slot in ("to", "with", "in", "from", "at", "near", "off"):
            for argument in verb.get(slot):
                clause.add(slot, argument)

    def _adjunct(self, clause: Clause, noun: Token, verb: Clause | None) -> None:
        """ "raised this in a call with X": who does something in a meeting takes part in it."""
        sentence = clause.sentence
        meeting = "meeting" in self.lexicon.noun_types(sentence, clause.token)
        inside = self.case(sentence, noun) in self.lexicon.words("inside_prepositions")
        answer = verb is not None and verb.lemma in self.lexicon.words("answering_verbs")
        if (
            answer
            and verb is not None
            and self.case(sentence, noun) in ("with", "by")
            and not clause.get("subj", "poss", "nat")
        ):
            for argument in verb.get("subj"):
                clause.add("subj", argument)
        if verb is not None and meeting and inside and noun.dep == "obl" and not clause.get("between", "subj", "poss"):
            for argument in verb.get("subj"):
                clause.add("subj", argument)

    def _carrier(self, clause: Clause, noun: Token, verb: Clause) -> Clause | None:
        words = self.lexicon.words
        if noun.dep in ("obj", "nsubj:pass") and verb.lemma in words("light_verbs") | words("involvement_verbs"):
            return verb
        if noun.dep in ("nsubj", "nsubj:pass") and verb.lemma in words("occurrence_verbs") | words("involvement_verbs"):
            return verb
        if verb.lemma in words("participation_verbs") and noun.dep in ("obl", "obj"):
            return verb
        if noun.dep in ("xcomp", "obj", "nsubj") and clause.sentence.kids(verb.token, "expl"):
            return verb  # "there were clashes"
        return None

    def _carried(self, verb: Clause, slot: str) -> str:
        if verb.lemma in self.lexicon.words("involvement_verbs") and slot == "obj":
            return "involving"
        return slot

    def _predicate(self, sentence: Sentence, token: Token) -> Clause | None:
        """ "X is a member of Y", "X is in Y": the predicate after "be" with its subject."""
        if token.dep == "amod" and token.lower == "strong" and token.head > token.i:
            return self._strong(sentence, token)
        if token.pos == "VERB" or not sentence.kids(token, "cop"):
            return None
        form = form_of(sentence, token, self.lexicon)
        kind: Literal["adjective", "noun"] = "adjective" if token.pos == "ADJ" else "noun"
        clause = Clause(
            sentence,
            token,
            f"be {token.lemma}",
            kind,
            tense=form.tense,
            negated=form.negated,
            perfect=form.perfect,
            modality=form.modality,
        )
        for kid in sentence.kids(token, "nsubj"):
            self._add(clause, "subj", self._relative(sentence, kid))
        for kid in sentence.kids(token, "nmod", "obl"):
            if case := self.case(sentence, kid):
                self._add(clause, case, kid)
        for kid in sentence.kids(token, "obl:npmod", "nmod:npmod", "nummod"):
            self._add(clause, "measure", kid)
        for kid in sentence.kids(token, "compound", "amod", "nmod:poss"):
            if kid.i < token.i:
                self._modifier(clause, kid)
        return clause

    def _strong(self, sentence: Sentence, token: Token) -> Clause | None:
        """ "the 41,000-strong army": as "the army is 41,000 strong"."""
        number = next((t for t in reversed(sentence.tokens[: token.i]) if t.tag != "HYPH"), None)
        if number is None or number.pos != "NUM":
            return None
        clause = Clause(sentence, token, "be strong", "adjective", tense="present")
        self._add(clause, "subj", sentence.tokens[token.head])
        self._add(clause, "measure", number)
        return clause

    def _holders(self, sentence: Sentence, noun: Token) -> list:  # type: ignore[type-arg]
        """Whose plan, claim or threat an operator noun is."""
        kids = sentence.kids(noun, "nmod:poss", "amod", "compound", "nsubj")
        return [e for k in kids for e in self.interpreter.entities(sentence, k) if e.parties]

    # --- small parts ---------------------------------------------------------------------------------------------

    def _add(self, clause: Clause, slot: str, token: Token) -> None:
        clause.add(slot, Argument(token, self.interpreter.entities(clause.sentence, token)))

    def _none(self, sentence: Sentence, token: Token) -> bool:
        return any(k.lower in ("no", "neither", "none") for k in sentence.kids(token, "det")) or token.lower in (
            "nobody",
            "none",
            "nothing",
        )

    def _relative(self, sentence: Sentence, token: Token) -> Token:
        """The antecedent of a relative pronoun; any other token itself."""
        if token.lower not in self.lexicon.words("relative_pronouns") or token.pos == "NOUN":
            return token
        verb = sentence.parent(token)
        while verb is not None and verb.dep == "conj":
            verb = sentence.parent(verb)
        if verb is not None and verb.dep == "acl:relcl":
            noun = sentence.parent(verb)
            above = sentence.parent(noun) if noun is not None else None
            while (  # "an attack against X in Y, which injured ten": the attack did
                noun is not None
                and above is not None
                and verb.lemma in self.lexicon.words("hurt_verbs")
                and noun.pos == "PROPN"
                and self.case(sentence, noun)
                and above.pos in ("NOUN", "PROPN")
            ):
                noun, above = above, sentence.parent(above)
            return noun if noun is not None else token
        cleft = sentence.parent(verb) if verb is not None and verb.dep == "ccomp" and token.lower != "which" else None
        if cleft is not None and any(k.lower == "it" for k in sentence.kids(cleft, "nsubj", "expl")):
            return cleft  # "it was Estonia that sent"
        return token

    @staticmethod
    def case(sentence: Sentence, token: Token) -> str:
        """The preposition of a phrase; several words joined by spaces."""
        return " ".join(t.lower for t in sentence.kids(token, "case") if t.text not in ("'s", "'", "\u2019s", "\u2019"))
