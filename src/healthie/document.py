"""What a report says of itself: its place, the time it covers, its date, title, kind, issuing body and number.

Start at `read_document`. `healthie.page` reads the form (title, signature, index table),
`healthie.document_place` weighs the places named, `healthie.document_time` the times.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from healthie.articles import Found, find_articles
from healthie.document_place import home_place
from healthie.document_record import Article, Document
from healthie.document_time import covered_time, is_reposted, provisional_year
from healthie.document_words import any_word, template
from healthie.lexicon import pattern
from healthie.page import read_page
from healthie.records import Period
from healthie.regions import find_regions, resolve_region
from healthie.timecontext import known_days

if TYPE_CHECKING:
    from healthie.document_record import DocumentKind
    from healthie.page import Page
    from healthie.records import Period, Region
    from healthie.source import Source

__all__ = ["read_document"]

# Meetings that review a year and plan the next one are held up to this month; later ones plan the year to come.
_LAST_MONTH_OF_MEETINGS = 9
_NATION = "100000"
# A report is put into a file in the year that it speaks of, or the one before or after.
_FILED_YEARS = 1

# what a plan is called closes its title, but for what it is announced by
_PLAN = r"{plan}(?!\p{Han})|{plan}(?=的?{planning}|{plan})"
# what a plan has come to, and where that is told (“高质量完成‘十四五’规划”系列新闻发布会)
_TOLD_OF_PLAN = r"完成[^,。]{0,10}{plan}|{plan}.{0,40}?{conference}"
# news says who put it out (县政府印发《…规划》)
_PUT_OUT = r"^(?!.{0,20}关于)[^《》]{2,20}{putout}[^《》]{0,6}《"
_KINDS: tuple[tuple[str, DocumentKind], ...] = (
    ("half", "half-year summary"),
    ("bulletin", "bulletin"),
    ("annual", "annual"),
    ("plan", "plan"),
    ("press", "press"),
    ("progress", "progress"),
)


def read_document(
    text: str, *, region: Region | None = None, published: str = "", source: Source | None = None
) -> Document:
    r"""Read what a report says of itself.

    Parameters
    ----------
    text : str
        The report, with or without the page around it.
    region : Region, optional
        Its place, where it is known: taken as it is.
    published : str, optional
        Its date, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, where it is known: taken as it is.
    source : Source, optional
        The file it is from: the title and the date that this states of itself serve where the text has none.

    Returns
    -------
    Document
        What is not told, and does not show in the text, is None or empty.

    Raises
    ------
    TypeError
        If the text is no str.
    ValueError
        If `published` is not a date.

    Examples
    --------
    >>> found = read_document("海盐县卫生健康局2021年上半年工作总结\n\n全县新建卫生室8个。")
    >>> found.region.code, found.period.start, found.period.end, found.kind
    ('330424', datetime.date(2021, 1, 1), datetime.date(2021, 6, 30), 'half-year summary')
    """
    if not isinstance(text, str):
        raise TypeError(f"text is a {type(text).__name__}: give a str (bytes are decoded first).")
    known_days(published)
    document = _read(text, region, published, source=source)
    articles = _articles(text, region, document.published)
    if not articles:
        return document
    shared = region or _shared_region(articles)
    return replace(document, region=shared, period=_year_so_far(document.published), kind="press", articles=articles)


def _read(
    text: str, region: Region | None, published: str, *, source: Source | None = None, is_brief: bool = False
) -> Document:
    """Read a text as one report; a brief is news without the words that show it."""
    page = read_page(text)
    title = text[slice(*page.title)] if page.title else ""
    kind = "press" if is_brief else _kind(page)
    given, published = published, published or _published(page)
    period = covered_time(text, page, kind, published, by_title=is_brief and bool(published))
    if not given and is_reposted(page, kind, period):
        published = ""
        period = covered_time(text, page, kind, published)
    elif source and not published and _fits(source, page, period):
        published = source.published
        period = covered_time(text, page, kind, published)
    year = f"{period.end.year:04}" if period and period.end else ""
    return Document(
        region=region or home_place(text, page, published or year),
        period=period,
        published=published,
        title=title or (source.title if source else ""),
        kind=kind,
        body=_body(text, page),
        number=page.number,
    )


def _articles(text: str, region: Region | None, published: str) -> tuple[Article, ...]:
    """Read the place and the time of each article of a digest; of foreign news there is no place."""
    articles: list[Article] = []
    above = nation = resolve_region(_NATION)
    for found in find_articles(text):
        own = _read(text[found.start : found.end], region, published, is_brief=True)
        place = own.region or (None if _is_foreign(text, found) else above if found.is_item else nation)
        period = own.period or _year_so_far(published)
        if not articles:
            # the table of contents is of no place and time of its own: each of its lines is of another article
            place, period = region or nation, _year_so_far(published) or own.period
        articles.append(Article(found.start, found.end, place, period))
        above = above if found.is_item else place or nation
    return tuple(articles)


def _is_foreign(text: str, found: Found) -> bool:
    """Tell whether an article names other countries more often than our own."""
    return _names(text, found, "{abroad}") > _names(text, found, "{home_country}(?!{home_noun})|{home_mark}")


def _names(text: str, found: Found, countries: str) -> int:
    """Count the words for some countries in an article."""
    return sum(1 for _ in pattern(countries).finditer(text, found.start, found.end))


def _shared_region(articles: tuple[Article, ...]) -> Region | None:
    """Return the place that all articles of a digest are about, else the whole country."""
    shared = {article.region for article in articles}
    return shared.pop() if len(shared) == 1 else resolve_region(_NATION)


def _year_so_far(published: str) -> Period | None:
    """Return the year of a digest up to its day: what its articles tell of where they say no more."""
    days = known_days(published)
    return Period(date(days[1].year, 1, 1), days[1]) if days else None


def _kind(page: Page) -> DocumentKind:
    """Return what sort of report it is: by its title, else by the marks of news in its first lines."""
    for name, kind in _KINDS:
        if (_names_plan if name == "plan" else any_word(name).search)(page.name):
            return kind
    return "press" if any_word("newsmark").search(page.head) else ""


def _names_plan(title: str) -> bool:
    """Tell whether a title is that of a plan: not that of news of one, nor one that has 计划 in a noun (计划生育)."""
    told_of = template(_PUT_OUT).search(title) or template(_TOLD_OF_PLAN).search(title)
    return bool(template(_PLAN).search(title)) and not told_of


def _published(page: Page) -> str:
    """Return the date that the page gives, or that of the news, with a year by what the text speaks of."""
    if page.published or not page.day:
        return page.published
    month, day = page.day
    year = _year_of_news(page, month)
    try:
        return date(year, month, day).isoformat() if year else ""
    except ValueError:
        return ""


def _fits(source: Source, page: Page, period: Period | None) -> bool:
    """Tell whether the date of a file can be that of its text.

    A web page states when it was put out. Other files state when they were made, which may be long after the report:
    theirs only counts beside a year that the text names.
    """
    year = period.end.year if period and period.end else provisional_year(page)
    if not source.published or year is None:
        return bool(source.published) and not source.part_kind
    return abs(int(source.published[:4]) - year) <= _FILED_YEARS


def _year_of_news(page: Page, month: int) -> int | None:
    """Return the year of news that names only month and day: of its plans, behind its review, or the one named most."""
    is_late = month > _LAST_MONTH_OF_MEETINGS
    planned = template(r"(?:{forward})了?[^,。;\n]{0,8}?(?P<y>20\d\d)年").search(page.folded)
    if planned:
        return int(planned["y"]) - is_late
    reviewed = template(r"(?:{tell})了?[^,。;\n]{0,8}?(?P<y>20\d\d)年").search(page.folded)
    if reviewed:
        return int(reviewed["y"]) + (not is_late)
    return provisional_year(page)


def _body(text: str, page: Page) -> str:
    """Return the issuing body: of the index table, else the signature, else the organ that opens the title."""
    if page.body_cell:
        return page.body_cell
    if page.signature:
        return text[slice(*page.signature)].strip()
    if page.title:
        title = page.folded[slice(*page.title)]
        for place in find_regions(title):
            if organ := any_word("organ").match(title, place.end):
                return text[page.title[0] + place.start : page.title[0] + organ.end()]
    return ""
