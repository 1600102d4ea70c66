"""Whether a quantity is reached or planned.

Start at `Intentions.status`: verbs of intention in the sentence come before the section that it stands in.
"""

from __future__ import annotations

from collections import deque

import regex

from healthie.cues import EARLIER_VALUE, MET_ALREADY
from healthie.document_record import Document
from healthie.drafts import Draft
from healthie.gaps import is_goal, is_yardstick
from healthie.lexicon import pattern, prefix, suffix
from healthie.records import Fact, Period, Status
from healthie.sections import Sections
from healthie.stretches import Stretch
from healthie.timecontext import known_days

__all__ = ["Intentions"]

# An intention governs what follows it in the sentence so far; an earlier value is named right before its number.
_FARTHEST_INTENT = 400
_FARTHEST_START = 40
# the words for a goal whose value stands in a bracket
_LONGEST_GOAL = 8

# the words of intention, each with what has to stand around it
_INTENTS = (
    "{intend}",
    "(?<!{no_should})[应须](?={should_to})",
    # 争取建成3家, 争取签约率达到80%; 争取资金2亿元 is done
    r"(?P<strive>争取)(?![到了])",
    "{goals}:",
    "(?P<need>必须)",
    "努力实现(?=[^,。;]*$)",
    "要求(?=[^,。;]{2,24}?{bound})",
    "(?<=[,;。])计划(?!{plan_reported}|{no_plan})",
    r"(?:(?<!{plan_name})|(?<={year_of_plan}|\d年))(?<!按照?)(?<!{counter})(?P<plan>计划)(?!{plan_reported}|[、等”》])",
    "拟(?=先?[于在])",
    "(?P<draft>拟)",
    r"建议[^。;,\d]{0,8}:",
    r"(?:(?<!\p{Han})|(?<=[是并特]))建议(?=[^。;\d]{2,40}?{bound})",
    "要求(?:达到|完成)",
    "目标[为是:]",
    "预计(?=,|.{0,8}{expected})",
    r"预计(?={reach+hedge}*+$|{yearly_time}|\d{4}年)",
    "规划(?={planned_to}(?!总?规模))",
    # 建成后可服务2万人, 建成后,床位达到800张
    "{built}后(?=[^。;]{0,20}?{then_can})",
    "建成后(?![^。;]{0,40}?{after_built})",
    r"(?<!{must_noun})(?<!每\p{Han}{1,2})(?P<must>要)",
    "(?P<will>将)(?!近)",
)
_INTENDS = "|".join(_INTENTS)
# The verbs that some of these want behind them.
_WANTED = {
    "need": ("act",),
    "plan": ("plan_to", "act", "lead"),
    "draft": ("act",),
    "must": ("must_to", "act", "lead", "reach"),
    "will": ("will_to", "act", "reach", "rise", "fall"),
}
# money or a thing that is striven for, and got
_WON = r"\p{Han}*(?:{money_noun}|{won_noun})"
_RATE_TO_REACH = r"\p{Han}{2,16}{rate_noun}"
_YEAR = r"\d{4}年度?"
_TO_COME = r"\p{Han}{0,6}?{to_come}"
_ASSIGNED = r"{assigned}[数值]?[为是:]?$"
# 年度计划投资|5亿元, 年度任务|(450家)
_PLANNED = (
    r"计划总?投资额?[为是:]?$|(?:年度|全年)(?:计划|目标)(?:任务|投资|总投资)数?[额值]?[为是:]?$"
    r"|(?<!完成)(?<!完成了)(?:年度|全年|目标)任务数?[为是:]?$|(?<!完成)(?<!完成了)任务数[为是:]?$"
    r"|(?:(?:年度|全年|目标)任务数?|规划目标值?|目标值)\([^()]{0,20}$"
)
# what a value that something is compared with is asked for by (比省里要求的|90%|高5个百分点)
_REQUIRED = r"{required}的$"
_WILL = r"{will_do}(?!近)"
# what is reached before its time (提前达到2025年目标的|31项)
_REACHED_EARLY = MET_ALREADY + r"[^,。;]{0,12}{goal}的?{hedge}*+$"
# 目前 over the edge of a word (项目|前期工作)
_NOT_NOW = r"(?!目前期(?!末))"
_REACHED = r"已(?!有)|实际(?!{not_in_fact})|" + _NOT_NOW + "{so_far}"
# 将加强防治,划定了|21个重点区
_DONE = r"{act}了{hedge}*+$"
_ALREADY = r"\p{Han}{0,8}?已经"
# 240个已建成卫生室 says which rooms, not what is done; 这5个已建成 does
_WHICH = r"(?<={counter})(?=已[建完]成?\p{Han}{2})"
_ACHIEVED = (
    rf"(?!{_WHICH}){_NOT_NOW}(?:{{achieved}})|" + r"(?<!{compares}){last_year}|" + _NOT_NOW + "{recently}|现在的?$"
)


class Intentions:
    """The intentions of one text.

    Parameters
    ----------
    text : str
        Folded text.
    document : Document
        What the report says of itself.
    sections : Sections
        Its sections.
    """

    def __init__(self, text: str, document: Document, sections: Sections) -> None:
        self._text = text
        self._document = document
        self._sections = sections
        self._last_goal = -1  # the draft that only named a goal: what follows is not planned for that

    def status(self, sentence: Stretch, draft: Draft, period: Period | None, before: Fact | None) -> Status:
        """Return whether a quantity is reached or planned."""
        start, at = draft.clause.start, draft.span[0]
        near = (max(start, at - _FARTHEST_START), at)
        if pattern(EARLIER_VALUE).search(self._text, *near) or pattern(_REACHED_EARLY).search(self._text, *near):
            return "actual"
        own = self._is_own(period, at)
        is_due = period is not None and period.kind == "deadline" and not self._is_past(period)
        to_come = own and period is not None and (is_due or self._is_to_come(period))
        to_come = to_come or (own and period is not None and self._is_next_year(period, sentence, at))
        is_goal_itself = self._is_goal(draft)
        if is_goal_itself:
            self._last_goal = draft.index
        if to_come or is_goal_itself:
            return "target"
        since = max(sentence[0], at - _FARTHEST_INTENT)
        intended = self._intended_since(sentence[0], since, at, None if self._last_goal == draft.index - 1 else before)
        # 将于17日开幕,…,假期前三天接待…: a time behind an intention is not of it
        dated = intended is not None and own and self._sections.period_in(intended, at) is not None
        dated = dated and not self._text.endswith("预计", 0, intended)  # 预计全年接待…
        if intended is not None and not (dated and self._is_past(period)):
            reached = (
                pattern(_REACHED).search(self._text, intended, at)
                or pattern(_DONE).search(self._text, *draft.left)
                or pattern(_ALREADY).match(self._text, draft.span[1], draft.clause.end)
            )
            return "actual" if reached else "target"
        if self._is_to_be_done(draft) or self._is_assigned(draft, since) or self._is_forecast(period, since, at):
            return "target"
        if self._sections.at(at).since is None or (own and self._is_past(period)):
            return "actual"
        scarce = suffix(self._text, since, at, "only")
        return "actual" if scarce or pattern(_ACHIEVED).search(self._text, since, at) else "target"

    def _is_goal(self, draft: Draft) -> bool:
        """Tell whether a quantity is called a goal or a task (30%的目标, 年度计划投资5亿元)."""
        in_bracket = self._text[max(0, draft.clause.start - 1)] == "("
        start = max(draft.clause.start - in_bracket * _LONGEST_GOAL, draft.span[0] - _FARTHEST_START, 0)
        planned = draft.cue.role == "level" and pattern(_PLANNED).search(self._text, start, draft.span[0])
        required = is_yardstick(self._text, draft.left, draft.right) and pattern(_REQUIRED).search(
            self._text, *draft.left
        )
        return is_goal(self._text, draft.right) or bool(planned or required)

    def _is_to_be_done(self, draft: Draft) -> bool:
        """Tell whether what those counted are to do stands behind their number (6名医师|将赴云县)."""
        if draft.cue.role != "level" or not draft.pieces or draft.pieces[-1][0] < draft.span[1]:
            return False
        until = draft.clause.end
        intents = (pattern(_WILL).match(self._text, at, until) for at in draft.pieces[-1])
        return any(i is not None and prefix(self._text, i.end(), until, *_WANTED["will"], "adverb") for i in intents)

    def _is_own(self, period: Period | None, at: int) -> bool:
        """Tell whether a time is named for the quantity, rather than the report's or the section's."""
        return period is not None and period is not self._document.period and period is not self._sections.at(at).period

    def _intended_since(self, sentence: int, since: int, at: int, before: Fact | None) -> int | None:
        """Return from where on an intention governs: behind its verb, or all along where a list of plans goes on."""
        intents = (match for match in pattern(_INTENDS).finditer(self._text, since, at) if self._is_followed(match, at))
        if intent := deque(intents, maxlen=1):
            return min(int(intent[0].end()), at)
        goes_on = before is not None and before.status == "target" and self._text[max(0, sentence - 1)] == ";"
        # 三年内将退休6人;执法车辆仅3台: no plan says how little there is
        return since if goes_on and not suffix(self._text, since, at, "only") else None

    def _is_followed(self, intent: regex.Match[str], at: int) -> bool:
        """Tell whether the verb that a word of intention wants stands behind it (要建成, not 重要)."""
        if intent.lastgroup == "strive":
            return self._strives(intent.end(), at)
        wanted = _WANTED.get(intent.lastgroup or "")
        return wanted is None or bool(prefix(self._text, intent.end(), at, *wanted))

    def _strives(self, start: int, at: int) -> bool:
        """Tell whether 争取 is an aim (争取建成3家, 争取签约率达到80%), and not what was got (争取资金2亿元)."""
        if prefix(self._text, start, at, "strive_for"):
            return True
        verb = prefix(self._text, start, at, "act")
        if verb and not pattern(_WON).match(self._text, start + len(verb), at):
            return True
        rates = pattern(_RATE_TO_REACH).finditer(self._text, start, at)
        return any(rate.start() == start and prefix(self._text, rate.end(), at, "reach") for rate in rates)

    def _is_assigned(self, draft: Draft, since: int) -> bool:
        """Tell whether a quantity is of a time to come, or a task handed down."""
        start, at = draft.clause.start, draft.span[0]
        if pattern(_TO_COME).match(self._text, draft.span[1], draft.clause.end):
            return True
        assigned = draft.cue.role == "level" and pattern(_ASSIGNED).search(
            self._text, max(start, at - _FARTHEST_START), at
        )
        return bool(assigned and pattern("{handed}").search(self._text, since, at))

    def _is_to_come(self, period: Period) -> bool:
        """Tell whether a time begins after the text comes out; several years to come, in the year that it does."""
        known = known_days(self._document.published)
        if known is None or period.start is None:
            return False
        is_ahead = period.kind == "multiyear" and period.end is not None and period.end > known[1]
        return period.start > known[1] or (is_ahead and period.start.year >= known[1].year)

    def _is_next_year(self, period: Period, sentence: Stretch, at: int) -> bool:
        """Tell whether a sentence names a year behind the one reported on that is not over: it has only plans."""
        own, known = self._document.period, known_days(self._document.published)
        if own is None or own.end is None or known is None or period.start is None or period.end is None:
            return False
        is_named = self._sections.period_in(sentence[0], at) is period and pattern(_YEAR).fullmatch(period.text)
        return bool(is_named) and period.start > own.end and period.end > known[1]

    def _is_forecast(self, period: Period | None, since: int, at: int) -> bool:
        """Tell whether a quantity is expected for a time that is not over when the text comes out (今天预计发送…)."""
        known = known_days(self._document.published)
        if period is None or period.end is None or known is None or period.end < known[0]:
            return False
        return pattern("预计").search(self._text, since, at) is not None

    def _is_past(self, period: Period | None) -> bool:
        """Tell whether a time has ended before the report was published, or before the time it reports on began."""
        if period is None or period.end is None:
            return False
        own = self._document.period
        last = self._document.published or str((own and own.end) or "")
        before = own is not None and own.start is not None and period.end < own.start
        return before or (bool(last) and str(period.end) < last)
