"""Facts in the making: each quantity in its clause, with the words that are its own on either side.

Start at `Drafts.open_sentence`, which cuts a sentence into clauses and gives every quantity in it a `Draft`. The words
between two quantities are parted there: which still belong to the first, and which already to the second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile, zip_longest
from typing import NamedTuple

from healthie.clauses import Clause, cut
from healthie.cues import Cue, Setting, is_part
from healthie.lexicon import pattern, prefix, suffix, words
from healthie.phrases import SOME_HOLD, Phrases
from healthie.records import Quantity
from healthie.stretches import Stretch

__all__ = ["Draft", "Drafts"]

# How many drafts and clauses back a quantity may lean on another.
_FARTHEST_DRAFT = 48
_FARTHEST_CLAUSE = 60
_LONGEST_ROW = 40
# Words further from a quantity are none of its own: a clause without an end takes no longer than many short ones.
_LONGEST_WORDS = 400
# 3个镇|筛查8000人, 12家医院|诊疗总量5万人次
_THEIR_DEED = (
    r"(?P<who>\p{Han}{0,6}?(?:{institution}|{region_noun}|{bare_class}|{among}|{township}))"
    r"(?=(?!{works})(?:{act+visit})(?!项目|工程|任务|计划)\p{Han}{0,6}$|{in_all}\p{Han}{1,8}$)"
)
# 20亿元补贴|拉动消费215亿元
_MOVES_MORE = r"(?P<who>\p{Han}{2,14}?)(?={drive}\p{Han}{2,10}$)"
# Places or firms and the measure that the next quantity gives of them.
_THEIR_MEASURE = (
    r"(?P<whose>\p{Han}{0,16}?(?:{region_noun+bare_class}|{among}(?:\(\p{Han}{1,4}\))?))\p{Han}{0,16}?{rate_end+head}"
    r"(?:{compared_year}?{rise+fall})?{reach+hedge}*+$"
)
_THEIR_RATE = r"(?P<whose>(?:(?![率和与及])\p{Han}){2,16}?)(?:{topicless}(?<=率)|{act}率){reach+hedge}*+$"
# The noun of those some of whom are counted next (18名|学员|中乡镇来的就有6名).
_SOME_OF_THEM = r"(?P<noun>\p{Han}{2,10}?)[之当]?中(?=$|[^,、。;]{0,16}有$)"
_AND_MEASURE = r"{and}(?=\p{Han}{0,8}{head}{reach+hedge}*+$)"


@dataclass(slots=True, eq=False)
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
        The quantities in a row that it is one of (76.4%、70.8%、63.5%), itself among them.
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
    said_of_some : bool
        Whether it counts some of those counted before it, by what they are like (能拍片的9家).
    said : str or None
        The words of its indicator as `relations` compares them, once they have been asked for.
    """

    index: int
    quantity: Quantity
    span: Stretch
    clause: Clause
    sentence: int
    left: Stretch = field(init=False)
    right: Stretch = field(init=False)
    opening: int = field(init=False)
    group: list[int] = field(init=False)
    cue: Cue = field(default_factory=Cue)
    pieces: list[Stretch] = field(default_factory=list)
    own: bool = False
    reference: Stretch | None = None
    of: int | None = None
    place: Stretch | None = None
    whole: Stretch | None = None
    shared: bool = False
    deed: Stretch | None = None
    ahead: Stretch | None = None
    bounds: bool = False
    said_of_some: bool = False
    said: str | None = None

    def __post_init__(self) -> None:
        start, end = self.span
        self.left = (start, start)
        self.right = (end, end)
        self.opening = start
        self.group = [self.index]

    @property
    def opens_row(self) -> bool:
        """Whether it is the first of a row, or in none."""
        return self.group[0] == self.index

    def setting(self, sentence: int) -> Setting:
        """Return the quantity between its words, in a sentence that begins at an offset."""
        return Setting(self.quantity, self.span, self.left, self.right, sentence)


class _Parting(NamedTuple):
    """The words between two quantities: where the first's end, where the second's begin, whether they are in a row."""

    end: int
    start: int
    in_row: bool = False


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
        self._clause_starts: list[int] = []
        self.sentences: dict[int, Stretch] = {}
        self._sentences_of_parts: set[int] = set()
        self.lead_in: Stretch | None = None

    def __getitem__(self, index: int) -> Draft:
        return self._drafts[index]

    def __iter__(self) -> Iterator[Draft]:
        return (self._drafts[index] for index in sorted(self._drafts))

    def back(self, draft: Draft) -> Iterator[Draft]:
        """Yield the drafts before one, the nearest first, as far as they can be what it is of.

        Those that only bound a class are left out, and those in a bracket that closed before it.

        It ends after some dozens, so that one endless sentence takes no longer than many short ones.
        """
        for index in range(draft.index - 1, max(-1, draft.index - 1 - _FARTHEST_DRAFT), -1):
            before = self._drafts.get(index)
            if before is None or before.bounds:
                continue
            # 540家(其中5家),增加28家: of those before the bracket
            if before.clause.host is None or before.clause.depth <= draft.clause.depth:
                yield before

    def back_in_sentence(self, draft: Draft) -> Iterator[Draft]:
        """Yield the drafts before one in its sentence, the nearest first.

        A sentence of parts goes on with the one before it (床位90张。其中|医院50张).
        """
        first = draft.sentence - (draft.sentence in self._sentences_of_parts)
        return takewhile(lambda before: before.sentence >= first, self.back(draft))

    def beside_in_bracket(self, draft: Draft) -> Draft:
        """Return what a draft in a bracket goes on about: its host, or the rate in there that it is a change of.

        As in 水样326份(合格率83%,提高6个百分点).
        """
        host = self[draft.clause.host or 0]
        before = next(self.back(draft), host)
        inside = before.clause.host == draft.clause.host and before.own and before.cue.role in {"level", "share"}
        moves = draft.cue.role in {"change", "gap"} and before.clause != draft.clause
        return before if inside and moves and is_part(before.quantity) else host

    def clauses_before(self, clause: Clause) -> Iterator[Clause]:
        """Yield the clauses before one in the sentence read last, the nearest first; as few as `back`."""
        at = bisect_left(self._clause_starts, clause.start)
        return reversed(self.clauses[max(0, at - _FARTHEST_CLAUSE) : at])

    def open_sentence(self, number: int, start: int, end: int, first: int, last: int) -> list[Draft]:
        """Make the drafts of a sentence that holds the quantities from `first` up to, not including, `last`."""
        self.sentences[number] = (start, end)
        if self.text.startswith("其中", start) and self.text[start - 1 : start] == "。":
            self._sentences_of_parts.add(number)
        self.clauses = cut(self.text, start, end, self._spans[first:last], first)
        self._clause_starts = [clause.start for clause in self.clauses]
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
        opens = not any(clause.quantities for clause in self.clauses if clause.start < draft.clause.start)
        return opens and self.text[start - 1 : start] == ";"

    def _read_lead_in(self, start: int) -> None:
        """Keep the clause before a colon that governs a list (占全国的比重分别为:…), up to the full stop."""
        if start and self.text[start - 1] != ";":
            self.lead_in = None
        for clause in self.clauses:
            colon = self.text[clause.end : clause.end + 1] == ":"
            if colon and (not clause.quantities or suffix(self.text, clause.start, clause.end, "announce")):
                self.lead_in = (max(clause.start, clause.end - _LONGEST_WORDS), clause.end)

    def _in_clause(self, clause: Clause, sentence: int) -> list[Draft]:
        drafts = [Draft(i, self._quantities[i], self._spans[i], clause, sentence) for i in clause.quantities]
        left = clause.start
        for this, following in zip_longest(drafts, drafts[1:]):
            this.left = (max(left, this.span[0] - _LONGEST_WORDS), this.span[0])
            if this.opens_row:
                this.opening = left
            if following is None:
                this.right = (this.span[1], max(this.span[1], min(clause.end, this.span[1] + _LONGEST_WORDS)))
            else:
                left = self._part(this, following)
        for this, following in pairwise(drafts):
            this.ahead = following.right
            if pattern("{beyond_size}").fullmatch(self.text, this.span[1], following.span[0]):
                this.right = (this.span[1], following.right[1])  # 3个|过百亿元城市
            elif self._shares_noun(this, following):
                this.right = following.right
        return drafts

    def _shares_noun(self, this: Draft, following: Draft) -> bool:
        """Tell whether the noun behind the next quantity is also this one's.

        As in 6类9项服务, 40家面积300平方米以上诊所.
        """
        if following.span[0] == this.span[1]:
            return True
        between = (this.span[1], following.span[0])
        measured = pattern("{head}|{dimension}").fullmatch(self.text, *between)
        return measured is not None and self.phrases.skip_after(*following.right) > following.right[0]

    def _part(self, this: Draft, following: Draft) -> int:
        """Part the words between two quantities of a clause, and return where those before the second begin."""
        end, start, in_row = self._between(this, following)
        this.right = (this.span[1], end)
        read_twice = end < following.span[0] or self.phrases.after(*this.right)[1] > this.span[1]
        following.shared = start < end and read_twice
        this.bounds = self._bounds_a_class(this, following)
        if in_row and len(this.group) < _LONGEST_ROW:
            this.group.append(following.index)
            following.group = this.group
            following.opening = this.opening
        return this.left[0] if this.bounds else start

    def _bounds_a_class(self, this: Draft, following: Draft) -> bool:
        """Tell whether a quantity only names a class that the next one counts (100张以下医院22721个, 七大类商品)."""
        start = self.phrases.skip_after(this.span[1], following.span[0])
        between = pattern(r"\([^()]*\)").sub("", self.text[start : following.span[0]])
        if not between or "、" in between:
            return False
        within = between[0] == "内" and this.quantity.dimension == "time"
        if within or pattern(r"{digit}+大?类").fullmatch(this.quantity.text):
            return True
        if pattern(r"^的(?:占|有){link}*+$").search(between):
            return True  # 产检5次及以上的|占九成
        if pattern(r"^的\p{Han}{2,8}{link}*+$").search(between) and not suffix(between, 0, len(between), "act"):
            return True
        if is_part(this.quantity) and not self.phrases.says(self.phrases.before(*this.left).stretch):
            return False  # 九成以上的统筹地区|开通5种结算
        first_of_them = self.text[this.span[0] - 1 : this.span[0]] == "前"
        exceeds = this.quantity.modifier in {">", ">="} and this.quantity.dimension != "count"
        bounded = this.quantity.value_max is not None or start > this.span[1] or first_of_them or exceeds
        deed = suffix(between, 0, len(between), "act")  # 亿元以上项目|新开工50个
        return bounded and not pattern(r",|{and}|{stop}").search(between[: len(between) - len(deed)])

    def _between(self, this: Draft, following: Draft) -> _Parting:
        text, start, end = self.text, this.span[1], following.span[0]
        at = self.phrases.skip_after(start, end)
        while at < end and text[at] == " ":
            at += 1
        if joint := prefix(text, at, end, "conjunction"):
            return self._joined(this, at + len(joint), end)
        tail = suffix(text, at, end, "conjunction")
        if at == end or tail:
            return _Parting(end - len(tail), end)
        if some := pattern(_SOME_OF_THEM).match(text, at, end):
            return _Parting(some.end("noun"), start)
        return self._at_comma(at, end) or self._at_and(at, end) or self._behind_noun(at, end)

    def _joined(self, this: Draft, at: int, end: int) -> _Parting:
        """Part at the conjunction right behind the first (76.4%、70.8%; 提高0.6个、降低0.2个百分点)."""
        moves = suffix(self.text, *this.left, "rise", "fall")
        verb = "{rise+fall}?" if moves else ""
        joining = pattern("{approx}*+" + verb).match(self.text, at, end)
        return _Parting(this.span[1], at, joining is not None and joining.end() == end)

    def _at_comma(self, start: int, end: int) -> _Parting | None:
        """Part at the last 、 between the two; at the first where the words behind the last say that they share."""
        commas = self.phrases.top_level(start, end, frozenset("、"))
        if not commas:
            return None
        if pattern("{each}").search(self.text, commas[-1], end):
            return _Parting(commas[0], start)
        return _Parting(commas[-1], commas[-1] + 1)

    def _at_and(self, start: int, end: int) -> _Parting | None:
        """Part at 和 behind which the second has a noun of measure (直径38米的钢网和直径33米的圆球)."""
        joint = pattern(_AND_MEASURE).search(self.text, start, end) if self.text.startswith("的", start) else None
        return _Parting(joint.start(), joint.end()) if joint else None

    def _counts_bodies(self, at: int) -> bool:
        """Tell whether the counter before an offset counts places or institutions (12家|医院)."""
        return self.text[at - 1] in words("place_unit")

    def _behind_noun(self, start: int, end: int) -> _Parting:
        """Part behind the noun that the first counts; without one, all the words may be the second's."""
        first, stop = self.phrases.after(start, end)
        if some := pattern(SOME_HOLD).match(self.text, max(start, stop), end):
            return _Parting(max(start, stop), some.end())
        if stop <= start:
            return _Parting(end, start)
        # 7个县区|推出36项举措
        verb = suffix(self.text, first, end, "act") if stop == end else ""
        if verb and suffix(self.text, first, end - len(verb), "bare_class", "region_noun"):
            return _Parting(end - len(verb), end - len(verb))
        doing = pattern(_THEIR_DEED).match(self.text, first, end) if self._counts_bodies(first) else None
        if doing := doing or pattern(_MOVES_MORE).match(self.text, first, end):
            return _Parting(doing.end("who"), doing.end("who"))
        # 9个乡镇|参保比例超九成, 3家药企|产值超十亿元, 22条河道|整治率达100%
        whose = pattern(_THEIR_MEASURE).match(self.text, first, end) or pattern(_THEIR_RATE).match(
            self.text, first, end
        )
        if whose:
            return _Parting(whose.end("whose"), start)
        return _Parting(stop, stop if stop < end else start)
