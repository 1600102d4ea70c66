"""Facts: every quantity joined with what it measures, of what, when, where and compared with what.

Start at `link`. It reads the role of each quantity (`roles`), lets those in a row share out the nouns before them
(`lists`), finds what each measures (`topics`) and what it is of (`relations`), and asks `scope` for the time, the place
and the status.
"""

from __future__ import annotations

from healthie.drafts import Draft, Drafts
from healthie.indicators import identify
from healthie.lists import share_out
from healthie.phrases import Phrases, Stretch
from healthie.prose import Prose
from healthie.records import Document, Entity, Fact, Indicator, Mentions, Region, Span
from healthie.relations import relate, relate_forward
from healthie.roles import read_role
from healthie.scope import Scope
from healthie.text import sentences
from healthie.topics import indicate, take_lead_in

__all__ = ["link"]


def link(text: str, mentions: Mentions, document: Document) -> tuple[Fact, ...]:
    """Join what the finders found into facts.

    Parameters
    ----------
    text : str
        The text as given.
    mentions : Mentions
        Its quantities, periods and entities, each in the order of the text.
    document : Document
        What the report says of itself.

    Returns
    -------
    tuple of Fact
        One fact for each quantity, in the order of the text.

    Examples
    --------
    >>> from healthie import find_quantities
    >>> text = "全县建成卫生室8个。"
    >>> [fact.quantity.text for fact in link(text, Mentions(find_quantities(text)), Document())]
    ['8个']
    """
    return _Linker(text, mentions, document).facts()


class _Linker:
    """One text on its way to facts."""

    def __init__(self, text: str, mentions: Mentions, document: Document) -> None:
        self._prose = Prose(text)
        at = self._prose.at
        self._sentences = [(at(start), at(end)) for start, end in sentences(text)]
        self._spans = [(at(q.start), at(q.end)) for q in mentions.quantities]
        self._entities = [(at(e.start), at(e.end), e) for e in mentions.entities]
        periods = [(at(p.char_start), at(p.char_end), p) for p in mentions.periods]
        bodies = self._labelled("ORG", "SYSTEM")
        regions = [row for row in self._entities if row[2].label == "REGION" and not _within(row[:2], bodies)]
        self._phrases = Phrases(
            self._prose.text,
            times=[row[:2] for row in periods],
            places=[row[:2] for row in regions],
            names=[*self._labelled("PROGRAMME"), *bodies],
            bodies=self._labelled("ORG"),
            systems=self._labelled("SYSTEM"),
        )
        self._drafts = Drafts(self._phrases, mentions.quantities, self._spans)
        self._scope = Scope(self._prose, document, periods, regions, self._sentences)
        self._regions = {row[:2]: row[2] for row in regions}

    def _labelled(self, *labels: str) -> list[Stretch]:
        return [(start, end) for start, end, entity in self._entities if entity.label in labels]

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
            facts.append(self._fact(draft, facts))
        return tuple(facts)

    def _link_sentence(self, number: int, start: int, end: int, first: int, last: int) -> None:
        members = self._drafts.open_sentence(number, start, end, first, last)
        for draft in members:
            draft.cue = read_role(self._phrases, draft.quantity, draft.span, draft.left, draft.right, start)
            take_lead_in(draft, self._drafts)
            draft.reference = draft.cue.reference
            if not share_out(draft, self._drafts):
                indicate(draft, self._drafts)
            relate(draft, self._drafts, (start, end))
        relate_forward(self._drafts, members)

    def _fact(self, draft: Draft, before: list[Fact]) -> Fact:
        sentence = self._sentences[draft.sentence]
        qualified = before[draft.of] if draft.of is not None and draft.of < draft.index and not draft.own else None
        since = self._drafts[draft.of].span[0] if qualified is not None and draft.of is not None else 0
        period = self._scope.period(sentence, draft, qualified, since)
        if (start := self._parallel_start(draft)) is not None:
            period = before[start.index].period
        region = self._place(draft) or self._scope.region(sentence, draft, qualified, since)
        if before and self._scope.carries_over(region, before[-1], draft.span[0]):
            region = before[-1].region
        whole = self._prose.span(*sentence)
        return Fact(
            quantity=draft.quantity,
            indicator=self._indicator(draft),
            role=draft.cue.role,
            direction=draft.cue.direction,
            status=self._scope.status(sentence, draft, period, before[-1] if before else None),
            reference=self._span(draft.reference),
            of=draft.of,
            period=period,
            region=region,
            programme=self._programme(sentence, draft.span[0]),
            sentence=whole,
        )

    def _parallel_start(self, draft: Draft) -> Draft | None:
        """Return the first value of an earlier 由A到B with years, where this is the first of one without (婴儿死亡率由3.2‰降至…)."""
        if self._phrases.text[draft.span[0] - 1] not in "由从":
            return None
        for base in self._drafts.back(draft):
            if base.sentence != draft.sentence:
                return None
            if self._phrases.starts_from_time(base.left):
                return base
        return None

    def _indicator(self, draft: Draft) -> Indicator:
        pieces = self._pieces(draft)
        words = "".join(piece.text for piece in pieces)
        return Indicator(pieces, identify(words, draft.quantity.unit, role=draft.cue.role))

    def _pieces(self, draft: Draft) -> tuple[Span, ...]:
        found: list[Span] = []
        for start, end in sorted(set(draft.pieces)):
            found.extend(span for span in self._prose.pieces(start, end) if not found or span.start >= found[-1].end)
        return tuple(found)

    def _span(self, stretch: Stretch | None) -> Span | None:
        return None if stretch is None or stretch[0] >= stretch[1] else self._prose.span(*stretch)

    def _place(self, draft: Draft) -> Region | None:
        entity = self._regions.get(draft.place) if draft.place else None
        return self._scope.as_region(entity) if entity else None

    def _programme(self, sentence: Stretch, at: int) -> Entity | None:
        """Return the programme named last before a quantity in its sentence."""
        named = [e for start, _, e in self._entities if e.label == "PROGRAMME" and sentence[0] <= start < at]
        return named[-1] if named else None


def _within(stretch: Stretch, others: list[Stretch]) -> bool:
    return any(start <= stretch[0] and stretch[1] <= end for start, end in others)
