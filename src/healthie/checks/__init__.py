"""What a careful editor would question in a report: figures that do not fit one another.

Start at `check`. Each kind of check has a module of its own, which reads the facts through `Evidence`; `Interval` says
what a number as written can stand for, so that rounding raises no alarm.
"""

from __future__ import annotations

from healthie.checks.evidence import Evidence
from healthie.checks.finding import Finding, describe
from healthie.checks.gaps import check_gaps
from healthie.checks.growth import check_directions, check_growth
from healthie.checks.ranks import check_ranks
from healthie.checks.rates import check_rates
from healthie.checks.shares import check_shares
from healthie.checks.sums import check_sums
from healthie.checks.targets import check_targets
from healthie.checks.times import check_times
from healthie.checks.values import check_values
from healthie.report import Report

__all__ = ["Finding", "check", "describe"]

_CHECKS = (
    check_rates,
    check_shares,
    check_sums,
    check_directions,
    check_growth,
    check_gaps,
    check_values,
    check_targets,
    check_ranks,
    check_times,
)


def check(report: Report) -> tuple[Finding, ...]:
    """Find what does not fit in a report: shares, sums, growth, gaps, ranks, targets, units and times.

    Parameters
    ----------
    report : Report
        As `healthie.extract` returns it.

    Returns
    -------
    tuple of Finding
        In the order of the text; empty where everything fits.

    Raises
    ------
    TypeError
        If it is no report.

    Examples
    --------
    >>> import healthie
    >>> report = healthie.extract("16个改造项目中，已有6个竣工，竣工率50%。")
    >>> for finding in healthie.check(report):
    ...     print(finding.message)
    6个 of 16个 is 38%, not 50%.
    """
    if not isinstance(report, Report):
        raise TypeError(
            f"report is a {type(report).__name__}: read one text with healthie.extract first, "
            "and check reports one by one."
        )
    evidence = Evidence(report)
    found = {(f.kind, f.facts): f for find_in in _CHECKS for f in find_in(evidence)}
    return tuple(sorted(found.values(), key=lambda f: (f.spans[0].start, f.spans[-1].end, f.kind)))
