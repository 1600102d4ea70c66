"""Noun phrases around a quantity: what is left of them when times, places, adverbs and verbs of reaching are taken off.

Start at `Phrases`: `before` and `after` give the words that may say what a quantity measures, on either side of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from healthie.frames import MOVES_TO, without_frame, without_vague_value
from healthie.lexicon import find_words, pattern, prefix, skip, suffix, words
from healthie.named_text import NamedText
from healthie.stretches import Named, Phrase, Stretch
from healthie.unmeasured import past_examples, past_unmeasured

__all__ = ["SOME_HOLD", "Phrases"]

_EDGE = frozenset(" \t\u3000,:;。!?、·-~|•●■◆★▲#*…")
_STRAY = frozenset("”’》)(")
# what parts a topic from what is counted of it: 病房楼|设有|床位, 小麦|分别|新增
_COMPLETES = r"{completes}(?!{completes_tail})(?=\p{Han}{2}|“)"
_INNER = (
    r"(?:{already}?{inner}(?!量)|{inner_hedge}++(?={act}|{completes})|{already}?共(?={completes}|{act}(?<=共\p{Han}{2,5}))|{each}(?={act}|{completes}))"
    r"(?:" + _COMPLETES + r")?"
    r"|{recently}(?={act})|由(?={price_word})|" + _COMPLETES + r"|(?<={has_body}|的)有(?!{of_having})(?=\p{Han}{2})"
)
_PER_PERSON = r"(?:(?P<noun>){reach+rise+fall}|(?P<noun>标准))(?P<per>每{each_one}{each_time}?)$"
# whom an amount is paid to, and per what (对双女户|按|每人每年|960元给予奖励)
_PAID_PER = r"{for_whom}?(?P<whom>[^,]{2,24}?){by_amount}(?P<per>\p{Han}{0,4}?每{each_one}{each_time}?)$"
# money that is striven for and got (争取中央资金), not a goal (争取签约率达到80%)
_WINS = r"{wins}\p{Han}{0,14}?{won_money}"
# What those counted are like, in attributes of two parts.
_LIKE = r"(?:\p{Han}{1,6}{adjective}、){1,3}\p{Han}{1,8}的(?=\p{Han}{2})"
# The verb before 了 or 着, which ends a noun whatever verb it is (18家卫生院|开启了夜间门诊).
_DONE = r"(?:{one_verb}|\p{Han}(?!{one_verb})\p{Han})(?=[了着][\p{Han}\d“《])"
# what those counted do it by or for, and what is chosen among them: 志愿者|以楼栋为单位, 新梁|来确保安全,
# and 从300种药品|中选出
_APART = (
    r"(?<=\p{Han}{2})(?:以(?=\p{Han}{1,10}(?:{by_way}))|用?[来以](?={purpose_verb})"
    r"|正(?={doing_now})|中(?={chooses})|中(?=[^,。;、]{1,10}占))"
)
# what part some of those just counted are (58人|中护士占六成)
SOME_HOLD = r"[之当]?中(?=[^,。;、]{1,10}占)"
_BREAK_OF_NOUN = r"、|\d+{duration}|\d{1,2}日|" + _DONE + "|" + _APART
# what several do together, which makes an attribute of what follows
_JOINTLY_DONE = r"{jointly}[^,。;、的]{2,8}(?=的[\p{Han}《“])"
# what is done under a programme, as a noun (“光明”行动|救治任务)
_WORK_NOUN = r"{act}(?:{goal+project_noun+money_noun})"
# What opens the next thing said of those counted (24个省份、|规模居全国前列).
_NEXT_MEASURE = r"\p{Han}{0,4}?{head}(?:均|都|也)?(?:{place}|{reach})"
# No noun phrase is longer than this.
_LONGEST_PHRASE = 400
_REMEMBERED = 64


class Phrases(NamedText):
    """The phrases of one text.

    Parameters
    ----------
    text : str
        Folded text.
    named : Named
        Where it names times, places, programmes, organisations and systems.
    """

    def __init__(self, text: str, named: Named) -> None:
        super().__init__(text, named)
        # of the stretches asked for last: the role of a quantity and its noun are read off the same words
        self._trimmed: dict[Stretch, Phrase] = {}

    # ── before a quantity ──

    def before(self, start: int, end: int, *, people: bool = False, keep_bodies: bool = False) -> Phrase:
        """Return what is left of the words before a quantity.

        With `people`, those whom a deed is done to belong to it (对大病患者集中救治612人); with `keep_bodies`, so do
        the organisations at its head.
        """
        start = max(start, end - _LONGEST_PHRASE)
        trimmed = self._trim_end(start, end)
        end = trimmed.end
        head, word = self._trim_start(self._past_taking(start, end), end, keep_bodies)
        opened = ""
        if word in words("preposition") and not (word in words("verb_follows") and prefix(self.text, head, end, "act")):
            verb = self._past_preposition(head, end)
            only_deed = people and word in words("to_person") and self._only_acts(verb, end)
            opened = word if verb == head else ""
            if opened == "对" and self.text[head - 1] == opened:
                # without a verb behind it 对 is part of the noun: 对零售商出货额
                head -= 1
            elif not only_deed:
                head = verb
        return Phrase(head, max(head, end), trimmed.hanging, trimmed.apposed, opened)

    def _past_taking(self, start: int, end: int) -> int:
        """Return where the object stands that a subject before 将 or 把 does something to (医院将|诊室从5间增至9间)."""
        if pattern("{taking}").search(self.text, start, end) is None:
            return start
        taking = [
            b for a, b in find_words(self.text, start, end, "whole", "taking") if self.text[a:b] in words("taking")
        ]
        at = taking[-1] if taking else start
        moves = prefix(self.text, at, end, "reach", "rise", "fall")
        return at if end - at >= 2 and not moves and not self.inside_name(at - 1) else start

    def _only_acts(self, start: int, end: int) -> bool:
        """Tell whether only verbs of doing and adverbs stand in a stretch."""
        gathered = self.text[start:end].removeprefix("集中") in words("act")
        return start < end and (gathered or skip(self.text, start, end, "act", "adverb") == end)

    def _past_preposition(self, start: int, end: int) -> int:
        """Return where the verb stands that a phrase with a preposition leads up to; the phrase's start if none."""
        for a, b in find_words(self.text, start + 1, end, "whole", "act"):
            if self.text[a:b] in words("act") and not self.inside_name(a):
                return self._trim_start(a, end)[0]
        return start

    def _trim_end(self, start: int, end: int) -> Phrase:
        """Take off the end of a phrase what links it to its number, or return what was left when last asked."""
        if (start, end) not in self._trimmed:
            if len(self._trimmed) == _REMEMBERED:
                self._trimmed.clear()
            self._trimmed[start, end] = self._without_link(start, end)
        return self._trimmed[start, end]

    def _without_link(self, start: int, end: int) -> Phrase:
        """Take off the end of a phrase verbs of reaching, adverbs, times and particles."""
        hanging = apposed = to_time = False
        end = without_vague_value(self.text, start, end)
        while end > start:
            plain = self._without_mark(start, end)
            if plain < end:
                end = plain
            elif self._keeps_end(start, end):
                break
            elif self._ends.get(end, -1) >= start:
                end = self._ends[end]
                to_time = to_time or self.text[end] in words("up_to")
            elif (frame := without_frame(self.text, start, end)) < end:
                end = frame
            elif word := self._linking_word(start, end, to_time):
                hanging = hanging or self._hangs(word, start, end)
                apposed = apposed or word in words("and_so_on")
                end -= len(word)
            else:
                break
        return Phrase(start, end, hanging, apposed)

    def _without_mark(self, start: int, end: int) -> int:
        """Return where a stretch ends without the punctuation mark or the remark in brackets at its end."""
        return end - 1 if self.text[end - 1] in _EDGE else self.without_aside(start, end)

    def _keeps_end(self, start: int, end: int) -> bool:
        in_name = self.inside_name(end) and self.text[end - 1] not in words("after_name")
        return in_name or bool(suffix(self.text, start, end, "keep"))

    def _linking_word(self, start: int, end: int, to_time: bool) -> str:
        """Return the word at the end of a phrase that links it to its number; an empty string if it is part of it."""
        word = suffix(self.text, start, end, "reach", "hedge", "particle", "conjunction", "hanging", "degree")
        if not word and to_time:
            word = suffix(self.text, start, end, "rise", "fall")
        left = end - len(word)
        if word and self._splits(start, left):  # 水平|均, not 水|平均
            word = suffix(self.text, left + 1, end, "reach", "hedge")
            left = end - len(word)
        if self.inside_name(left) or self._splits(start, left):
            return ""
        return "" if len(suffix(self.text, start, end, "act")) > len(word) else word

    def _hangs(self, word: str, start: int, end: int) -> bool:
        """Tell whether a word at the end of a phrase is a preposition that ties the phrase to the quantity.

        为 does so only before a beneficiary (为20户家庭), not as a verb of being (签约率为74%).
        """
        if word != "为":
            return word in words("hanging") and word not in words("reach_or_preposition")
        alone = end - 1 == start or self.text[end - 2] in _EDGE
        return end not in self._ends and (alone or bool(suffix(self.text, start, end - 1, "lead")))

    def _trim_start(self, start: int, end: int, keep_bodies: bool = False) -> tuple[int, str]:
        """Take off the head of a phrase what is not measured: list marks, adverbs, times, places, the acting body.

        Return where the rest begins, and the last word taken.
        """
        word = ""
        while start < end:
            past = self._past_mark(start, end) or self._past_name(start, end, keep_bodies)
            if past:
                start = past
                continue
            found = prefix(self.text, start, end, "lead")
            behind = start + len(found)
            if not found or self._keeps_start(start, behind, end):
                break
            word, start = found, behind
        return start, word

    def _keeps_start(self, start: int, behind: int, end: int) -> bool:
        """Tell whether an adverb at a position, up to `behind`, only opens a longer word (共建, not 共|建立)."""
        whole = prefix(self.text, start, end, "whole")
        acts = len(prefix(self.text, behind, end, "act"))
        if acts > 1 and behind - start < len(whole) < behind - start + acts:
            whole = ""
        if pattern(_WINS).match(self.text, start, end):
            return True
        if self.text[start:behind] in words("among_them"):
            return False  # 其中|性传播
        return bool(whole) or self.text[behind : behind + 1] in words("makes_noun")

    def _past_mark(self, start: int, end: int) -> int:
        """Return where a phrase goes on behind the mark or the words that are never measured at its head; 0 if none."""
        char = self.text[start]
        if char in _EDGE or char in words("loose"):
            return start + 1
        if char in _STRAY and not pattern(r"[(][^()]*[)]").match(self.text, start, end):
            return start + 1
        if char == "“" and self.text.find("”", start, end) < 0:
            return start + 1  # “这个月还有26户…”
        return past_unmeasured(self.text, start, end)

    def _past_name(self, start: int, end: int, keep_bodies: bool) -> int:
        """Return where a phrase goes on behind the time, place, acting body or programme at its head; 0 if none."""
        known = self._starts.get(start, 0)
        if known and known <= end and self.text[known : known + 1] != "籍" and not self._begins_way(known):
            is_part = start in self._times and self.text[known : known + 1] in words("part_of_time")
            part_of_time = is_part and not prefix(self.text, known, end, "whole")
            said = "" if start in self._times else prefix(self.text, known, end, "says")
            return known + part_of_time + len(said)
        body = 0 if keep_bodies or known else self._bodies.get(start, 0)
        if start < body < end and self._acts_apart(start, body, end):
            return body
        title = self._titles.get(start, 0)
        acts = start < title < end and prefix(self.text, title, end, "act")
        return title if acts and not pattern(_WORK_NOUN).fullmatch(self.text, title, end) else 0

    def _begins_way(self, at: int) -> bool:
        """Tell whether a way to another place begins with the place that ends there (甲地—乙地输电线路)."""
        return self.text[at : at + 1] == "-" and self.is_place(at + 1)

    def _acts_apart(self, start: int, body: int, end: int) -> bool:
        """Tell whether a time or an adverb parts a body from what it does (市医院|今年接诊, not 市医院接诊)."""
        is_listed = start - 1 in self._body_ends and self.text[start - 1] in words("list_mark")  # 甲部、乙部|紧急下达
        if body in self._times or self.text[body] in _EDGE or is_listed:
            return True
        if prefix(self.text, body, end, "completes") and pattern("{head}$").search(self.text, body, end):
            return False  # 市医院|完成|门诊量
        word = prefix(self.text, body, end, "lead", "has_below", "way_of_deed")
        return bool(word) and not self._keeps_start(body, body + len(word), end)

    def relative(self, start: int, end: int) -> Stretch:
        """Return a relative clause before a quantity (进度较快的5个乡), without times and places at its head.

        None is left of one that only says where those counted come from, or names some of them.
        """
        if prefix(self.text, start, end, "coming_from"):
            return (end, end)
        start = past_examples(self.text, start, end) or start + self.text.startswith("在", start)
        while start < end:
            known = self._starts.get(start, 0)
            word = prefix(self.text, start, end, "lead")
            if known or self.text[start] in _EDGE or self.text[start] in words("loose"):
                start = known or start + 1
            elif word and word not in words("act", "reach") and not prefix(self.text, start, end, "whole"):
                start += len(word)
            else:
                break
        return (start, end)

    # ── behind a quantity ──

    def skip_after(self, start: int, end: int) -> int:
        """Skip what belongs to the number behind the quantity: 以上, 左右, 及以上, 多 of 六成多."""
        if many := pattern(r"(?<=成)多").match(self.text, start, end):
            start = many.end()
        in_brackets = self.text[start : start + 1] == "("
        other_unit = pattern(r"\(\p{Han}{1,3}\)").match(self.text, start, end) if in_brackets else None
        return skip(self.text, other_unit.end() if other_unit else start, end, "after")

    def after(self, start: int, end: int) -> Stretch:
        """Return the noun phrase right behind a quantity; empty where a verb or nothing follows."""
        start = self.skip_after(start, end)
        while start < end and self.text[start] in " 的":
            start += 1
        if start >= end or self.text[start] in _EDGE or self.text[start] in "()]”且":
            return (start, start)
        if pattern(SOME_HOLD).match(self.text, start, end):
            return (start, start)
        if pattern(MOVES_TO).match(self.text, start, min(len(self.text), end + 1)):
            return (start, start)
        start = self._past_relative(start, end)
        stop = self._noun_end(start, end)
        while stop > start:
            loose = self.text[stop - 1] in _EDGE or self.text[stop - 1] in words("after_noun")
            loose = loose and self.text[start:stop] not in words("keep")  # 线上|参与
            loose = loose or (stop in self._times and self.text[stop - 1] in words("before_time"))
            word = "" if loose else suffix(self.text, start, stop, "adverb", "hedge", "particle")
            if not loose and (not word or suffix(self.text, start, stop, "keep")):
                break
            stop -= len(word) or 1
        return (start, stop)

    def _past_relative(self, start: int, end: int) -> int:
        """Return where the noun stands behind what is said of those counted.

        That is where they come from (来自甲、乙的|志愿者), or what they are like (收费低、口碑好的|诊所).
        """
        if like := pattern(_LIKE).match(self.text, start, end):
            return int(like.end())
        if not prefix(self.text, start, end, "coming_from"):
            return start
        comma = self.text.find(",", start, end)
        close = self.text.rfind("的", start, end if comma < 0 else comma)
        while close > 0 and self.inside_name(close):
            close = self.text.rfind("的", start, close)
        return close + 1 if 0 < close < end - 1 else start

    def end_of(self, right: Stretch) -> int:
        """Return where the noun phrase behind a quantity ends, or the number's own words where there is none."""
        start, end = self.after(*right)
        return end if end > start else self.skip_after(*right)

    def _noun_end(self, start: int, end: int) -> int:
        """Return where the noun phrase that opens at a position ends: at a verb, or where a name of its own begins.

        A quoted name with nothing behind it belongs to the phrase (6处|院内“健康角”).
        """
        whole = end
        for at, behind in self._breaks_of_noun(start, end):
            if self._ends_noun(at, behind, start, end):
                end = at
                break
        openings = [at for at in range(start + 2, end) if at in self._units_of_work]
        openings += [a for a, b in self._quotes_in(start + 2, end) if b >= end and b != whole]
        openings += [at for at in range(start, end) if at in self._starts and at in self._times]
        return min([*openings, end])

    def subject(self, start: int, end: int) -> Stretch:
        """Return the noun that a clause opens with, without what it is said to do (面积|创下新低, 指数|持续下跌)."""
        moved = suffix(self.text, start, end, "rise", "fall")
        if len(moved) >= 2 and moved not in words("movement") and not self._splits(start, end - len(moved)):
            end = self._trim_end(start, end - len(moved)).end
        if suffix(self.text, start, end, "head", "person"):
            return (start, end)
        stop = self._noun_end(start, end)
        return (start, stop if stop - start >= 2 else end)

    def _breaks_of_noun(self, start: int, end: int) -> Iterator[Stretch]:
        """Yield the words and marks at which a noun phrase may end, and the words kept whole among them."""
        while start < end:
            word = prefix(self.text, start, end, "whole", "stop", "and")
            mark = None if word else pattern(_BREAK_OF_NOUN).match(self.text, start, end)
            behind = mark.end() if mark else start + len(word)
            if behind > start:
                yield start, behind
            start = max(behind, start + 1)

    def _ends_noun(self, at: int, behind: int, start: int, end: int) -> bool:
        """Tell whether a noun phrase from `start` ends at the word that stands at a position."""
        word = self.text[at:behind]
        if word[0].isdigit() or pattern(_APART).match(self.text, at, end):
            return at > start and not self.inside_name(at)
        if word == "等" and self._names_them(start, behind, end):
            return False
        if self.text[behind : behind + 1] in words("aspect"):
            return not self.inside_name(at)
        if at > start and (word == "、" or word in words("and")) and self._opens_other(behind, end, word):
            return True
        if word not in words("stop") or self.inside_name(at):
            return False
        is_of_noun = self._is_attribute if at == start else self._is_inside_noun
        return not is_of_noun(word, behind, end) and (word != "与" or self._predicate_follows(behind, end))

    def _opens_other(self, at: int, end: int, joint: str) -> bool:
        """Tell whether something else opens there: a measure, a body, the place of the next quantity (和全球|50家)."""
        if joint == "、" and pattern(_NEXT_MEASURE).match(self.text, at, end):
            return True
        if prefix(self.text, at, end, "all_others"):
            return True
        place = self._starts[at] if self.is_place(at) else at + len(prefix(self.text, at, end, "world"))
        return at in self._units_of_work or at < place == end

    def _names_them(self, start: int, at: int, end: int) -> bool:
        """Tell whether 等 closes examples of what a noun behind it names (视力、听力等|残疾儿童)."""
        if "、" not in self.text[start:at] or not pattern(r"\p{Han}{2}").match(self.text, at, end):
            return False
        return not prefix(self.text, at, end, "stop", "adverb", "act", "reach", "rise", "fall", "preposition")

    def _is_attribute(self, word: str, behind: int, end: int) -> bool:
        """Tell whether a verb right behind a count says of what kind its noun is (832个脱贫县), not what it does."""
        if word not in words("attributive") or not pattern(r"\p{Han}{1,}").match(self.text, behind, end):
            return False
        if prefix(self.text, behind, end, "whole"):
            return True
        return not prefix(self.text, behind, end, "stop", "adverb", "after_verb", "rise", "fall", "reach")

    def _is_inside_noun(self, word: str, behind: int, end: int) -> bool:
        """Tell whether a verb within a noun says what its last word is for (危重孕产妇救治|中心)."""
        # 药品集中|配送|中心
        behind += len(prefix(self.text, behind, end, "purpose"))
        return word in words("purpose") and bool(prefix(self.text, behind, end, "purpose_head"))

    def _predicate_follows(self, start: int, end: int) -> bool:
        """Tell 与 of a companion (与省外医院签约) from 与 of a list (医师与护士): a verb comes later."""
        verbs = words("stop", "with_companion")
        found = find_words(self.text, start, end, "whole", "stop", "with_companion")
        return any(self.text[a:b] in verbs for a, b in found)

    def predicate(self, start: int, end: int) -> Stretch:
        """Return the words behind a quantity that say what is done, without times, adverbs and end marks."""
        start = self.skip_after(start, end)
        while start < end and self.text[start] == " ":
            start += 1
        behind_time = self._past_time(start, end)
        acts = behind_time > start and prefix(self.text, behind_time, end, "act")
        start = behind_time
        if not acts and self._says_nothing_done(start, end):
            return (start, start)
        if done := pattern(_JOINTLY_DONE).match(self.text, start, end):
            return (done.start(), done.end())
        start = skip(self.text, start, end, "adverb")
        stop = start
        while stop < end and self.text[stop] not in ",《":
            if self.text[stop] == "、" and suffix(self.text, start, stop, "befall"):
                break  # 5人死亡、多人受伤
            stop += 1
        while stop > start and (self.text[stop - 1] in _EDGE or self.text[stop - 1] in words("after_verb")):
            stop -= 1
        return (start, stop)

    def _past_time(self, start: int, end: int) -> int:
        """Return where the words behind a time begin (六部门|近日|出台, 六部门|今天(10月12日)|出台)."""
        behind = self._starts[start] if start in self._times else start + len(prefix(self.text, start, end, "recently"))
        if behind > start and self.text[behind : behind + 1] == "(" and behind + 1 in self._times:
            behind = self._starts[behind + 1]
            behind += self.text[behind : behind + 1] == ")"
        return behind if behind < end else start

    def _says_nothing_done(self, start: int, end: int) -> bool:
        """Tell whether what follows is a mark, a verb of change, or no verb at all."""
        moves = len(prefix(self.text, start, end, "rise", "fall"))
        if self.text[start : min(end, start + 1)] in _EDGE or (moves and not self._acts_at(start + moves, end)):
            return True
        return prefix(self.text, start, end, "reach", "stop") not in words("stop")

    def _acts_at(self, start: int, end: int) -> bool:
        """Tell whether a verb of doing stands behind one of change, which then only says how (加快|建设)."""
        return self.text[start - 2 : start] in words("under_way") and bool(prefix(self.text, start, end, "act"))

    # ── inside a phrase ──

    def split(self, stretch: Stretch) -> list[Stretch]:
        """Return the pieces of a phrase: without the times and places in it and the quotation marks around it.

        A per-person reading is a piece apart from what it is of.
        """
        start, end = stretch
        if end - start >= 3 and (start, end) in self._quotes:
            return [(start + 1, end - 1)]
        per = pattern(_PER_PERSON).search(self.text, start, end)
        if per and per.start() > start:
            return [*self.split((start, self._trim_end(start, per.end("noun")).end)), per.span("per")]
        if paid := pattern(_PAID_PER).match(self.text, start, end):
            return [*self.split(paid.span("whom")), paid.span("per")]
        inner = pattern(_INNER).search(self.text, start + 2, end)
        within = inner is not None and inner.end() < end and not self.inside_name(inner.start())
        if inner and within and not (self._splits(start, inner.start()) or self._splits(start, inner.end())):
            behind = self._past_name(inner.end(), end, keep_bodies=True) or inner.end()
            ahead = self._trim_end(start, inner.start()).end
            return [*self.split((start, ahead)), *self.split((behind, end))]
        return [piece for piece in self._without_names(start, end) if self._says_what(piece)]

    def _says_what(self, piece: Stretch) -> bool:
        """Tell whether a piece of a phrase names something: it holds a word, and is not one that only points."""
        return piece[1] > piece[0] and self.says(piece) and self.text[slice(*piece)] not in words("pointer")

    def _without_names(self, start: int, end: int) -> list[Stretch]:
        """Return what stands between the times and places in a phrase."""
        pieces, left = [], start
        for i in range(bisect_right(self._cuts, (start, end)), len(self._cuts)):
            a, b = self._cuts[i]
            if a >= end:
                break
            if a >= left and b <= end and not self.inside_name(a) and not self.inside_name(b):
                bracketed = self.text[a - 1 : a] == "(" and self.text[b : b + 1] == ")"
                pieces.append((left, self._trim_end(left, a - bracketed).end))
                left = self._trim_start(b + bracketed, end)[0]
        return [*pieces, (left, end)]
