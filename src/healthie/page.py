"""A report as a page: its lines, index table, title, signature, dateline and number.

Start at `read_page`. It only looks at the form of lines; what they say of place and time is for `healthie.document`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import regex

from healthie.furniture import furniture, lines
from healthie.furniture import words as page_words
from healthie.text import fold, paragraphs
from healthie.timewords import small_number

__all__ = ["Page", "any_word", "read_page"]

Span = tuple[int, int]

_HEAD = 45
# Where a date comes from: of the report itself before that of the page.
_SOURCES = ("signature", "written", "spoken", "page", "compact")
_LONGEST_TITLE = 70
_SHORTEST_REPEAT = 8
_NUMBER = r"(?:\d{1,4}|[〇○零一二三四五六七八九十]{1,4})"
_YEAR = r"(?P<y>(?:19|20)\d\d|二[〇零○O][〇零○O一二三四五六七八九]{2})"
_MONTH = rf"{_YEAR}\s?[-/.年]\s?(?P<m>{_NUMBER})\s?[-/.月]"
_DATE = rf"{_MONTH}\s?(?P<d>{_NUMBER})\s?日?"
_DATED = regex.compile(_DATE)
_SIGNED = regex.compile(rf"(?P<body>[^,。;:!?\d]{{0,60}}?)[\s(]{{0,6}}(?:{_DATE}|{_MONTH})[\s)]{{0,3}}")
_DATELINE = regex.compile(r"[^,。;:\n]{0,24}?(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日(?:电|讯)")
_SPOKEN = regex.compile(rf"[-\s(·]{{0,6}}{_DATE}[^。]{{0,4}}(?:在|于|$)")
_DOCUMENT_NUMBER = regex.compile(r"\p{Han}{2,12}[〔\[(【](?:19|20)\d\d[〕\])】]\s?第?\d{1,4}号")
_COMPACT = regex.compile(r"[(\s](?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:\)|\s\d\d:\d\d)")


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in files("healthie.data").joinpath("document.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, cell = line.partition("\t")
            table[name] = tuple(sorted(cell.split(), key=lambda word: (-len(word), word)))
    return table


@lru_cache(maxsize=64)
def any_word(name: str) -> regex.Pattern[str]:
    """Return a pattern that finds any word of a class of ``data/document.tsv``."""
    return regex.compile("|".join(regex.escape(word) for word in _table()[name]))


@dataclass(frozen=True, slots=True)
class Page:
    """What the form of a page says.

    Attributes
    ----------
    folded : str
        The folded text.
    body : list of (int, int)
        The lines that are no furniture.
    title : (int, int) or None
        Where the title stands.
    signature : (int, int) or None
        Where the name of the body stands that signed.
    body_cell : str
        The issuing body, by the index table.
    number : str
        The document number.
    dates : dict
        Dates as ``YYYY-MM-DD`` by where they come from: ``signature``, ``written``, ``spoken``, ``page``, ``compact``.
    dateline : (int, int) or None
        Month and day of a news dateline.
    head : str
        The first lines, as one string.
    """

    folded: str
    body: list[Span]
    title: Span | None = None
    signature: Span | None = None
    body_cell: str = ""
    number: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    dateline: tuple[int, int] | None = None
    head: str = ""

    @property
    def published(self) -> str:
        """The best date: of the report itself before that of the page."""
        return next((self.dates[name] for name in _SOURCES if name in self.dates), "")


def _iso(match: regex.Match[str] | None) -> str:
    """Return a matched date as ``YYYY-MM-DD``, empty if there is none or the calendar lacks it."""
    if match is None:
        return ""
    try:
        year, month, day = (small_number(match[name] or "1") for name in "ymd")
        return date(year, month, day).isoformat()[: 10 if match["d"] else 7]
    except (ValueError, KeyError):
        return ""


def read_page(text: str) -> Page:
    r"""Read the form of a page.

    Parameters
    ----------
    text : str
        The text of a page.

    Returns
    -------
    Page
        Its lines and marks.

    Examples
    --------
    >>> page = read_page("海盐县卫生健康局工作总结\n\n一是……\n\n海盐县卫生健康局\n2021年7月5日")
    >>> page.published, page.folded[slice(*page.title)]
    ('2021-07-05', '海盐县卫生健康局工作总结')
    """
    folded = fold(text)
    page_lines = set(furniture(text))
    every = lines(folded)
    body = [span for span in every if span not in page_lines]
    cells = _cells(folded, every)
    dates = {name: _iso(_DATED.search(cells.get(key, ""))) for name, key in (("page", "date"), ("written", "written"))}
    signature, dates["signature"] = _signature(folded, body)
    dates["spoken"] = next((iso for span in body[:12] if (iso := _spoken(folded[slice(*span)]))), "")
    dates["compact"] = _iso(_COMPACT.search(folded, 0, 3000))
    dates["page"] = dates["page"] or _stamp(folded, every)
    dateline = next((m for a, b in every[:20] if (m := _DATELINE.search(folded, a, min(b, a + 60)))), None)
    number = cells.get("number") or next((m[0] for m in _DOCUMENT_NUMBER.finditer(folded, 0, 600)), "")
    return Page(
        folded,
        body,
        _title(folded, body, cells.get("title", "")),
        signature,
        cells.get("body", ""),
        number,
        {name: iso for name, iso in dates.items() if iso},
        (int(dateline["m"]), int(dateline["d"])) if dateline else None,
        "\n".join(folded[a:b] for a, b in body[:8])[:600],
    )


def _spoken(line: str) -> str:
    """Return the day of the meeting at which a report was given (——2023年1月9日在…会议上)."""
    return _iso(_SPOKEN.match(line)) if len(line) <= _LONGEST_TITLE else ""


def _stamp(folded: str, every: list[Span]) -> str:
    """Return the first date with a time of day in the lines above and below the report."""
    for a, b in every[:30] + every[-10:]:
        if b - a <= 60 and regex.search(r"\d[:时]\d\d", folded[a:b]) and (iso := _iso(_DATED.search(folded, a, b))):
            return iso
    return ""


# --- the index table ----------------------------------------------------------------------------------------------

_FIELDS = ("title", "date", "written", "body", "number", "source")


def _field(key: str) -> str:
    """Return which field of the index table a key names, or an empty string."""
    tight = regex.sub(r"[\s:]+", "", key)
    return next((name for name in _FIELDS if tight in page_words(f"cell-{name}")), "")


def _cells(folded: str, every: list[Span]) -> dict[str, str]:
    """Read the index table, and fields written as key: value, on one line or on two."""
    found: dict[str, str] = {}
    for i, (start, end) in enumerate(every[:60] + every[-6:]):
        line = folded[start:end]
        parts = [part.strip() for part in regex.split(r"\||\s{3,}|:(?!\d\d(?:\D|$))", line)][:12]
        if len(parts) == 2 and not parts[1] and i + 1 < len(every):
            parts[1] = folded[slice(*every[i + 1])]
        for key, value in pairwise(parts):
            name = _field(key)
            if name and value and not _is_key(value):
                found.setdefault(name, value)
    return found


def _is_key(cell: str) -> bool:
    tight = regex.sub(r"[\s:]+", "", cell)
    return bool(_field(cell)) or tight in page_words("cell-other")


# --- title and signature ------------------------------------------------------------------------------------------


def _signature(folded: str, body: list[Span]) -> tuple[Span | None, str]:
    """Return where the name of the signing body stands, and the date: at the end of the report."""
    tail = body[-12:]
    for i in range(len(tail) - 1, -1, -1):
        start, end = tail[i]
        match = _SIGNED.fullmatch(folded, start, end)
        iso = _iso(match)
        if match is None or not iso:
            continue
        name = match.span("body")
        if "。" not in folded[: tail[i][0]]:  # a date below the title, not below the report
            return None, ""
        if match["body"].strip():
            return name, iso
        above = tail[i - 1] if i else None
        is_name = bool(above and above[1] - above[0] <= 40 and not regex.search(r"[,。;:!?]", folded[slice(*above)]))
        if is_name or len(body) - len(tail) + i > 3:
            return (above if is_name else None), iso
    return None, ""


def _title(folded: str, body: list[Span], cell: str) -> Span | None:
    """Return where the title stands: that of the index table, else the best of the lines above the first paragraph."""
    if cell and (at := folded.find(cell)) >= 0:
        return at, at + len(cell)
    candidates: list[tuple[int, int, Span]] = []
    starts = {start for start, _ in body}
    text_begins = next((a for a, b in paragraphs(folded) if a in starts and "。" in folded[a : b - 1]), len(folded))
    for i, (start, end) in enumerate(body[:_HEAD]):
        line = folded[start:end]
        if start >= text_begins:
            break
        candidates.append((_title_score(line), -i, _trim(folded, start, end)))
    candidates = [c for c in candidates if c[0] > 0]
    if not candidates:
        return None
    best = max(candidates)
    words = folded[slice(*best[2])]
    equals = [span for score, _, span in candidates if score >= best[0] and span[1] - span[0] >= _SHORTEST_REPEAT]
    repeats = [span for span in equals if folded[slice(*span)] in words]  # the title again, without what the page adds
    return min(repeats, key=lambda span: span[1] - span[0]) if repeats else best[2]


def _trim(folded: str, start: int, end: int) -> Span:
    line = folded[start:end]
    return start + len(line) - len(line.lstrip("#* ")), end


# Subtitles, list items, sentences, the name and office of a speaker.
_NO_TITLE = regex.compile(
    rf"^(?:[-(·•]|\d{{1,2}}[.、)]|[一二三四五六七八九十]{{1,3}}、|{_DATE}(?:$|\s?在))|[。;,:]$|\|.*\|"
    r"|^[^,。]{0,20}(?:省长|市长|县长|区长|州长|盟长|旗长|主席|主任|局长|书记)\s[\p{Han}·\s]{2,12}$"
)


def _title_score(line: str) -> int:
    """Weigh how much a line looks like a title."""
    text = line.strip("#* ")
    if not 5 <= len(text) <= _LONGEST_TITLE or _NO_TITLE.search(text) or any_word("notitle").match(text):
        return 0
    papers = list(any_word("paper").finditer(text))
    organs = list(any_word("organ").finditer(text))
    if organs and organs[-1].end() == len(text):  # the name of a body alone
        return 0
    score = 1 + 3 * bool(papers) + bool(papers and len(text) - papers[-1].end() <= 4)
    score += bool(regex.search(r"(?:19|20)\d\d年|上半年|“", text)) + 2 * bool(organs)
    return score + (2 if line.startswith("#") else 0) - 2 * bool(regex.search(r"新闻摘要|日报|记者", text))
