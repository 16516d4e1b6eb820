"""What was found in an article beside its records: mentions, times, places, attributions.

In: an annotated article. Out: the layers of a result, each in text order. A phrase is listed once for each thing that it
is: "Dushanbe" in "officials in Dushanbe" is a place, in "Dushanbe said" a state.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, get_args

from tocsin.coding.slots import to_place
from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.language.attributions import attributions
from tocsin.language.entities import Entity
from tocsin.language.numbers import Number
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Mention, PlaceMention, TimeMention
from tocsin.model.base import PartyKind
from tocsin.model.result import MentionType

LAYERS = ("records", "mentions", "times", "places", "attributions")
