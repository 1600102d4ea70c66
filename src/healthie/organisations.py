"""Organisations: bodies known by name, and others by the form of their names.

Start at `OrganisationReader`. A name by form is a place or the sign of one (市, 县), what distinguishes the body, and
its last word (`data/organisations.tsv`), then parts of it; firms, schools, hospitals and the like may do with a proper
name instead of a place. A short form is found again where the full name stands elsewhere in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex

from healthie.gazetteer import Gazetteer, read_rows
from healthie.naming import A_NUMBER_OF, Hit, Rows, first_of, longest, named_rows
from healthie.outline import outline

__all__ = ["OrganisationReader"]

# What may stand between the place and the last word: no edge, no punctuation, no word that makes a class of bodies.
_BODY = "[IiVvGgNnLlPpczMmDdAaBbYyFf]"
_NAME = "[IiGgNnLlPpczMmDdAaBbYyFfRrQq]"  # a verb (新建) may stand before 市 and 县
_CHAR = "[cMm]"
_HEAD = "(?:Oo*+|Ww*+)"
_PLACE = f"(?:(?:Rr*+){{1,4}}(?:Ll*+)?|Ff*+(?=[IVGcMW])|(?<!{_NAME})Ll*+|(?<![0{_BODY[1:]}){_CHAR}{{1,5}}Pp*+)"
_TAIL = (
    "(?:(?:Uu*+)?[IiRrLlNncMmz]{0,10}?Tt*+"  # …医院城北院区, …委宣传部
    f"|Uu*+[Rr]{{0,4}}{_BODY}{{0,10}}?(?:{_HEAD}|Kk*+)"  # …大学附属青川医院
    "|Ww*+(?=[TU])"  # …大学医学院附属第一医院
    f"|(?:Rr*+|Nn*+)[IiVvGgcMmz]{{0,6}}?{_HEAD})"  # …大学第一医院, …医院青川医院
)
# No name, nor the end of one, stands before it.
_FREE = "(?<![IiVvGgNnLlPpczMmDdAaBbYyFfRrQq0])"
_FORMS = {
    "placed": rf"(?P<place>{_PLACE})(?P<body>{_BODY}{{0,16}}?)(?P<head>{_HEAD}|Tt++)(?P<tail>{_TAIL}{{0,3}})",
    "known": rf"(?:Rr*+){{0,3}}Kk*+{_TAIL}{{0,2}}",
    "site": "(?:Rr*+){1,3}Tt++",  # …县政府网, 青川院区
    "office": f"{_FREE}Oo++Tt++",  # 卫健委医政科
    "proper": rf"{_FREE}{_CHAR}{{2,6}}[IiGgNnVv]{{0,12}}Ww*+{_TAIL}{{0,2}}",
    "purpose": rf"{_FREE}[IiVvGgQqWwAaBbYycMm]{{4,20}}?(?P<head>Oo*+){_TAIL}{{0,2}}",
}
_BY_FORM = {form: regex.compile(pattern) for form, pattern in _FORMS.items()}
# 武汉华大基因科技有限公司, …健康科技(中国)有限公司, 山东威高集团…股份有限公司
_FIRM = regex.compile(
    rf"(?:(?:(?:Rr*+){{1,3}}|{_FREE}){_CHAR}{{2,6}}|(?:Rr*+){{0,3}}Kk*+)"
    r"(?:[IicMm]|Rr*+|(?P<group>Ww*+)(?=[IcM])|\([RrFfc]{2,6}\)){0,16}(?P<firm>Ww*+)"
)
# 山东大学齐鲁医院, 中国医学科学院肿瘤医院
_HOSTED = regex.compile("(?P<host>Rr*+Ww*+|Kk*+)(?P<guest>(?:Ww*+)?Kk*+|[cMm]{0,4}Ww++)")
_COUNTED = regex.compile(A_NUMBER_OF)
_IN_SHORT = regex.compile(r"\((?:(?:以下)?简称:?)?“?(?P<short>[^“”(),。、\n]{2,10})”?\)")
# 四川广元市…: the short name of a province before the full name of a place is no part of the name.
_PROVINCE = regex.compile("Rr(?=Rrr)")
# Of the outline: what stands beside a word that is no body of its own there, and before one.
_BESIDE_WORD = frozenset("cIiQqGgLlRrVvPp0、()")
_BEFORE_WORD = frozenset("cIiQqGgLlRr)")
_EACH = "各"
_SHORTEST_HEAD = 2


class OrganisationReader:
    """Reads the organisations of a text.

    Parameters
    ----------
    rows : path or iterable, optional
        Names of one's own, or rows of a name and its variants; see `healthie.naming.named_rows`.
    """

    __slots__ = ("_own",)

    def __init__(self, rows: Rows = ()) -> None:
        """Keep the caller's names; those packaged are part of the outline."""
        own = list(named_rows(rows))
        self._own = Gazetteer(own) if own else None

    def __call__(self, plain: str) -> list[Hit]:
        """Read a text.

        Parameters
        ----------
        plain : str
            A text that has been through `healthie.outline.level_with_quotes`.

        Returns
        -------
        list of Hit
            In the order of the text, none overlapping.
        """
        own = self._own.find(plain, folded=True) if self._own else ()
        hits = longest(
            [*(Hit(found.start, found.end, found.payloads[0]) for found in own), *_by_form(plain), *_nested(plain)]
        )
        given = _given(plain, hits)
        return _in_full(plain, longest([*hits, *_short_forms(plain, hits, given)]), given)


@lru_cache(maxsize=1)
def _roles() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for role, words in read_rows("organisations"):
        table.setdefault(role, set()).update(words.split())
    return {role: frozenset(words) for role, words in table.items()}


def _by_form(plain: str) -> Iterator[Hit]:
    marks = outline(plain)
    for form, match in first_of(_BY_FORM, marks):
        start, end = match.span()
        if plain[start - 1 : start] == _EACH or _is_counted(plain, marks, form, match):
            continue  # 各县人民医院, 中医医院11所: more than one
        if _is_name(plain, marks, form, match):
            while short := _PROVINCE.match(marks, start, end):
                start = short.end()
            yield Hit(start, end)
    for found in _alone().find(plain, folded=True):
        around = marks[max(0, found.start - 1) : found.start] + marks[found.end : found.end + 1]
        if _BESIDE_WORD.isdisjoint(around):
            yield Hit(found.start, found.end)


def _is_counted(plain: str, marks: str, form: str, match: regex.Match[str]) -> bool:
    """Tell whether a form is what is built or counted: 云县|新建卫生院, 中医医院11所, 云县组织医院2家."""
    if form == "placed" and plain.startswith(tuple(_roles()["built"]), match.end("place")):
        return True
    if marks[match.end() : match.end() + 1] != "0" or form not in {"placed", "proper"}:
        return False
    is_done = form == "placed" and marks[match.end("place")] == "V"
    return is_done or form == "proper" or _COUNTED.match(plain, match.end()) is not None


def _nested(plain: str) -> Iterator[Hit]:
    """Find firms and hospitals with the name of another body, of a group or of a place inside their own."""
    marks = outline(plain)
    for match in _HOSTED.finditer(marks):
        if _ends(plain, match.span("host"), "host") and _ends(plain, match.span("guest"), "guest"):
            yield Hit(*match.span())
    for match in _FIRM.finditer(marks):
        groups = {plain[slice(*span)] for span in match.spans("group")}
        if plain[slice(*match.span("firm"))] in _roles()["firm"] and groups <= _roles()["group"]:
            yield Hit(*match.span())


def _ends(plain: str, span: tuple[int, int], role: str) -> bool:
    return plain[slice(*span)].endswith(tuple(_roles()[role]))


@lru_cache(maxsize=1)
def _alone() -> Gazetteer[str]:
    return Gazetteer((word, word) for word in _roles()["alone"])


def _is_name(plain: str, marks: str, form: str, match: regex.Match[str]) -> bool:
    """Tell whether a form names one body: 北京大学 does, 北京公司 and 省局 do not."""
    if form == "purpose":
        return plain[slice(*match.span("head"))] in _roles()["committee"]
    if form != "placed":
        return True
    head = plain[slice(*match.span("head"))]
    if match["body"] or marks[match.end("place") - 1] in "Pp":
        return True
    if match["tail"] and _ends(plain, match.span("head"), "host"):  # 北京大学第三医院, but 北京公司办公室
        return True
    if len(head) < _SHORTEST_HEAD:
        return head in _roles()["bare"]
    return head not in _roles()["common"]


def _given(plain: str, hits: Iterable[Hit]) -> dict[str, str]:
    """Return the short forms in brackets behind a name, with that name: …总医院(以下简称“总院”)."""
    matches = ((_IN_SHORT.match(plain, hit.end), hit) for hit in hits)
    shorts = ((match["short"], plain[hit.start : hit.end]) for match, hit in matches if match)
    return {short: name for short, name in shorts if short in _roles()["short"]}


def _short_forms(plain: str, hits: Iterable[Hit], given: Iterable[str]) -> Iterator[Hit]:
    """Find 总院 and the like where a name of the text ends so, or the text has `given` them."""
    names = {plain[hit.start : hit.end] for hit in hits}
    ends = {name[at:] for name in names for at in range(1, len(name))}
    if shorts := (_roles()["short"] & ends) | set(given):
        marks = outline(plain)
        for match in Gazetteer((short, short) for short in shorts).find(plain, folded=True):
            if marks[max(0, match.start - 1) : match.start] not in _BEFORE_WORD:
                yield Hit(match.start, match.end)


def _in_full(plain: str, hits: list[Hit], given: dict[str, str]) -> list[Hit]:
    """Give each short form the name it was given to, or the longest of the text that ends with it."""
    full = dict(given)
    for name in sorted({plain[hit.start : hit.end] for hit in hits}, key=lambda name: (-len(name), name)):
        for at in range(1, len(name)):
            full.setdefault(name[at:], name)
    for pair in _roles()["same"]:  # 县医院 is 白水县人民医院
        short, long = pair.split("=")
        full.setdefault(short, full.get(long, ""))
    return [Hit(hit.start, hit.end, hit.name or full.get(plain[hit.start : hit.end], "")) for hit in hits]
