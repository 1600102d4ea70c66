"""Towns and villages by the form of their names."""

import pytest

from healthie.regions import find_regions
from healthie.settlements import find_settlements


def names(text):
    return [entity.text for entity in find_settlements(text, text, [])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("在石桥镇，医生随访12人", ["石桥镇"]),
        ("位于新建村，距县城8公里", ["新建村"]),
        ("走进双柳树村，看到村卫生室已完工", ["双柳树村"]),
        ("石桥镇花溪村村民王某已签约", ["石桥镇", "花溪村"]),
        ("“白鹭洲街道”试点", ["白鹭洲街道"]),
        ("位于太和镇的分院", ["太和镇"]),
        ("慰问柳林铺村民。柳林铺村签约全覆盖", ["柳林铺村", "柳林铺村"]),
        ("巴彦塔拉苏木、查干淖尔嘎查", ["巴彦塔拉苏木", "查干淖尔嘎查"]),
    ],
)
def test_found(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "乡镇卫生院12家、村卫生室300家",
        "实现城乡全覆盖，农村居民受益",
        "改造薄弱村卫生室，消除空白村",
        "各乡镇、每个行政村均配备",
        "贫困村、示范村、脱贫村、中心村",
        "返乡人员、家乡面貌、下乡义诊",
        "建制镇、特色小镇、重点镇",
        "覆盖28个镇、310个村",
        "1.2万村医参训，镇痛药物供应充足",
        "组织城镇职工参保，社区卫生服务中心",
        "分院和村卫生室，医共体各乡镇",
        "建成后村民满意",
        "计划新建村卫生室7所，要新建村卫生室19所，改扩建村卫生室8所",
        "以街镇为单位",
        "镇",
        "村",
    ],
)
def test_not_found(text):
    assert names(text) == []


def test_a_name_begins_where_a_region_ends():
    text = "重庆市彭水苗族土家族自治县冷水镇河源村"
    assert [(e.text, e.id) for e in find_regions(text)] == [
        ("重庆市", "500000"),
        ("彭水苗族土家族自治县", "500243"),
        ("冷水镇", "冷水镇"),
        ("河源村", "河源村"),
    ]
