"""The text of a file somebody sends, in whichever encoding a spreadsheet wrote it."""

from __future__ import annotations

import pytest

from logistics.kit.encodings import decoded
from logistics.kit.errors import Invalid

TEXT = "订单号,收件人\n订单1,李四\n"
MARK = "\ufeff"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_text_is_read_as_spreadsheets_write_it(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_marks_of_the_encoding_are_no_part_of_the_text(encoding: str) -> None:
    assert decoded((MARK + TEXT).encode(encoding)) == TEXT


@pytest.mark.parametrize("content", [TEXT.encode("utf-16"), "id,lat\n".encode("utf-16-le"), b"\xff\xfe\x00\x01\x81"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        decoded(content)
    (error,) = refusal.value.errors
    assert (error.field, error.expected) == ("file", "UTF-8, or GB 18030")


def test_who_reads_more_than_text_says_what_else_is_right() -> None:
    with pytest.raises(Invalid) as refusal:
        decoded(b"\0", "CSV in UTF-8, or XLSX")
    assert refusal.value.errors[0].expected == "CSV in UTF-8, or XLSX"
