"""The register: one SQLite file that keeps articles, what was read in them, and answers what is asked of it."""

from tocsin.register.articles import ArticleRow
from tocsin.register.changes import Change
from tocsin.register.failures import Failure
from tocsin.register.filters import Filters, Sort, parse_box
from tocsin.register.register import Found, Register, Row
from tocsin.register.summary import Summary
from tocsin.register.write import Added, Run

__all__ = ["Added", "ArticleRow", "Change", "Failure", "Filters", "Found", "Register", "Row", "Run", "Sort", "Summary",
           "parse_box"]
