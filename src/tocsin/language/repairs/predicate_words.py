"""Repairs of what is told and of who tells it: verbs read as nouns, particles read as prepositions, tails that report.

In: a sentence. Out: the same sentence with the tree mended: "three bases house troops", "fenced off its border",
"X has 7,000 fighters, the United Nations estimates", "is 283 km long with X and 173 km long with Y".
"""

from __future__ import annotations

from tocsin.language.lexicon import Lexicon
from tocsin.language.tokens import Sentence, Token

_SUBJECTS = ("nsubj", "nsubj:pass")
_YEAR = 4  # digits
_MANY = ("NNS", "NNPS")


def mend_predicates(sentence: Sentence, lexicon: Lexicon) -> bool:
    """All repairs of this file, in place; whether anything changed."""
    changed, results, trailing = False, lexicon.words("result_words"), lexicon.words("trailing_reports")
    like_nouns = lexicon.words("verbs_like_nouns")
    for token in sentence.tokens:
        changed |= token.lower in like_nouns and _verb_like_noun(sentence, token)
        changed |= token.dep == "case" and _particle(sentence, token, lexicon)
        changed |= token.dep == "conj" and _verb_before_that(sentence, token, lexicon)
        if token.lemma in trailing:
            changed |= _lost_sayer(sentence, token)
            changed |= _report_at_end(sentence, token)
        changed |= token.dep == "conj" and _same_predicate(sentence, token)
        changed |= token.tag in ("VBD", "VBN") and _plain_past(sentence, token)
        changed |= token.tag == "VBN" and _never_passive(sentence, token, lexicon)
        changed |= token.lower in ("each", "one") and _one_another(sentence, token)
        changed |= token.dep == "nsubj" and _title_of_two_words(sentence, token)
        changed |= token.dep == "advcl" and _what_is_sought(sentence, token, lexicon)
        changed |= token.lower in results and _ordered_shut(sentence, token, lexicon)
        changed |= token.dep == "conj" and _joined_to_a_day(sentence, token, lexicon)
    return changed


def _verb_like_noun(sentence: Sentence, token: Token) -> bool:
    """ "The forces number 20,000", "bases house soldiers": a plural, then a word that is a noun and a verb, then a thing."""
    if token.dep not in ("root", "conj", "ccomp", "parataxis"):
        return False
    if token.tag in ("VBP", "VBD", "VBZ"):
        return _how_many(sentence, token)
    if token.tag not in ("NN", "NNS") or sentence.kids(token, "cop", "case", "det"):
        return False
    before = (k for k in sentence.kids(token, "nsubj", "compound") if k.i < token.i)
    left = [k for k in before if k.tag in _MANY or k.lower.endswith("s")]
    right = [k for k in sentence.kids(token) if k.i > token.i and k.pos in ("NOUN", "NUM", "PROPN", "ADJ")]
    if not left or not right or not (sentence.kids(token, "nsubj") or left[-1].i == token.i - 1):
        return False
    token.pos, token.tag = "VERB", "VBP"
    left[-1].dep = "nsubj"
    for kid in sentence.kids(token):
        if kid.i < left[-1].i and kid.dep in ("amod", "nummod", "det", "nmod:poss"):
            kid.head = left[-1].i
    thing = next((k for k in right if k.pos in ("NOUN", "PROPN", "NUM")), None)
    if thing is None:  # "fewer than 7,500"
        number = next((k for k in sentence.kids(right[0]) if k.pos == "NUM" and k.i > right[0].i), None)
        if number is None:
            return True
        number.head, thing = token.i, number
        right[0].head, right[0].dep = number.i, "advmod"
    if thing.dep != "obl" or thing.pos == "NUM":
        thing.dep = "obj"
    for kid in sentence.kids(token):
        if kid.dep in ("amod", "nummod", "advmod") and token.i < kid.i < thing.i and kid is not thing:
            kid.head = thing.i
    for word in sentence.tokens[: left[-1].i]:  # "Three Romanian bases house soldiers": three bases
        if word.dep == "nummod" and word.head == thing.i:
            word.head = left[-1].i
    sentence.relink()
    return True


def _verb_before_that(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "welcomed the departure, but fears that …": a bare plural joined to a verb, with a clause behind it, is a verb."""
    verb = sentence.tokens[token.head]
    if token.dep != "conj" or token.tag != "NNS" or verb.pos != "VERB" or verb.i > token.i:
        return False
    told = [k for k in sentence.kids(token, "acl") if any(m.lower == "that" for m in sentence.kids(k, "mark"))]
    if not told or token.lemma not in lexicon.words("verbs_before_that"):
        return False
    if sentence.kids(token, "det", "amod", "case", "nmod:poss", "nummod", "compound"):
        return False
    token.pos, token.tag, told[0].dep = "VERB", "VBZ", "ccomp"
    return True


def _how_many(sentence: Sentence, verb: Token) -> bool:
    """ "forces number fewer than 7,500": the number without a preposition is what the verb is about."""
    if sentence.kids(verb, "obj", "nsubj:pass"):
        return False
    compared = [k for k in sentence.kids(verb, "xcomp", "advmod") if k.tag in ("JJR", "RBR")]
    below = [k for word in compared for k in sentence.kids(word, "obl", "nmod") if k.pos == "NUM"]
    if len(below) == 1:  # "fewer than 7,500" with the number below "fewer"
        below[0].head, compared[0].dep = verb.i, "advmod"
        for word in [w for w in sentence.tokens[compared[0].i + 1 : below[0].i] if w.lower == "than"]:
            word.head, word.dep = compared[0].i, "fixed"
        below[0].dep = "obl"
        sentence.relink()
    bare = [k for k in sentence.kids(verb, "obl") if k.pos == "NUM" and k.i > verb.i and not sentence.kids(k, "case")]
    if len(bare) != 1:
        return False
    for word in sentence.kids(verb, "advmod"):
        if verb.i < word.i < bare[0].i:
            word.head = bare[0].i
    bare[0].dep = "obj"
    sentence.relink()
    return True


def _particle(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "fence off its border": "off" belongs to the verb before it, the border is what is fenced."""
    if token.dep != "case" or token.i == 0:
        return False
    verb, thing = sentence.tokens[token.i - 1], sentence.tokens[token.head]
    phrase = f"{verb.lemma} {token.lower}"
    if verb.pos != "VERB" or thing.head != verb.i or phrase not in lexicon.words("separable_verbs"):
        return False
    if sentence.kids(verb, "obj") or thing.dep != "obl":
        return False
    token.head, token.dep = verb.i, "compound:prt"
    thing.dep = "obj"
    sentence.relink()
    return True


def _lost_sayer(sentence: Sentence, verb: Token) -> bool:
    """ "…, an aide to the president said." with the aide beside "said", not below it: he says it."""
    root = sentence.tokens[verb.head]
    if sentence.kids(verb, *_SUBJECTS):
        return False
    if verb.head == verb.i:  # the verb stands above what is said, but the aide does not stand below the verb
        return _sayer_of_clause(sentence, verb)
    if verb.dep != "parataxis":
        return False
    behind = [t for t in sentence.tokens[verb.i + 1 :] if t.pos != "PUNCT"]
    nouns = [k for k in sentence.kids(root, "parataxis") if k.pos in ("NOUN", "PROPN") and root.i < k.i < verb.i]
    if behind or not nouns or root.head != root.i:
        return False
    nouns[-1].head, nouns[-1].dep = verb.i, "nsubj"
    root.head, root.dep = verb.i, "ccomp"
    verb.head, verb.dep = verb.i, "root"
    sentence.relink()
    return True


def _sayer_of_clause(sentence: Sentence, verb: Token) -> bool:
    """Take the noun that stands beside a clause, between it and the verb of saying, for who says it."""
    for told in sentence.kids(verb, "ccomp"):
        nouns = [k for k in sentence.kids(told, "parataxis", "appos", "conj") if told.i < k.i < verb.i]
        nouns = [k for k in nouns if k.pos in ("NOUN", "PROPN") and not sentence.kids(k, "cc", "case")]
        if nouns and max(t.i for t in sentence.subtree(nouns[-1]) if t.pos != "PUNCT") == verb.i - 1:
            nouns[-1].head, nouns[-1].dep = verb.i, "nsubj"
            sentence.relink()
            return True
    return False


def _report_at_end(sentence: Sentence, verb: Token) -> bool:
    """ "…, the United Nations estimates.": a speaker and a verb of telling behind the last comma are no relative clause."""
    finite = verb.dep in ("acl:relcl", "parataxis") and verb.tag in ("VBZ", "VBP", "VBD")
    if not finite:
        return False
    subjects = sentence.kids(verb, *_SUBJECTS)
    behind = [t for t in sentence.tokens[verb.i + 1 :] if t.pos != "PUNCT"]
    if not subjects or behind or any(k.dep in ("obj", "ccomp", "xcomp") for k in sentence.kids(verb)):
        return False
    start = min(t.i for t in sentence.subtree(verb) if t.pos != "PUNCT")
    if start == 0 or sentence.tokens[start - 1].text != "," or subjects[0].tag in ("WDT", "WP"):
        return False
    root = next((t for t in sentence if t.head == t.i), None)
    if root is None or root.pos != "VERB":
        return False
    root.head, root.dep = verb.i, "ccomp"
    verb.head, verb.dep = verb.i, "root"
    sentence.relink()
    return True


def _joined_to_a_day(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "attacked Goma on Monday and Bukavu on 4 May": what is joined is the towns, not a town to a day."""
    day = sentence.tokens[token.head]
    month = day.pos == "NUM" and any(k.text in lexicon.months for k in sentence.kids(day))
    dated = day.lower in lexicon.words("calendar") or (day.pos == "NUM" and len(day.text) == _YEAR and day.text.isdigit())
    if token.pos not in ("PROPN", "NOUN") or token.lower in lexicon.words("calendar") or not (dated or month):
        return False
    verb = sentence.parent(day)
    while verb is not None and verb.pos != "VERB":
        verb = sentence.parent(verb)
    things = [k for k in sentence.kids(verb, "obj") if verb.i < k.i < day.i] if verb is not None else []
    if len(things) != 1 or not sentence.kids(token, "cc"):
        return False
    token.head = things[0].i
    sentence.relink()
    return True


def _never_passive(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "X formally applied for": verbs that are passive with an auxiliary alone."""
    told = token.tag == "VBN" and token.dep in ("root", "ccomp", "conj") and token.lemma in lexicon.words("never_passive")
    subjects = sentence.kids(token, "nsubj:pass") if told and not sentence.kids(token, "aux", "aux:pass") else []
    for subject in subjects:
        subject.dep, token.tag = "nsubj", "VBD"
    return bool(subjects)


def _one_another(sentence: Sentence, token: Token) -> bool:
    """ "blamed one another" with two objects: one pronoun, as "each other" is."""
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else token
    if (token.lower, after.lower) == ("each", "other") and token.pos != "PRON" and after.head == token.i:
        token.pos = "PRON"
        return True
    if token.lower != "one" or after.lower != "another" or after.head not in (token.i, token.head):
        return False
    if token.pos == "PRON" and after.dep == "fixed":
        return False
    token.pos, after.head, after.dep = "PRON", token.i, "fixed"
    sentence.relink()
    return True


def _title_of_two_words(sentence: Sentence, token: Token) -> bool:
    """ "NATO's secretary general assured": two subjects side by side are one."""
    first = sentence.tokens[token.i - 1] if token.i else token
    if first.dep != "nsubj" or first.head != token.head or first is token:
        return False
    kids = sentence.kids(token)
    if first.pos != "NOUN" or token.pos not in ("NOUN", "PROPN") or any(k.dep != "det" for k in kids):
        return False
    for kid in kids:
        kid.head = first.i
    if token.pos == "PROPN":  # "the newspaper Dawn reported"
        token.head, token.dep = first.i, "appos"
        sentence.relink()
        return True
    for kid in sentence.kids(first):
        kid.head = token.i
    first.head, first.dep = token.i, "compound"
    sentence.relink()
    return True


def _ordered_shut(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "ordered crossings on the border shut": the last word is what they are to be, no noun."""
    noun = sentence.tokens[token.i - 1] if token.i else token
    verb = next((t for t in reversed(sentence.tokens[: token.i]) if t.pos == "VERB"), None)
    if token.pos != "NOUN" or verb is None or noun.head != token.i:
        return False
    if noun.dep != "compound" or verb.lemma not in lexicon.words("result_verbs") or not sentence.kids(verb, "obj"):
        return False
    noun.head, noun.dep = token.head, token.dep
    for kid in sentence.kids(token):
        if kid is not noun:
            kid.head = noun.i
    token.head, token.dep, token.pos, token.tag = verb.i, "xcomp", "VERB", "VBN"
    sentence.relink()
    return True


def _what_is_sought(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """ "had applied to join": what somebody applies, asks, agrees to do is no purpose."""
    verb = sentence.tokens[token.head]
    to = next((k for k in sentence.kids(token, "aux", "mark") if k.lower == "to"), None)
    if to is None or verb.lemma not in lexicon.words("infinitive_takers"):
        return False
    between = sentence.tokens[verb.i + 1 : to.i]  # "agreed on Friday to put"
    if any(t.lower not in lexicon.words("calendar") and t.dep != "case" for t in between):
        return False
    token.dep = "xcomp"
    return True


def _plain_past(sentence: Sentence, verb: Token) -> bool:
    """ "soldiers fired at a post": a past tense without "was" has a subject that acts."""
    subjects = sentence.kids(verb, "nsubj:pass")
    if not subjects:
        return False
    acting = any(k.dep == "nsubj" for k in sentence.kids(verb))
    whole = verb.tag == "VBN" and verb.dep in ("root", "conj", "ccomp") and bool(sentence.kids(verb, "obj"))
    if not (verb.tag == "VBD" or whole) or acting or sentence.kids(verb, "aux", "aux:pass", "obl:agent"):
        return False
    if any(k.lower == "by" for kid in sentence.kids(verb, "obl") for k in sentence.kids(kid, "case")):
        return False
    for subject in subjects:
        subject.dep = "nsubj"
    verb.tag = "VBD"
    return True


def _same_predicate(sentence: Sentence, token: Token) -> bool:
    """ "is 283 km long with Russia and 173 km long with Belarus": the second "long" is said of the same subject."""
    above = sentence.tokens[token.head]
    if token.dep != "conj" or token.pos != "ADJ" or above.pos == "ADJ":
        return False
    first = next((t for t in sentence.tokens[: token.i] if t.lemma == token.lemma and sentence.kids(t, "cop")), None)
    if first is None:
        return False
    token.head = first.i
    for kid in sentence.kids(first, "obl", "cc", "obl:npmod"):
        if kid.i > token.i or (kid.dep == "cc" and kid.i > first.i):
            kid.head = token.i
    sentence.relink()
    return True
