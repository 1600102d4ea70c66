"""Digests of news: where an article begins, and that nothing of one is taken for another's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import healthie
from healthie.articles import find_articles

DIGEST = """# 晚间新闻 2023年5月6日

1.甲地义诊进乡村；
2.各地开展爱耳日活动；

### 义诊进乡村

<p>本报讯：在陕西渭南，义诊队走进乡镇。</p><p>今年以来，义诊队看诊3200人次。</p>

### 简讯

<p>本报讯：</p><p><strong>云南昆明新建急救站</strong></p><p>5月4日，昆明市新建急救站6个。</p><p><strong>加拿大流感病例增加</strong></p>
<p>加拿大卫生部门说，一周报告病例58例。</p>
"""
PAGE = "甲县卫生健康局工作总结\n全县建成卫生室8个。\n一、基层\n签约9万人。"


def titles(text: str) -> list[str]:
    """Return the first line of each article."""
    found = (text[article.start : article.end].strip().splitlines() for article in find_articles(text))
    return [lines[0] for lines in found]


def test_agency_lines_and_titles_in_bold_open_articles() -> None:
    assert [title.split("</strong>")[0] for title in titles(DIGEST)] == [
        "# 晚间新闻 2023年5月6日",
        "### 义诊进乡村",
        "### 简讯",
        "<strong>云南昆明新建急救站",
        "<strong>加拿大流感病例增加",
    ]


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        "",
        # one article is no digest
        "甲县办义诊\n本报讯 义诊8场。\n各乡镇参加。",
        # a source named within a sentence opens nothing
        "据新华社报道，甲县办义诊。\n据新华社报道，乙县办义诊。",
    ],
)
def test_one_report_is_no_digest(text: str) -> None:
    assert find_articles(text) == []
    assert healthie.extract(text).document.articles == ()


def test_each_article_has_its_own_place_and_time() -> None:
    report = healthie.extract(DIGEST, published="2023-05-06")
    facts = [
        (fact.quantity.text, fact.region.name if fact.region else "", str(fact.period.start) if fact.period else "")
        for fact in report.facts
    ]
    assert facts == [
        ("3200人次", "渭南市", "2023-01-01"),
        ("6个", "昆明市", "2023-05-04"),
        ("58例", "加拿大", "2023-01-01"),
    ]
    assert report.document.region is not None
    assert report.document.region.name == "全国"


def test_facts_qualify_facts_of_their_own_article() -> None:
    first = "甲县办义诊\n本报讯 甲县看诊3200人次，增长5%。"
    second = "乙县办义诊\n本报讯 乙县看诊2100人次，增长4%。"
    report = healthie.extract(f"{first}\n{second}", published="2023")
    assert [fact.of for fact in report.facts] == [None, 0, None, 2]


def test_the_pipeline_reads_digests_alike() -> None:
    nlp = healthie.load(published="2023-05-06")
    assert nlp(DIGEST)._.healthie == healthie.extract(DIGEST, published="2023-05-06")


PIECES = (
    "本报讯",
    "新华社北京5月6日电",
    "甲县",
    "义诊8场。",
    "\n",
    "### ",
    "<p>",
    "</p>",
    "<strong>",
    "</strong>",
    "**",
    "，增长5%",
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_offsets_are_true_and_the_articles_are_the_whole_text(text: str) -> None:
    articles = find_articles(text)
    assert "".join(text[article.start : article.end] for article in articles) in ("", text)
    report = healthie.extract(text, published="2023-05-06")
    for fact in report.facts:
        spans = [fact.quantity, fact.sentence, *fact.indicator.spans, *filter(None, [fact.reference])]
        assert all(text[span.start : span.end] == span.text for span in spans)
        if fact.region is not None and fact.region.text:
            assert text[fact.region.start : fact.region.end] == fact.region.text
