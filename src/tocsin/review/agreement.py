"""Agreement between reviewers: Krippendorff's alpha for nominal values with any number of reviewers and missing values.

In: for each unit the values that reviewers gave it. Out: alpha, 1 for perfect agreement, 0 for chance; None where no unit
has two values or all values are one. Source: K. Krippendorff, Content Analysis (2004), chapter 11.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha, nominal."""
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for values in units:
        if len(values) < 2:
            continue
        counts = Counter(values)
        for one, many in counts.items():
            for other, more in counts.items():
                pairs = many * (more - 1) if one == other else many * more
                coincidences[one, other] += pairs / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    n = sum(totals.values())
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    if n < 2 or expected == 0:
        return None
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (n - 1) * observed / expected
