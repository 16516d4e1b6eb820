"""What a frame asks of what is said: how the content is told, of what kind it is, and who acts in it.

In: a frame with the keys ``complement`` and ``not_complement``, a clause, and, for who acts, the roles found. Out: None
where the content fits, else the reason why not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from tocsin.coding.matching.candidate import Reason, Roles
from tocsin.coding.matching.frames import Frame
from tocsin.language.lexicon import Lexicon
from tocsin.syntax import Clause


class Content:
    """Checks what is said in the clauses of one article."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def refuse(self, frame: Frame, clause: Clause) -> Reason | None:
        """The reason why what is said is not what the frame wants, as far as it is known before the roles are."""
        for barred in frame.raw.get("not_complement") or ():
            if clause.complement is not None and self._complement(barred, clause.complement):
                return partial(_told, "its content may not be this", barred)
        wanted = frame.raw.get("complement")
        if wanted is None or (clause.complement is not None and self._complement(wanted, clause.complement)):
            return None
        return partial(_told, "its content is not this", wanted)

    def refuse_subject(self, frame: Frame, clause: Clause, roles: Roles) -> Reason | None:
        """The reason why somebody else acts in what is said."""
        wanted = frame.raw.get("complement") or {}
        subject = wanted.get("subject")
        whose = subject if isinstance(subject, list) else [subject]
        if subject is None or self._subject(clause.complement, roles) in whose:
            return None
        return partial(_told, "its content is not this", wanted)

    def _complement(self, wanted: dict[str, Any], inner: Clause) -> bool:
        return all(self._holds(key, value, inner) for key, value in wanted.items() if key != "subject")

    def _holds(self, key: str, value: Any, inner: Clause) -> bool:
        """Whether one condition of a frame holds of what is said."""
        match key:
            case "negated":
                return inner.negated == bool(value)
            case "tense":
                return inner.tense in value or (inner.modality == "would" and "future" in value)
            case "modality":
                return inner.modality in value or ("duty" in value and self._needs(inner))
            case "lemmas":
                return inner.lemma in value
            case "types":
                return not self._content_types(inner).isdisjoint(value)
            case "beside":
                return any(t.lower in value for t in inner.sentence.subtree(inner.token))
            case "without":
                return not any(t.lower in value for t in inner.sentence.subtree(inner.token))
            case "relation":
                return inner.token.dep in value
            case "passive":
                return inner.passive == bool(value)
        raise KeyError(key)

    def _needs(self, inner: Clause) -> bool:
        """ "They need to leave": as much a duty as "must"."""
        return inner.lemma in self._lexicon.words("duty_verbs") and inner.complement is not None

    def _content_types(self, inner: Clause) -> frozenset[str]:
        """What the content's predicate is, for a noun after "be" also what its adjectives say it is; what "continue",
        "try" do is what stands below them."""
        sentence = inner.sentence
        words = [inner.token, *(sentence.kids(inner.token, "amod") if inner.lemma.startswith("be ") else ())]
        forced = inner.passive and inner.lemma in self._lexicon.words("forcing_verbs")
        if forced or inner.lemma in self._lexicon.words("aspect_verbs"):
            things = sentence.kids(inner.token, "obj", "xcomp")
            words += things + [k for t in things for k in sentence.kids(t, "acl", "nmod")]
        if inner.lemma in self._lexicon.words("means_verbs"):  # "use the pact to deploy troops"
            words += sentence.kids(inner.token, "xcomp", "advcl")
            words += [k for t in sentence.kids(inner.token, "obj") for k in sentence.kids(t, "acl")]
        behind = {"charge_act"} if inner.get("behind") and inner.lemma == "be" else set()  # "was behind the attack"
        return frozenset(t for w in words for t in self._lexicon.noun_types(sentence, w)) | behind

    def _subject(self, inner: Clause | None, roles: Roles) -> str:
        """Whether the content's subject is the speaker's own side ("same"), another known party, or unknown."""
        if inner is None or self._names_the_deed(inner):
            return "unknown"
        speaker = {p.country or p.id for p in roles.get("speaker", [])}
        subjects = [e for a in inner.get("obj" if inner.passive else "subj") for e in a.entities]
        parties = [p for e in subjects for p in e.parties]
        if not parties:
            vague = inner.modality == "duty" and any("vague_body" in e.types for e in subjects)
            return "other" if vague else "unknown"  # "the international community must act"
        return "same" if any((p.country or p.id) in speaker for p in parties) else "other"

    def _names_the_deed(self, inner: Clause) -> bool:
        """ "it was a bomb": says what happened, not who did it, whatever "it" may stand for."""
        deed = inner.token.pos == "NOUN" and "charge_act" in self._lexicon.noun_types(inner.sentence, inner.token)
        pronouns = self._lexicon.words("recurrence_pronouns")
        return deed and any(k.lower in pronouns for k in inner.sentence.kids(inner.token, "nsubj"))


def _told(what: str, wanted: Mapping[str, Any]) -> str:
    return f"{what}: {_in_words(wanted)}"


def _in_words(wanted: Mapping[str, Any]) -> str:
    """A condition of a frame for people: "negated, tense future, subject same"."""
    flags = {True: "{}", False: "not {}"}
    return ", ".join(flags[value].format(key) if isinstance(value, bool)
                     else f"{key} {'/'.join(value) if isinstance(value, list) else value}" for key, value in wanted.items())
