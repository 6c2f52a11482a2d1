"""Reading the text of a file: in which encoding it is written, nobody says."""

from __future__ import annotations

from logistics.kit.errors import Invalid

ENCODINGS = ("utf-8", "gb18030")  # spreadsheets in China still write GB 18030
MARK = "\ufeff"  # some programs begin a file with it, in either encoding; it is no part of the text
NOTHING = "\0"  # in no text; UTF-16 taken for one of ours is full of it


def decoded(content: bytes, expected: str = "UTF-8, or GB 18030") -> str:
    """Return the text of a file, without marks of its encoding; refused (422 ``file``) in any encoding but ours.

    ``expected``: what would be right, where more is read than text.
    """
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if NOTHING not in text:
            return text.lstrip(MARK)
    raise Invalid("file", "is written in an encoding that is not known", expected)
