from __future__ import annotations

from pathlib import Path

import pytest

from healthie.readers import decode, read_text

SIMPLE = "全县建成村卫生室86所，签约居民12.5万人。\r\n"
TRADITIONAL = "全縣建成村衛生室86所，簽約居民12.5萬人，較上年增長3.2個百分點，為貧困人口減免醫療費用。"


@pytest.mark.parametrize("text", [SIMPLE, TRADITIONAL, "ASCII only 8%", "生僻字𠮷和emoji😀都在，其余是常用的字。"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_known_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_utf_16_of_both_orders() -> None:
    assert decode(b"\xfe\xff" + SIMPLE.encode("utf-16-be")) == SIMPLE
    assert decode(b"\xff\xfe" + SIMPLE.encode("utf-16-le")) == SIMPLE


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty."),
        (b" \r\n\t", "it is empty."),
        ("\ufeff\u3000".encode(), "it is empty."),
        (b"%PDF-1.4\n8", "it is a PDF, not text"),
        (b"PK\x03\x04abc", "it is a Word, Excel or ZIP file, not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "it is an old Word file, not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is not text: it holds zero bytes."),
        (b"\x01\x02\x03\x04 text", "it is not text: it holds control characters."),
        ("café naïve".encode("latin-1"), "its encoding is not known"),
        (TRADITIONAL.encode("big5"), "its encoding is not known"),
        ("全国の病院は約8300施設であり、前年より増加した。".encode("shift_jis"), "its encoding is not known"),
        (SIMPLE.encode("utf-8")[:-6] + b"\xff\xff", "its encoding is not known"),
        (b"\xff\xfe\x00", "its encoding is not known"),
    ],
)
def test_what_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message) as error:
        decode(data)
    assert "\n" not in str(error.value)


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(SIMPLE.encode("gb18030"))
    assert read_text(path) == read_text(str(path)) == SIMPLE
    with pytest.raises(FileNotFoundError):
        read_text(tmp_path / "none.txt")
