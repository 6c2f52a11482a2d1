"""The one family of errors.

A *refusal* is the business saying no: it carries a stable code, a sentence, the HTTP status and, where
one field is at fault, which one and what would be right. A *failure* is the world not working (carrier,
map, bank): it says whether trying again makes sense. Programmer errors are assertions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import ClassVar

Facts = Mapping[str, str | int]  # names and figures of a sentence, for who says it in another language


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that is wrong: its path (``parcels[0].weight_g``), what is wrong, what would be right.

    ``code`` and ``facts``: what is wrong, for programs; not every field has them.
    """

    field: str
    message: str
    expected: str = ""
    code: str = ""
    facts: Facts = made_by(default_factory=dict)


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an accident
    """The business says no. Subclasses fix ``code`` (stable, snake_case) and HTTP ``status``."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400

    def __init__(
        self, detail: str, *, code: str = "", errors: tuple[FieldError, ...] = (), facts: Facts | None = None
    ) -> None:
        """Say why, in a sentence; ``code`` narrows the class's own, ``errors`` name the fields.

        ``facts``: what the sentence names and counts, so that a screen can say it in its reader's language.
        """
        super().__init__(detail)
        self.facts: Facts = facts or {}
        self.detail = detail
        self.refusal_code = code or type(self).code
        self.errors = errors


class Invalid(Refusal):
    """The request cannot be understood or breaks a rule of its own fields (422)."""

    code = "invalid"
    status = 422

    def __init__(self, field: str, message: str, expected: str = "", *, more: tuple[FieldError, ...] = ()) -> None:
        """Name the field, what is wrong with it, and what would be right."""
        errors = (FieldError(field, message, expected), *more)
        super().__init__(f"{field}: {message}", errors=errors, facts={"field": field})


class Unauthenticated(Refusal):
    """Nobody known is asking (401)."""

    code = "unauthenticated"
    status = 401


class Forbidden(Refusal):
    """Known, but without the right (403)."""

    code = "forbidden"
    status = 403


class NotFound(Refusal):
    """No such thing, or none this reader may know of (404)."""

    code = "not_found"
    status = 404


class Conflict(Refusal):
    """The thing is not in a state that allows this (409)."""

    code = "conflict"
    status = 409


class Gone(Refusal):
    """It was there and is over (410)."""

    code = "gone"
    status = 410


class Stale(Refusal):
    """Somebody changed it meanwhile: read again, then decide (412)."""

    code = "stale"
    status = 412


class TooLarge(Refusal):
    """More bytes than this door takes (413)."""

    code = "too_large"
    status = 413


class TooMany(Refusal):
    """Asked too often (429); ``retry_after_s`` says when to come back, in seconds."""

    code = "too_many"
    status = 429

    def __init__(self, detail: str, *, retry_after_s: int) -> None:
        """Say what the limit is and after how many seconds it makes sense to ask again."""
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class Unavailable(Refusal):
    """We cannot answer just now (503)."""

    code = "unavailable"
    status = 503


class Failure(Exception):  # noqa: N818 - the family's name for what the world does to us
    """Something outside did not work; ``retry`` says whether trying again makes sense."""

    def __init__(self, detail: str, *, retry: bool) -> None:
        """Say what failed, and whether to try again."""
        super().__init__(detail)
        self.detail = detail
        self.retry = retry
