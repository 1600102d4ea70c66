"""When a report was written or put out: signatures, bylines, days of meetings, stamps of the page, datelines.

Start at `read_dates`: it looks for each kind of date in the lines where that kind stands. Which of them counts is for
`healthie.page` to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import regex

from healthie.document_words import any_word, template
from healthie.timewords import small_number

__all__ = ["DATE", "LONGEST_LINE", "Dates", "iso_date", "read_dates"]

Span = tuple[int, int]

LONGEST_LINE = 70
_NUMBER = r"(?:\d{1,4}|[〇○零一二三四五六七八九十]{1,4})"
_YEAR = r"(?P<y>(?:19|20)\d\d|二[〇零○O0][〇零○O0一二三四五六七八九]{2})"
_MONTH = rf"{_YEAR}\s?[-/.年]\s?(?P<m>{_NUMBER})\s?[-/.月]"
DATE = rf"{_MONTH}\s?(?P<d>{_NUMBER})\s?日?"
_DATED = regex.compile(DATE)
# A name and a date, or a date alone, with or without brackets, as at the end of a report or below its title.
_SIGNED = regex.compile(
    r"[\s(-]{0,6}(?P<body>[^,。;:!?\d]{0,60}?)(?P<gap>[\s(]{0,60})"
    rf"(?:{DATE}|{_MONTH})(?:印发|发布)?[\s)]{{0,3}}"
)
_AUTHORED = rf"\s{{0,6}}{DATE}\s{{1,10}}{{author}}[^,。;!?]{{0,30}}"
_DATELINE = regex.compile(r"[^,。;:\n]{0,24}?(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日(?:电|讯)")
_SPOKEN = regex.compile(rf"[-\s(·]{{0,6}}{DATE}[^。]{{0,4}}(?:在|于|$)")
_COMPACT = regex.compile(r"[(\s](?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:\)|\s\d\d:\d\d)")
_PUNCTUATION = regex.compile("[,。;:!?]")
_CLOCK = regex.compile(r"\d[:时]\d\d")
_HEAD, _TAIL, _OPENING = 12, 12, 3


@dataclass(slots=True)
class Dates:
    """What was found.

    Attributes
    ----------
    by_source : dict
        Dates as ``YYYY-MM[-DD]`` by where they stand: ``signature``, ``written``, ``byline``, ``spoken``, ``page``,
        ``tail``, ``compact``, ``event``.
    body : (int, int) or None
        Where the name of the body stands that signed.
    day : (int, int) or None
        Month and day of a dateline or of the event that is told, where the year is left out.
    """

    by_source: dict[str, str] = field(default_factory=dict)
    body: Span | None = None
    day: tuple[int, int] | None = None


def iso_date(match: regex.Match[str] | None) -> str:
    """Return a matched date as ``YYYY-MM-DD``, empty if there is none or the calendar lacks it."""
    if match is None:
        return ""
    try:
        year, month, day = (small_number(match[name] or "1") for name in "ymd")
        return date(year, month, day).isoformat()[: 10 if match["d"] else 7]
    except (ValueError, KeyError):
        return ""


def read_dates(folded: str, every: list[Span], body: list[Span], cells: dict[str, str]) -> Dates:
    r"""Find the dates of a page.

    Parameters
    ----------
    folded : str
        The folded text.
    every, body : list of (int, int)
        All its lines, and those that are no furniture.
    cells : dict
        The fields of its index table.

    Returns
    -------
    Dates
        By where they stand.

    Examples
    --------
    >>> page = "海盐县卫生健康局总结\n一切顺利。\n海盐县卫生健康局\n二〇二一年七月五日"
    >>> spans = [(0, 10), (11, 16), (17, 25), (26, 35)]
    >>> read_dates(page, spans, spans, {}).by_source
    {'signature': '2021-07-05'}
    """
    found = Dates()
    begins = next((i for i, (a, b) in enumerate(body) if "。" in folded[a:b]), len(body))
    found.body, signed = _signature(folded, body, begins)
    byline, byline_date = _byline(folded, body[: min(begins, _HEAD)])
    found.body = found.body or byline
    head = [folded[slice(*span)] for span in body[: min(begins, _HEAD)]]
    opening = [span for span in body[begins:] if span[1] - span[0] > 1][:_OPENING]
    dates = {
        "signature": signed,
        "written": iso_date(_DATED.search(cells.get("written", ""))),
        "byline": byline_date,
        "spoken": next((iso for line in head if (iso := _spoken(line))), ""),
        "page": iso_date(_DATED.search(cells.get("date", ""))) or _stamp(folded, every),
        "tail": _tail(folded, every),
        "compact": iso_date(_COMPACT.search(folded, 0, 3000)),
        "event": next((iso for span in opening if (iso := _event(folded, span))), ""),
    }
    found.by_source = {name: iso for name, iso in dates.items() if iso}
    found.day = _day(folded, every, opening)
    return found


# --- signed ---------------------------------------------------------------------------------------------------------


def _signature(folded: str, body: list[Span], begins: int) -> tuple[Span | None, str]:
    """Return where the name of the signing body stands, and the date: at the end, or below a covering letter."""
    for i in range(len(body) - 1, begins, -1):
        match = _SIGNED.fullmatch(folded, *body[i])
        iso = iso_date(match)
        if match is None or not iso:
            continue
        if match["body"].strip():
            if i >= len(body) - _TAIL or any_word("organ").search(match["body"]):
                return match.span("body"), iso
            continue
        above = _name_above(folded, body[i - 1])
        if i >= len(body) - _TAIL or (above and any_word("organ").search(folded[slice(*above)])):
            return above, iso
    return None, ""


def _name_above(folded: str, line: Span) -> Span | None:
    is_name = line[1] - line[0] <= 40 and not _PUNCTUATION.search(folded, *line)
    return line if is_name else None


def _byline(folded: str, head: list[Span]) -> tuple[Span | None, str]:
    """Return the same for a line below the title: a body and a date, or a date in brackets below a body."""
    for i, span in enumerate(head):
        match = _SIGNED.fullmatch(folded, *span)
        iso = iso_date(match)
        if not iso and (authored := template(_AUTHORED).fullmatch(folded, *span)):
            return None, iso_date(authored)
        if match is None or not iso:
            continue
        if match["body"].strip() and match["gap"]:
            return (match.span("body") if template(r"{organ}\)?$").search(match["body"].strip()) else None), iso
        if match["body"].strip():
            continue
        above = head[i - 1] if i and template("{organ}$").search(folded[slice(*head[i - 1])]) else None
        return above, iso
    return None, ""


def _spoken(line: str) -> str:
    """Return the day of the meeting at which a report was given (——2023年1月9日在…会议上)."""
    return iso_date(_SPOKEN.match(line)) if len(line) <= LONGEST_LINE else ""


# --- put out --------------------------------------------------------------------------------------------------------


def _stamp(folded: str, every: list[Span]) -> str:
    """Return the first date with a time of day, or beside a word of the page, in the lines above and below."""
    for a, b in every[:30] + every[-10:]:
        if b - a > 90 or "。" in folded[a:b]:
            continue
        by_word = b - a <= LONGEST_LINE and any_word("stampword").search(folded, a, b)
        by_clock = b - a <= 60 and _CLOCK.search(folded, a, b)
        iso = iso_date(_DATED.search(folded, a, b)) if by_word or by_clock else ""
        if iso:
            return iso
    return ""


def _tail(folded: str, every: list[Span]) -> str:
    """Return the date of a source that is named below a report: (来源:甲日报 2022-07-21)."""
    for a, b in every[-6:]:
        if b - a <= LONGEST_LINE and any_word("stampword").search(folded, a, b) and "。" not in folded[a:b]:
            iso = iso_date(_DATED.search(folded, a, b))
            if iso:
                return iso
    return ""


# --- told -----------------------------------------------------------------------------------------------------------


def _event(folded: str, paragraph: Span) -> str:
    """Return the day on which something was filed, held or told, by the first lines of a piece of news."""
    a, b = paragraph
    head = (a, min(b, a + 120))
    if filed := template(rf"\(?{DATE}[\s,)]{{0,2}}{{agency}}").match(folded, *head):
        return iso_date(filed)  # 2021年3月5日 本报讯
    if filed := template(rf"{{agency}}\([^()]{{0,16}}{DATE}[^()]{{0,6}}\)").match(folded, *head):
        return iso_date(filed)  # 本报讯(2021年3月5日)
    return iso_date(template(DATE + r"[^。\n]{0,45}?{held}").search(folded, *head))


def _day(folded: str, every: list[Span], opening: list[Span]) -> tuple[int, int] | None:
    """Return month and day of a dateline, or of the event told first."""
    match = next((m for a, b in every[:20] if (m := _DATELINE.search(folded, a, min(b, a + 60)))), None)
    if match is None:
        pattern = template(r"(?<![年\d])(?P<m>1[0-2]|[1-9])月(?P<d>3[01]|[12]\d|[1-9])日[^。\n]{0,45}?{held}")
        match = next((m for a, b in opening if (m := pattern.search(folded, a, min(b, a + 120)))), None)
    return (int(match["m"]), int(match["d"])) if match else None
