"""Score the library's facts against a corpus document's gold: quantities and whole rows.

A quantity is right if its span, value, upper value and unit are. A row is right if its quantity is and so is everything
that the gold states of it. Start reading at `score`; `Score.quantity` and `Score.row` are the two figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Characters = frozenset[int]

# Half of the characters in common is agreement; so is a whole piece with at most a fifth of other words.
AGREEMENT, STRAY = 0.5, 0.2


@dataclass(frozen=True)
class Score:
    """How many rows were asked, given, and right; and what was wrong, in words."""

    asked: int = 0
    given: int = 0
    quantities: int = 0
    rows: int = 0
    errors: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            self.asked + other.asked,
            self.given + other.given,
            self.quantities + other.quantities,
            self.rows + other.rows,
            self.errors + other.errors,
        )

    @property
    def quantity(self) -> float:
        """F1 of the quantities."""
        return 2 * self.quantities / (self.asked + self.given or 1)

    @property
    def row(self) -> float:
        """F1 of the rows."""
        return 2 * self.rows / (self.asked + self.given or 1)


def characters(spans: Iterable[Iterable[int]]) -> Characters:
    return frozenset(i for start, end in spans for i in range(start, end))


def same_number(gold: float | None, found: float | None) -> bool:
    if gold is None or found is None:
        return gold is found
    # a fraction is rounded to four places
    return math.isclose(gold, found, rel_tol=5e-4 if abs(gold) < 1 else 1e-9)


def same_quantity(gold: Row, found: Row) -> bool:
    return (
        all(gold[key] == found[key] for key in ("start", "end", "unit"))
        and same_number(gold["value"], found["value"])
        and same_number(gold["value_max"], found["value_max"])
    )


def agree(gold: Characters, found: Characters) -> bool:
    return bool(found) and len(gold & found) >= AGREEMENT * len(gold | found)


def same_indicator(gold: Row, found: Row) -> bool:
    pieces = [characters([span]) for span in gold["indicator"]["spans"]]
    wanted, got = frozenset().union(*pieces), characters(found["indicator"]["spans"])
    if agree(wanted, got):
        return True
    has_piece = any(len(piece) >= 2 and piece <= got for piece in pieces)
    return has_piece and len(got - wanted) <= STRAY * len(got)


def same_reference(gold: Row, found: Row) -> bool:
    wanted, got = gold["reference"], found["reference"]
    if wanted is None:
        return True
    return got is not None and agree(
        characters([(wanted["start"], wanted["end"])]), characters([(got["start"], got["end"])])
    )


def same_period(gold: Row, found: Row) -> bool:
    period = found["period"] or {}
    return not gold["period"] or gold["period"] == f"{period.get('start') or ''}..{period.get('end') or ''}"


def same_region(gold: Row, found: Row, home: set[str]) -> bool:
    region = found["region"] or {}
    return bool({region.get("code"), region.get("name")} & ({gold["region"]} if gold["region"] else home))


def wrong(gold: Row, found: Row, home: set[str]) -> list[str]:
    """Name what is wrong with a row whose quantity is right, but for its link."""
    plain = [key for key in ("modifier", "role", "direction", "status") if gold[key] != found[key]]
    checks = {
        "indicator": same_indicator(gold, found),
        "reference": same_reference(gold, found),
        "period": same_period(gold, found),
        "region": same_region(gold, found, home),
    }
    return plain + [name for name, right in checks.items() if not right]


def pair(gold: list[Row], found: list[Row]) -> dict[int, int]:
    """Match gold rows to found facts by their quantity: index to index."""
    places: dict[tuple[int, int], int] = {}
    for j, fact in enumerate(found):
        places.setdefault((fact["start"], fact["end"]), j)
    pairs = {i: places.get((fact["start"], fact["end"])) for i, fact in enumerate(gold)}
    return {i: j for i, j in pairs.items() if j is not None and same_quantity(gold[i], found[j])}


def same_link(i: int, gold: list[Row], found: list[Row], pairs: dict[int, int]) -> bool:
    target = gold[i]["of"]
    if target is None or gold[target]["optional"]:
        return True
    link = found[pairs[i]]["of"]
    return link is not None and pairs.get(target) == link


def is_excused(j: int, gold: list[Row], found: list[Row], pairs: dict[int, int]) -> bool:
    """Tell whether a fact stands where the gold is content with or without one."""
    owner = next((i for i, k in pairs.items() if k == j), None)
    if owner is not None:
        return bool(gold[owner]["optional"])
    fact = found[j]
    return any(g["optional"] and g["start"] < fact["end"] and fact["start"] < g["end"] for g in gold)


def score(text: str, gold: Row, report: Row) -> Score:
    """Score one report, as `Report.to_dict()` gives it, against one compiled gold document."""
    facts, found = gold["facts"], report["facts"]
    home = set(gold["doc"]["region"])
    pairs = pair(facts, found)
    asked = [i for i, fact in enumerate(facts) if not fact["optional"]]
    given = [j for j in range(len(found)) if not is_excused(j, facts, found, pairs)]
    errors, rows = [], 0
    for i in asked:
        where = text[max(0, facts[i]["start"] - 15) : facts[i]["end"] + 5].replace("\n", "⏎")
        if i not in pairs:
            errors.append(f"missed  {where}")
            continue
        faults = wrong(facts[i], found[pairs[i]], home)
        if not same_link(i, facts, found, pairs):
            faults.append("of")
        rows += not faults
        if faults:
            errors.append(f"wrong   {where}  {', '.join(faults)}")
    matched = set(pairs.values())
    errors += [f"no gold {found[j]['text']} at {found[j]['start']}" for j in given if j not in matched]
    return Score(len(asked), len(given), sum(i in pairs for i in asked), rows, tuple(errors))


def verdicts(gold: Row, report: Row) -> list[list[str] | None]:
    """Tell for each fact of a report what is wrong with it: nothing, or None where it does not count."""
    facts, found = gold["facts"], report["facts"]
    pairs = pair(facts, found)
    owners = {j: i for i, j in pairs.items()}
    told: list[list[str] | None] = []
    for j, fact in enumerate(found):
        if is_excused(j, facts, found, pairs):
            told.append(None)
        elif j not in owners:
            told.append(["no gold"])
        else:
            faults = wrong(facts[owners[j]], fact, set(gold["doc"]["region"]))
            told.append(faults if same_link(owners[j], facts, found, pairs) else [*faults, "of"])
    return told


def as_report(gold: Row) -> Row:
    """Dress gold as the library would report it: a perfect answer, to test the scorer with."""
    code, name = gold["doc"]["region"]
    facts = []
    for fact in gold["facts"]:
        start, _, end = fact["period"].partition("..")
        facts.append(
            fact
            | {
                "period": {"start": start or None, "end": end or None, "text": ""},
                "region": {"code": fact["region"] or code, "name": name, "text": ""},
            }
        )
    return {"document": {}, "facts": facts, "entities": gold["entities"]}
