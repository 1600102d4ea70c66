#!/usr/bin/env python3
"""Compile the corpora's gold: NAME.ann.tsv and NAME.txt into NAME.json, with character offsets.

    python corpora/compile.py [--check] [--show] [NAME ...]

Without names every *.ann.tsv beside this script is compiled. `--check` writes nothing and fails where a JSON is not up
to date; `--show` prints each row with the text it was placed on, to be proof-read. A row that cannot be placed is
reported with its file and line, nothing is written for that file, and the exit status is 1.

The row format is described in README.md. Start reading at `compile_document`.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent

FACT_COLUMNS = 13
MODIFIERS = {"=", "~", ">", ">=", "<", "<="}
ROLES = {"level", "change", "gap", "share", "rank"}
SIGNED = {"change", "gap"}
STATUSES = {"", "actual", "target"}
LABELS = {"REGION", "PROGRAMME", "ORG", "SYSTEM"}
HEADERS = {"doc", "region", "period", "published", "given", "split"}
SPLITS = {"train", "test"}

# How far from its quantity an indicator may stand, in characters.
REACH_BEFORE, REACH_AFTER = 400, 60
# Moving on past a mark costs so many characters: words behind a mark seldom belong to the quantity before it.
PAST_A_STOP, PAST_A_COMMA = 30, 6
STOPS, COMMAS = "。；;！？!?\n", "，,、"

_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?")
_SENTENCE_END = re.compile(r"[。；;！？!?]|\n[ \t\u3000]*\n")
_DIGITS = "0-9０-９"
_NUMERALS = "零一二两三四五六七八九十百千万亿"
# A quantity must not be found inside a longer one: 3个 in 13个 or in 3个百分点, 20人 in 20人次.
_LONGER_BEFORE = re.compile(rf"[{_DIGITS}.．{_NUMERALS}]$")
_LONGER_AFTER = {
    "个": ("百分点", "月"),
    "人": ("次",),
    "户": ("次",),
    "例": ("次",),
    "场": ("次",),
    "台": ("次",),
    "班": ("次",),
    "家": ("次", "庭"),
    "元": ("/",),
}


def read_text(path: pathlib.Path) -> str:
    """Read a text with its line ends as they are: offsets count every character."""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


class BadRowError(ValueError):
    """A row that breaks the format or cannot be placed in its text."""


@dataclass(frozen=True)
class Pattern:
    """A cell's words, of which those in 〔 〕 are looked for but do not belong to the span."""

    words: str
    left: int
    right: int

    @classmethod
    def read(cls, cell: str) -> Pattern:
        """Read a cell: ⏎ is a line break; 〔…〕 may stand at either end."""
        match = re.fullmatch(r"(?:〔([^〔〕]+)〕)?([^〔〕]+)(?:〔([^〔〕]+)〕)?", cell.replace("⏎", "\n"))
        if not match:
            raise BadRowError(f"cannot read {cell!r}")
        before, words, after = match[1] or "", match[2], match[3] or ""
        return cls(before + words + after, len(before), len(after))

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield every place of the words inside text[start:end]."""
        at = text.find(self.words, start, end)
        while at >= 0:
            yield at + self.left, at + len(self.words) - self.right
            at = text.find(self.words, at + 1, end)


def place_quantity(text: str, cell: str, start: int) -> tuple[int, int]:
    """Find the next stand-alone place of a quantity at or after `start`."""
    starts_with_number = bool(re.match(rf"[{_DIGITS}{_NUMERALS}]", cell))
    for s, e in Pattern.read(cell).find(text, start, len(text)):
        if starts_with_number and _LONGER_BEFORE.search(text[:s][-1:]):
            continue
        after = text[e : e + 3]
        if re.search(rf"[{_DIGITS}]$", cell) and re.match(rf"[{_DIGITS}.．%％‰万亿]", after):
            continue
        if after.startswith(_LONGER_AFTER.get(text[e - 1], ("\0",))):
            continue
        return s, e
    raise BadRowError(f"quantity {cell!r} does not stand in the text after the row before")


def cost(text: str, piece: tuple[int, int], quantity: tuple[int, int]) -> int:
    """Tell how ill a place suits a piece: its distance from the quantity, dearer behind it and past a mark."""
    start, end = piece
    if end <= quantity[0]:
        return quantity[0] - end
    between = text[quantity[1] : start]
    return (
        len(between)
        + PAST_A_STOP * sum(between.count(mark) for mark in STOPS)
        + PAST_A_COMMA * sum(between.count(mark) for mark in COMMAS)
    )


def place_indicator(text: str, cell: str, quantity: tuple[int, int]) -> list[tuple[int, int]]:
    """Place the pieces in the order of the text, all of them together as near the quantity as they can be."""
    low, high = max(0, quantity[0] - REACH_BEFORE), min(len(text), quantity[1] + REACH_AFTER)
    # best[end of the last piece] = (cost so far, places so far): one entry for each way to end
    best: dict[int, tuple[int, list[tuple[int, int]]]] = {low: (0, [])}
    for part in cell.split("|"):
        following: dict[int, tuple[int, list[tuple[int, int]]]] = {}
        for piece in Pattern.read(part).find(text, low, high):
            if piece[0] < quantity[1] and quantity[0] < piece[1]:
                continue
            before = [entry for end, entry in best.items() if end <= piece[0]]
            if before:
                total, places = min(before, key=lambda entry: entry[0])
                following[piece[1]] = (total + cost(text, piece, quantity), [*places, piece])
        if not following:
            raise BadRowError(f"indicator piece {part!r} does not stand near the quantity, in this order")
        best = following
    return min(best.values(), key=lambda entry: entry[0])[1]


def place_reference(text: str, cell: str, quantity: tuple[int, int]) -> tuple[int, int]:
    """Find the words compared with in the sentence of the quantity: the nearest before it, else the nearest after."""
    low = max((m.end() for m in _SENTENCE_END.finditer(text, 0, quantity[0])), default=0)
    stop = _SENTENCE_END.search(text, quantity[1])
    high = stop.start() if stop else len(text)
    places = [p for p in Pattern.read(cell).find(text, low, high) if p[1] <= quantity[0] or p[0] >= quantity[1]]
    if not places:
        raise BadRowError(f"reference {cell!r} does not stand in the sentence of the quantity")
    return min(places, key=lambda p: (p[0] >= quantity[1], abs(quantity[0] - p[1])))


def read_value(cell: str) -> tuple[float, float | None]:
    """Read VALUE or VALUE..MAX."""
    low, _, high = cell.partition("..")
    try:
        value, value_max = float(low), float(high) if high else None
    except ValueError:
        raise BadRowError(f"value {cell!r} is not a number") from None
    if value_max is not None and value_max <= value:
        raise BadRowError(f"range {cell!r} does not rise")
    return value, value_max


def read_link(cell: str, index: int) -> int | None:
    """Read ^N (the Nth fact before) or vN (the Nth fact after)."""
    if not cell:
        return None
    match = re.fullmatch(r"([\^v])([1-9]\d*)", cell)
    if not match:
        raise BadRowError(f"link {cell!r} is neither ^N nor vN")
    return index - int(match[2]) if match[1] == "^" else index + int(match[2])


def check_period(cell: str) -> None:
    """Fail unless the cell is empty or START..END with at least one end."""
    if cell and (not _PERIOD.fullmatch(cell) or cell == ".."):
        raise BadRowError(f"period {cell!r} is not START..END")
    start, _, end = cell.partition("..")
    if start and end and start > end:
        raise BadRowError(f"period {cell!r} ends before it starts")


def check_choice(name: str, value: str, choices: set[str]) -> None:
    """Fail unless the value is one of the choices."""
    if value not in choices:
        raise BadRowError(f"{name} {value!r} is none of {', '.join(sorted(choices - {''}))}")


def read_fact(text: str, cells: list[str], start: int, index: int) -> dict[str, Any]:
    """Turn one F row into a gold fact."""
    if len(cells) != FACT_COLUMNS:
        raise BadRowError(f"an F row has {FACT_COLUMNS} columns, this one {len(cells)}")
    role, sign = cells[5], cells[6]
    check_choice("role", role, ROLES)
    if sign not in {"+", "-"} or (sign == "+" and role not in SIGNED):
        raise BadRowError(f"direction {sign!r} does not go with role {role!r}")
    _, quantity, value, unit, modifier, _, _, indicator, reference, period, region, status, link = [
        "" if cell == "-" else cell for cell in cells
    ]
    check_choice("modifier", modifier or "=", MODIFIERS)
    check_choice("status", status, STATUSES)
    check_period(period)
    optional = quantity.startswith("?")
    place = place_quantity(text, quantity.removeprefix("?"), start)
    low, high = read_value(value)
    pieces = place_indicator(text, indicator, place)
    fact: dict[str, Any] = {
        "start": place[0],
        "end": place[1],
        "text": text[place[0] : place[1]],
        "optional": optional,
        "value": low,
        "value_max": high,
        "unit": unit,
        "modifier": modifier or "=",
        "role": role,
        "direction": sign if role in SIGNED else "",
        "status": status or "actual",
        "period": period,
        "region": region,
        "indicator": {"text": "".join(text[s:e] for s, e in pieces), "spans": [list(p) for p in pieces]},
        "reference": None,
        "of": read_link(link, index),
    }
    if reference:
        s, e = place_reference(text, reference, place)
        fact["reference"] = {"text": text[s:e], "start": s, "end": e}
    return fact


def read_entities(text: str, rows: list[tuple[int, list[str]]], where: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Mark every occurrence of each surface, the longest surfaces first; return entities and complaints."""
    taken = [False] * len(text)
    found, errors, seen = [], [], set()
    for number, cells in sorted(rows, key=lambda row: -len(row[1][1]) if len(row[1]) > 1 else 0):
        try:
            if len(cells) != 4:
                raise BadRowError(f"an E row has 4 columns, this one {len(cells)}")
            _, surface, label, name = cells
            check_choice("label", label, LABELS)
            if surface in seen:
                raise BadRowError(f"{surface!r} has two rows")
            seen.add(surface)
            places = [p for p in Pattern.read(surface).find(text, 0, len(text)) if not any(taken[p[0] : p[1]])]
            if not places:
                raise BadRowError(f"{label} {surface!r} does not stand in the text outside longer names")
        except BadRowError as error:
            errors.append(f"{where}:{number}: {error}")
            continue
        for s, e in places:
            taken[s:e] = [True] * (e - s)
            found.append({"start": s, "end": e, "text": text[s:e], "label": label, "id": "" if name == "-" else name})
    return sorted(found, key=lambda entity: entity["start"]), errors


def read_header(line: str, doc: dict[str, Any]) -> None:
    """Read one `#name<tab>value…` line into the document's own facts."""
    name, *values = line[1:].split("\t")
    check_choice("header", name, HEADERS)
    if name == "region" and len(values) != 2:
        raise BadRowError("#region takes a code and a name")
    if name == "split":
        check_choice("split", values[0], SPLITS)
    if name == "period":
        check_period(values[0])
    doc[name] = values if name == "region" else values[0]


def check_links(facts: list[dict[str, Any]], where: str) -> list[str]:
    """Complain of links that lead out of the list."""
    return [
        f"{where}: the link of {fact['text']!r} leads to row {fact['of']}, and there are {len(facts)}"
        for fact in facts
        if fact["of"] is not None and not 0 <= fact["of"] < len(facts)
    ]


def compile_document(text: str, annotation: str, where: str) -> tuple[dict[str, Any], list[str]]:
    """Compile one annotation; return the gold and the complaints, of which there must be none."""
    doc: dict[str, Any] = {}
    facts: list[dict[str, Any]] = []
    rows: list[tuple[int, list[str]]] = []
    errors: list[str] = []
    end = 0
    for number, line in enumerate(annotation.splitlines(), 1):
        if not line.strip() or line.startswith("##"):
            continue
        try:
            if line.startswith("#"):
                read_header(line, doc)
            elif line.startswith("E\t"):
                rows.append((number, line.split("\t")))
            elif line.startswith("F\t"):
                fact = read_fact(text, line.split("\t"), end, len(facts))
                facts.append(fact)
                end = fact["end"]
            else:
                raise BadRowError("a row begins with F, E or #")
        except BadRowError as error:
            errors.append(f"{where}:{number}: {error}")
    errors += [f"{where}: no #{name} line" for name in ("doc", "region", "period", "published") if name not in doc]
    entities, more = read_entities(text, rows, where)
    return {"doc": doc, "facts": facts, "entities": entities}, errors + more + check_links(facts, where)


def show(text: str, gold: dict[str, Any]) -> None:
    """Print every fact with the characters around each of its spans, and every number no fact covers."""

    def around(s: int, e: int) -> str:
        return (text[max(0, s - 8) : s] + "【" + text[s:e] + "】" + text[e : e + 6]).replace("\n", "⏎")

    covered: set[int] = set()
    for i, fact in enumerate(gold["facts"]):
        covered.update(range(fact["start"], fact["end"]))
        pieces = "  ".join(around(s, e) for s, e in fact["indicator"]["spans"])
        reference = fact["reference"] and around(fact["reference"]["start"], fact["reference"]["end"])
        print(f"{i:>3} {around(fact['start'], fact['end'])} <- {pieces}" + (f"  ~ {reference}" if reference else ""))
    for match in re.finditer(rf"[{_DIGITS}]+|[{_NUMERALS}]+", text):
        if match.start() not in covered:
            print("  - no fact:", around(*match.span()))


def main() -> int:
    """Compile what the command line names; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a JSON is not up to date")
    parser.add_argument("--show", action="store_true", help="print every row with its place in the text")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a01-… without ending; all if none is given")
    args = parser.parse_args()
    names = args.names or sorted(path.name.removesuffix(".ann.tsv") for path in HERE.glob("*.ann.tsv"))
    errors: list[str] = []
    count = 0
    for name in names:
        text = read_text(HERE / f"{name}.txt")
        annotation = (HERE / f"{name}.ann.tsv").read_text(encoding="utf-8")
        gold, complaints = compile_document(text, annotation, f"{name}.ann.tsv")
        if gold["doc"].get("doc") != f"{name}.txt":
            complaints.append(f"{name}.ann.tsv: #doc is not {name}.txt")
        errors += complaints
        if args.show:
            show(text, gold)
        if complaints:
            continue
        count += len(gold["facts"])
        out, target = json.dumps(gold, ensure_ascii=False, indent=1) + "\n", HERE / f"{name}.json"
        if not args.check:
            target.write_text(out, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != out:
            errors.append(f"{name}.json is not up to date: run python corpora/compile.py {name}")
    for error in errors:
        print(error, file=sys.stderr)
    print(f"{len(names)} documents, {count} facts")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
