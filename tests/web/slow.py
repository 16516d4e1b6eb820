"""Hands that do what the text says: for tests of what happens to those that work aside."""

from __future__ import annotations

import os
import signal
import time

from tocsin.errors import UsageError
from tocsin.model import Article, Problem, Result
from tocsin.sources import RawPage
from tocsin.web.hands import Explained, sentence_of


class Slow:
    """Hands that do what the text says."""

    def read(self, given: Article, problems: list[Problem]) -> Result:
        if given.text.startswith("sleep"):
            time.sleep(600)
        if given.text.startswith("die"):
            os.kill(os.getpid(), signal.SIGKILL)
        if given.text.startswith("refuse"):
            raise UsageError("not so")
        if given.text.startswith("break"):
            raise LookupError("a defect")
        return Result(article=given.model_copy(update={"author": str(os.getpid())}), records=(), problems=tuple(problems))

    def warm(self) -> None:
        pass

    def page(self, page: RawPage, published: str | None, plain: bool) -> Result:
        raise NotImplementedError

    def explain(self, given: Article, asked: dict[str, str]) -> Explained:
        return Explained(((0, 5),), sentence_of(((0, 5),), asked), None)
