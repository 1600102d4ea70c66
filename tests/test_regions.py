"""Regions in a text. In the tables, <r CODE>…</r> marks what is to be found, with the code or the name as id."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from healthie.records import Region
from healthie.regions import RegionFinder, current, find_regions, parents, resolve_region

_MARK = regex.compile(r"<r ([^>]+)>([^<]*)</r>")


def read(marked):
    """Return the text without its marks, and (start, end, id) of each."""
    found, text, at = [], "", 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        found.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], found


def check(marked, home="", published=""):
    text, want = read(marked)
    place = resolve_region(home, published=published) if home else None
    entities = find_regions(text, home=place, published=published)
    assert [(e.start, e.end, e.id) for e in entities] == want
    assert all(text[e.start : e.end] == e.text and e.label == "REGION" and e.name for e in entities)


@pytest.mark.parametrize(
    "marked",
    [
        "<r 330000>浙江省</r><r 330500>湖州市</r><r 330522>长兴县</r>的医共体",
        "<r 440000>广东</r>、<r 450000>广西</r>、<r 460000>海南</r>三省区",
        "<r 150000>内蒙古</r>与<r 640000>宁夏</r>互认检查结果",
        "<r 110000>北京市</r><r 110105>朝阳区</r>和<r 310000>上海市</r><r 310115>浦东新区</r>",
        "<r 500000>重庆</r><r 500240>石柱</r>、<r 420000>湖北</r><r 422802>利川</r>",
        "<r 433100>湘西州</r><r 433122>泸溪县</r>",
        "<r 522600>黔东南州</r>、<r 652700>博州</r>、<r 653131>塔县</r>",
        "<r 620300>金昌</r>、<r 620400>白银</r>两市入选",
        "<r 810000>香港</r>、<r 820000>澳门</r>和<r 710000>台湾省</r>",
        "<r 460000>海南岛</r>东部",
        "<r 长三角>长三角</r>、<r 京津冀>京津冀</r>与<r 成渝>成渝</r>",
        "<r 长江中游城市群>长江中游城市群</r>除外，<r 京津冀城市群>京津冀城市群</r>先行",
        "<r 100000>我国</r>卫生总费用，<r 100000>全国</r>平均",
        "<r 360000>江西省</r><r 360700>赣州市</r><r 360731>于都县</r><r 梓山镇>梓山镇</r><r 潭头村>潭头村</r>",
        "<r 110105>朝阳</r>、<r 110108>海淀</r>、<r 110106>丰台</r>三区",
        "<r 220200>吉林</r>、<r 220300>四平</r>、<r 220400>辽源</r>三市",
        "<r 350102>鼓楼区</r>、<r 350103>台江区</r>、<r 350104>仓山区</r>",
        "<r 鼓楼区>鼓楼区</r>签约率提高",
        "<r 210000>辽宁</r>振兴发展，<r 360100>南昌</r>新建医院8所",
        "<r 210000>辽宁</r><r 210603>振兴</r>的卫生院",
    ],
)
def test_names(marked):
    check(marked)


@pytest.mark.parametrize(
    ("marked", "home", "published"),
    [
        ("<r 360731>全县</r>12所，高于<r 360700>全市</r>、<r 360000>全省</r>", "于都县", ""),
        ("<r 360700>我市</r>与<r 360000>我省</r>", "赣州市", ""),
        ("<r 330110>我区</r>、<r 330100>全市</r>", "余杭区", ""),
        ("<r 320583>全市</r>与<r 320000>本省</r>", "昆山市", ""),
        ("<r 450103>全区</r>签约率提高", "青秀区", ""),
        ("<r 450000>全区</r>签约率提高", "隆安县", ""),
        ("<r 640000>全区</r>签约率提高", "中卫市", ""),
        ("<r 640000>自治区</r>要求达到90%", "中卫市", ""),
        ("<r 522600>全州</r>16个县市", "凯里市", ""),
        ("<r 152500>全盟</r>和<r 152526>我旗</r>", "西乌珠穆沁旗", ""),
        ("<r 110000>全市</r>与<r 110108>本区</r>", "北京市海淀区", ""),
        ("<r 110000>首都</r>医疗", "北京市", ""),
        ("为<r 360731>县内</r>患者", "于都县", ""),
        ("<r 360731>于都县</r>与<r 360732>兴国县</r>，<r 360732>兴国</r>与<r 360731>于都</r>", "赣州市", ""),
        ("<r 360731>于都</r><r 360731>全县</r>", "赣州市", ""),
        ("在<r 360731>于都县</r>，<r 360731>全县</r>已有12万人签约", "江西省", ""),
        ("<r 320106>鼓楼区</r>、<r 320104>秦淮区</r>", "南京市", ""),
        ("<r 320302>鼓楼区</r>签约率提高", "徐州市", ""),
        ("<r 220104>朝阳区</r>签约率提高", "长春市", ""),
        ("<r 211300>朝阳</r>、<r 211400>葫芦岛</r>", "辽宁省", ""),
        ("<r 632500>海南</r>、<r 632200>海北</r>两州", "青海省", ""),
        ("<r 140502>城区</r>、<r 140525>泽州县</r>", "晋城市", ""),
        ("<r 140500>晋城市</r><r 140502>城区</r>", "", ""),
        ("<r 371200>莱芜市</r>上报8例", "山东省", "2016"),
        ("<r 370116>莱芜区</r>上报8例", "山东省", "2021"),
        ("<r 371200>莱芜</r>上报8例", "山东省", "2016"),
        ("<r 370116>莱芜</r>上报8例", "山东省", "2021"),
        ("<r 110228>密云县</r>签约", "北京市", "2014-05"),
        ("<r 110118>密云</r>签约", "北京市", "2020-05"),
        ("<r 370802>市中区</r>与<r 370811>任城区</r>", "济宁市", "2011-07"),
        ("<r 420600>襄樊市</r>与<r 420300>十堰市</r>", "湖北省", "2009"),
        ("<r 511200>万县市</r>", "四川省", "1996"),
        ("<r 371200>莱芜市</r>上报8例", "", ""),  # the last of the codes that it had
        ("<r 130124>栾城县</r>与<r 130185>鹿泉市</r>", "石家庄市", "2022"),
        ("<r 510100>成都市</r><r 510124>郫县</r>", "", "2023-03"),
        ("东市区签约率提高", "", ""),  # of two cities, both gone
        ("<r 330482>平湖</r>、<r 330424>海盐</r>县域内就诊率", "嘉兴市", ""),
        ("<r 330424>海盐县</r>域内就诊率", "嘉兴市", ""),
        ("<r 310000>沪</r><r 330400>嘉</r>合作", "嘉兴市", ""),
        ("<r 540102>城关区</r>签约率提高", "西藏自治区", ""),
        ("<r 120102>河东区</r>、<r 120103>河西区</r>、<r 120104>南开区</r>上报8例", "", ""),
        ("<r 上海路街道>上海路街道</r>签约率提高", "", ""),
    ],
)
def test_home_and_date(marked, home, published):
    check(marked, home, published)


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("两种做法大同小异，确保社会长治久安", "山西省"),
        ("东方医院、平安医院、和平医院、友谊医院", ""),
        ("平安医院建设扎实推进，平安县域", "青海省"),
        ("朝阳产业方兴未艾，新兴产业集聚", "辽宁省"),
        ("开放合作、互助共济，团结协作", ""),
        ("口服和静脉给药，均值高平均值，新余额", ""),
        ("安宁疗护试点，安康工程，安居工程", "云南省"),
        ("惠民政策与富民产业", "山东省惠民县"),
        ("公安局、公安部门", "湖北省公安县"),
        ("人力资源和社会保障，水资源", "广西资源县"),
        ("绿色通道、应急通道", "湖南通道县"),
        ("健全县级机构，完全市场化，安全区域", "于都县"),
        ("基本县情，根本市情", "于都县"),
        ("各自治区、直辖市，省（自治区）", "新疆"),
        ("社区内、园区内、城市内", "余杭区"),
        ("达州级标准", "昌吉州"),
        ("地级以上城市与县级以下城市", ""),
        ("集中卫生力量，确保定点机构", ""),
        ("市属医院8家，省定指标，县域内就诊率", "于都县"),
        ("县级医院、市级平台、区域中心、省直单位", "于都县"),
        ("全市场、全区域、全国性", "于都县"),
        ("赤水河、黄浦江、嘉陵江沿岸", ""),
        ("我市签约率提高", ""),
        ("西安路社区，北京东路12号", ""),
        ("城关区、城区签约率提高", ""),
        ("", ""),
        ("。\n\n", ""),
    ],
)
def test_nothing_is_found(text, home):
    entities = find_regions(text, home=resolve_region(home) if home else None)
    assert [entity.text for entity in entities] == []


def test_levels_are_found_when_asked():
    text = "市属医院8家，省定指标，县域内就诊率"
    found = find_regions(text, home=resolve_region("于都县"), levels=True)
    assert [(e.text, e.id) for e in found] == [("市属", "360700"), ("省定", "360000"), ("县域", "360731")]


def test_a_home_without_a_code_points_nowhere():
    assert find_regions("全镇签约，全县签约", home=Region("", "石桥镇")) == ()


def test_names_are_full():
    found = find_regions("木垒与昌吉州", home=resolve_region("新疆"))
    assert [e.name for e in found] == ["木垒哈萨克自治县", "昌吉回族自治州"]


def test_the_module_gives_the_lookups_too():
    assert parents(resolve_region("余杭区"))[0].name == "杭州市"
    assert current(Region("330103", "下城区")).name == "拱墅区"


PIECES = (
    "全市 我县 鼓楼区 朝阳 吉林 市中 市 县 区 村 镇 于都 、 ， 和 沪浙 "
    "自治区 3 域 级 大同小异 长三角 经济区 石桥镇 Ａ 縣 驻京 江"
)
TEXTS = st.lists(st.sampled_from([*PIECES.split(), "\n"]) | st.text(max_size=3), max_size=40)


@given(TEXTS, st.sampled_from(["", "于都县", "济宁市", "广西"]))
def test_offsets_hold_and_entities_never_overlap(pieces, home):
    text = "".join(pieces)
    end = 0
    for entity in find_regions(text, home=resolve_region(home) if home else None, published="2016"):
        assert entity.start >= end
        assert entity.end > entity.start
        assert text[entity.start : entity.end] == entity.text
        assert entity.id
        end = entity.end


@pytest.mark.speed
@pytest.mark.parametrize("piece", ["鼓楼区", "市中", "全市", "村", "和静", "沪", "朝阳、", "中村", "于都"])
def test_time_is_linear(check_linear, piece):
    check_linear(find_regions, piece, 5_000)


def test_nothing_is_loaded_by_the_import(run_python):
    code = "import healthie.regions, healthie.places as p; print(p.table.cache_info().currsize)"
    assert run_python(code).strip() == "0"


# Places of one's own

FIND = RegionFinder([("滨江新城", "", "滨江片区|滨江"), ("清溪高新区", "510898"), ("茶都", "330521"), "平安片区"])


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "滨江片区、滨江新城和平安片区",
            [("滨江片区", "滨江新城"), ("滨江新城", "滨江新城"), ("平安片区", "平安片区")],
        ),
        ("清溪高新区建成医院", [("清溪高新区", "510898")]),
        ("茶都与安吉、长兴", [("茶都", "330521"), ("安吉", "330523"), ("长兴", "330522")]),
        ("和平路与和平安片区", [("平安片区", "平安片区")]),
        ("杭州市滨江区", [("杭州市", "330100"), ("滨江区", "330108")]),
        ("石桥镇滨江新城花溪村", [("石桥镇", "石桥镇"), ("滨江新城", "滨江新城"), ("花溪村", "花溪村")]),
        ("清溪高新區", [("清溪高新區", "510898")]),
    ],
)
def test_own_places_are_found_beside_the_packaged_ones(text, want):
    assert [(e.text, e.id) for e in FIND(text)] == want
    assert all(text[e.start : e.end] == e.text and e.label == "REGION" for e in FIND(text))


def test_an_own_place_goes_before_a_packaged_one_of_the_same_name():
    find = RegionFinder([("朝阳", "", "")])
    assert [(e.text, e.id, e.name) for e in find("北京市朝阳")] == [
        ("北京市", "110000", "北京市"),
        ("朝阳", "朝阳", "朝阳"),
    ]
    assert [e.id for e in find_regions("北京市朝阳")] == ["110000", "110105"]


def test_own_places_have_the_name_and_code_of_their_row():
    (found,) = RegionFinder([("德清（茶都）", "330521", "茶都")])("在茶都")
    assert (found.id, found.name) == ("330521", "德清（茶都）")


def test_what_points_may_point_to_an_own_place_with_a_code_of_the_table():
    assert [(e.text, e.id) for e in FIND("在茶都，全县已签约")] == [("茶都", "330521"), ("全县", "330521")]


@given(TEXTS)
def test_without_rows_the_finder_finds_what_find_regions_finds(pieces):
    text = "".join(pieces)
    assert _PLAIN(text) == find_regions(text)
    end = 0
    for entity in FIND(text + "滨江新城"):
        assert end <= entity.start < entity.end
        end = entity.end
    assert end == len(text) + 4


_PLAIN = RegionFinder()


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([("滨江", "33")], ValueError, "'33' is no code for '滨江'"),
        ([("滨江", "三三〇一〇八")], ValueError, "is no code"),
        ([(" ", "")], ValueError, "row 1 has no name"),
        ([b"x"], TypeError, "is no row of names"),
        ([{"name": "滨江"}], TypeError, "is no row of names"),
    ],
)
def test_wrong_rows_are_refused(rows, error, message):
    with pytest.raises(error, match=message):
        RegionFinder(rows)


# Lookups as methods


def test_a_region_knows_what_stands_in_its_place_today():
    assert Region("370802", "市中区").current() == current(Region("370802", "市中区"))
    assert Region("370802", "市中区").current().code == "370811"
    assert resolve_region("于都县").current() == resolve_region("于都县")
    assert Region("", "花溪村").current() == Region("", "花溪村")


def test_a_region_knows_what_it_lies_in():
    assert [up.name for up in resolve_region("于都县").parents()] == ["赣州市", "江西省", "全国"]
    assert [up.name for up in resolve_region("莱芜市", published="2016").parents(published="2016")] == [
        "山东省",
        "全国",
    ]
    assert Region("", "花溪村").parents() == resolve_region("100000").parents() == ()


def test_the_records_load_no_table_until_asked(run_python):
    code = "import sys, healthie.records; print('healthie.places' in sys.modules, 'healthie.regions' in sys.modules)"
    assert run_python(code).split() == ["False", "False"]
