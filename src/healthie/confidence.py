"""How sure a fact is: the doubts that its words and its report leave, and what each of them costs.

Start at `Judge.doubts`. Each group of checks below it names what may have led linking astray: a noun taken over from
the clause before, words left unread, a time inherited from far away, a report that does not say its year. `weigh`
adds up what ``data/confidence.tsv`` says the doubts cost, and makes a probability of the sum.
``scripts/fit_confidence.py`` fits the costs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from math import exp
from operator import itemgetter
from typing import TypeVar

import regex

from healthie.document_record import Document
from healthie.drafts import Draft, Drafts
from healthie.gazetteer import read_rows
from healthie.lexicon import find_words, pattern, prefix, suffix, words
from healthie.places import is_under
from healthie.prose import Prose
from healthie.records import Entity, Fact, Period
from healthie.stretches import Stretch

__all__ = ["Judge", "costs", "weigh"]

_T = TypeVar("_T", Period, Entity)

# No fact is certain, and of none is it certain that it is wrong.
_LEAST, _MOST = 0.02, 0.98

_SHORT_NOUN, _LONG_NOUN, _VERY_LONG_NOUN = 2, 13, 19
_LONG_SENTENCE, _LONG_REFERENCE = 140, 10
_UNREAD_BEFORE, _UNREAD_BEHIND = 3, 2
# Words of intention are looked for so far before a quantity, as healthie.status does.
_FARTHEST_INTENT = 400
# so many times and places back in its sentence are looked at
_FARTHEST = 60
# how 全市, 我县 and 本区 open, which name a place by its level alone
_OURS = frozenset("全我本")
_PARTS = frozenset({"%", "‰", "‱", "比例", "成"})
_LINKING = ("reach", "hedge", "lead", "rise", "fall", "particle", "conjunction", "after")
_MEASURED = r"(?:{head}|率|度|水平|指数|系数)$"


@lru_cache(maxsize=1)
def costs() -> dict[str, float]:
    """Return the table of costs.

    Returns
    -------
    dict of str to float
        What each doubt adds to the logit of a fact (zero or less), and ``base`` and ``unseen``, from which every fact
        starts.

    Examples
    --------
    >>> costs()["base"] > 0 > costs()["no noun"]
    True
    """
    return {name: float(cost) for name, cost, *_ in read_rows("confidence")}


@lru_cache(maxsize=8)
def _any_word(name: str) -> regex.Pattern[str]:
    """Return a pattern that finds any word of a class of ``data/doubt_words.tsv``, the longest first."""
    found = next(cell.split() for row, cell in read_rows("doubt_words") if row == name)
    return regex.compile("|".join(map(regex.escape, sorted(found, key=len, reverse=True))))


def weigh(doubts: Iterable[str]) -> float:
    """Return how sure a fact with some doubts is.

    Parameters
    ----------
    doubts : iterable of str
        Names of doubts, each of which counts once.

    Returns
    -------
    float
        The share of such facts that is expected to be wholly right: from 0.02 to 0.98, to two decimals.

    Raises
    ------
    KeyError
        If a doubt is not in the table.

    Examples
    --------
    >>> weigh([]) > weigh(["short noun"]) > weigh(["short noun", "no place"])
    True
    """
    table = costs()
    total = table["base"] + table["unseen"] + sum(map(table.__getitem__, sorted(set(doubts))))
    return round(min(_MOST, max(_LEAST, 1 / (1 + exp(-total)))), 2)


class Judge:
    """What speaks against the facts of one text.

    Parameters
    ----------
    prose : Prose
        The text.
    document : Document
        What the report says of itself.
    drafts : Drafts
        The drafts of its facts.
    periods : sequence of (int, int, Period)
        Its times, with where they stand in ``prose.text``.
    regions : sequence of (int, int, Entity)
        Its places.
    """

    def __init__(
        self,
        prose: Prose,
        document: Document,
        drafts: Drafts,
        periods: Sequence[tuple[int, int, Period]],
        regions: Sequence[tuple[int, int, Entity]],
    ) -> None:
        self._prose = prose
        self._text = prose.text
        self._document = document
        self._drafts = drafts
        self._periods = periods
        self._regions = regions
        # where words of intention and the like begin: many facts of a sentence ask for the same ones
        self._word_starts = {
            name: [match.start() for match in _any_word(name).finditer(self._text)]
            for name in ("comparison", "intention", "past")
        }

    def score(self, draft: Draft, fact: Fact) -> float:
        """Return how sure a fact is, as `weigh` does."""
        return weigh(self.doubts(draft, fact))

    def doubts(self, draft: Draft, fact: Fact) -> tuple[str, ...]:
        """Return what speaks against a fact.

        Parameters
        ----------
        draft : Draft
            The draft that it is made of.
        fact : Fact
            The fact.

        Returns
        -------
        tuple of str
            Names of doubts, as in the first column of ``data/confidence.tsv``.
        """
        of_noun = (self._noun, self._part, self._wording, self._unread)
        checks = (*of_noun, self._role, self._link, self._time, self._place, self._status, self._form)
        return tuple(chain.from_iterable(check(draft, fact) for check in checks))

    def _says(self, name: str, start: int, end: int) -> bool:
        """Tell whether a word of a class of ``data/doubt_words.tsv`` begins in a stretch."""
        starts = self._word_starts[name]
        return bisect_left(starts, start) < bisect_left(starts, end)

    # What is measured

    def _noun(self, draft: Draft, fact: Fact) -> Iterator[str]:
        """Doubt where the noun comes from."""
        pieces = sorted(set(draft.pieces))
        if not pieces:
            yield "no noun"
            return
        if not fact.indicator.id:
            yield "noun not in the table"
        if not draft.own:
            yield "noun taken over"
        behind = sum(start >= draft.span[1] for start, _ in pieces)
        if behind:
            yield "noun behind" if behind == len(pieces) else "noun on both sides"
        if pieces[0][0] < self._drafts.sentences[draft.sentence][0]:
            yield "piece from another sentence"
        elif pieces[0][0] < draft.clause.start:
            yield "piece from before"
        if len(pieces) > 2:
            yield "three pieces"

    def _part(self, draft: Draft, fact: Fact) -> Iterator[str]:  # noqa: ARG002  one of several checks
        """Doubt how lists and wholes were parted."""
        first = self._drafts[draft.group[0]]
        if draft is not first and draft.pieces and draft.pieces == first.pieces:
            yield "row without nouns of its own"
        if draft.whole is not None:
            yield "part of a whole"
        elif _any_word("part").match(self._text, draft.clause.start):
            yield "opens with a part"

    def _wording(self, draft: Draft, fact: Fact) -> Iterator[str]:
        """Doubt how the noun is worded."""
        said = fact.indicator.text
        size = len(said)
        if not said:
            return
        if size <= _SHORT_NOUN:
            yield "short noun"
        elif size >= _LONG_NOUN:
            yield "long noun" if size < _VERY_LONG_NOUN else "very long noun"
        if said in words("placeholder", "topicless", "lead", "hedge", "after", "act", "head"):
            yield "light noun"
        elif prefix(said, 0, size, "lead", "hedge", "reach", "stop") and not prefix(said, 0, size, "whole", "act"):
            yield "noun opens with a function word"
        if suffix(said, 0, size, "reach", "hedge", "particle") and not suffix(said, 0, size, "keep", "whole", "head"):
            yield "noun ends with a function word"
        if "的" in said:
            yield "的 in the noun"
        if any(self._has_verb(start, end) for start, end in draft.pieces):
            yield "verb in the noun"

    def _has_verb(self, start: int, end: int) -> bool:
        verbs = words("stop")
        found = find_words(self._text, start + 2, end - 2, "whole", "stop")
        return any(self._text[a:b] in verbs for a, b in found)

    def _unread(self, draft: Draft, fact: Fact) -> Iterator[str]:  # noqa: ARG002  one of several checks
        """Doubt what was left out of the noun."""
        if draft.pieces and self._leaves(_UNREAD_BEFORE, draft, *draft.left):
            yield "words before unread"
        if draft.pieces and self._leaves(_UNREAD_BEHIND, draft, *draft.right):
            yield "words behind unread"

    def _leaves(self, most: int, draft: Draft, start: int, end: int) -> bool:
        """Tell whether more characters of a stretch than some neither came into the fact nor are words that link."""
        if end - start <= most:
            return False
        left = {at for at in range(start, end) if self._text[at].isalnum()}
        for taken in self._taken(draft, start, end):
            if len(left) <= most:
                return False
            for a, b in taken:
                left.difference_update(range(max(a, start), min(b, end)))
        return len(left) > most

    def _taken(self, draft: Draft, start: int, end: int) -> Iterator[Iterable[Stretch]]:
        """Yield what came into the fact from a stretch, and the words that link: what is found fastest comes first."""
        yield draft.pieces
        yield [draft.reference] if draft.reference else []
        yield [row[:2] for row in _inside(self._periods, start, end)]
        yield [row[:2] for row in _inside(self._regions, start, end)]
        yield find_words(self._text, start, end, *_LINKING)
        for name in ("comparison", "relation"):
            yield [match.span() for match in _any_word(name).finditer(self._text, start, end)]

    # What it is of it

    def _role(self, draft: Draft, fact: Fact) -> Iterator[str]:
        """Doubt the role."""
        unit = fact.quantity.unit
        if fact.role != "level":
            yield fact.role
            return
        if unit in {"百分点", "倍"}:
            yield "points as a level"
        elif unit in _PARTS and not pattern(_MEASURED).search(fact.indicator.text):
            yield "percentage of no rate"
        if self._says("comparison", draft.clause.start, draft.span[0]):
            yield "level beside a comparison"

    def _link(self, draft: Draft, fact: Fact) -> Iterator[str]:
        """Doubt what a change, gap, share or rank is of, and compared with."""
        if fact.role == "level":
            return
        if fact.reference is None:
            yield "compared with nothing"
        elif len(fact.reference.text) > _LONG_REFERENCE:
            yield "long reference"
        if fact.of is None:
            yield f"{fact.role} of nothing"
            return
        if self._drafts[fact.of].sentence != draft.sentence:
            yield "of another sentence"
        elif abs(fact.of - draft.index) > 2:
            yield "of something far"

    # Where and when

    def _time(self, draft: Draft, fact: Fact) -> Iterator[str]:
        """Doubt the time, and the report's own where the fact's time hangs on it."""
        period = fact.period
        if period is None:
            yield "no time"
            return
        own = period is self._document.period or not period.text
        if own or not pattern(r"\d{4}").search(period.text):
            yield from self._report_time
        if not own:
            yield from self._time_from_afar(draft, period)
        if period.kind == "compared":
            yield "time compared with"
        elif period.kind == "multiyear" and fact.role == "level":
            yield "state over several years"
        sentence = self._drafts.sentences[draft.sentence][0]
        passed = len(_inside(self._periods, sentence, draft.span[0], last=_FARTHEST))
        if passed > 1:
            yield "several times"

    def _time_from_afar(self, draft: Draft, period: Period) -> Iterator[str]:
        at = self._prose.at(period.char_start)
        sentence = self._drafts.sentences[draft.sentence]
        if not sentence[0] <= at < sentence[1]:
            yield "time of the paragraph"
        elif not draft.clause.start <= at < draft.clause.end:
            yield "time of the sentence"

    @cached_property
    def _report_time(self) -> tuple[str, ...]:
        """Name the doubts of the report's own time."""
        own, published, found = self._document.period, self._document.published, []
        if not published:
            found.append("report without date")
        if own is not None and own.end is not None:
            year = str(own.end.year)
            if year in self._text and year not in self._document.title:
                found.append("year not in the title")
            if _after(own, published) and self._document.kind != "plan":
                found.append("report before the end of its time")
        if self._document.kind in {"", "press"}:
            found.append("news, or of no known kind")
        return tuple(found)

    def _place(self, draft: Draft, fact: Fact) -> Iterator[str]:
        """Doubt the place, and the report's own where that is the fact's."""
        region, home = fact.region, self._document.region
        if region is None:
            yield "no place"
            return
        sentence = self._drafts.sentences[draft.sentence][0]
        passed = [row[2] for row in _inside(self._regions, sentence, draft.span[0], last=_FARTHEST)]
        if home is not None and region.code == home.code and region.code:
            yield from self._home
            if any(entity.id != home.code for entity in passed):
                yield "place passed over"
            return
        yield "another place" if region.code else "place without code"
        if region.text and self._prose.at(region.start) < draft.clause.start:
            yield "place of the clause before"

    @cached_property
    def _home(self) -> tuple[str, ...]:
        """Name the doubts of the report's own place."""
        home = self._document.region
        if home is None:
            return ()
        found = []
        named = [entity for _, _, entity in self._regions if entity.text[:1] not in _OURS]
        ours = {entity.id for _, _, entity in self._regions if entity.text[:1] in _OURS}
        titled = {entity.id for entity in named if entity.text in self._document.title}
        # a place that the text never names was given by the caller
        if home.code not in titled and any(entity.id == home.code for entity in named):
            found.append("another place in the title" if titled else "home not in the title")
        mentions = Counter(entity.id for _, _, entity in self._regions if entity.id)
        rest = [count for code, count in mentions.items() if not _is_above(code, home.code)]
        if home.code in mentions and rest and max(rest) >= mentions[home.code]:
            found.append("another place named as often")
        if not all(_is_above(code, home.code) for code in ours):
            found.append("home of another level")
        return tuple(found)

    # Reached or planned

    def _status(self, draft: Draft, fact: Fact) -> Iterator[str]:
        """Doubt whether it is reached or planned."""
        at = draft.span[0]
        since = max(self._drafts.sentences[draft.sentence][0], at - _FARTHEST_INTENT)
        intends = self._says("intention", since, at)
        if fact.status == "target":
            if not intends:
                yield "target by its section"
            if self._says("past", since, at):
                yield "target beside words of the past"
            if fact.period is not None and _before(fact.period, self._document.published):
                yield "target in the past"
            return
        if intends:
            yield "actual beside words of intention"
        if self._document.kind == "plan":
            yield "actual in a plan"
        if fact.period is not None and _after(fact.period, self._document.published):
            yield "actual in the future"

    # How it is written

    def _form(self, draft: Draft, fact: Fact) -> Iterator[str]:
        """Doubt crowded and nested sentences, and numbers of an uncommon form."""
        sentence = self._drafts.sentences[draft.sentence]
        if sentence[1] - sentence[0] > _LONG_SENTENCE:
            yield "long sentence"
        if len(draft.clause.quantities) > 2:
            yield "three in the clause"
        if draft.clause.depth:
            yield "in brackets" if draft.clause.depth == 1 else "in nested brackets"
        if draft.shared:
            yield "shared words"
        if not fact.quantity.unit:
            yield "bare number"
        if fact.quantity.value_max is not None:
            yield "range"


def _inside(
    rows: Sequence[tuple[int, int, _T]], start: int, end: int, *, last: int | None = None
) -> list[tuple[int, int, _T]]:
    """Return the rows that begin in a stretch: all, or so many of the last."""
    until = bisect_left(rows, end, key=itemgetter(0))
    since = bisect_left(rows, start, 0, until, key=itemgetter(0))
    return list(rows[since if last is None else max(since, until - last) : until])


def _is_above(code: str, home: str) -> bool:
    """Tell whether a code is that of a place or of one that it lies in."""
    return code == home or is_under(home, code)


def _after(period: Period, published: str) -> bool:
    """Tell whether a time ends after a date."""
    return bool(published and period.end) and str(period.end)[: len(published)] > published


def _before(period: Period, published: str) -> bool:
    """Tell whether a time has ended before a date."""
    return bool(published and period.end) and str(period.end)[: len(published)] < published
