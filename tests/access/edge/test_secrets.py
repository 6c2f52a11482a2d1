from __future__ import annotations

import pytest
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from logistics.access.edge import secrets

WORDS = "correct horse battery"


def test_the_right_password_fits_and_no_other() -> None:
    kept = secrets.hash_password(WORDS)
    assert WORDS not in kept
    assert secrets.password_fits(kept, WORDS)
    assert not secrets.password_fits(kept, WORDS + " ")


def test_a_guess_costs_as_much_work_as_the_rfc_recommends() -> None:
    """What nobody's password is checked against was hashed before tests made hashing cheap."""
    assert extract_parameters(secrets.NOBODY) == RFC_9106_LOW_MEMORY


def test_two_of_one_password_are_kept_differently() -> None:
    assert secrets.hash_password(WORDS) != secrets.hash_password(WORDS)


@pytest.mark.parametrize("kept", [None, "", "no hash"])
def test_where_there_is_no_account_nothing_fits(kept: str | None) -> None:
    assert not secrets.password_fits(kept, WORDS)


def test_tokens_cannot_be_guessed_and_say_what_they_are() -> None:
    tokens = {secrets.new_token("lk") for _ in range(100)}
    assert len(tokens) == 100
    assert all(token.startswith("lk_") and len(token) >= 3 + 32 for token in tokens)


def test_a_token_is_kept_as_its_hash() -> None:
    assert secrets.hash_token("lk_1") == secrets.hash_token("lk_1") != secrets.hash_token("lk_2")
    assert len(secrets.hash_token("lk_1")) == 64


def test_a_pairing_code_is_eight_digits() -> None:
    for _ in range(50):
        code = secrets.new_pairing_code()
        assert code.isdecimal()
        assert len(code) == 8
