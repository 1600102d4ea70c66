"""Facts: every quantity joined with what it measures, of what, when, where and compared with what.

Start at `link`. It reads the role of each quantity (`roles`), lets those in a row share out the nouns before them
(`lists`), finds what each measures (`topics`) and what it is of (`relations`), and asks `timescope` and `placescope`
for the time and the place, `status` whether it is reached or planned, and `confidence` how sure all of that is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from healthie.abroad import abroad_names
from healthie.adjusted import adjusted
from healthie.articles import by_article, cut_mentions
from healthie.cell_indicators import indicate_cell
from healthie.confidence import Judge
from healthie.cues import Cue
from healthie.document_record import Document
from healthie.drafts import Draft, Drafts
from healthie.entities import in_order
from healthie.excerpts import LONGEST_SENTENCE, excerpts_of
from healthie.indicators import IndicatorTable, identify
from healthie.lexicon import words
from healthie.lists import carry_change, share_out
from healthie.phrases import Phrases
from healthie.placement import NamedPlaces
from healthie.placescope import PlaceScope
from healthie.prose import Prose
from healthie.records import Entity, Fact, Indicator, Mentions, Period, Region, Span
from healthie.relations import relate, relate_forward
from healthie.roles import read_role
from healthie.said_once import with_shared_base
from healthie.status import Intentions
from healthie.stretches import Named, Stretch, overlap
from healthie.table_cells import find_cells
from healthie.text import sentences
from healthie.timescope import TimeScope
from healthie.topics import indicate, take_lead_in

__all__ = ["link"]

# An indicator has at most so many pieces: one that goes on through a chain of facts would hold those of all.
_MOST_PIECES = 12

_Row = tuple[int, int, Entity]


def link(
    text: str, mentions: Mentions, document: Document, *, indicators: IndicatorTable | None = None
) -> tuple[Fact, ...]:
    """Join what the finders found into facts.

    Parameters
    ----------
    text : str
        The text as given.
    mentions : Mentions
        Its quantities, periods and entities, each in the order of the text.
    document : Document
        What the report says of itself.
    indicators : IndicatorTable, optional
        The indicators that facts are given the ids of; the packaged ones without it.

    Returns
    -------
    tuple of Fact
        One fact for each quantity, in the order of the text; none for a quantity inside a tag
        (``<img alt="8人">``) or over the end of an article.

    Examples
    --------
    >>> from healthie import find_quantities
    >>> text = "全县建成卫生室8个。"
    >>> [fact.quantity.text for fact in link(text, Mentions(find_quantities(text)), Document())]
    ['8个']
    """

    def link_article(part: str, own: Document, span: Stretch) -> tuple[Fact, ...]:
        return _Linker(part, cut_mentions(mentions, *span), own, indicators).facts()

    return (
        by_article(document, text, link_article)
        if document.articles
        else _Linker(text, mentions, document, indicators).facts()
    )


class _Linker:
    """One text on its way to facts."""

    def __init__(
        self, text: str, mentions: Mentions, document: Document, indicators: IndicatorTable | None = None
    ) -> None:
        self._identify = indicators.identify if indicators else identify
        self._prose = Prose(text)
        at = self._prose.at
        self._whole_sentences = [(at(start), at(end)) for start, end in sentences(text)]
        self._sentence_spans: dict[int, Span] = {}
        # what stands in a tag is not read
        placed = [(q, (at(q.start), at(q.end))) for q in mentions.quantities]
        self._quantities = [q for q, (start, end) in placed if start < end]
        self._spans = [(start, end) for _, (start, end) in placed if start < end]
        self._sentences = [(self._past_item_mark(*span), span[1]) for span in self._whole_sentences]
        self._excerpts: dict[Stretch, list[Span]] = {}
        self._entities = [(at(e.start), at(e.end), e) for e in in_order(mentions.entities)]
        periods = [(at(p.char_start), at(p.char_end), p) for p in mentions.periods]
        bodies = self._labelled("ORG", "SYSTEM")
        abroad = self._countries()
        regions = _outside([row for row in self._entities if row[2].label == "REGION"], bodies)
        regions = _not_of_others(regions, abroad)
        places = [(at(e.start), at(e.end), e) for e in mentions.entities if e.label == "REGION"]
        named = Named(
            times=[row[:2] for row in periods],
            places=[*(row[:2] for row in regions if not self._is_level(row[1])), *abroad],
            programmes=self._labelled("PROGRAMME"),
            bodies=self._labelled("ORG"),
            systems=self._labelled("SYSTEM"),
        )
        self._phrases = Phrases(self._prose.text, named)
        self._drafts = Drafts(self._phrases, self._quantities, self._spans)
        self._cells = find_cells(self._prose.text, self._prose.paragraphs, self._spans)
        self._times_named = {start: p for start, _, p in periods}
        self._times = TimeScope(self._prose, document, periods, self._sentences)
        self._places = PlaceScope(
            self._prose, document, NamedPlaces(regions, _seats(places, bodies)), self._sentences, self._times
        )
        self._intentions = Intentions(self._prose.text, document, self._times.sections)
        self._programmes = [row for row in self._entities if row[2].label == "PROGRAMME"]
        self._programme_starts = [row[0] for row in self._programmes]
        self._own_region = document.region
        self._regions = {row[:2]: row[2] for row in regions}
        self._judge = Judge(self._prose, document, self._drafts, periods, regions)

    def _past_item_mark(self, start: int, end: int) -> int:
        """Return where a sentence begins behind its list mark; a mark that is the sign of a number is none (-20℃)."""
        past = self._prose.past_item_mark(start, end)
        i = bisect_left(self._spans, (start, 0))
        return min(past, self._spans[i][0]) if i < len(self._spans) else past

    def _labelled(self, *labels: str) -> list[Stretch]:
        return [(start, end) for start, end, entity in self._entities if entity.label in labels]

    def _is_level(self, end: int) -> bool:
        """Tell whether a word for a place only says of what level something is (自治区级以上工厂)."""
        return self._prose.text[end : end + 1] == "级"

    def _countries(self) -> list[Stretch]:
        """Return where other countries are named: places without a code."""
        return [(start, end) for start, end, _ in abroad_names().spans(self._prose.text)]

    def facts(self) -> tuple[Fact, ...]:
        """Return the facts of the text."""
        first = 0
        for number, (start, end) in enumerate(self._sentences):
            last = first
            while last < len(self._spans) and self._spans[last][0] < end:
                last += 1
            if last > first:
                self._link_sentence(number, start, end, first, last)
            first = last
        facts: list[Fact] = []
        for draft in self._drafts:
            fact = self._fact(draft, facts)
            facts.append(replace(fact, confidence=self._judge.score(draft, fact)))
        return tuple(self._with_short_sentence(fact) for fact in facts)

    def _link_sentence(self, number: int, start: int, end: int, first: int, last: int) -> None:
        members = self._drafts.open_sentence(number, start, end, first, last)
        for draft in members:
            if cell := self._cells.get(draft.span[0]):
                indicate_cell(draft, cell, self._drafts)
                continue
            draft.cue = read_role(self._phrases, draft.setting(start))
            take_lead_in(draft, self._drafts)
            carry_change(draft, self._drafts)
            draft.reference = draft.cue.reference
            if moved := adjusted(draft, self._drafts):
                draft.cue, draft.pieces, draft.own = Cue(), moved, True
            elif share_out(draft, self._drafts):
                draft.pieces = with_shared_base(draft, self._drafts)
            else:
                indicate(draft, self._drafts)
            draft.pieces = draft.pieces[:_MOST_PIECES]
            relate(draft, self._drafts, (start, end))
        relate_forward(members, self._drafts)

    def _fact(self, draft: Draft, before: list[Fact]) -> Fact:
        sentence = self._sentences[draft.sentence]
        qualified = before[draft.of] if draft.of is not None and draft.of < draft.index and not draft.own else None
        since = self._drafts[draft.of].span[0] if qualified is not None and draft.of is not None else 0
        period = self._time_in_table(draft, before) or self._times.period(sentence, draft, qualified, since)
        if (start := self._parallel_start(draft)) is not None:
            period = before[start.index].period
        elif before and self._tells_of_parts(draft) and self._times.is_default(period, draft.span[0]):
            period = before[-1].period
        region = self._place(draft) or self._places.region(sentence, draft, qualified, since)
        if before and self._goes_on_there(region, before, draft):
            region = before[-1].region
        elif (whole := self._whole_elsewhere(draft)) is not None:
            region = self._places.of_part(region, before[whole].region, draft)
        return Fact(
            quantity=draft.quantity,
            indicator=self._indicator(draft),
            role=draft.cue.role,
            direction=draft.cue.direction,
            status=self._intentions.status(sentence, draft, period, before[-1] if before else None),
            reference=self._span(draft.reference),
            of=draft.of,
            period=period,
            region=region,
            programme=self._programme(sentence, draft, qualified),
            sentence=self._around(draft),
        )

    def _time_in_table(self, draft: Draft, before: list[Fact]) -> Period | None:
        """Return the time in the head of a column, of the value that it is a change of, or in the caption."""
        cell = self._cells.get(draft.span[0])
        if cell is None:
            return None
        qualified = before[draft.of].period if draft.of is not None and draft.of < len(before) else None
        return self._times_named.get(cell.column[0]) or qualified or self._times.sections.period_in(*cell.caption)

    def _goes_on_there(self, region: Region | None, before: list[Fact], draft: Draft) -> bool:
        """Tell whether the place of the fact before goes on for a quantity; the last of several places does not."""
        last = self._drafts[draft.index - 1]
        told = (last.span[0], self._sentences[last.sentence][1])
        opening = next(iter(deque(self._drafts.back_in_sentence(last), maxlen=1)), last)
        if last.sentence != draft.sentence and before[opening.index].region is self._own_region:
            return False  # 入住率45%,东北最低,为35%。公办机构…
        return self._places.carries_over(region, before[-1].region, told, draft.span[0])

    def _whole_elsewhere(self, draft: Draft) -> int | None:
        """Return the fact whose parts a sentence breaks down before a quantity (全国医院3万家,其中三级5家、二级9家)."""
        start = self._sentences[draft.sentence][0]
        among = self._phrases.text.rfind("其中", start, draft.span[0])
        whole = next((base for base in self._drafts.back_in_sentence(draft) if base.span[1] <= among), None)
        if whole is not None and whole.sentence != draft.sentence and next(self._drafts.back_in_sentence(whole), None):
            return None  # the sentence before tells of several places
        # a row of several places, which each have a value, is of none of them
        return whole.index if whole is not None and whole.place is None and among >= 0 else None

    def _tells_of_parts(self, draft: Draft) -> bool:
        """Tell whether a sentence only breaks down what the one before counts (其中,…): it is of the same time."""
        number = draft.sentence
        while number and self._phrases.text[self._sentences[number][0] - 1] == ";":
            number -= 1
        return number > 0 and self._phrases.text.startswith("其中", self._sentences[number][0])

    def _sentence_span(self, number: int) -> Span:
        """Return a sentence of the source: one record for all its facts."""
        if number not in self._sentence_spans:
            self._sentence_spans[number] = self._prose.span(*self._whole_sentences[number])
        return self._sentence_spans[number]

    def _around(self, draft: Draft) -> Span:
        """Return the sentence of a quantity, with all of the quantity where it runs over a line or into a tag."""
        sentence, quantity = self._sentence_span(draft.sentence), draft.quantity
        if sentence.start <= quantity.start and quantity.end <= sentence.end:
            return sentence
        start, end = min(sentence.start, quantity.start), max(sentence.end, quantity.end)
        return Span(start, end, self._prose.source[start:end])

    def _with_short_sentence(self, fact: Fact) -> Fact:
        """Return a fact with no more of its sentence than a row should hold, once nothing is linked by it any more."""
        sentence = fact.sentence
        if sentence.end - sentence.start <= LONGEST_SENTENCE:
            return fact
        at = sentence.start, sentence.end
        if at not in self._excerpts:
            cut = excerpts_of(self._prose.source, *at, self._quantities)
            self._excerpts[at] = [Span(start, end, self._prose.source[start:end]) for start, end in cut]
        excerpts = self._excerpts[at]
        i = bisect_right(excerpts, fact.quantity.start, key=lambda excerpt: excerpt.start) - 1
        return replace(fact, sentence=excerpts[i])

    def _parallel_start(self, draft: Draft) -> Draft | None:
        """Return the start of an earlier 由A到B with years, where this is the start of one without (由3.2‰降至…)."""
        if self._phrases.text[draft.span[0] - 1] not in words("from"):
            return None
        earlier = self._drafts.back_in_sentence(draft)
        return next((base for base in earlier if self._phrases.starts_from_time(base.left)), None)

    def _indicator(self, draft: Draft) -> Indicator:
        pieces = self._pieces(draft)
        said = "".join(piece.text for piece in pieces)
        return Indicator(pieces, self._identify(said, draft.quantity.unit, role=draft.cue.role))

    def _pieces(self, draft: Draft) -> tuple[Span, ...]:
        found: list[Span] = []
        for start, end in sorted(set(draft.pieces)):
            found.extend(span for span in self._prose.pieces(start, end) if not found or span.start >= found[-1].end)
        return tuple(found)

    def _span(self, stretch: Stretch | None) -> Span | None:
        return None if stretch is None or stretch[0] >= stretch[1] else self._prose.span(*stretch)

    def _place(self, draft: Draft) -> Region | None:
        within = draft.cue.place
        place = draft.place or (next((at for at in self._regions if overlap(at, within)), None) if within else None)
        entity = self._regions.get(place) if place else None
        return self._places.as_region(entity) if entity else None

    def _programme(self, sentence: Stretch, draft: Draft, qualified: Fact | None) -> Entity | None:
        """Return the programme named last before a quantity in its sentence.

        One that stands in the clause of an earlier quantity belongs to that one, and to what is said of it.
        """
        i = bisect_left(self._programme_starts, draft.span[0]) - 1
        if i < 0 or self._programmes[i][0] < sentence[0]:
            return None
        start = self._programmes[i][0]
        for before in self._drafts.back_in_sentence(draft):
            if before.clause.start <= start < before.span[0] and before.clause != draft.clause:
                return qualified.programme if qualified is not None else None
        return self._programmes[i][2]


def _seats(places: Sequence[tuple[int, int, Entity]], bodies: Sequence[Stretch]) -> list[tuple[int, Entity]]:
    """Return where the names of bodies begin that open with a place, and that place (甲市乙县|人民医院: 乙县)."""
    opening: dict[int, tuple[int, Entity]] = {}
    for start, end, entity in places:
        opening[start] = (end, entity)
    seats = []
    for start in sorted({start for start, _ in bodies}):
        at, seat = start, None
        while at in opening:
            at, place = opening[at]
            seat = place if place.id.isdigit() or seat is None else seat
        if seat is not None:
            seats.append((start, seat))
    return seats


def _not_of_others(rows: list[_Row], countries: list[Stretch]) -> list[_Row]:
    """Return the places but for parts of other countries that are called like parts of our own (美国|东北)."""
    behind = {end for _, end in countries}
    return [row for row in rows if row[0] not in behind or row[2].id.isdigit()]


def _outside(rows: list[_Row], others: list[Stretch]) -> list[_Row]:
    """Return the entities that do not stand within one of some stretches; both in the order of the text."""
    starts = [start for start, _ in others]
    farthest = list(accumulate((end for _, end in others), max))
    found = []
    for row in rows:
        i = bisect_right(starts, row[0]) - 1
        if i < 0 or farthest[i] < row[1]:
            found.append(row)
    return found
