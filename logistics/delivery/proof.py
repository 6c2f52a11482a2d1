"""Proof of delivery: what shows that it was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from logistics.kit.errors import Invalid

DATA_BYTES_MAX = 300_000  # a signature takes 10 kB, a photo made small on the phone 100 kB
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})


class ProofKind(StrEnum):
    """What kind of proof was taken."""

    SIGNATURE = "signature"
    PHOTO = "photo"
    CODE = "code"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof; ``data`` holds the picture or the code's letters, and may be empty where the phone kept it."""

    kind: ProofKind = ProofKind.NONE
    media_type: str = ""
    data: bytes = b""


NO_PROOF = Proof()


def check_proof(proof: Proof) -> None:
    """Refuse (422) data that is no proof of its kind: a picture for signature and photo, letters for a code."""
    if len(proof.data) > DATA_BYTES_MAX:
        raise Invalid("proof.data", "is too large", f"{DATA_BYTES_MAX} bytes or less; make the picture smaller")
    if not proof.data:
        return
    if proof.kind is ProofKind.NONE:
        raise Invalid("proof.kind", "is none, but there are data", "signature, photo or code")
    if proof.kind is not ProofKind.CODE and proof.media_type not in PICTURES:
        raise Invalid("proof.data", "is no picture", "PNG, JPEG or WebP, in base 64")
