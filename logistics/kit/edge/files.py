"""Files the house keeps: named by what is in them, so that they cannot change and keeping twice is keeping once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from logistics.kit.edge.clock import chance
from logistics.kit.errors import Invalid, NotFound, TooLarge

FILE_BYTES_MAX = 5 * 1024 * 1024  # a phone's photo, made smaller by the driver's app, has 0.2 to 2 MB
KEY_CHARS = 64

# What a file is, is said by its first bytes; what the sender says is not asked.
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)


def media_type(data: bytes) -> str:
    """Return the media type by the first bytes; empty if it is none that we keep."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in SIGNATURES if data.startswith(start)), "")


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that others see the old one or the new one, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{chance():x}")
    try:
        with draft.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


class Files:
    """A folder of pictures and papers, by the SHA-256 of their content."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def keep(self, data: bytes, field: str = "file") -> str:
        """Keep a PNG, JPEG, WebP or PDF and return its key (64 hex digits); anything else is refused."""
        if len(data) > FILE_BYTES_MAX:
            raise TooLarge(f"{field} is larger than {FILE_BYTES_MAX} bytes; make it smaller.")
        if not media_type(data):
            raise Invalid(field, "is no file we keep", "PNG, JPEG, WebP or PDF")
        key = hashlib.sha256(data).hexdigest()
        path = self._path(key)
        if not path.exists():
            write_atomically(path, data)
        return key

    def get(self, key: str) -> tuple[bytes, str]:
        """Return the content and its media type."""
        path = self._path(key)
        if not path.exists():
            raise NotFound("There is no such file.")
        data = path.read_bytes()
        return data, media_type(data)

    def _path(self, key: str) -> Path:
        if len(key) != KEY_CHARS or any(c not in "0123456789abcdef" for c in key):
            raise NotFound("There is no such file.")
        return self._root / key[:2] / key
