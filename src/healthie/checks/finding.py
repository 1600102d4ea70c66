"""What a check found: the kind, the facts it is about, the arithmetic in words, and how sure it is.

Start at `Finding`; `describe` writes findings as lines of text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from healthie.records import Span, plain

__all__ = ["Finding", "Kind", "Severity", "describe"]

Kind = Literal[
    "over-100",
    "fall-over-100",
    "share",
    "part",
    "sum",
    "direction",
    "growth",
    "points",
    "gap",
    "conflict",
    "target",
    "unit",
    "rank",
    "period",
]
Severity = Literal["error", "question"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a report that a careful editor would question.

    Attributes
    ----------
    kind : str
        What does not fit; one of ``over-100``, ``fall-over-100``, ``share``, ``part``, ``sum``, ``direction``,
        ``growth``, ``points``, ``gap``, ``conflict``, ``target``, ``unit``, ``rank``, ``period``.
    severity : {"error", "question"}
        ``error``: the figures cannot all be right. ``question``: they may be, but somebody should look.
    facts : tuple of int
        The indices, in the report's facts, of those it is about.
    spans : tuple of Span
        The characters of the text to look at, in its order.
    message, message_zh : str
        The arithmetic in a plain sentence, in English and in Chinese.
    stated : Decimal
        The value that does not fit, as stated, in `unit`.
    expected_low, expected_high : Decimal or None
        What it should lie between by the other figures, rounding allowed for; None is an open end.
    unit : str
        The unit of the three.
    confidence : float
        How sure it is that the facts were read rightly: that of the least sure of them.
    """

    kind: Kind
    severity: Severity
    facts: tuple[int, ...]
    spans: tuple[Span, ...]
    message: str
    message_zh: str
    stated: Decimal
    expected_low: Decimal | None
    expected_high: Decimal | None
    unit: str
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain JSON values, under the names of the attributes."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "facts": list(self.facts),
            "spans": [span.to_dict() for span in self.spans],
            "message": self.message,
            "message_zh": self.message_zh,
            "stated": plain(self.stated),
            "expected_low": None if self.expected_low is None else plain(self.expected_low),
            "expected_high": None if self.expected_high is None else plain(self.expected_high),
            "unit": self.unit,
            "confidence": self.confidence,
        }


def describe(findings: Iterable[Finding], *, chinese: bool = False) -> str:
    """Write findings as text, one line each: where to look first, how sure, the kind and the arithmetic.

    Parameters
    ----------
    findings : iterable of Finding
        As `healthie.check` returns them.
    chinese : bool
        Whether the arithmetic is told in Chinese; in English without it.

    Returns
    -------
    str
        Lines of ``start-end severity kind: message``; empty where there is nothing to tell.

    Examples
    --------
    >>> import healthie
    >>> print(describe(healthie.check(healthie.extract("全市有医院32家，其中三级医院38家。"))))
    5-18 error part: A part of 32家 cannot be 38家.
    """
    return "\n".join(
        f"{finding.spans[0].start}-{finding.spans[-1].end} {finding.severity} {finding.kind}: "
        f"{finding.message_zh if chinese else finding.message}"
        for finding in findings
    )
