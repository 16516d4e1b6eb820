"""From sentences to clauses: one normal form, so that nothing after it sees a dependency label."""

from tocsin.syntax.builder import ClauseBuilder
from tocsin.syntax.clause import Argument, Clause, Operator, said

__all__ = ["Argument", "Clause", "ClauseBuilder", "Operator", "said"]
