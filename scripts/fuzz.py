"""Fuzz the library, led by what code each input reaches: ``python scripts/fuzz.py [FOLDER] [libFuzzer options]``.

Needs atheris (``pip install -e '.[fuzz]'``, Python 3.11). FOLDER holds the inputs found so far; without one they are
kept in a temporary folder. ``-runs=20000 -seed=1`` makes a run that is the same every time. The checksum of an
input chooses what is checked of it, and its first byte how it becomes text: see `text_of`. tests/any_text.py has what
must hold.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

import atheris
import spacy

sys.path.append(str(Path(__file__).parents[1] / "tests"))

with atheris.instrument_imports(include=["healthie"]):
    import any_text

    import healthie.charts
    import healthie.checks
    import healthie.cli.screen
    import healthie.components
    import healthie.export.brat
    import healthie.export.docbin
    import healthie.export.web_annotations
    import healthie.panels
    import healthie.view
    from healthie.export.table import clean

WORDS = any_text.vocabulary()
# What a text may end in without a mark behind it, as a heading or a caption does.
ENDS = tuple(
    word
    for kind in ("regions", "region_aliases", "settlement_words", "organisations", "indicators", "units", "periods")
    for name, words in any_text.words_by_class().items()
    if name.partition(":")[0] == kind
    for word in words
) + tuple(any_text.FIGURES)
MARKS = "，。；、,.;"
MOST_CUTS = 24
VOCAB = spacy.blank("zh").vocab


def text_of(data: bytes) -> str:
    """Make text of bytes: pairs of them choose words where the first bit is set, else they are UTF-8, or nearly.

    Where the fourth bit is set the mark at its end is taken off, and where the fifth is set, the last two bytes choose
    a name, a quantity or a word for it to end in.
    """
    if not data:
        return ""
    kind, rest = data[0], data[1:]
    if kind & 16 and len(rest) > 2:
        end = ENDS[int.from_bytes(rest[-2:], "big") % len(ENDS)]
        return text_of(bytes([kind & ~16 | 8]) + rest[:-2]) + end
    if kind & 8:
        return text_of(bytes([kind & ~8]) + rest).rstrip(MARKS)
    if kind & 1:
        pairs = zip(rest[::2], rest[1::2], strict=False)
        return "".join(WORDS[(high << 8 | low) % len(WORDS)] for high, low in pairs)
    if kind & 2:
        return rest.decode("gbk", errors="replace")  # what was UTF-8, read as GBK
    return rest.decode("utf-8", errors="surrogateescape")


def extract(text: str) -> None:
    """Read a text as a report."""
    any_text.check_report(healthie.extract(text))


def cut(text: str) -> None:
    """Read a text that ends right behind each of its names, quantities and words, and a character before."""
    report = healthie.extract(text)
    spans = [*report.entities, *(span for fact in report.facts for span in (fact.quantity, *fact.indicator.spans))]
    ends = sorted({end - less for end in (span.end for span in spans) for less in (0, 1)})
    for end in ends[-MOST_CUTS:]:
        any_text.check_report(healthie.extract(text[:end]))


def export(text: str) -> None:
    """Hand a report on in every form of text."""
    any_text.check_exports(healthie.extract(text))


def binary(text: str) -> None:
    """Hand a report on as a spaCy file."""
    report = healthie.extract(text)
    [doc] = report.to_docbin().get_docs(VOCAB)
    assert doc.text == clean(text)  # noqa: S101 - what is fuzzed for
    assert doc._.healthie == report or clean(text) != text  # noqa: S101


def _zip(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _docx(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org"
    types = (
        f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml" '
        f'Type="{space}/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    body = f'<w:document xmlns:w="{space}/wordprocessingml/2006/main"><w:body>{lines}</w:body></w:document>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": body}
    return _zip({name: part.encode("utf-8", "surrogatepass") for name, part in parts.items()})


def _ofd(text: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    box = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
    lines = "".join(
        f'<ofd:TextObject ID="{100 + i}" Boundary="30 {40 + 8 * i} 150 6" Font="1" Size="5.6">'
        f'<ofd:TextCode X="0" Y="5.6" DeltaX="g {len(line)} 5.6">{line}</ofd:TextCode></ofd:TextObject>'
        for i, line in enumerate(text.split("\n"))
    )
    parts = {
        "OFD.xml": f'<ofd:OFD {space} DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml'
        "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>{box}</ofd:PageArea>"
        "</ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="10" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:Area>{box}</ofd:Area><ofd:Content>"
        f'<ofd:Layer ID="2">{lines}</ofd:Layer></ofd:Content></ofd:Page>',
    }
    return _zip({name: part.encode("utf-8", "surrogatepass") for name, part in parts.items()})


_FONT = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>"
_CID = "<</Type/Font/Subtype/CIDFontType0/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>>>"


def _pdf(text: str) -> bytes:
    lines = "".join(f"<{line.encode('utf-16-be', 'replace').hex()}> Tj 0 -14 Td " for line in text.split("\n"))
    content = f"BT /F 12 Tf 40 780 Td {lines} ET"
    bodies = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        _FONT,
        _CID,
    )
    objects = "".join(f"{i} 0 obj\n{body}\nendobj\n" for i, body in enumerate(bodies, start=1))
    return f"%PDF-1.7\n{objects}trailer<</Root 1 0 R/Size 7>>\n".encode("latin-1")


def _page(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    page = f"<!DOCTYPE html><html><head><title>{text[:20]}</title></head><body><article>{body}</article></body></html>"
    return page.encode("utf-8", "replace")


MAKERS: tuple[Callable[[str], bytes], ...] = (_docx, lambda text: _docx(_xml(text)), _ofd, _pdf, _page)
_SAMPLE = "青川县2022年工作总结\n全县建成村卫生室132所,较上年增加9所。"
_WHOLE = tuple(make(_SAMPLE) for make in MAKERS)


def made_file(data: bytes) -> None:
    """Read a file of one of the kinds that holds the text."""
    if data:
        any_text.check_file(MAKERS[data[0] % len(MAKERS)](text_of(data[1:])))


def damaged_file(data: bytes) -> None:
    """Read a file of one of the kinds with some of its bytes overwritten, and cut off."""
    if len(data) > 3:
        whole = bytearray(_WHOLE[data[0] % len(_WHOLE)])
        for high, low, value in zip(data[3::3], data[4::3], data[5::3], strict=False):
            whole[(high << 8 | low) % len(whole)] = value
        any_text.check_file(bytes(whole[: len(whole) - data[1] * (data[2] & 1)]))


def raw_file(data: bytes) -> None:
    """Read the bytes themselves as a file, or as a web page."""
    any_text.check_file(data[1:], "a.html" if data[:1] > b"\x40" else "")


def _of_text(check: Callable[[str], None]) -> Callable[[bytes], None]:
    return lambda data: check(text_of(data))


# Of 256 inputs each check has so many: few of what costs much time.
CHECKS: list[tuple[str, int, Callable[[bytes], None]]] = [
    *((name, 24, _of_text(check)) for name, check in any_text.FINDERS.items()),
    ("extract", 22, _of_text(extract)),
    ("cut", 4, _of_text(cut)),
    ("same everywhere", 4, _of_text(any_text.check_same)),
    ("exports", 3, _of_text(export)),
    ("spaCy files", 1, _of_text(binary)),
    ("bytes", 4, raw_file),
    ("files made", 1, made_file),
    ("files damaged", 1, damaged_file),
]
CHOICE = [i for i, (_, share, _) in enumerate(CHECKS) for _ in range(share)]

counts: Counter[str] = Counter()
findings: dict[str, str] = {}
spent: Counter[str] = Counter()
began = time.time()
RUNS = next((int(argument[6:]) for argument in sys.argv if argument.startswith("-runs=")), 0)


def one_input(data: bytes) -> None:
    """Run one check on one input; of what fails in the same line, the first input is kept."""
    if not data:
        return
    name, _, check = CHECKS[CHOICE[crc32(data) % len(CHOICE)]]
    if RUNS and counts.total() == RUNS:
        end()
    counts[name] += 1
    start = time.process_time()
    try:
        check(data)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        frames = traceback.extract_tb(error.__traceback__)
        where = f"{name}: {type(error).__name__} in {frames[-1].filename}:{frames[-1].lineno}"
        if where not in findings:
            findings[where] = data.hex()
            print(f"FOUND {where}\n  {data.hex()}\n  {text_of(data)!r}\n{traceback.format_exc()}", flush=True)
    spent[name] += time.process_time() - start


def seeds(folder: Path) -> None:
    """Write the first inputs: clauses of our own reports, as text, with another end, and as words among others."""
    for i, clause in enumerate(any_text.clauses()[::6]):
        places = (WORDS.index(clause), 37 * i % len(WORDS), i % len(any_text.HOSTILE))
        chosen = b"".join(place.to_bytes(2, "big") for place in places)
        (folder / f"{i}-words").write_bytes(b"\x01" + chosen)
        (folder / f"{i}-text").write_bytes(b"\x04" + clause.encode())
        (folder / f"{i}-end").write_bytes(b"\x14" + clause.encode() + (37 * i % len(ENDS)).to_bytes(2, "big"))
    for i, whole in enumerate(_WHOLE):
        (folder / f"{i}-file").write_bytes(b"\x00" + whole)


def end() -> None:
    """Print how many inputs each check had, and end: libFuzzer ends a process without Python's own ending."""
    total, seconds = counts.total(), time.time() - began
    print(f"{total:,} inputs in {seconds:,.0f} s, of the processor {time.process_time():,.0f} s")
    for name, number in counts.most_common():
        print(f"  {name}: {number:,} inputs, {1000 * spent[name] / number:.2f} ms each")
    print(f"{len(findings)} findings", *findings, sep="\n", flush=True)
    os._exit(bool(findings))


if __name__ == "__main__":
    logging.disable()
    gc.freeze()
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    folder = folders[0] if folders else tempfile.mkdtemp()
    Path(folder).mkdir(parents=True, exist_ok=True)
    if not any(Path(folder).iterdir()):
        seeds(Path(folder))
    options = [argument for argument in sys.argv[1:] if argument.startswith("-") and not argument.startswith("-runs=")]
    atheris.Setup([sys.argv[0], "-max_len=120", "-verbosity=1", *options, folder], one_input)
    atheris.Fuzz()
