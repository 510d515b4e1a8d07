"""Text in the encodings that reports come in."""

import pytest

from cloudqa.documents import read_document
from cloudqa.documents.decoding import decode
from cloudqa.errors import UnreadableDocumentError

TEXT = "# 棉花周报\n\n二〇二一年第3期\n\n本周新疆籽棉均价为8.25元/公斤，较上周上涨1.5%。\n"
TRADITIONAL = "# 茶葉週報\n\n本週臺灣烏龍茶均價為每公斤820元，較上週上漲百分之三，買氣持續升溫。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_one_text_in_every_encoding_is_one_report(tmp_path, encoding, suffix):
    (tmp_path / f"a.{suffix}").write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    document = read_document(tmp_path / f"a.{suffix}", tmp_path)
    assert document.text == TEXT
    assert document.metadata.title == "棉花周报"
    assert document.paragraphs[-1].text == "本周新疆籽棉均价为8.25元/公斤，较上周上涨1.5%。"
    assert document.not_understood == ()


def test_traditional_chinese_in_big5():
    assert decode(TRADITIONAL.encode("big5"), "a.txt") == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_latin_text_in_utf_16_is_not_taken_for_utf_8(encoding):
    assert decode("Wheat 5\nMaize 7\n".encode(encoding), "a.txt") == "Wheat 5\nMaize 7\n"


def test_zero_bytes_in_utf_8_stay():
    assert decode("价格\x00平稳\x00".encode(), "a.txt") == "价格\x00平稳\x00"


@pytest.mark.parametrize(
    "content",
    [
        "小麦价格平稳。".encode() + "玉米价格上涨。".encode("gb18030") + b"\xff",
        "価格は安定しています。".encode("shift_jis"),
        "Öl und Käse, größer".encode("latin-1"),
        bytes(range(128, 256)),
        b"\xff\xfe\x00\xd8\x00\xd8",
    ],
    ids=["mixed", "japanese", "latin", "bytes", "utf-16 with a broken pair"],
)
def test_anything_else_is_refused_in_one_sentence(content):
    with pytest.raises(UnreadableDocumentError) as caught:
        decode(content, "sub/a.txt")
    assert caught.value.message.startswith("sub/a.txt is not UTF-8 text: byte ")
    assert caught.value.message.endswith(" does not fit, and it is no UTF-16, GB18030 or Big5 text either.")


def test_rarer_encodings_are_told_by_their_characters(tmp_path):
    text = (
        "香港嘅雲計算市場喺本月繼續增長，各間公司嘅收入都有所上升，佢哋預計下半年嘅表現會更加好，投資者對前景充滿信心。"
        * 3
    )
    (tmp_path / "a.txt").write_bytes(text.encode("big5hkscs"))
    assert read_document(tmp_path / "a.txt", tmp_path).text == text
