"""Towns, streets and villages: places that are known by the form of their names only, and have no code here.

Start at `find_settlements`: from each 镇, 乡, 村, 街道 … it goes left to where a name can begin (a mark, the end of a
region, a word that leads a place in) and takes what lies between, unless that is an ordinary word (贫困村, 建制镇).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from healthie.gazetteer import read_rows
from healthie.naming import A_NUMBER_OF
from healthie.records import Entity

__all__ = ["find_settlements"]

_HEAD = regex.compile("街道办事处|街道办|街道|苏木|嘎查|社区|[镇乡村]")
_NO_TAIL = {
    "村": frozenset("级医委干支里镇庄长寨落屯居口小晚歌超排戏史容貌道头"),  # 村级, 村医, 村寨
    "镇": frozenset("江海痛静定压卫巴远坪赉沅雄宁康原级医村长中街域"),  # 镇江, 镇痛
    "乡": frozenset("级医村镇土愁亲友音情田间长贤"),  # 乡村, 乡亲
}
_CENTRE = regex.compile("中心(?:卫生院|小学|中学|学校|校|幼儿园|敬老院|养老院)")  # 花溪镇|中心卫生院
_NO_END = {
    "村": frozenset("农乡山有两全入进离驻包围新三"),  # 农村, 驻村
    "镇": frozenset("城乡集市古小名重强村全场坐冰"),  # 城镇, 集镇
    "乡": frozenset("城返下回故家老水侨之八雪带还思异离野入同村进全"),  # 城乡, 返乡
}
_LEAD_IN = frozenset("在到据赴访驻对向从由与和及为是的至了即于区县市镇乡")
# what leads on to 村 as a common noun, right behind a place (全市对|村卫生室, 全市各村)
_NO_NAME = frozenset("对向给为由将把使让各每")
_FACILITY = ("卫生", "级")
# clinics that are counted: those of one village or street are not
_COUNTED = regex.compile(r"卫生\p{Han}{1,6}(?:\(站\))?" + A_NUMBER_OF)
_HAN = regex.compile(r"\p{Han}")
_LONGEST = 5


@lru_cache(maxsize=1)
def _common() -> regex.Pattern[str]:
    words = sorted((word for word, use in read_rows("settlement_words") if use == "common"), key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, words)))


@lru_cache(maxsize=1)
def _lead_words() -> frozenset[str]:
    return frozenset(word for word, use in read_rows("settlement_words") if use == "lead")


@lru_cache(maxsize=1)
def _built() -> frozenset[str]:
    return frozenset(word for word, use in read_rows("settlement_words") if use == "build")


def find_settlements(text: str, plain: str, regions: Sequence[Entity]) -> list[Entity]:
    """Find names such as 花溪村 or 石桥镇, by their form.

    Parameters
    ----------
    text : str
        The text as it was given.
    plain : str
        The text, folded.
    regions : sequence of Entity
        The regions found so far: a name begins where one of them ends, and never inside one.

    Returns
    -------
    list of Entity
        With the name as `id`.

    Examples
    --------
    >>> text = "来到石桥镇花溪村,村民已签约"
    >>> [entity.text for entity in find_settlements(text, text, [])]
    ['石桥镇', '花溪村']
    """
    ends = {region.end for region in regions}
    taken = {at for region in regions for at in range(region.start, region.end)}
    known: set[str] = set()
    found: list[Entity] = []
    for head in _HEAD.finditer(plain):
        if head.start() in taken:
            continue
        start = _begin(plain, head.start(), head.end(), ends, known)
        if start is None or not taken.isdisjoint(range(start, head.start())):
            continue
        name = plain[start : head.end()]
        known.add(name)
        ends.add(head.end())
        taken.update(range(start, head.end()))
        found.append(Entity(start, head.end(), text[start : head.end()], "REGION", name, name))
    return found


def _begin(plain: str, head: int, end: int, ends: set[int], known: set[str]) -> int | None:
    """Return where the name that ends in this head begins, if it is one."""
    kind = plain[head:end]
    tails = plain[end : end + 1] in _NO_TAIL.get(kind, ()) and not _CENTRE.match(plain, end)
    if tails or plain[head - 1 : head] in _NO_END.get(kind, ()):
        return None
    for size in range(2, min(_LONGEST, head) + 1):
        if plain[head - size : end] in known:
            return head - size
    at = head
    while at > 0 and head - at <= _LONGEST and at not in ends and _HAN.match(plain[at - 1]):
        if plain[at - 2 : at] in _lead_words() or (head - at >= 2 and plain[at - 1] in _LEAD_IN):
            break
        at -= 1
    if plain[head - 2 : head] in _built() and plain.startswith(_FACILITY, end):  # 新建|村卫生室
        return None
    if _COUNTED.match(plain, end):  # 共有|社区卫生服务中心8个
        return None
    is_counted = at > 0 and plain[at - 1].isdecimal()  # 3万村, 12个镇
    return at if not is_counted and _is_name(plain[at:head], kind, follows_region=at in ends) else None


def _is_name(stem: str, kind: str, *, follows_region: bool) -> bool:
    """Tell whether what stands before 镇 or 村 can be a name."""
    is_short_kind = len(kind) == 1
    if kind == "社区" and not follows_region:
        return False
    if stem[-1:] in _LEAD_IN and (len(stem) > 2 or not (follows_region or kind in "镇乡")):  # 总院和村, but 太和镇
        return False
    if stem in _NO_NAME or (len(stem) > 2 and stem[-2:] in _built()):  # 新建改建|街道养老中心
        return False
    shortest = 1 if follows_region and is_short_kind else 2
    return shortest <= len(stem) <= (4 if is_short_kind else _LONGEST) and not _common().search(stem)
