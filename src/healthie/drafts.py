"""Facts in the making: each quantity in its clause, with the words that are its own on either side.

Start at `Drafts.open_sentence`, which cuts a sentence into clauses and gives every quantity in it a `Draft`. The words
between two quantities are parted there: which still belong to the first, and which already to the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from healthie.clauses import Clause, cut
from healthie.lexicon import pattern, prefix, suffix
from healthie.phrases import Phrases, Stretch
from healthie.records import Quantity
from healthie.roles import Cue

__all__ = ["Draft", "Drafts"]


class Draft:
    """One fact in the making.

    Attributes
    ----------
    index : int
        Which quantity of the text it is, and which fact it will be.
    quantity : Quantity
        The quantity.
    span, left, right : (int, int)
        Where it stands, and its own words before and behind it.
    opening : int
        Where the words before it begin, or before the first of the row it is in.
    clause : Clause
        Its clause.
    sentence : int
        Which sentence of the text it is in.
    group : list of int
        The quantities in a row that it is one of (81.7%、73.4%、66.9%), itself among them.
    cue : Cue
        Its role and what goes with it.
    pieces : list of (int, int)
        The indicator.
    own : bool
        Whether a noun of its own says what it measures, rather than one taken over.
    reference : (int, int) or None
        The words compared with.
    of : int or None
        The draft that it qualifies.
    place : (int, int) or None
        The name of the place that a list of places gives it.
    whole : (int, int) or None
        The whole that an earlier clause says it is a part of.
    shared : bool
        Whether the words before it belong to the quantity before as well.
    deed : (int, int) or None
        The verb that opens its indicator, which the members of a list after it may share.
    ahead : (int, int) or None
        The words behind the next quantity of its clause.
    bounds : bool
        Whether it only names a class that the next quantity counts.
    """

    __slots__ = (
        "ahead", "bounds", "clause", "cue", "deed", "group", "index", "left", "of", "opening", "own", "pieces", "place", "quantity",
        "reference", "right", "sentence", "shared", "span", "whole",
    )  # fmt: skip

    def __init__(self, index: int, quantity: Quantity, span: Stretch, clause: Clause, sentence: int) -> None:
        self.index = index
        self.quantity = quantity
        self.span = span
        self.clause = clause
        self.sentence = sentence
        self.left: Stretch = (span[0], span[0])
        self.right: Stretch = (span[1], span[1])
        self.opening = span[0]
        self.group: list[int] = [index]
        self.cue = Cue()
        self.pieces: list[Stretch] = []
        self.own = False
        self.reference: Stretch | None = None
        self.of: int | None = None
        self.place: Stretch | None = None
        self.whole: Stretch | None = None
        self.shared = False
        self.bounds = False
        self.deed: Stretch | None = None
        self.ahead: Stretch | None = None


class Drafts:
    """The drafts of one text, in the order of its quantities.

    Parameters
    ----------
    phrases : Phrases
        The phrases of the text.
    quantities : sequence of Quantity
        Its quantities.
    spans : sequence of (int, int)
        Where they stand in ``phrases.text``.
    """

    def __init__(self, phrases: Phrases, quantities: Sequence[Quantity], spans: Sequence[Stretch]) -> None:
        self.phrases = phrases
        self.text = phrases.text
        self._quantities = quantities
        self._spans = spans
        self._drafts: dict[int, Draft] = {}
        self.clauses: list[Clause] = []
        self.lead_in: Stretch | None = None

    def __getitem__(self, index: int) -> Draft:
        return self._drafts[index]

    def __iter__(self) -> Iterator[Draft]:
        return (self._drafts[index] for index in sorted(self._drafts))

    def back(self, draft: Draft) -> Iterator[Draft]:
        """Yield the drafts before one, the nearest first, without those that only bound a class."""
        for index in range(draft.index - 1, -1, -1):
            if index in self._drafts and not self._drafts[index].bounds:
                yield self._drafts[index]

    def open_sentence(self, number: int, start: int, end: int, first: int, last: int) -> list[Draft]:
        """Make the drafts of a sentence that holds the quantities from `first` up to, not including, `last`."""
        self.clauses = cut(self.text, start, end, self._spans[first:last], first)
        self._read_lead_in(start)
        made: list[Draft] = []
        for clause in self.clauses:
            made.extend(self._in_clause(clause, number))
        made.sort(key=lambda draft: draft.index)
        self._drafts.update((draft.index, draft) for draft in made)
        return made

    def goes_on(self, draft: Draft) -> bool:
        """Tell whether the draft's sentence is the next member of a list with semicolons."""
        start = self.clauses[0].start
        while start and self.text[start - 1] == " ":
            start -= 1
        return draft.clause == self.clauses[0] and self.text[start - 1 : start] == ";"

    def _read_lead_in(self, start: int) -> None:
        """Keep the clause before a colon that governs a list (占全国的比重分别为:…), over semicolons to the full stop."""
        if start and self.text[start - 1] not in ";":
            self.lead_in = None
        for clause in self.clauses:
            colon = self.text[clause.end : clause.end + 1] == ":"
            if colon and not clause.quantities or colon and pattern(r"(?:为|是|如下|分别|达到?)$").search(self.text, clause.start, clause.end):
                self.lead_in = (clause.start, clause.end)

    def _in_clause(self, clause: Clause, sentence: int) -> list[Draft]:
        drafts = [Draft(i, self._quantities[i], self._spans[i], clause, sentence) for i in clause.quantities]
        left = clause.start
        for this, following in zip_longest(drafts, drafts[1:]):
            this.left = (left, this.span[0])
            this.opening = left if len(this.group) == 1 or this.group[0] == this.index else this.opening
            if following is None:
                this.right = (this.span[1], max(this.span[1], clause.end))
                break
            end, next_left, listed = self._between(this, following)
            this.right = (this.span[1], end)
            following.shared = next_left < end < following.span[0] or (next_left < end and self.phrases.after(*this.right)[1] > this.span[1])
            this.bounds = self._bounds_a_class(this, following)
            left = this.left[0] if this.bounds else next_left
            if listed:
                this.group.append(following.index)
                following.group = this.group
                following.opening = this.opening
        for this, following in pairwise(drafts):
            this.ahead = following.right
            if following.span[0] == this.span[1]:
                this.right = following.right
        return drafts

    def _bounds_a_class(self, this: Draft, following: Draft) -> bool:
        """Tell whether a quantity only names a class that the next one counts (100张以下床位医院22721个, 七大类商品)."""
        start = self.phrases.skip_after(this.span[1], following.span[0])
        between = pattern(r"\([^()]*\)").sub("", self.text[start : following.span[0]])
        if not between or "、" in between:
            return False
        if pattern(r"[一二三四五六七八九十]+大?类").fullmatch(this.quantity.text):
            return True
        if between[0] == "内" and this.quantity.dimension == "time":
            return True
        if between[0] == "的" and pattern(r"^的\p{Han}{2,8}(?:达到?|共|已?有|为|超|近|约|突破)*$").search(between):
            return True
        bounded = this.quantity.value_max is not None or start > this.span[1]
        bounded = bounded or self.text[this.span[0] - 1 : this.span[0]] == "前"
        return bounded and not pattern(r"[,和及与]|{stop}").search(between)

    def _between(self, this: Draft, following: Draft) -> tuple[int, int, bool]:
        """Part the words between two quantities: where the first's end, where the second's begin, and whether there are
        none, so that the two stand in a row.
        """
        text, start, end = self.text, this.span[1], following.span[0]
        at = self.phrases.skip_after(start, end)
        while at < end and text[at] == " ":
            at += 1
        joint = prefix(text, at, end, "conjunction")
        if joint:
            at += len(joint)
            moves = pattern(r"(?:{rise+fall})$").search(text, *this.left)
            verb = r"(?:{rise+fall})?" if moves else ""
            joining = pattern(r"(?:约|近|超过|超|逾|不低于|不少于|至少)*+" + verb).match(text, at, end)
            return (start, at, joining is not None and joining.end() == end)
        if at == end:
            return (start, end, False)
        tail = suffix(text, at, end, "conjunction")
        if tail:
            return (end - len(tail), end, False)
        commas = self.phrases.top_level(at, end, "、")
        if commas and pattern(r"分别|均|各").search(text, commas[-1], end):
            return (commas[0], at, False)
        if commas:
            return (commas[-1], commas[-1] + 1, False)
        _, stop = self.phrases.after(at, end)
        if stop <= at:
            return (end, at, False)
        return (stop, stop if stop < end else at, False)
