"""A report as a page: its lines, index table, title, dates and number.

Start at `read_page`. It only looks at the form of lines; what they say of place and time is for `healthie.document`.
Dates and signatures are read by `healthie.page_dates`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import regex

from healthie.document_words import any_word, template
from healthie.furniture import furniture, lines
from healthie.furniture import words as page_words
from healthie.page_dates import DATE, LONGEST_LINE, read_dates
from healthie.text import fold, paragraphs

__all__ = ["Page", "read_page"]

Span = tuple[int, int]

_HEAD = 45
_LONGEST_HEAD = 6000
# Where a date comes from: of the report itself before that of the page, that before the day of what is told.
_SOURCES = ("signature", "written", "byline", "spoken", "page", "tail", "compact", "event")
_SHORTEST_REPEAT = 8
_CELL_END = regex.compile(r"\||\s{3,}|:(?!\d\d(?:\D|$))")
_SPACE_OR_COLON = regex.compile(r"[\s:]+")
_DOCUMENT_NUMBER = regex.compile(r"\p{Han}{2,12}[〔\[(【](?:19|20)\d\d[〕\])】]\s?第?\d{1,4}号")


@dataclass(frozen=True, slots=True)
class Page:
    """What the form of a page says.

    Attributes
    ----------
    folded : str
        The folded text.
    body : list of (int, int)
        The lines that are no furniture.
    page : list of (int, int)
        The lines that are.
    title : (int, int) or None
        Where the title stands.
    subtitle : (int, int) or None
        Where the line below it stands that opens with a dash.
    signature : (int, int) or None
        Where the name of the body stands that signed.
    body_cell, source_cell : str
        The issuing body and the source, by the index table.
    number : str
        The document number.
    dates : dict
        Dates as ``YYYY-MM[-DD]`` by where they come from, as `healthie.page_dates.Dates` has them.
    day : (int, int) or None
        Month and day of a dateline or of the event that is told, where the year is left out.
    head : str
        The first lines, as one string.
    """

    folded: str
    body: list[Span]
    page: list[Span] = field(default_factory=list)
    title: Span | None = None
    subtitle: Span | None = None
    signature: Span | None = None
    body_cell: str = ""
    source_cell: str = ""
    number: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    day: tuple[int, int] | None = None
    head: str = ""

    @property
    def name(self) -> str:
        """The folded title and subtitle, in one line."""
        parts = [self.folded[slice(*span)] for span in (self.title, self.subtitle) if span]
        return "".join(parts).replace("\n", "")

    @property
    def date_source(self) -> str:
        """Where the best date comes from, or an empty string."""
        return next((name for name in _SOURCES if name in self.dates), "")

    @property
    def published(self) -> str:
        """The best date: of the report itself before that of the page."""
        return self.dates.get(self.date_source, "")


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
    furnished = furniture(text)
    page_lines = set(furnished)
    every = lines(folded)
    body = [span for span in every if span not in page_lines]
    cells = _cells(folded, every)
    dates = read_dates(folded, every, body, cells)
    number = cells.get("number") or next((m[0] for m in _DOCUMENT_NUMBER.finditer(folded, 0, 600)), "")
    title = _title(folded, body, cells.get("title", ""))
    return Page(
        folded,
        body,
        list(furnished),
        title,
        _subtitle(folded, body, title),
        dates.body,
        cells.get("body", ""),
        cells.get("source", ""),
        number,
        dates.by_source,
        dates.day,
        "\n".join(folded[a:b] for a, b in body[:8])[:600],
    )


# --- the index table ----------------------------------------------------------------------------------------------

_FIELDS = ("title", "date", "written", "body", "number", "source")


def _field(key: str) -> str:
    """Return which field of the index table a key names, or an empty string."""
    tight = _SPACE_OR_COLON.sub("", key)
    return next((name for name in _FIELDS if tight in page_words(f"cell-{name}")), "")


def _cells(folded: str, every: list[Span]) -> dict[str, str]:
    """Read the index table, and fields written as key: value, on one line or on two."""
    found: dict[str, str] = {}
    for i, (start, end) in enumerate(every[:60] + every[-6:]):
        line = folded[start:end]
        parts = [part.strip() for part in _CELL_END.split(line)][:12]
        if len(parts) == 2 and not parts[1] and i + 1 < len(every):
            parts[1] = folded[slice(*every[i + 1])]
        for key, value in pairwise(parts):
            name = _field(key)
            if name and value and not _is_key(value):
                found.setdefault(name, value)
    return found


def _is_key(cell: str) -> bool:
    tight = _SPACE_OR_COLON.sub("", cell)
    return bool(_field(cell)) or tight in page_words("cell-other")


# --- title ----------------------------------------------------------------------------------------------------------


def _title(folded: str, body: list[Span], cell: str) -> Span | None:
    """Return where the title stands: that of the index table, else the best of the lines above the first paragraph."""
    if cell and (at := folded.find(cell)) >= 0:
        return at, at + len(cell)
    candidates: list[tuple[int, int, Span]] = []
    starts = {start for start, _ in body}
    head = (span for span in paragraphs(folded[:_LONGEST_HEAD]) if span[0] in starts)
    text_begins = next((a for a, b in head if "。" in folded[a : b - 1]), len(folded))
    for i, (start, end) in enumerate(body[:_HEAD]):
        if start >= text_begins:
            break
        span = _joined(folded, body, i, text_begins) or _trim(folded, start, end)
        candidates.append((_title_score(folded[slice(*span)].replace("\n", "")), -i, span))
    candidates = [c for c in candidates if c[0] > 0]
    if not candidates:
        return None
    best = max(candidates)
    words = folded[slice(*best[2])]
    equals = [span for score, _, span in candidates if score >= best[0] and span[1] - span[0] >= _SHORTEST_REPEAT]
    repeats = [span for span in equals if folded[slice(*span)] in words]  # the title again, without what the page adds
    return min(repeats, key=lambda span: span[1] - span[0]) if repeats else best[2]


def _subtitle(folded: str, body: list[Span], title: Span | None) -> Span | None:
    """Return where the subtitle stands: below the title, behind a dash, and no day of a meeting."""
    below = next((span for span in body if title and span[0] >= title[1]), None)
    if below is None or below[1] - below[0] > LONGEST_LINE:
        return None
    line = folded[slice(*below)]
    return below if _DASHED.match(line) and not _ENDS.search(line) else None


def _trim(folded: str, start: int, end: int) -> Span:
    line = folded[start:end]
    return start + len(line) - len(line.lstrip("#* ")), end


def _joined(folded: str, body: list[Span], i: int, before: int) -> Span | None:
    """Return a title set in two lines: the first has no word for a paper, the second is not much more than one."""
    if i + 1 >= len(body) or body[i + 1][0] >= before:
        return None
    (start, end), (_, last) = body[i], body[i + 1]
    first, second = folded[start:end], folded[slice(*body[i + 1])]
    if len(first) < _SHORTEST_REPEAT or len(first) + len(second) > LONGEST_LINE:
        return None
    if not template(r"[^,。;:]{0,6}{paper}\W?(?:\(\p{Han}{1,8}\))?$").fullmatch(second):
        return None
    if template("{paper}|[)”]$").search(first) or any(map(_NO_TITLE.search, (first, second))):
        return None
    return _trim(folded, start, last)


_ENDS = regex.compile("[。;:,]$")
_DASHED = regex.compile(r"-{1,4}\s?[^-\d\s]")
# Subtitles, list items, sentences, bylines, the name and office of a speaker.
_NO_TITLE = regex.compile(
    rf"^(?:[-(·•]|\d{{1,2}}[.、)]|[一二三四五六七八九十]{{1,3}}、|{DATE}(?:$|\s?在|\s+\d))|[。;,:]$|\|.*\|"
    r"|^[^,。]{0,20}(?:省长|市长|县长|区长|州长|盟长|旗长|主席|主任|局长|书记)\s[\p{Han}·\s]{2,12}$"
    rf"|^[^,。:]{{0,40}}\s\s?{DATE}$"
)
_IN_BRACKETS = regex.compile(r"\s?[(【][\p{Han}\d]{1,8}[)】]$")
_TIMED = regex.compile(r"(?:19|20)\d\d年|上半年|“")
_SAMPLE = regex.compile(r"[XxＸ×*]{1,3}[省市县区]")
_OF_PRESS = regex.compile("新闻摘要|日报|记者")


def _title_score(line: str) -> int:
    """Weigh how much a line looks like a title."""
    text = line.strip("#* ")
    if not 5 <= len(text) <= LONGEST_LINE or _NO_TITLE.search(text) or any_word("notitle").match(text):
        return 0
    bare = _IN_BRACKETS.sub("", text)
    papers = list(any_word("paper").finditer(bare))
    organs = list(any_word("organ").finditer(bare))
    if organs and organs[-1].end() == len(bare):  # the name of a body alone
        return 0
    score = 1 + 3 * bool(papers) + bool(papers and len(bare) - papers[-1].end() <= 4)
    score += bool(_TIMED.search(text)) + 2 * bool(organs)
    score -= bool(_SAMPLE.search(text))  # a sample, above the real title
    return score + (2 if line.startswith("#") else 0) - 2 * bool(_OF_PRESS.search(text))
