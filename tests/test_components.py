from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

import healthie
from healthie import own
from healthie.components import get_record, get_report, write
from healthie.records import Entity, Period, Quantity
from healthie.tokenizer import CharTokenizer, split_tokens

KINDS = ("quantities", "periods", "regions", "programmes", "organisations", "systems")
FACTORIES = ("healthie_sentences", "healthie_document", *(f"healthie_{kind}" for kind in KINDS))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return healthie.load()


@pytest.fixture
def spawn() -> Iterator[None]:
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method("spawn", force=True)
    yield
    multiprocessing.set_start_method(before, force=True)


def spans_of(doc: Doc) -> dict[str, list[tuple[int, int, str, str]]]:
    return {
        key: [(span.start_char, span.end_char, span.label_, span.id_) for span in group]
        for key, group in doc.spans.items()
    }


def assert_same(doc: Doc, other: Doc) -> None:
    assert other.text == doc.text
    assert spans_of(other) == spans_of(doc)
    assert other._.healthie == doc._.healthie
    for key, group in doc.spans.items():
        assert [span._.healthie for span in other.spans[key]] == [span._.healthie for span in group]


def test_load_gives_what_extract_gives(nlp: Language, report_text: str) -> None:
    assert nlp(report_text)._.healthie == healthie.extract(report_text)


def test_every_kind_has_its_group(nlp: Language, report_text: str) -> None:
    doc = nlp(report_text)
    assert set(doc.spans) == {f"healthie.{kind}" for kind in (*KINDS, "facts")}
    report = doc._.healthie
    assert [span.text for span in doc.spans["healthie.facts"]] == [fact.quantity.text for fact in report.facts]
    assert report.facts
    found = {span._.healthie for kind in KINDS[2:] for span in doc.spans[f"healthie.{kind}"]}
    assert set(report.entities) <= found, "only a region inside another name is in a group and not in the report"
    assert {entity.label for entity in found - set(report.entities)} <= {"REGION"}


def test_a_span_knows_its_record(nlp: Language, report_text: str) -> None:
    doc = nlp(report_text)
    for key, group in doc.spans.items():
        assert len(group) == len(doc.user_data["healthie"][key.removeprefix("healthie.")])
        for span in group:
            record = span._.healthie
            if isinstance(record, Period):
                assert (record.char_start, record.char_end) == (span.start_char, span.end_char)
            elif not isinstance(record, healthie.Fact):
                assert (record.start, record.end, record.text) == (span.start_char, span.end_char, span.text)
            else:
                assert record.quantity.text == span.text
    assert doc.spans["healthie.facts"][0]._.healthie == doc._.healthie.facts[0]


def test_other_spans_have_no_record(nlp: Language, report_text: str) -> None:
    doc = nlp(report_text)
    assert doc[0:3]._.healthie is None
    assert Span(doc, 0, 3, span_id="healthie.quantities:9999")._.healthie is None
    assert Span(doc, 0, 3, span_id="quantities:0")._.healthie is None
    assert Span(doc, 0, 3, span_id="healthie.quantities:x")._.healthie is None
    foreign = Span(doc, 0, 3)
    foreign.id = 1234567890
    assert foreign._.healthie is None


def test_a_doc_that_no_component_has_seen_has_an_empty_report() -> None:
    doc = spacy.blank("zh")("全县有卫生院8所。")
    assert doc._.healthie == healthie.Report("全县有卫生院8所。", healthie.Document(), (), ())


@pytest.mark.parametrize("name", FACTORIES)
def test_each_factory_works_alone_in_a_blank_pipeline(name: str, report_text: str) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe(name)
    doc = nlp(report_text)
    assert doc.text == report_text
    if name.removeprefix("healthie_") in KINDS[:3]:
        assert len(doc.spans[name.replace("_", ".")])


def test_match_changes_nothing(report_text: str) -> None:
    nlp = spacy.blank("zh")
    component = nlp.add_pipe("healthie_quantities")
    doc = nlp.make_doc(report_text)
    found = component.match(doc)
    assert found == healthie.find_quantities(report_text)
    assert not doc.spans
    assert not doc.user_data


def test_no_import_is_needed(run_python: Callable[..., str], tmp_path: Path) -> None:
    code = """
import sys, spacy
nlp = spacy.blank("zh")
assert "healthie.numbers" not in sys.modules, "finders are imported when first used"
nlp.add_pipe("healthie_quantities")
doc = nlp("全县有卫生院8所。")
print([span.text for span in doc.spans["healthie.quantities"]])
"""
    assert run_python(code, cwd=tmp_path).strip() == "['8所']"


def test_facts_without_quantities_say_so() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("healthie_facts")
    with pytest.raises(ValueError, match="add healthie_quantities before it"):
        nlp("全县有卫生院8所。")


def test_the_order_of_the_pipe_has_no_problem(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert not any(analysis["problems"].values())
    alone = spacy.blank("zh")
    alone.add_pipe("healthie_facts")
    assert alone.analyze_pipes()["problems"]["healthie_facts"] == ["doc.spans", "doc.user_data"]


@pytest.mark.usefixtures("spawn")
def test_two_processes_under_spawn(nlp: Language, report_text: str) -> None:
    texts = [report_text, "全省有医院3个。", "", report_text]
    for doc, text in zip(nlp.pipe(texts, n_process=2, batch_size=2), texts, strict=True):
        assert_same(nlp(text), doc)


def test_bytes(nlp: Language, report_text: str) -> None:
    doc = nlp(report_text)
    assert_same(doc, Doc(spacy.blank("zh").vocab).from_bytes(doc.to_bytes()))


def test_doc_bin(nlp: Language, report_text: str) -> None:
    doc = nlp(report_text)
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab)
    assert_same(doc, again)


def test_disk(report_text: str, tmp_path: Path, run_python: Callable[..., str]) -> None:
    configured = healthie.load(region="青川县", published="2023-01-12")
    configured.to_disk(tmp_path / "model")
    assert_same(configured(report_text), spacy.load(tmp_path / "model")(report_text))
    code = """
import sys, spacy
doc = spacy.load(sys.argv[1])("全县有卫生院8所。")
print(doc._.healthie.facts[0].region.code, doc._.healthie.document.published)
"""
    assert run_python(code, str(tmp_path / "model")).split() == ["510822", "2023-01-12"]


def test_region_and_date_of_one_document(nlp: Language) -> None:
    doc = nlp.make_doc("全县有卫生院8所。")
    doc.user_data["healthie"] = {"given": {"region": "青川县", "published": "2023-01"}}
    assert nlp(doc)._.healthie == healthie.extract("全县有卫生院8所。", region="青川县", published="2023-01")


@pytest.mark.usefixtures("spawn")
def test_what_is_given_for_one_document_goes_before_what_is_given_for_all() -> None:
    nlp = healthie.load(region="510822", published="2022")
    docs = [nlp.make_doc("全县有卫生院8所。"), nlp.make_doc("全县有卫生院8所。")]
    docs[1].user_data["healthie"] = {"given": {"region": "白水县"}}
    reports = [doc._.healthie for doc in nlp.pipe(docs, n_process=2)]
    assert [report.document.region.code for report in reports] == ["510822", "610527"]
    assert [report.document.published for report in reports] == ["2022", "2022"]


def test_a_component_with_a_wrong_region_is_not_made() -> None:
    with pytest.raises(ValueError, match="region"):
        spacy.blank("zh").add_pipe("healthie_document", config={"region": "无此县"})


def test_a_second_run_replaces_the_first(nlp: Language, report_text: str) -> None:
    doc = nlp(report_text)
    assert_same(doc, nlp(nlp(report_text)))


def test_sentences_follow_the_text(nlp: Language) -> None:
    doc = nlp("\n  一、医改\n　　签约率为12.5%。随访3次；建档2人\n")
    assert [sentence.text.strip() for sentence in doc.sents] == ["一、医改", "签约率为12.5%。", "随访3次；", "建档2人"]


def test_sentences_of_a_parsed_document_stay() -> None:
    nlp = spacy.blank("zh")
    doc = Doc(nlp.vocab, words=["甲。", "乙"], heads=[0, 0], deps=["ROOT", "dep"])
    nlp.add_pipe("healthie_sentences")
    assert len(list(nlp(doc).sents)) == 1


def test_getters_are_what_the_extensions_use(nlp: Language, report_text: str) -> None:
    doc = nlp(report_text)
    assert get_report(doc) == doc._.healthie
    assert get_record(doc.spans["healthie.facts"][0]) == doc._.healthie.facts[0]


# Tokens


@pytest.mark.parametrize(
    "words",
    [["全县新建卫生院8", "所，其中A级3所"], list("全县新建卫生院8所，其中A级3所"), ["全县新建卫生院8所，其中A级3所"]],
)
def test_tokens_are_split_where_a_span_begins_or_ends(words: list[str]) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("healthie_quantities")
    doc = nlp(Doc(nlp.vocab, words=words, spaces=[False] * len(words)))
    assert doc.text == "全县新建卫生院8所，其中A级3所"
    assert [span.text for span in doc.spans["healthie.quantities"]] == ["8所", "3所"]


ODD = st.text(
    st.sampled_from(
        "0123456789.,，、%％个所人次万亿年月日至第十百 \n\t　ABab二三全县省市医院Ａ１\u0301\ud800\u200b😀—～（）“”"
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=200)
@given(ODD)
def test_no_token_cuts_a_span_in_odd_text(text: str) -> None:
    nlp = _pipelines()
    for pipeline in nlp:
        doc = pipeline(text if pipeline is nlp[0] else text.replace("\ud800", "?"))
        assert len(doc.text) == len(text)
        for key, group in doc.spans.items():
            assert len(group) == len(doc.user_data["healthie"][key.removeprefix("healthie.")])


def _pipelines(cache: list[Language] = []) -> list[Language]:  # noqa: B006  built once
    if not cache:
        stock = spacy.blank("zh")
        for name in (*FACTORIES, "healthie_facts"):
            stock.add_pipe(name)
        cache += [healthie.load(), stock]
    return cache


@given(st.text(max_size=40))
def test_the_tokenizer_keeps_every_character(text: str) -> None:
    doc = CharTokenizer(spacy.blank("zh").vocab)(text)
    assert len(doc.text) == len(text)
    assert all(a == b or 0xD800 <= ord(a) < 0xE000 for a, b in zip(text, doc.text, strict=True))


def test_the_tokenizer_keeps_latin_words_and_numbers_whole() -> None:
    words = [token.text_with_ws for token in CharTokenizer(spacy.blank("zh").vocab)("上线 HIS  2.0版，1,200人")]
    assert words == ["上", "线 ", "HIS ", " ", "2.0", "版", "，", "1", ",", "200", "人"]


def test_a_split_keeps_what_the_tokens_and_groups_say() -> None:
    vocab = spacy.blank("zh").vocab
    doc = Doc(
        vocab,
        words=["全县", "新建卫生院", "8所", "，", "开展培训"],
        spaces=[False] * 5,
        tags=["a", "b", "c", "d", "e"],
        lemmas=["全县", "新建卫生院", "8所", "，", "开展培训"],
        sent_starts=[True, False, False, False, True],
        ents=["O", "B-X", "I-X", "O", "B-Y"],
    )
    doc.spans["mine"] = [Span(doc, 1, 3, "L", span_id="q"), Span(doc, 4, 5, "M")]
    split_tokens(doc, [4, 8, 11])
    assert [token.text for token in doc] == ["全县", "新建", "卫生院", "8", "所", "，", "开", "展培训"]
    assert "".join(token.tag_ for token in doc) == "abbccdee"
    assert [token.lemma_ for token in doc] == [token.text for token in doc]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("新建卫生院8所", "X"), ("开展培训", "Y")]
    assert [sentence.text for sentence in doc.sents] == ["全县新建卫生院8所，", "开展培训"]
    assert [(s.text, s.label_, s.id_) for s in doc.spans["mine"]] == [
        ("新建卫生院8所", "L", "q"),
        ("开展培训", "M", ""),
    ]


def test_a_split_keeps_the_parse() -> None:
    vocab = spacy.blank("zh").vocab
    doc = Doc(
        vocab, words=["全县", "新建", "卫生院8所"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"], spaces=[False] * 3
    )
    split_tokens(doc, [7, 3])
    assert [(token.text, token.head.text, token.dep_) for token in doc] == [
        ("全县", "新", "nsubj"),
        ("新", "新", "ROOT"),
        ("建", "新", "dep"),
        ("卫生院", "新", "obj"),
        ("8所", "卫生院", "dep"),
    ]


def test_write_takes_spans_that_overlap_and_nest() -> None:
    doc = Doc(spacy.blank("zh").vocab, words=["白水县医院"])
    records = [
        Entity(0, 5, "白水县医院", "ORG"),
        Entity(2, 5, "县医院", "ORG"),
        Entity(0, 3, "白水县", "REGION", "610527"),
    ]
    write(doc, "organisations", records)
    assert [span._.healthie for span in doc.spans["healthie.organisations"]] == records
    write(doc, "quantities", [Quantity(4, 5, "院", healthie.parse_number("3").value)])
    assert [span._.healthie for span in doc.spans["healthie.organisations"]] == records


# Rows of one's own

OWN = {
    "programmes": [("清泉计划", "[清泉]行动"), "百村巡诊"],
    "organisations": [("青蓝健康基金", "青蓝基金")],
    "systems": [("健康云脑", "云脑"), "清泉计划管理端"],
    "regions": [("滨江新城", "", "滨江片区"), ("清溪高新区", "510898")],
    "indicators": [("dental-chairs", "牙椅数", "{口腔,}牙椅|综合治疗台", "台")],
}
OWN_TEXT = (
    "清溪高新区有口腔牙椅12台。青蓝基金资助“清泉”行动，云脑接入诊所86家，清泉计划管理端上线；滨江片区建成卫生室8所。"
)


def own_names(doc: Doc) -> dict[str, list[tuple[str, str, str]]]:
    return {
        kind: [(r.text, r.id, r.name) for r in (span._.healthie for span in doc.spans[f"healthie.{kind}"])]
        for kind in KINDS[2:]
    }


OWN_FOUND = {
    "regions": [("清溪高新区", "510898", "清溪高新区"), ("滨江片区", "滨江新城", "滨江新城")],
    "programmes": [("“清泉”行动", "清泉计划", "清泉计划")],
    "organisations": [("青蓝基金", "", "青蓝健康基金")],
    "systems": [("云脑", "", "健康云脑"), ("清泉计划管理端", "", "清泉计划管理端")],
}


@pytest.fixture(scope="module")
def own_nlp() -> Language:
    return healthie.load(**OWN)  # type: ignore[arg-type]


def assert_own(doc: Doc) -> None:
    assert own_names(doc) == OWN_FOUND
    facts = {fact.quantity.text: fact for fact in doc._.healthie.facts}
    assert facts["12台"].indicator.id == "dental-chairs"
    assert facts["12台"].region.code == "510898"
    assert (facts["8所"].region.code, facts["8所"].region.name) == ("", "滨江新城")


def test_own_rows_are_found(own_nlp: Language) -> None:
    assert_own(own_nlp(OWN_TEXT))


def test_own_rows_come_from_paths_too(tmp_path: Path) -> None:
    paths = {}
    for kind, rows in OWN.items():
        paths[kind] = tmp_path / f"{kind}.tsv"
        lines = [row if isinstance(row, str) else "\t".join(row) for row in rows]
        paths[kind].write_text("# our own\n\n" + "\n".join(lines) + "\n", encoding="utf-8-sig")
    nlp = healthie.load(**{kind: str(path) for kind, path in paths.items()})  # type: ignore[arg-type]
    for path in paths.values():
        path.unlink()  # the rows are read when the pipeline is built, and no later
    assert_own(nlp(OWN_TEXT))
    assert nlp.config["components"]["healthie_regions"]["regions"] == [list(row) for row in OWN["regions"]]


def test_own_rows_may_be_a_generator() -> None:
    nlp = healthie.load(programmes=(name for name in ["清泉行动计划书"]))
    doc = nlp("印发清泉行动计划书")
    assert [span.text for span in doc.spans["healthie.programmes"]] == ["清泉行动计划书"]


def test_own_rows_survive_the_disk(own_nlp: Language, tmp_path: Path, run_python: Callable[..., str]) -> None:
    own_nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert_same(own_nlp(OWN_TEXT), again(OWN_TEXT))
    assert again.config["components"] == own_nlp.config["components"]
    code = "import sys, spacy; print(spacy.load(sys.argv[1])(sys.argv[2])._.healthie.facts[0].indicator.id)"
    assert run_python(code, str(tmp_path / "model"), OWN_TEXT).strip() == "dental-chairs"


@pytest.mark.usefixtures("spawn")
def test_own_rows_survive_two_processes_under_spawn(own_nlp: Language) -> None:
    docs = list(own_nlp.pipe([OWN_TEXT, "", OWN_TEXT], n_process=2, batch_size=1))
    for doc in docs[::2]:
        assert_own(doc)


def test_own_rows_leave_the_packaged_ones_alone(own_nlp: Language, nlp: Language, report_text: str) -> None:
    before = nlp(report_text)
    assert_same(before, own_nlp(report_text))
    assert_own(own_nlp(OWN_TEXT))
    assert_same(before, healthie.load()(report_text))
    others = [*own_names(nlp(OWN_TEXT)).values(), *own_names(healthie.load()(OWN_TEXT)).values()]
    assert not {found for kind in others for found in kind} & {found for kind in OWN_FOUND.values() for found in kind}
    assert healthie.extract(OWN_TEXT).facts[0].indicator.id == ""


def test_two_pipelines_have_each_its_own_rows() -> None:
    one, other = healthie.load(systems=[("甲云脑", "云脑")]), healthie.load(systems=[("乙云脑", "云脑")])
    for _ in range(2):
        assert [pipe("接入云脑")._.healthie.entities[0].name for pipe in (one, other)] == ["甲云脑", "乙云脑"]


def test_the_three_kinds_of_names_share_one_finder() -> None:
    names = {"programmes": [["清泉计划"]], "organisations": [["清泉计划办"]], "systems": [["清泉计划办平台端"]]}
    nlp = spacy.blank("zh")
    for kind in KINDS[3:]:
        nlp.add_pipe(f"healthie_{kind}", config={"names": names})
    nlp.add_pipe("healthie_regions")
    found = own_names(nlp("清泉计划、清泉计划办、清泉计划办平台端"))
    assert {kind: [text for text, _, _ in rows] for kind, rows in found.items()} == {
        "regions": [],
        "programmes": ["清泉计划"],
        "organisations": ["清泉计划办"],
        "systems": ["清泉计划办平台端"],
    }
    assert own.names(own.dump(names)) is own.names(own.dump(names))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"programmes": [("", "清泉")]}, ValueError, "row 1 has no name"),
        ({"programmes": [1]}, TypeError, "1 is no row of names"),
        ({"organisations": [("青蓝基金", None)]}, TypeError, "is no row of names"),
        ({"systems": "none-such.tsv"}, FileNotFoundError, "none-such.tsv"),
        ({"systems": "systems"}, FileNotFoundError, "systems"),
        ({"systems": ["$HOME"]}, ValueError, "a row holds \\$"),
        ({"regions": [("滨江新城", "5108")]}, ValueError, "'5108' is no code for '滨江新城': give six digits"),
        ({"indicators": [("dental-chairs", "牙椅数")]}, ValueError, "row 1 has 2 columns: write id, name"),
        ({"indicators": [("dental.chairs", "牙椅数", "牙椅", "台")]}, ValueError, "holds a dot"),
        ({"indicators": [("dental-chairs", "牙椅数", "{牙椅", "台")]}, ValueError, "braces that do not pair"),
    ],
)
def test_a_wrong_row_is_told_of_when_the_pipeline_is_built(
    arguments: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        healthie.load(**arguments)  # type: ignore[arg-type]


def test_a_table_that_is_not_in_utf_8_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_bytes("清泉计划".encode("gbk"))
    with pytest.raises(ValueError, match=r"own.tsv is not in UTF-8: save it so"):
        healthie.load(programmes=tmp_path / "own.tsv")


def test_names_of_an_unknown_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="names of the kind 'places' are unknown"):
        spacy.blank("zh").add_pipe("healthie_systems", config={"names": {"places": [["滨江"]]}})
