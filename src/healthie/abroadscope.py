"""The place in another country that governs a quantity of news: named in its paragraph, or told by whom it counts.

Start at `AbroadScope.place`; `healthie.placescope` asks it where no place of our own governs.
"""

from __future__ import annotations

from healthie.abroad import country_of, last_abroad
from healthie.document_record import Document
from healthie.drafts import Draft
from healthie.lexicon import last_match, pattern
from healthie.prose import Prose
from healthie.records import Region
from healthie.timescope import TimeScope

__all__ = ["AbroadScope"]

_NATION = "100000"
# a figure of the whole world
_OF_THE_WORLD = r"(?:[^,。;]{1,12}{says})?{lead}{0,8}+{whole_world}(?!{best_of}|\d)\p{Han}{2}"
# people of another country (数十名美国人, 3名英国公民)
_FOREIGNERS = r"[的名余多]?{asked}?{abroad}{people_of}"
# A country speaks where it opens a clause; it is looked for so many characters back.
_COUNTRY = (
    r"(?:^|(?<=[,;。:.)>\n #据在]))(?P<abroad>{abroad})"
    r"|[致对在](?P<abroad>{short_country})(?=\d)"
    r"|(?:^|(?<=[.)>\n]))(?P<abroad>{short_country})(?!{no_country})\p{Han}"
    r"|{home_country}(?!{home_noun+home_actor})|{home_mark}"
)
_FARTHEST_COUNTRY = 200


class AbroadScope:
    """The places in other countries of one text.

    Parameters
    ----------
    prose : Prose
        The text.
    document : Document
        What the report says of itself.
    times : TimeScope
        The times of the text, whose sections number its paragraphs.
    """

    def __init__(self, prose: Prose, document: Document, times: TimeScope) -> None:
        self._prose = prose
        self._text = prose.text
        self._paragraphs = prose.paragraphs
        self._times = times
        self._is_national = document.region is not None and document.region.code == _NATION

    def place(self, draft: Draft) -> Region | None:
        """Return the place in another country that a paragraph named last before a quantity; None for the world."""
        at = draft.span[0]
        if pattern(_OF_THE_WORLD).match(self._text, draft.clause.start, at):
            return None
        start = self._paragraphs[self._times.sections.number(at)][0]
        told = self._abroad_within(max(start, at - _FARTHEST_COUNTRY), at) or self._short_country(start, at)
        counted = pattern(_FOREIGNERS).match(self._text, draft.span[1]) if told is None else None
        return self._abroad_within(*counted.span()) if counted else told

    def _short_country(self, start: int, end: int) -> Region | None:
        """Return the country that a headline names by one character (美|山火已致9人死亡)."""
        last = last_match(_COUNTRY, self._text, max(start, end - _FARTHEST_COUNTRY), end)
        if last is None or last["abroad"] is None or not (name := country_of(last["abroad"])):
            return None
        span = self._prose.span(*last.span("abroad"))
        return Region("", name, span.text, span.start, span.end)

    def _abroad_within(self, start: int, end: int) -> Region | None:
        """Return the place in another country that a stretch names last."""
        found = last_abroad(self._text, start, end)
        if found is None:
            return None
        span = self._prose.span(found.start, found.end)
        return Region("", found.name, span.text, span.start, span.end)

    def is_abroad(self, draft: Draft) -> bool:
        """Tell whether a national text counts people of another country, or last spoke of one (据美国媒体报道)."""
        if not self._is_national:
            return False
        if pattern(_FOREIGNERS).match(self._text, draft.span[1]) or pattern(_OF_THE_WORLD).match(
            self._text, draft.clause.start, draft.span[0]
        ):
            return True
        at = draft.span[0]
        start = self._paragraphs[self._times.sections.number(at)][0]
        last = last_match(_COUNTRY, self._text, max(start, at - _FARTHEST_COUNTRY), at)
        return last is not None and last["abroad"] is not None
