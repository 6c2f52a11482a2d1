from __future__ import annotations

import pytest

from logistics.delivery.proof import DATA_BYTES_MAX, NO_PROOF, Proof, ProofKind, check_proof
from logistics.kit.errors import Invalid


@pytest.mark.parametrize(
    "proof",
    [
        NO_PROOF,
        Proof(ProofKind.PHOTO),
        Proof(ProofKind.PHOTO, "image/jpeg", b"x"),
        Proof(ProofKind.CODE, "text/plain", b"1234"),
    ],
)
def test_what_counts_as_proof(proof: Proof) -> None:
    check_proof(proof)


@pytest.mark.parametrize(
    "proof",
    [
        Proof(ProofKind.SIGNATURE, "application/pdf", b"x"),
        Proof(ProofKind.PHOTO, "", b"x"),
        Proof(ProofKind.NONE, "image/png", b"x"),
        Proof(ProofKind.PHOTO, "image/png", b"x" * (DATA_BYTES_MAX + 1)),
    ],
)
def test_what_does_not(proof: Proof) -> None:
    with pytest.raises(Invalid):
        check_proof(proof)
