"""Closed classes of words: what the code asks for is in ``grammar.yaml``, and nothing is there that nobody asks for."""

from __future__ import annotations

import re
from pathlib import Path

import tocsin
from tocsin.knowledge.loader import Tables
from tocsin.language.lexicon import Lexicon

_PACKAGES = ("language", "syntax", "coding", "layers")  # elsewhere ``words`` is what is said to people
_FILES = [file for name in _PACKAGES for file in sorted((Path(tocsin.__file__).parent / name).rglob("*.py"))]
_SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in _FILES)
_ASKED = set(re.findall(r"\bwords\(\s*\"([a-z_]+)\"\s*\)", _SOURCE))
_GRAMMAR = Tables().mapping("grammar.yaml")


def test_every_closed_class_that_the_code_asks_for_is_in_the_table() -> None:
    assert sorted(_ASKED - _GRAMMAR.keys()) == []


def test_every_closed_class_in_the_table_is_named_in_the_code() -> None:
    assert [name for name in _GRAMMAR if f'"{name}"' not in _SOURCE] == []


def test_every_closed_class_is_a_list_of_words() -> None:
    assert [name for name, words in _GRAMMAR.items() if not words or not all(isinstance(w, str) for w in words)] == []


def test_group_sizes_are_whole_numbers_of_two_or_more() -> None:
    assert min(Lexicon(Tables()).group_sizes.values()) >= 2
