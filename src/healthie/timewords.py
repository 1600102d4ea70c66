"""Time expressions as they are written, before they are dated: 截至7月, 1—7月份, “十四五”期间, 近三年.

Start at `scan`: it finds the expressions of a paragraph and takes them apart into `TimeWords`. The words are in
`data/periods.tsv`; `_pattern` builds the grammar from them. `healthie.periods` turns the parts into dates.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import regex

from healthie.gazetteer import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Moment", "TimeWords", "alternation", "scan", "small_number", "values"]

Form = Literal[
    "calendar",
    "day",
    "month",
    "quarter",
    "week",
    "now",
    "span",
    "over",
    "past",
    "ago",
    "plan",
    "event",
    "years",
    "same",
]
MonthDay = tuple[int, int]

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "O": 0, "两": 2}
_DATE_MARK = regex.compile("[-/.]")
_SPACE = r"[^\S\n]{0,3}(?:\n[^\S\n]{0,4})?"


class Moment(NamedTuple):
    """A year and the part of it that is named; without a part it is the whole year.

    Attributes
    ----------
    base : str
        What `year` counts from: ``"abs"`` a year of the calendar, ``"now"`` the year of publication, ``"own"`` the year
        reported on, ``"near"`` the year named last; empty where no year is named.
    year : int
        The year, or the offset from the base.
    first, last : (int, int) or None
        Month and day; day 0 is the last of the month. Month 0 is the month named last.
    """

    base: str = ""
    year: int = 0
    first: MonthDay | None = None
    last: MonthDay | None = None


class TimeWords(NamedTuple):
    """One expression taken apart.

    Attributes
    ----------
    start, end : int
        Character offsets.
    form : str
        How it is built.
    left, right : Moment or None
        Both ends of a range; of a single time only `right`.
    lead : str
        ``until`` (截至), ``reach`` (到), ``from`` (自), or empty.
    tail : str
        ``since`` (以来), ``before`` (前), ``same`` (同期), ``ahead`` (未来三天), or empty.
    is_state : bool
        Whether it names the end of something (年末, 6月底).
    number : int
        A number of years, months or days, for the forms that have one.
    value : str
        What the word table says of it, for the forms that come from it.
    """

    start: int
    end: int
    form: Form
    left: Moment | None = None
    right: Moment | None = None
    lead: str = ""
    tail: str = ""
    is_state: bool = False
    number: int = 0
    value: str = ""

    @property
    def names_year(self) -> bool:
        """Whether it says which year it means, in figures or as 今年, 去年."""
        left, right = self.left, self.right
        return bool((left is not None and left.base) or (right is not None and right.base))


class _Word(NamedTuple):
    surface: str
    value: str
    not_before: str
    not_behind: str


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[_Word, ...]]:
    """Read the words, longest first within each class."""
    table: dict[str, list[_Word]] = {}
    for name, *cells in read_rows("periods"):
        table.setdefault(name, []).append(_Word(*[*cells, "", "", ""][:4]))
    return {name: tuple(sorted(rows, key=lambda row: (-len(row.surface), row))) for name, rows in table.items()}


@lru_cache(maxsize=64)
def alternation(*classes: str) -> str:
    """Return an atomic group that matches any word of the classes, longest first, where nothing forbidden stands by."""
    rows = sorted((row for name in classes for row in _table()[name]), key=lambda row: (-len(row.surface), row))
    first = "".join(map(regex.escape, sorted({row.surface[0] for row in rows})))
    return f"(?>(?=[{first}])(?:{'|'.join(map(_guarded, rows))}))"  # the look ahead lets most tries fail at once


def _guarded(word: _Word) -> str:
    before = f"(?<![{regex.escape(word.not_behind)}])" if word.not_behind else ""
    after = f"(?![{regex.escape(word.not_before)}])" if word.not_before else ""
    return f"{before}{regex.escape(word.surface)}{after}"


@lru_cache(maxsize=64)
def values(name: str) -> dict[str, str]:
    """Return the words of a class with their values."""
    return {row.surface: row.value for row in _table()[name]}


def small_number(text: str) -> int:
    """Read a whole number under a hundred, or a year written digit by digit.

    Examples
    --------
    >>> small_number("二十七"), small_number("07"), small_number("二〇二六")
    (27, 7, 2026)
    """
    if "十" not in text:
        return int("".join(str(_DIGITS.get(char, char)) for char in text if char != "\n"))
    tens, _, ones = text.partition("十")
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)


# Where no decimal goes on: behind no digit and no point, unless that is of the number of a list at the head of a line.
_NO_DECIMAL = r"(?<!\d)(?<!(?<!(?m:^)[ \t]{0,4}\d{1,2})[.])"


@lru_cache(maxsize=1)
def _pattern() -> regex.Pattern[str]:
    """Build the grammar. A group with the prefix ``l`` belongs to the left end of a range."""
    s, a = _SPACE, alternation
    y4 = r"(?<!\d)(?:1\n?9|2\n?0)\n?\d\n?\d(?!\d)"
    cy = r"[一二][九〇○零O0][〇○零O0一二三四五六七八九]{2}"
    num = r"(?:(?<![\d.])\d{1,2}(?![\d.])|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    unit = r"年(?:度(?!假))?(?![鉴版龄]|(?<=年)[级货味薪]|(?<=年)代(?![表理收缴码替办管发]))"
    no_han_month = r"(?<![第每个两几数多\d正腊一二三四五六七八九十廿])"
    mm = rf"(?:{_NO_DECIMAL}(?:1[0-2]|0?[1-9])(?![\d.])|{no_han_month}(?:十[一二]?|[一二三四五六七八九]))"
    dd = r"(?:(?:3[01]|[12]\d|0?[1-9])(?![\d.])|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
    month_unit = r"月(?:份)?(?![龄均薪经嫂饼子余])"
    day_unit = r"[日号](?![间均龄])"
    join = f"{s}{a('join')}{s}"

    def year(p: str = "") -> str:
        return rf"(?:(?:(?P<{p}y>{y4})|(?P<{p}cy>{cy})){s}{unit}|(?P<{p}ry>{a('year')}))"

    def month(p: str = "", unit_: str = "") -> str:
        return rf"(?P<{p}m>{mm}){s}{unit_ or month_unit}"

    def day(p: str = "", unit_: str = "") -> str:
        return rf"(?P<{p}d>{dd}){s}{unit_ or day_unit}"

    no_festival = "(?!(?<=[一二三四五六七八九十]月)[一二三四五六七八九十])"  # 三月三
    month_tail = f"{no_festival}(?:{s}(?:(?P<ms>{a('month')})|(?P<me>{a('monthend')})))?"
    part = rf"(?:(?P<p>{a('part')})|(?<![提之以先此目日产术])[前头](?P<fm>{num})个?月(?:份)?)(?P<pe>[末底](?!线))?"
    left_part = rf"(?P<lp>{a('part')})|(?P<lye>{a('end')})"
    month_no = r"(?:1[0-2]|0?[1-9])"
    spelled = rf"(?:{y4}|{cy}){s}(?:年度?)?"
    together = rf"(?:{s}[、和及,]{s}{spelled}){{0,4}}{s}[、和及]{s}"
    these = r"(?:这)?[两二三四五](?:个)?年(?:度|间)?"
    quarter = rf"(?P<lq>[一二三1-3])(?:季度)?{s}(?:{a('join')}|[、和]){s}(?P<q>[二三四2-4])季度(?P<pe>[末底])?"
    rest = f"{month()}{month_tail}|{part}|(?P<ye>{a('end')})|{these}"
    opens_clause = r"(?<=(?:^|[\n,。;:、(>])\s{0,4})"
    ranges = [
        f"{opens_clause}{day('l', '[日号]')}(?:{a('daypart')})?(?:{join}|[和、]){day()}(?:{a('daypart')})?",
        f"(?:{year('l')}{s})?{month('l')}{s}{day('l', '[日号]?')}{join}(?:{year()}{s})?(?:{month()}{s})?{day()}",
        f"{year('l')}{s}(?:{month('l')}|{left_part})?{join}{year()}{s}(?:{rest})?",
        f"{month('l')}{join}{year()}{s}{month()}{month_tail}",
        f"(?:{year('l')}{s})?{month('l', '(?:月(?:份)?)?')}{join}{month()}{month_tail}",
        f"(?:{year('l')}{s})?{quarter}",
        rf"(?:(?P<ly>{y4})|(?P<lcy>{cy})){s}{join}(?:(?P<y>{y4})|(?P<cy>{cy})){s}{unit}(?:(?P<ye>{a('end')})|{these})?",
        rf"(?:(?P<ly>{y4})|(?P<lcy>{cy})){s}(?:年度?)?{together}(?:(?P<y>{y4})|(?P<cy>{cy})){s}(?:年度?)?{these}",
        rf"(?P<ly>{y4})\.(?P<lm>{month_no})月?{s}{a('join')}{s}(?P<y>{y4})\.(?P<m>{month_no})(?!\d|\.\d)",
        rf"(?<=[\p{{Han}},。;(])(?:{year('l')}{s})?(?P<lm>(?:1[0-2]|[1-9]|[一二三四五六七八九十]))、{month()}",
    ]
    behind_word = rf"(?<=[\p{{Han}}])(?<!{a('daycount')})(?<!(?<!附)近)"
    point = [
        f"{year()}{s}(?:{month()}(?:{s}{day()}|{month_tail})|的?{part}|(?P<ye>{a('end')})|(?P<ysh>{a('short')}))",
        rf"{year()}{s}(?P<ymid>中)(?=[,、。;前])",
        year(),
        f"{month()}(?:{s}{day()}|{month_tail})",
        part,
        rf"(?P<be>(?<![\d一二三四五六七八九十两几多]){a('end')}(?<=..)(?<=年[内末底终]|岁末))",
        rf"(?P<iso>{y4}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9]))(?!\d)",
        rf"(?P<y>{y4})(?=(?:[、,和及与]{s}(?:19|20)\d\d){{1,8}}{s}年)",
        r"(?P<bm>(?<![\d一二三四五六七八九十两几个本当上下每按逐正腊满])月[底末])",
        rf"{opens_clause}{day()}(?=[,上下早晚凌至在从召举开有共新全将]|{a('dayverb')})",
        f"{behind_word}(?P<d>(?:3[01]|[12]\\d|[1-9])){s}日(?={a('dayverb', 'daypart')})",
        rf"(?<={a('localtime')}){day()}",
        rf"(?<={a('from')}){day()}(?=(?:{a('daypart')})?{s}{a('sinceafter')})",
        rf"(?<={a('until')})(?P<d>(?:3[01]|[12]\d|[1-9])){s}日(?=[,(晚])",
    ]
    quote, unquote = "[“\"'‘「『]", "[”\"'’」』]"
    plan = (
        rf"(?:{quote}(?P<plan>{a('plan')}){unquote}|(?P<plan>{a('plan')}))"
        rf"{s}(?:(?P<pp>{a('planpart')})(?P<pn>{num})年|(?P<pd>{a('planduring')}))"
    )
    span = (
        rf"(?:(?P<sb>{a('spanbefore')}){s}(?P<n>{num})[多余]?个?年(?:多|余)?(?:时间)?{s}(?P<sa>{a('spanafter')})?"
        rf"|(?<!{a('nospan')})(?P<n>{num})(?P<ov>[多余])?年(?P<ov>[多余])?{s}(?P<sa>{a('spanafter')})"
        rf"|(?<=[\s,。;:、(])(?P<n>[两三四五六七八九十])年(?={a('spanchange')})"
        rf"|(?<=\p{{Han}})(?<!{a('nospan', 'nomovespan')})(?P<n>[两三四五六七八九十])年(?={a('spanchange')})"
        rf"|(?<=\p{{Han}})(?<!{a('nomovespan')})(?P<n>[2-9]|10)年(?={a('spanchange')}))(?![级龄])"
    )
    past = (
        rf"(?P<pb>{a('pastbefore')}){s}(?P<pc>\d{{1,3}}|{num}){s}(?P<pu>{a('spanunit')})(?:里|内|间|中)?"
        rf"|(?<![\d.提]|{a('nospan')})(?P<ac>{num})[多余]?年[多余]?(?:之|以)?(?P<ago>{a('before')})"
    )
    this = (
        rf"(?P<tm>{a('thismonth')})(?:{s}{day()}|{month_tail})|(?P<tq>{a('thisquarter')})(?P<pe>[末底])?|(?P<tw>{a('thisweek')})|(?P<day>{a('day')})"
        rf"|(?P<ct>\d\d|上)世纪(?P<dc>\d0|[二三四五六七八九]十)年代|(?P<dy>(?<!\d)(?:19|20)\d0)年代"
        rf"|(?P<sy>{y4})(?:[-]{{1,2}}(?P<sy2>{y4}))?{s}(?:年)?学年(?:度)?"
    )
    lead = rf"(?:(?P<until>{a('until')})|(?P<reach>{a('reach')})|(?P<from>{a('from')})){s}"
    tail = (
        rf"{s}(?:(?:{a('daypart')})?(?P<since>{a('sinceafter')})|(?P<before>{a('before')})|(?P<same>{a('same')})|{a('within')}"
        rf"|(?P<far>[^,。;:!?、()\n\d是为有]{{1,24}}?{a('farsince')}))"
    )
    is_range = r"(?=[^。;:!?]{1,16}?[-~至到─、和及.,])"  # most times are no ranges: see at once
    calendar = f"(?:{is_range}(?:{'|'.join(ranges)})|{this}|{'|'.join(point)})"
    event = rf"(?P<event>{a('event')})[^,。;:!?、()\n]{{0,12}}?{a('farsince')}"
    hour = rf"(?:{a('daypart')})?(?:[01]?\d|2[0-4])[时点](?:[0-5]?\d分)?(?!\d)"
    now = (
        rf"(?:(?:{a('until', 'reach')}){s}(?P<now>{a('now', 'nowuntil')})|(?:{a('until')}){s}(?P<now>{hour})"
        rf"|(?P<now>{a('now')}))"
    )
    any_form = (
        f"(?:{a('from')})?{event}|(?:{lead})?(?:{plan}|{span})|{past}|{now}|(?:{lead})?{calendar}(?:{tail})?"
        f"|(?P<bare>{a('same')})"
    )
    return regex.compile(any_form)


# The classes of words that can open an expression, and those that stand before one.
_OPENING = ("year", "part", "end", "thismonth", "thisquarter", "thisweek", "day", "now", "nowuntil", "same")
_LEADING = ("until", "reach", "from", "spanbefore", "pastbefore")


def _first_two(*names: str) -> str:
    """Return a pattern of the first two characters of the words of some classes."""
    seconds: dict[str, set[str]] = {}
    for row in (row for name in names for row in _table()[name]):
        seconds.setdefault(row.surface[0], set()).add(row.surface[1:2])
    sets = {first: f"[{''.join(sorted(after))}]" if all(after) else "" for first, after in seconds.items()}
    return "|".join(regex.escape(first) + after for first, after in sorted(sets.items()))


@lru_cache(maxsize=1)
def _start() -> regex.Pattern[str]:
    """Build the pattern of what every expression opens with: it lets the search pass over nearly all of a text."""
    s = _SPACE
    words = "".join(sorted({row.surface[0] for name in (*_OPENING, "plan", "event") for row in _table()[name]}))
    year = (
        rf"(?:1\n?9|2\n?0)\n?\d\n?\d(?!\d){s}[年学至到~\-/.、,和及与─]"
        rf"|[一二][九〇○零O0][〇○零O0一二三四五六七八九]{{2}}{s}[年至到\-~、和]"
    )
    small = r"(?:\d{1,2}+|[一二三四五六七八九十两]{1,3}+)"
    unit = rf"(?:{s}[月日号季]|世纪|{s}[多余]?个?年[多余]?(?:时间)?{s}(?:[来间以之前]|{alternation('spanchange')}))"
    within = rf"{s}[至到~\-、─]{{1,2}}{s}{small}(?:季|{s}[月日号])"
    number = rf"(?:(?<!\d)(?:{year})|{_NO_DECIMAL}{small}(?:{unit}|{within}))"
    span = rf"(?:{small}[多余]?个?(?:年|月)|(?:\d{{1,3}}|{small}){s}{alternation('spanunit')})"
    opens = f"{_first_two(*_OPENING)}|{_first_two('plan')}|{alternation('event')}"  # events open like common words
    core = rf"{number}|(?=[{words}])(?:{opens})"
    ahead = rf"(?:[“\"'‘「『](?:{_first_two('plan')})|月[底末]|上世纪|[前头]{s}{span})"
    hour = rf"(?:{alternation('daypart')})?\d{{1,2}}[时点]"
    behind_lead = rf"(?:{core}|{span}|{hour}|[“\"'‘「『]|[本现发][报在稿])"
    return regex.compile(rf"{core}|{ahead}|(?:{alternation(*_LEADING)}){s}{behind_lead}")


def scan(text: str, start: int, end: int) -> Iterator[TimeWords]:
    """Find the time expressions of a stretch of folded text.

    Parameters
    ----------
    text : str
        Folded text.
    start, end : int
        The stretch: a paragraph, so that no expression runs over its end.

    Yields
    ------
    TimeWords
        In the order of the text, none overlapping.

    Examples
    --------
    >>> [(t.form, t.lead, t.right.last) for t in scan("截至7月", 0, 4)]
    [('calendar', 'until', (7, 0))]
    """
    pattern, opening = _pattern(), _start()
    at = start
    while near := opening.search(text, at, end):
        match = pattern.match(text, near.start(), end)
        at = match.end() if match else near.start() + 1
        if match:
            yield _take_apart(match)


@lru_cache(maxsize=1)
def _group_names() -> tuple[str, ...]:
    """Return the names of the groups in their order; `groupdict` looks each of them up anew."""
    return tuple(sorted(_pattern().groupindex, key=_pattern().groupindex.__getitem__))


# The groups that tell the form of an expression; of those that point (本月), also the class of their words.
_OF_TABLE: tuple[tuple[str, Form], ...] = (
    ("event", "event"),
    ("plan", "plan"),
    ("n", "span"),
    ("pu", "past"),
    ("ago", "ago"),
    ("now", "now"),
    ("bare", "same"),
)
_POINTING: tuple[tuple[str, Form, str], ...] = (
    ("tm", "month", "thismonth"),
    ("tq", "quarter", "thisquarter"),
    ("tw", "week", "thisweek"),
    ("day", "day", "day"),
)


def _take_apart(match: regex.Match[str]) -> TimeWords:
    """Turn the groups of a match into an expression."""
    group: dict[str, str | None] = dict(zip(_group_names(), match.groups(), strict=True))
    start, end = match.span()
    lead = next((name for name in ("until", "reach", "from") if group[name]), "")
    for name, form in _OF_TABLE:
        if group[name]:
            return _of_table(group, TimeWords(start, end, form, lead=lead))
    tail = "since" if group["since"] or group["far"] else next((n for n in ("before", "same") if group[n]), "")
    is_state = any(group[name] for name in ("ye", "me", "pe", "be", "bm", "ymid"))
    found = TimeWords(start, end, "calendar", lead=lead, tail=tail, is_state=is_state)
    for name, form, table in _POINTING:
        if group[name]:
            first, last = (None, None) if name != "tm" else _days(group, "") if group["d"] else _part_of_month(group, 0)
            right = Moment(first=first, last=last)
            word = group[name] or ""
            return found._replace(form=form, value=word, number=int(values(table)[word]), right=right)
    if group["bm"]:
        return found._replace(form="month", right=Moment())
    if group["dc"] or group["dy"] or group["sy"]:
        return found._replace(form="years", left=_many_years(group)[0], right=_many_years(group)[1])
    left = _moment(group, "l") if any(group[f"l{n}"] for n in ("y", "cy", "ry", "m", "p", "q", "d")) else None
    return found._replace(left=left, right=_moment(group, ""), value=group["p"] or "")


def _of_table(group: dict[str, str | None], found: TimeWords) -> TimeWords:
    """Fill in the forms that come from one word of the table: events, plans, spans of years, now."""
    if group["event"]:
        return found._replace(value=values("event")[group["event"]], tail="since")
    if group["plan"]:
        during = values("planduring")[group["pd"]] if group["pd"] else values("planpart")[group["pp"] or ""]
        number = small_number(group["pn"]) if group["pn"] else 0
        return found._replace(value=values("plan")[group["plan"]], tail=during, number=number)
    if group["pu"]:
        tail = "ahead" if values("pastbefore")[group["pb"] or ""] == "1" else ""
        return found._replace(value=values("spanunit")[group["pu"]], number=small_number(group["pc"] or "0"), tail=tail)
    if group["ago"]:
        return found._replace(number=small_number(group["ac"] or "0"))
    if group["n"]:
        kind = values("spanbefore")[group["sb"]] if group["sb"] else "past"
        return found._replace(form="over" if group["ov"] else "span", value=kind, number=small_number(group["n"]))
    return found


def _many_years(group: dict[str, str | None]) -> tuple[Moment, Moment]:
    """Read a decade or a school year."""
    if group["sy"]:
        first = small_number(group["sy"])
        last = small_number(group["sy2"] or str(first + 1))
        return Moment("abs", first, (9, 1), (9, 1)), Moment("abs", last, (8, 0), (8, 0))
    if group["dy"]:
        return Moment("abs", int(group["dy"])), Moment("abs", int(group["dy"]) + 9)
    century = 20 if group["ct"] == "上" else int(group["ct"] or 20)
    first = (century - 1) * 100 + small_number(group["dc"] or "0")
    return Moment("abs", first), Moment("abs", first + 9)


def _part_of_month(group: dict[str, str | None], month: int) -> tuple[MonthDay, MonthDay]:
    """Return first and last day of a month, or of the part of it that is named."""
    if group["ms"]:
        first, last = values("month")[group["ms"]].split("..")
        return (month, int(first)), (month, int(last))
    return (month, 1), (month, 0)


def _month_days(text: str) -> tuple[MonthDay, MonthDay]:
    first, _, last = text.rpartition("..")
    a, b = ([int(n) for n in side.split("-")] for side in (first or last, last))
    return (a[0], a[1]), (b[0], b[1])


def _moment(group: dict[str, str | None], p: str) -> Moment:
    """Read one end of a range, or a single time."""
    if p == "" and group["iso"]:
        year, month, day = (int(n) for n in _DATE_MARK.split(group["iso"]))
        return Moment("abs", year, (month, day), (month, day))
    base, year = "", 0
    written = group[p + "y"] or group[p + "cy"]
    if written:
        base, year = "abs", small_number(written)
    elif relative := group[p + "ry"]:
        named = values("year")[relative]
        base, year = named[:-2], int(named[-2:])
    first, last = _days(group, p)
    return Moment(base, year, first, last)


def _days(group: dict[str, str | None], p: str) -> tuple[MonthDay | None, MonthDay | None]:
    """Read the part of the year that one end names."""
    month = small_number(group[p + "m"] or "0")
    if group[p + "d"]:
        day = small_number(group[p + "d"] or "0")
        return (month, day), (month, day)
    if month:
        return _part_of_month(group, month) if p == "" else ((month, 1), (month, 0))
    if group[p + "p"]:
        return _month_days(values("part")[group[p + "p"] or ""])
    if group[p + "q"]:
        quarter = small_number(group[p + "q"] or "0")
        return (3 * quarter - 2, 1), (3 * quarter, 0)
    if p == "l":
        return ((12, 31), (12, 31)) if group["lye"] else (None, None)
    return _days_of_year_part(group)


def _days_of_year_part(group: dict[str, str | None]) -> tuple[MonthDay | None, MonthDay | None]:
    if group["fm"]:
        return (1, 1), (min(small_number(group["fm"]), 12), 0)
    if group["ysh"]:
        return _month_days(values("short")[group["ysh"]])
    if group["ymid"]:
        return (6, 1), (6, 0)
    end = group["ye"] or group["be"]
    return ((12, 31), (12, 31)) if end else (None, None)
