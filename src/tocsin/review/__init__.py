"""Review: corrections as facts that are only ever added, and what they make of a coder's records.

Nothing here knows of a register or of pages; ``tocsin.register`` keeps corrections and applies what this package decides.
"""

from tocsin.review.agreement import alpha
from tocsin.review.anchor import reanchored
from tocsin.review.model import Action, Claim, Correction, State, Verdict
from tocsin.review.replay import effective, verdict, verdicts_by_reviewer
from tocsin.review.settle import Outcome, settle
from tocsin.review.slots import SLOTS, with_slot

__all__ = ["SLOTS", "Action", "Claim", "Correction", "Outcome", "State", "Verdict", "alpha", "effective", "reanchored",
           "settle", "verdict", "verdicts_by_reviewer", "with_slot"]
