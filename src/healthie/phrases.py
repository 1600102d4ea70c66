"""Noun phrases around a quantity: what is left of them when times, places, adverbs and verbs of reaching are taken off.

Start at `Phrases`: `before` and `after` give the words that may say what a quantity measures, on either side of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from healthie.lexicon import pattern, prefix, suffix, words

__all__ = ["Phrase", "Phrases", "Stretch"]

Stretch = tuple[int, int]

_EDGE = " \t\u3000,:;。!?、·-~|•●■◆★▲#*…"
_LIST_MARK = r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[)、]|\.(?!\d))|[一二三四五六七八九十]是|第[一二三四五六七八九十],"
_QUOTED = r"[“《‘「][^“”《》‘’「」\n]{1,40}[”》’」]"
_ADJUSTED = r"(?:扣除|剔除|按)[^,]{1,12}?(?:(?:因素|影响|口径|价格)(?:计算)?|计算)"
_DURING = r"\p{Han}{2,8}?(?:期间|以来|过程中|活动中|工作中)"
_YEARS = r"(?:近|过去)?(?:\d{1,2}|[一二两三四五六七八九十]{1,2})年(?:来|间|以来)?(?=净?[增减新累]|$)"
_INNER = r"累计|共计|总计|合计|拥有(?!量)|共有|现有|设有"
_ASIDE = r"\((?:含|不含|其中|包括|包含|以下简称|下同|见|注|单位)[^()]*\)$"
_PER_PERSON = r"(?:{reach}|{rise}|{fall}|标准)(?P<per>每(?:人|户|村|家|例|床|年|月|次)(?:每年|每月|每次|每天)?)$"


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words before a quantity.

    Attributes
    ----------
    start, end : int
        Where they stand; equal where nothing is left.
    hanging : bool
        Whether a preposition ties them to the quantity (与9家, 为全县1876名), so that they are not what is measured.
    opened : str
        The preposition that they began with, where no verb came after it (为辖区20户家庭…).
    apposed : bool
        Whether they are examples of what the quantity counts (影像、检验等3个中心).
    """

    start: int
    end: int
    hanging: bool = False
    apposed: bool = False
    opened: str = ""

    @property
    def stretch(self) -> Stretch:
        """Start and end."""
        return (self.start, self.end)


class Phrases:
    """The phrases of one text.

    Parameters
    ----------
    text : str
        Folded text.
    times, places : iterable of (int, int)
        Where it names a time or a place: taken off at the edges of a phrase, and cut out of it.
    names : iterable of (int, int)
        Where it names a programme, organisation or system: no word is looked for inside one.
    bodies, systems : iterable of (int, int)
        Where it names an organisation or an information system: a noun phrase ends where one begins.
    """

    def __init__(
        self,
        text: str,
        times: Iterable[Stretch],
        places: Iterable[Stretch],
        names: Iterable[Stretch],
        bodies: Iterable[Stretch],
        systems: Iterable[Stretch],
    ) -> None:
        self.text = text
        times = list(times)
        self._times = {start for start, _ in times}
        edges = [*times, *places]
        self._starts = {start: end for start, end in edges}
        self._ends = {end: start for start, end in edges}
        self._bodies = {start: end for start, end in bodies}
        self._named = {*self._bodies, *(start for start, _ in systems)}
        self._cuts = sorted(edges)
        self._quotes = [match.span() for match in pattern(_QUOTED).finditer(text)]
        names = list(names)
        self._names = sorted([*names, *self._quotes])
        self._programmes = {start: end for start, end in names if text[start] in "“《"}

    def starts_from_time(self, left: Stretch) -> bool:
        """Tell whether the words before a quantity end in 由 or 从 and a time (由2020年的)."""
        end = left[1] - (self.text[left[1] - 1] == "的")
        start = self._ends.get(end, 0)
        opened = start > left[0] and self.text[start - 1] in "由从" or self.text[start] in "由从"
        return start in self._times and opened

    def names_place(self, start: int, end: int) -> bool:
        """Tell whether a place is named in a stretch."""
        return any(self.is_place(at) for at in range(start, end))

    def is_place(self, at: int) -> bool:
        """Tell whether a place is named at a position."""
        return at in self._starts and at not in self._times

    def inside_name(self, at: int) -> bool:
        """Tell whether a position lies within a name or a quotation, not at its edge."""
        i = bisect_left(self._names, (at, 0))
        return any(start < at < end for start, end in self._names[max(0, i - 3) : i])

    def says(self, stretch: Stretch) -> bool:
        """Tell whether there is a word in a stretch."""
        return bool(pattern(r"\p{L}").search(self.text, *stretch))

    def _trim_end(self, start: int, end: int) -> Phrase:
        """Take off the end of a phrase what links it to its number: verbs of reaching, adverbs, times, particles."""
        text, hanging, apposed, to_time = self.text, False, False, False
        while end > start:
            if text[end - 1] in _EDGE:
                end -= 1
                continue
            if text[end - 1] == ")" and (aside := pattern(_ASIDE).search(text, start, end)):
                end = aside.start()
                continue
            if suffix(text, start, end, "keep") or (self.inside_name(end) and text[end - 1] not in "中等的"):
                break
            if self._ends.get(end, -1) >= start:
                end = self._ends[end]
                to_time = text[end] in "到至" or to_time
                continue
            word = suffix(text, start, end, "reach", "hedge", "particle", "conjunction", "hanging", "degree")
            if not word and to_time:
                word = suffix(text, start, end, "rise", "fall")
            if not word or self.inside_name(end - len(word)) or self._splits(start, end - len(word)):
                break
            if len(suffix(text, start, end, "act")) > len(word):
                break
            hanging = hanging or (word in words("hanging") and word not in {"从", "自", "由", "到", "就", "为", "较", "比"})
            hanging = hanging or (word == "为" and self._ends.get(end, -1) < 0 and self._beneficiary(end, start))
            apposed = apposed or word in {"等", "和", "及", "与", "以及"}
            end -= len(word)
        return Phrase(start, end, hanging, apposed)

    def _beneficiary(self, at: int, start: int) -> bool:
        """Tell 为 before a beneficiary (为20户家庭) from 为 of being (签约率为74%): nothing measured stands before it."""
        return at - 1 == start or self.text[at - 2] in _EDGE or bool(suffix(self.text, start, at - 1, "lead"))

    def _splits(self, start: int, at: int) -> bool:
        """Tell whether a cut at a position would part a word that is kept whole."""
        whole = pattern("(?:{whole})")
        left = max(start, at - 5)
        return any(m.start() < at < m.end() for m in whole.finditer(self.text, left, min(len(self.text), at + 5)))

    def _trim_start(self, start: int, end: int, keep_bodies: bool = False) -> tuple[int, str]:
        """Take off the head of a phrase what is not measured: list marks, adverbs, times, places, the acting body.
        Return where the rest begins, and the last word taken.
        """
        text, word = self.text, ""
        while start < end:
            if text[start] in _EDGE or text[start] in "的了)":
                start += 1
                continue
            if text[start] in "”’》(" and not pattern(r"[(][^()]*[)]").match(text, start, end):
                start += 1
                continue
            taken = (
                pattern(_LIST_MARK).match(text, start, end)
                or pattern(_ADJUSTED).match(text, start, end)
                or pattern(_YEARS).match(text, start, end)
                or pattern(_DURING).match(text, start, end)
            )
            if taken:
                start = taken.end()
                continue
            body = 0 if keep_bodies else self._bodies.get(start, 0)
            known = self._starts.get(start, 0) or (0 if text[body : body + 1] == "的" else body)
            if start < known <= end and (known < end or start in self._starts):
                start = known + (start in self._times and text[known : known + 1] in tuple("前后内末底"))
                continue
            named = self._programmes.get(start, 0)
            if start < named < end and prefix(text, named, end, "act"):
                start = named
                continue
            found = prefix(text, start, end, "lead")
            if not found or prefix(text, start, end, "whole") or text[start + len(found) : start + len(found) + 1] in tuple("率度性"):
                break
            word = found
            start += len(word)
        return start, word

    def relative(self, start: int, end: int) -> Stretch:
        """Return a relative clause before a quantity (完成较好的6个县), without times and places at its head."""
        head = start
        while head < end:
            known = self._starts.get(head, 0)
            word = prefix(self.text, head, end, "lead")
            if self.text[head] in _EDGE or known:
                head = known or head + 1
            elif word and word not in words("act", "reach") and not prefix(self.text, head, end, "whole"):
                head += len(word)
            else:
                break
        return (head, end)

    def before(self, start: int, end: int, *, people: bool = False, keep_bodies: bool = False) -> Phrase:
        """Return what is left of the words before a quantity; with `people`, those whom a deed is done to as well
        (对大病患者集中救治612人); with `keep_bodies`, the organisations at its head as well.
        """
        trimmed = self._trim_end(start, end)
        end = trimmed.end
        head, word = self._trim_start(start, end, keep_bodies)
        opened = ""
        if word in words("preposition"):
            verb = self._past_preposition(head, end)
            # 对 without a verb behind it is part of the noun: 对批发企业销售额
            only_deed = people and pattern(r"(?:{act+adverb})+|集中(?:{act})").fullmatch(self.text, verb, end)
            opened = word if verb == head else ""
            head = head - 1 if verb == head and word == "对" else head if only_deed else verb
        return Phrase(head, max(head, end), trimmed.hanging, trimmed.apposed, opened)

    def _past_preposition(self, start: int, end: int) -> int:
        """Return where the verb stands that a phrase with a preposition leads up to; the phrase's start if none."""
        for match in pattern(r"{whole+act}").finditer(self.text, start + 1, end):
            if match.group() in words("act") and not self.inside_name(match.start()):
                return self._trim_start(match.start(), end)[0]
        return start

    def after(self, start: int, end: int) -> Stretch:
        """Return the noun phrase right behind a quantity; empty where a verb or nothing follows."""
        start = self.skip_after(start, end)
        while start < end and self.text[start] in " 的":
            start += 1
        if start >= end or self.text[start] in _EDGE or self.text[start] in "()]”":
            return (start, start)
        stop = self._noun_end(start, end)
        while stop > start:
            if self.text[stop - 1] in _EDGE or self.text[stop - 1] in "等的":
                stop -= 1
            elif suffix(self.text, start, stop, "keep"):
                break
            elif word := suffix(self.text, start, stop, "adverb", "hedge", "particle"):
                stop -= len(word)
            else:
                break
        return (start, stop)

    def _noun_end(self, start: int, end: int) -> int:
        """Return where the noun phrase that opens at a position ends: at a verb, or where a name of its own begins."""
        for match in pattern(r"{whole+stop}|[和及、]|\d+(?:分钟|小时|天|年)").finditer(self.text, start, end):
            word = match.group()
            if word[0].isdigit() and match.start() > start:
                end = match.start()
                break
            if word in "和及与、" and match.end() in self._named and match.start() > start:
                end = match.start()
                break
            if word not in words("stop") or self.inside_name(match.start()):
                continue
            if word == "与" and not self._predicate_follows(match.end(), end):
                continue
            end = match.start()
            break
        openings = [at for at in range(start + 2, end) if at in self._named]
        openings += [a for a, b in self._quotes_in(start + 2, end) if b >= end]
        openings += [at for at in range(start, end) if at in self._starts and at in self._times]
        return min([*openings, end])

    def _quotes_in(self, start: int, end: int) -> list[Stretch]:
        i = bisect_left(self._quotes, (start, 0))
        return self._quotes[i : bisect_left(self._quotes, (end, 0))]

    def _predicate_follows(self, start: int, end: int) -> bool:
        """Tell 与 of a companion (与省外医院签约) from 与 of a list (医师与护士): a verb comes later."""
        found = pattern(r"{whole+stop}|合作").finditer(self.text, start, end)
        return any(match.group() in words("stop") or match.group() == "合作" for match in found)

    def skip_after(self, start: int, end: int) -> int:
        """Skip what belongs to the number behind the quantity: 以上, 左右, 及以上."""
        other_unit = pattern(r"\(\p{Han}{1,3}\)").match(self.text, start, end)
        if other_unit:
            start = other_unit.end()
        while word := prefix(self.text, start, end, "after"):
            start += len(word)
        return start

    def predicate(self, start: int, end: int) -> Stretch:
        """Return the words behind a quantity that say what is done, without adverbs and end marks."""
        start = self.skip_after(start, end)
        while start < end and self.text[start] == " ":
            start += 1
        reached = prefix(self.text, start, end, "reach", "stop")
        if (
            start < end
            and self.text[start] in _EDGE
            or prefix(self.text, start, end, "rise", "fall")
            or reached not in words("stop")
        ):
            return (start, start)
        while word := prefix(self.text, start, end, "adverb"):
            start += len(word)
        stop = start
        while stop < end and self.text[stop] not in "、,《":
            stop += 1
        while stop > start and (self.text[stop - 1] in _EDGE or self.text[stop - 1] in "的了等"):
            stop -= 1
        return (start, stop)

    def end_of(self, right: Stretch) -> int:
        """Return where the noun phrase behind a quantity ends, or the number's own words where there is none."""
        start, end = self.after(*right)
        return end if end > start else self.skip_after(*right)

    def without_aside(self, start: int, end: int) -> int:
        """Return where a stretch ends without a remark in brackets at its end (（不含中药饮片）)."""
        aside = pattern(_ASIDE).search(self.text, start, end)
        return aside.start() if aside else end

    def split(self, stretch: Stretch) -> list[Stretch]:
        """Return a phrase without the times and places in it, without quotation marks around it, per-person readings
        apart from what they are of: as the pieces that are left.
        """
        start, end = stretch
        if end - start >= 3 and (start, end) in self._quotes:
            return [(start + 1, end - 1)]
        per = pattern(_PER_PERSON).search(self.text, start, end)
        if per and per.start() > start:
            return [*self.split((start, self._trim_end(start, per.start()).end)), per.span("per")]
        inner = pattern(_INNER).search(self.text, start + 2, end - 1)
        if inner and not self.inside_name(inner.start()) and not self._splits(start, inner.start()):
            return [*self.split((start, inner.start())), *self.split((inner.end(), end))]
        pieces, left = [], start
        for a, b in self._cuts[bisect_right(self._cuts, (start, end)) :]:
            if a >= end:
                break
            if a >= left and b <= end and not self.inside_name(a) and not self.inside_name(b):
                bracketed = self.text[a - 1 : a] == "(" and self.text[b : b + 1] == ")"
                pieces.append((left, self._trim_end(left, a - bracketed).end))
                left = self._trim_start(b + bracketed, end)[0]
        pieces.append((left, end))
        return [piece for piece in pieces if piece[1] > piece[0] and self.says(piece)]

    def top_level(self, start: int, end: int, marks: str) -> list[int]:
        """Return where characters stand that are not in brackets, quotation marks or words kept whole."""
        found, depth = [], 0
        for at in range(start, end):
            char = self.text[at]
            depth += (char in "(“《‘「") - (char in ")”》’」")
            if depth <= 0 and char in marks and not self._splits(start, at) and not self._splits(start, at + 1):
                found.append(at)
        return found

    def listed_places(self, start: int, end: int) -> list[Stretch]:
        """Return the places of a list that opens a stretch (甲县、乙县和丙区的签约率): two or more, joined by 、和及与."""
        found: list[Stretch] = []
        while start < end:
            if start in self._starts:
                found.append((start, self._starts[start]))
                start = self._starts[start]
            elif self.text[start] in "、和及与" and found and start + 1 in self._starts:
                start += 1
            elif found or start + 1 >= end or start + 4 < end and not any(start + i in self._starts for i in range(1, 4)):
                break
            else:
                start += 1
        return found if len(found) >= 2 else []
