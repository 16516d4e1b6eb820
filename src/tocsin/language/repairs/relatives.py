"""Clauses below others that the parse hangs wrong: relative clauses of attacks, clauses of time, who attacks whom one faces.

In: a sentence. Out: the same sentence with the tree mended: in "accused the group of the car bombing in X that injured
ten" it is the bombing that injured them, in "after rounds were fired" it is the rounds that were fired.
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_TIMES = ("obl:npmod", "obl:tmod", "nmod:npmod")
# Between a participle and the noun it is about: phrases of the noun, and a clause that tells at what it was aimed.
_BELOW = ("nmod", "appos", "obj", "obl", "acl", "acl:relcl")


def mend_relatives(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    classes = lexicon.classes(sentence)
    changed = "clause_prepositions" in classes and _lost_subject(sentence, lexicon)
    changed |= _who_it_accuses(sentence)
    changed |= "where_prepositions" in classes and _where_it_is(sentence, lexicon)
    changed |= "suffering_verbs" in classes and _faced_from(sentence, lexicon)
    changed |= "answering_verbs" in classes and _answered_with(sentence, lexicon)
    changed |= "done_participles" in classes and _done_by(sentence, lexicon)
    changed |= "including" in classes and (_past_including(sentence, lexicon) | _including_what(sentence, lexicon))
    changed |= "fight_nouns" in classes and _fought_between(sentence, lexicon)
    changed |= "blaming_verbs" in classes and _blamed_on(sentence, lexicon)
    changed |= "hurt_verbs" in classes and _outcome(sentence, lexicon)
    return ("hurting_relatives" in classes and _hurting(sentence, lexicon)) or changed


def _lost_subject(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "shells X after rounds were fired at Y": the noun behind the conjunction is the subject, not a phrase of time."""
    changed = False
    for verb in sentence:
        if verb.dep != "advcl" or sentence.kids(verb, "nsubj", "nsubj:pass"):
            continue
        helpers = [k for k in sentence.kids(verb, "aux", "aux:pass") if k.i < verb.i]
        phrases = [k for k in sentence.kids(verb, "obl") if helpers and k.i < helpers[0].i and k.pos in ("NOUN", "PROPN")]
        cases = [c for k in phrases for c in sentence.kids(k, "case")]
        if len(phrases) != 1 or len(cases) != 1 or cases[0].lower not in lexicon.words("clause_prepositions"):
            continue
        if helpers[0].lower in ("having", "being", "to") or verb.tag == "VB" or phrases[0].i + 1 != helpers[0].i:
            continue
        passive = any(k.dep == "aux:pass" for k in helpers)
        phrases[0].dep = "nsubj:pass" if passive else "nsubj"
        cases[0].head, cases[0].dep = verb.i, "mark"
        changed = True
    if changed:
        sentence.relink()
    return changed


def _who_it_accuses(sentence: Sentence) -> bool:
    """ "two diplomats, who N accuses of spying": beside another subject "who" is the object."""
    changed = False
    for verb in sentence:
        subjects = sentence.kids(verb, "nsubj") if verb.dep == "acl:relcl" else []
        if len(subjects) == 2 and subjects[0].tag in ("WP", "WDT") and not sentence.kids(verb, "obj"):
            subjects[0].dep = "obj"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _where_it_is(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "will train in X next month, where N has a base" with the clause below the verb: it tells of the place, whatever day
    stands between."""
    changed = False
    for clause in (t for t in sentence if t.dep == "advcl"):
        if not any(k.lower == "where" for k in sentence.kids(clause, "advmod")):
            continue
        place = _place_before(sentence, min(t.i for t in sentence.subtree(clause)), lexicon)
        if place is not None:
            clause.head, clause.dep, changed = place.i, "acl:relcl", True
    if changed:
        sentence.relink()
    return changed


def _place_before(sentence: Sentence, start: int, lexicon: Lexicon) -> Token | None:
    """The name behind a preposition of place that ends before a word, but for times and commas between."""
    at = start - 1
    while at > 0 and (sentence.tokens[at].text == "," or _in_time(sentence, sentence.tokens[at])):
        at -= 1
    name = sentence.tokens[at]
    here = any(k.lower in lexicon.words("where_prepositions") for k in sentence.kids(name, "case"))
    return name if here and name.pos == "PROPN" and name.dep in ("obl", "nmod") else None


def _in_time(sentence: Sentence, token: Token) -> bool:
    """Whether a word is, or belongs to, a time without a preposition: "next month"."""
    above = sentence.tokens[token.head]
    return any(t.dep in _TIMES for t in (token, above if above.i > token.i else token))


def _faced_from(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "civilians face shelling by X": who shells, not who faces it."""
    changed = False
    for verb in sentence:
        if verb.lemma not in lexicon.words("suffering_verbs") or sentence.kids(verb, "aux:pass", "nsubj:pass"):
            continue
        for phrase in sentence.kids(verb, "obl", "obl:agent"):
            by = any(k.lower == "by" for k in sentence.kids(phrase, "case"))
            things = [k for k in sentence.kids(verb, "obj") if k.i < phrase.i and k.pos == "NOUN"]
            if by and phrase.pos in ("NOUN", "PROPN") and things:
                phrase.head, phrase.dep = things[-1].i, "nmod"
                changed = True
    if changed:
        sentence.relink()
    return changed


def _answered_with(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "responded to the raid with strikes on X": the strikes are the answer, not the means of the raid."""
    changed = False
    for verb in sentence:
        if verb.lemma not in lexicon.words("answering_verbs"):
            continue
        for cause in sentence.kids(verb, "obl", "obj"):
            for means in sentence.kids(cause, "nmod"):
                cased = any(k.lower == "with" for k in sentence.kids(means, "case"))
                if cased and "attack" in lexicon.noun_types(sentence, means):
                    means.head, means.dep = verb.i, "obl"
                    changed = True
    if changed:
        sentence.relink()
    return changed


def _done_by(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "a suicide attack on a convoy in X, claimed by the group", "an attack on a ship, carried out by X", "drones that aim
    at a port, launched by X": the attack is what was claimed or done, the drones what was launched."""
    changed = False
    for verb in sentence:
        if verb.lemma not in lexicon.words("done_participles") or verb.tag != "VBN" or verb.dep not in ("acl", "acl:relcl"):
            continue
        weapons = lexicon.words("weapons_before_acts") if verb.lemma != "claim" else frozenset()
        held: Token | None = sentence.tokens[verb.head]
        while held is not None and held.dep in _BELOW and not _attack_or(held, weapons, sentence, lexicon):
            held = sentence.parent(held)
        by = sentence.kids(verb, "obl:agent")
        if by and held is not None and held.i != verb.head and _attack_or(held, weapons, sentence, lexicon):
            verb.head = held.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _including_what(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "thanked N for its partnership, including hosting the fleet": part of the partnership, and N's doing."""
    changed = False
    for verb in sentence:
        marks = [k for k in sentence.kids(verb, "mark", "case") if k.lower in lexicon.words("including")]
        if verb.tag != "VBG" or verb.dep != "advcl" or len(marks) != 1 or marks[0].i < 2:
            continue
        last = sentence.tokens[marks[0].i - (2 if sentence.tokens[marks[0].i - 1].pos == "PUNCT" else 1)]
        owned = last.pos == "NOUN" and bool(sentence.kids(last, "nmod:poss"))
        if owned and last.head == verb.head and last.dep in ("obl", "obj"):
            verb.head, verb.dep, changed = last.i, "acl", True
    if changed:
        sentence.relink()
    return changed


def _past_including(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "30 villagers, including 12 pupils, who were kidnapped": all of them were."""
    changed = False
    for verb in sentence:
        part = sentence.tokens[verb.head]
        if verb.dep != "acl:relcl" or part.dep not in ("nmod", "obl") or part.i > verb.i:
            continue
        opened = min((t.i for t in sentence.subtree(verb)), default=0)
        apart = "," in (sentence.tokens[opened].text, sentence.tokens[max(opened - 1, 0)].text)
        if not apart or not any(k.lower == "who" for k in sentence.kids(verb, "nsubj", "nsubj:pass")):
            continue
        if any(k.lower in lexicon.words("including") for k in sentence.kids(part, "case")):
            whole = sentence.tokens[part.head]
            if whole.pos in ("NOUN", "PROPN") and whole.i < part.i:
                verb.head = whole.i
                changed = True
    if changed:
        sentence.relink()
    return changed


def _attack_or(noun: Token, weapons: frozenset[str], sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a word is an attack, or one of the weapons."""
    return noun.lemma in weapons or "attack" in lexicon.noun_types(sentence, noun)


def _blamed_on(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "blames the attack on a rebel group": who is blamed for it, not whom it hit."""
    changed = False
    for verb in sentence:
        for deed in sentence.kids(verb, "obj") if verb.lemma in lexicon.words("blaming_verbs") else ():
            for blamed in sentence.kids(deed, "nmod"):
                if any(k.lower == "on" for k in sentence.kids(blamed, "case")):
                    blamed.head, blamed.dep = verb.i, "obl"
                    changed = True
    if changed:
        sentence.relink()
    return changed


def _outcome(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "clashed with bandits involved in a massacre, killing ten of them": the killing came of the clash."""
    changed = False
    for verb in sentence:
        part = sentence.tokens[verb.head]
        noun = sentence.tokens[part.head]
        main = sentence.tokens[noun.head]
        apart = verb.tag == "VBG" and verb.dep == "advcl" and verb.i > 0 and sentence.tokens[verb.i - 1].text == ","
        below = part.tag == "VBN" and part.dep == "acl" and noun.dep in ("obj", "obl", "nmod") and noun.i < part.i < verb.i
        main_word = main.pos == "VERB" or main.dep == "root"  # a headline's "clashes" may be taken for a noun
        if apart and below and main_word and verb.lemma in lexicon.words("hurt_verbs"):
            verb.head = main.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _fought_between(sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "clashes were reported in X between the army and rebels": those between whom they are fought, not where X lies."""
    changed = False
    for sides in (t for t in sentence if t.dep in ("nmod", "obl")):
        between = any(k.lower == "between" for k in sentence.kids(sides, "case")) and sentence.kids(sides, "conj")
        above = sentence.parent(sides)
        if not between or above is None or sides.dep not in ("nmod", "obl") or above.pos not in ("PROPN", "VERB"):
            continue
        verb = above if above.pos == "VERB" else sentence.parent(above)
        subjects = sentence.kids(verb, "nsubj", "nsubj:pass") if verb is not None and verb.pos == "VERB" else []
        if subjects and subjects[-1].lemma in lexicon.words("fight_nouns"):
            sides.head, sides.dep = subjects[-1].i, "nmod"
            changed = True
    if changed:
        sentence.relink()
    return changed


def _hurting(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Hang each hurting relative clause from the nearest attack before it; whether anything changed."""
    changed = False
    for verb in sentence:
        if verb.dep != "acl:relcl" or verb.lemma not in lexicon.words("hurting_relatives"):
            continue
        subjects = [k for k in sentence.kids(verb, "nsubj") if k.lower in ("that", "which")]
        attack = _attack_before(sentence, subjects[0], verb, lexicon) if subjects else None
        if attack is not None:
            verb.head = attack.i
            changed = True
    if changed:
        sentence.relink()
    return changed


def _attack_before(sentence: Sentence, relative: Token, verb: Token, lexicon: Lexicon) -> Token | None:
    """The attack between the clause and the noun that it hangs from, with nothing but its own phrases behind it."""
    for token in reversed(sentence.tokens[verb.head + 1 : relative.i]):
        if token.pos in ("VERB", "AUX"):
            return None
        if token.pos == "NOUN" and "attack" in lexicon.noun_types(sentence, token):
            head = sentence.tokens[verb.head]
            holder = "attack" in lexicon.noun_types(sentence, head)
            return None if holder or token.dep == "compound" else token
    return None
