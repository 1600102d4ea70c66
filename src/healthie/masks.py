"""Where in a text no number is a quantity: dates and times, codes, phone and document numbers, footnotes, quoted names.

Start at `masked`: it returns the spans, in order. Each pattern of `_PATTERNS` is one construction of the language.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from healthie.gazetteer import read_rows

__all__ = ["masked", "merge"]

_CN = "零一二三四五六七八九十"
_YEAR = rf"(?:(?:19|20)\d{{2}}|(?<!\d)\d{{2}}(?=年[度底末初来])|[一二][{_CN[:-1]}]{{3}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_HOUR = r"(?:[01]?\d|2[0-4])"
_AND = r"(?:[ ]{0,2}(?:-{1,2}|~|至|到|、|和|及|与|,)[ ]{0,2})"
_S = r"[ ]{0,2}"
# Characters that make no set name with a second Chinese numeral behind them (五所三级医院, 九成五, not 六链五群).
_COUNTERS = "个家名位人户项条种类批所座台张件例起次套支部篇间处份辆场组本成折分倍年月日岁天"

_PATTERNS = {
    # 2023年, 2019、2020年, 2024—2026年, 二〇二三年第三季度, 2023-2025
    "year": rf"(?<!\d){_YEAR}(?:{_S}年?{_AND}{_YEAR}){{0,6}}{_S}年(?!均)(?:{_S}第?[一二三四1-4]季度)?"
    r"|(?<!\d)(?:19|20)\d{2}-(?:19|20)?\d{2}(?!\d)",
    # 6月25日, 1—7月份, 3月5日至8日
    "month": rf"(?m)(?<![\d个])(?<!(?<!^[ \t]{{0,4}}\d{{1,2}})[.]){_MONTH}"
    rf"(?:{_S}月?份?{_AND}{_MONTH}){{0,4}}{_S}月(?![球饼嫂子])"
    rf"(?:{_S}{_DAY}(?:{_S}日?{_AND}{_DAY}){{0,4}}{_S}日)?",
    # 12日上午, (8日)
    "day": rf"(?<=[月,、至到(\s]|\d日){_DAY}(?:{_AND}{_DAY}){{0,4}}日(?=[上下晚凌早,,。在召至到)起\s])",
    # 2020-06-12 10:18:37
    "date": r"(?<!\d)(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?!\d)(?:[ T]{0,4}\d{1,2}:\d{2}(?::\d{2})?)?",
    # 9:30, 8时30分
    "clock": rf"(?<!比.{{0,3}})(?<![\d:∶.]){_HOUR}:[0-5]\d(?::[0-5]\d)?(?![\d:])(?:-{{1,2}}{_HOUR}:[0-5]\d)?"
    rf"|(?<![\d.]){_HOUR}时(?:[0-5]?\d分?)?(?![期段间])",
    # 前三季度, 前11个月, 第二季度
    "months": rf"(?=[前第一二三四1-4])(?:前{_S}(?:[{_CN}两]{{1,2}}|\d{{1,2}})个?{_S}(?:季度|月)"
    rf"|(?:第?[一二三四]|(?<!\d)[1-4]){_S}季度)",
    # 〔2023〕15号, 第12号
    "document": r"[〔\[(](?:19|20)\d{2}[〕\])]第?\d{1,5}号|No\.?[ ]?\d{1,8}"
    rf"|(?<!\d)第?[\d{_CN}百]{{1,6}}号(?![召码线])",
    "footnote": r"\[\d{1,3}(?:[-,、]\d{1,3}){0,8}\]|\[\d{1,3}\.\d{1,4}\]",
    "phone": r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}-{1,2}\d{7,8}(?:-\d{1,6})?|[48]00-?\d{3,4}-?\d{3,4})(?![\d.万元人])",
    # B12, H7N9, PM2.5, KJ07/2021-0042, COVID-19
    "code": r"(?<![A-Za-z]){uncounted}[A-Za-z]{1,12}_?\d{1,12}(?:\.\d{1,3})?(?:[/_-]\d{1,12}){0,6}"
    r"|[A-Za-z]{1,12}-\d{1,6}(?!\d)",
    # 4+7, 2+1+1, 1+X, 7×24, 8·15
    "formula": rf"(?<![\d.])(?:\d{{1,4}}|[A-Za-z]|[{_CN}]{{1,2}})"
    rf"(?:[+*×xX](?:\d{{1,4}}|[A-Za-z]{{1,2}}|[{_CN}]{{1,2}})(?!\d)){{1,8}}|\d{{1,2}}·\d{{1,2}}",
    "heading": r"(?m)^[ \t]*(?:第[一二三四五六七八九十百\d]{1,5}[章节条部编篇]"
    rf"|[(]?(?:\d{{1,3}}|[{_CN}]{{1,4}})[)、]|\d{{1,2}}[.][ \t]?(?!\d(?!\d?月))"
    r"|\d{1,2}[.](?=0-{1,2}\d{1,2}(?:周?岁|个月))"
    r"|\d{1,2}(?:[.]\d{1,2}){1,3}[ \t]{1,4}(?=\p{Han}))",
    # the heads of points: a numeral in brackets, 二是, 三要
    "numbering": rf"[(](?:\d{{1,2}}|[{_CN}]{{1,3}})[)]|(?<=[。;:,\n ])[{_CN}]{{1,3}}[是要、则]",
    "page": r"(?m)^[ \t]*-{1,2}[ \t]{0,2}\d{1,4}[ \t]{0,2}-{1,2}[ \t]*$|[第共][ ]?\d{1,4}[ ]?页"
    r"|(?<![代发填外仪手报])[图表][ ]?\d{1,3}(?:[-.]\d{1,3})?(?!\d)",
    # counters of web pages: 阅读量:120, 预计阅读时长5分钟, 共计1470个字
    "web": r"(?:阅读|浏览|点击|播放|访问)(?:量|数|次数)?[ ]?:[ ]?\d{1,8}[ ]?次?"
    r"|预计阅读(?:时长|时间)?[ ]?:?[ ]?\d{1,3}[ ]?分钟|(?:共计?|总计|全文)[ ]?\d{1,6}[ ]?个?字(?=[,。 ])",
    # 十四届二次会议, 八届六次、七次全会
    "congress": rf"第?[{_CN}百]{{1,4}}届(?:[{_CN}]{{1,3}}(?:次|中))?|第[ ]?\d{{1,4}}届"
    rf"|[{_CN}]{{1,3}}次(?:[、和及][{_CN}]{{1,3}}次){{0,3}}(?:全会|全体会|代表大会|党代会|代表会)"
    rf"|(?<=人大|政协|常委会|届|大会|[市省县区州]委)[{_CN}]{{1,3}}次(?=会议|全会)",
    # 歼-20, 长征-5: what aircraft, rockets and ships are called
    "model": r"(?<={model})-\d{1,3}(?!\d)",
    # women's 100 m, the second home: names of events and of kinds
    "event": r"(?<=[男女]子|混合|[男女]双)\d{1,5}(?:米|公里|公斤)级?(?=[\p{Han}(]|$)",
    "second": r"二套(?=(?:{home})*住?房)",
    # 下午4点: an hour, where 指数为88点 counts
    "hour": r"(?<=[午晨晚天早夜]|[早晚]上)[ ]?[012]?\d点(?:[0-5]?\d分|半|钟)?",
    # 3分08秒25: the result of a race; 七国集团: what groups of countries are called
    "race": r"(?:\d{1,2}分)?\d{1,2}秒\d{2,3}(?!\d)|(?<=\d个?小时)[0-5]?\d分(?!钟)",
    "bloc": rf"(?<![{_CN}\d])[\d{_CN}]{{1,3}}国集团",
    # 居前三位的病种依次为: how many a list names, not a rank that something reached
    "listed": rf"前(?:[{_CN}]{{1,2}}|\d{{1,2}})[位名]的?[\p{{Han}}()、]{{0,10}}?(?:依次|分别)?"
    r"(?:(?<=依次|分别)(?=[为是有])|(?=[为是有]?:|[为是有][^,。;:\d]{1,14}[、(]))",
    "title": r"《[^《》\n]{1,80}》",
    # “四个意识”, “532”工作法, “20分钟健身圈”
    "quote": r"[“‘「『][^“”‘’「」『』\n]{1,8}[”’」』]"
    r"|(?<=[“‘「『])[\d零一二两三四五六七八九十百千万][^“”‘’「」『』\n]{1,13}(?=[”’」』])",
    # 三省五市, 五链四群, 一老一小
    "set": rf"(?<![{_CN}\d])[{_CN}两][大小]?[\p{{Han}}--[{_CN}两百千万亿{_COUNTERS}]]"
    rf"(?:[ ]?[{_CN}两][大小]?[\p{{Han}}--[{_CN}两百千万亿]]){{1,4}}(?=[^\d])",
}
# Straight quotation marks pair up from the start of a line.
_STRAIGHT = regex.compile(r'"([^"\n]{1,200})"')
_NUMBERED = regex.compile(rf"[\d{_CN}两百千万]")
_LONGEST_NAME, _LONGEST_NUMBERED_NAME = 8, 14


@lru_cache(maxsize=1)
def _compiled() -> tuple[regex.Pattern[str], ...]:
    rows = {kind: "|".join(words.split()) for kind, words in read_rows("not_quantities")}
    labelled = rf"(?:{rows['label']})(?:号码?|[为是:( ]){{0,3}}[\d()-]{{3,30}}(?![\d.万余多次人个条名件起通])"
    uncounted = rf"(?![A-Z]{{2,8}}\d{{1,4}}(?:{rows['named']}))"
    given = {"{uncounted}": uncounted, "{model}": rows["model"], "{home}": rows["home"]}
    return tuple(regex.compile(_filled(shape, given), regex.V1) for shape in (*_PATTERNS.values(), labelled))


def _filled(shape: str, given: dict[str, str]) -> str:
    """Return a pattern with the words of the table in the places that name their class."""
    for name, words in given.items():
        shape = shape.replace(name, words)
    return shape


def _straight_quotes(shape: str) -> list[tuple[int, int]]:
    """Return the spans of short names between straight quotation marks."""
    spans = []
    for found in _STRAIGHT.finditer(shape):
        numbered = _NUMBERED.match(found[1])
        if len(found[1]) <= (_LONGEST_NUMBERED_NAME if numbered else _LONGEST_NAME):
            spans.append(found.span())
    return spans


def masked(shape: str) -> list[tuple[int, int]]:
    """Return the spans in which no number is a quantity, merged and in order.

    Parameters
    ----------
    shape : str
        A text as `healthie.numerals.plain_shape` returns it.

    Returns
    -------
    list of (int, int)
        Start and end offsets; no two overlap.

    Examples
    --------
    >>> text = "2023年5月,按4+1模式"
    >>> [text[start:end] for start, end in masked(text)]
    ['2023年', '5月', '4+1']
    """
    spans = [found.span() for pattern in _compiled() for found in pattern.finditer(shape)]
    return merge(spans + _straight_quotes(shape))


def merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap made one.

    Parameters
    ----------
    spans : list of (int, int)
        Start and end offsets, in any order.

    Returns
    -------
    list of (int, int)
        No two overlap.

    Examples
    --------
    >>> merge([(4, 6), (0, 2), (5, 8)])
    [(0, 2), (4, 8)]
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
