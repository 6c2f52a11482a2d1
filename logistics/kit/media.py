"""What a file is, by what is in it; what its sender calls it is not asked."""

from __future__ import annotations

# The first bytes of what we keep: pictures and papers.
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
