"""What every route shares: a transaction, a reading, answers given once, refusals in one form."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete
from starlette.exceptions import HTTPException

from logistics.kit.edge.context import Context
from logistics.kit.edge.db import Transaction
from logistics.kit.edge.fields import names_at
from logistics.kit.edge.tables import AuditRow, IdempotencyRow
from logistics.kit.edge.wire import FieldProblem, Problem
from logistics.kit.errors import Conflict, Failure, FieldError, Invalid, Refusal, TooMany

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
PROBLEM_TYPE = "urn:logistics:problem:"
KEY_CHARS_MAX = 255
KEPT_FOR = timedelta(hours=24)
LIMIT_MAX = 500


def context(request: Request) -> Context:
    """Return what this process holds in common."""
    found: Context = request.app.state.context
    return found


Ctx = Annotated[Context, Depends(context)]


def _transaction(request: Request, ctx: Ctx) -> Iterator[Transaction]:
    with ctx.db.transaction() as tx:
        yield tx
        audit(request, tx)


def audit(request: Request, tx: Transaction) -> None:
    """Keep who changed what and when, in the transaction of the change itself."""
    who = getattr(request.state, "principal", None)  # set by the guard of `access`
    tx.session.add(
        AuditRow(
            id=tx.new_id("aud"),
            at=tx.now,
            principal_id=who.id if who else "",
            role=who.role if who else "",
            name=who.name if who else "",
            action=f"{request.method} {request.url.path}",
        )
    )


def _reading(ctx: Ctx) -> Iterator[Session]:
    with ctx.db.reading() as session:
        yield session


# scope="function": the transaction has ended before the answer leaves, so what we said is true.
Tx = Annotated[Transaction, Depends(_transaction, scope="function")]
Reading = Annotated[Session, Depends(_reading, scope="function")]


class Cursor:
    """Where to go on in a list, and how much of it to give."""

    def __init__(
        self,
        cursor: Annotated[str | None, Query(description="`next_cursor` of the page before", max_length=200)] = None,
        limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="how many at the most")] = 50,
    ) -> None:
        self.after = cursor
        self.limit = limit


Paging = Annotated[Cursor, Depends()]


async def _body_hash(request: Request) -> str:
    return hashlib.sha256(await request.body()).hexdigest()


class OnceGuard:
    """Gives the answer of an Idempotency-Key a second time instead of doing the thing a second time."""

    def __init__(
        self,
        request: Request,
        tx: Tx,
        body_hash: Annotated[str, Depends(_body_hash)],
        idempotency_key: Annotated[
            str | None,
            Header(description="A name for this request, chosen by you; the same one gets the same answer for 24 h"),
        ] = None,
    ) -> None:
        self._tx = tx
        self._key = idempotency_key
        self._body_hash = body_hash
        # The key belongs to whoever asks and to this very address: two merchants may choose the same one.
        asker = request.headers.get("authorization") or request.cookies.get("session") or ""
        place = f"{request.method} {request.url.path} {asker}"
        self._scope = hashlib.sha256(place.encode()).hexdigest()

    def __call__(self, make: Callable[[], BaseModel], status: int = 201) -> Response:
        """Answer with what ``make`` returns, or with what was answered under this key before."""
        key = self._required()
        known = self._tx.session.get(IdempotencyRow, (self._scope, key))
        if known and known.created_at + KEPT_FOR > self._tx.now:
            return self._again(known)
        if known:
            self._tx.session.delete(known)
            self._tx.session.flush()
        row = IdempotencyRow(
            scope=self._scope, key=key, body_hash=self._body_hash, status=status, answer="", created_at=self._tx.now
        )
        self._tx.session.add(row)
        try:
            self._tx.session.flush()
        except IntegrityError:
            raise Conflict(
                "A request with this Idempotency-Key is being worked on right now; ask again in a moment.",
                code="idempotency_in_flight",
            ) from None
        row.answer = make().model_dump_json()
        return Response(row.answer, status, media_type="application/json")

    def _required(self) -> str:
        if not self._key or len(self._key) > KEY_CHARS_MAX:
            raise MissingKey(
                "This request creates something and needs the header Idempotency-Key.",
                errors=(FieldError("Idempotency-Key", "is missing or too long", f"1 to {KEY_CHARS_MAX} characters"),),
            )
        return self._key

    def _again(self, known: IdempotencyRow) -> Response:
        if known.body_hash != self._body_hash:
            raise Invalid(
                "Idempotency-Key", "was used for a request with another body", "a new key for each new request"
            )
        headers = {"Idempotent-Replayed": "true"}
        return Response(known.answer, known.status, headers=headers, media_type="application/json")


class MissingKey(Refusal):
    """A request that creates came without an Idempotency-Key (400)."""

    code = "idempotency_key_missing"
    status = 400


Once = Annotated[OnceGuard, Depends()]


def forget_answers(tx: Transaction) -> None:
    """Drop the answers that have been kept for their 24 hours."""
    tx.session.exec(delete(IdempotencyRow).where(col(IdempotencyRow.created_at) < tx.now - KEPT_FOR))


def problem(refusal: Refusal) -> JSONResponse:
    """Write a refusal as the answer it is."""
    headers = {"Retry-After": str(refusal.retry_after_s)} if isinstance(refusal, TooMany) else {}
    errors = [
        FieldProblem(field=e.field, message=e.message, expected=e.expected, code=e.code, facts=dict(e.facts))
        for e in refusal.errors
    ]
    head = Problem(
        type=PROBLEM_TYPE + refusal.refusal_code,
        title=_title(refusal.refusal_code),
        status=refusal.status,
        detail=refusal.detail,
        facts=dict(refusal.facts),
        errors=errors,
    )
    return _written(head, headers)


def _written(head: Problem, headers: dict[str, str] | None) -> JSONResponse:
    """Write a problem; what it does not name or count is not spoken of."""
    body = head.model_dump()
    for one in (body, *body["errors"]):
        for name in ("code", "facts"):
            if not one.get(name):
                one.pop(name, None)
    return JSONResponse(body, head.status, headers, PROBLEM_JSON)


def _title(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _problem(
    code: str, status: int, detail: str, errors: list[FieldProblem] | None = None, headers: dict[str, str] | None = None
) -> JSONResponse:
    body = Problem(type=PROBLEM_TYPE + code, title=_title(code), status=status, detail=detail, errors=errors or [])
    return _written(body, headers)


def _refused(_request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return problem(refusal)


def _not_understood(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    body = getattr(request.scope.get("route"), "body_field", None)
    model = body.field_info.annotation if body else None
    errors = [field_problem(one, model) for one in fault.errors()]
    first = errors[0]
    head = Problem(
        type=PROBLEM_TYPE + Invalid.code,
        title=_title(Invalid.code),
        status=Invalid.status,
        detail=f"{first.field}: {first.message}",
        facts={"field": first.field},
        errors=errors,
    )
    return _written(head, None)


def field_problem(error: Mapping[str, Any], model: Any = None) -> FieldProblem:
    """Turn one of Pydantic's errors into the field that is wrong, what is wrong, and what would be right.

    ``model``: what the body was checked against, so that an unknown field can be answered with those there are. The
    code is Pydantic's type of the error, its facts are the limits, so that a screen can say it in another language.
    """
    where, *path = error["loc"]
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    allowed = error.get("ctx", {})
    expected = ", ".join(f"{key} {value}" for key, value in allowed.items() if key != "error")
    if error.get("type") == "extra_forbidden" and where == "body":
        expected = ", ".join(names_at(model, path[:-1]))
    facts = {key: value if isinstance(value, int) else str(value) for key, value in allowed.items() if key != "error"}
    code = error.get("type", "")
    return FieldProblem(field=name or str(where), message=error["msg"], expected=expected, code=code, facts=facts)


def _refused_by_framework(_request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    codes = {404: "not_found", 405: "method_not_allowed"}
    return _problem(codes.get(fault.status_code, "refused"), fault.status_code, str(fault.detail), None, fault.headers)  # type: ignore[arg-type]


def _world_failed(_request: Request, failure: Exception) -> Response:
    assert isinstance(failure, Failure)
    headers = {"Retry-After": "30"} if failure.retry else {}
    return _problem("unavailable", 503, failure.detail, None, headers)


def _our_fault(request: Request, fault: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=fault)
    return _problem("our_fault", 500, "Something on our side went wrong. Nothing of this request was kept; try again.")


def install(app: FastAPI) -> None:
    """Let every refusal, failure and fault leave the house as a problem document, and be described as one."""
    describe = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            _describe_problems(describe())
        return describe()

    app.openapi = described  # type: ignore[method-assign]  # the way FastAPI documents for this
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _refused_by_framework)
    app.add_exception_handler(Failure, _world_failed)
    app.add_exception_handler(Exception, _our_fault)


PROBLEM_WORDS = {
    400: "A header or a parameter is missing",
    401: "Nobody known is asking",
    403: "The right for this is missing",
    404: "There is no such thing, or none you may know of",
    409: "It is not in a state that allows this",
    410: "It was there and is over",
    412: "Somebody changed it meanwhile: read it again",
    413: "The body is larger than this door takes",
    422: "A field is wrong; `errors` says which and what would be right",
    429: "Asked too often; `Retry-After` says when to come back",
    503: "It cannot be answered just now; try again",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the refusals a route can give, for ``responses=``; 401, 403 and 422 are always among them."""
    return {
        status: {"model": Problem, "description": PROBLEM_WORDS[status]}
        for status in sorted({401, 403, 422, *statuses})
    }


def _describe_problems(description: dict[str, Any]) -> None:
    """Put every refusal's schema under the media type it is sent with; the framework knows one type a route."""
    for item in description["paths"].values():
        for operation in item.values():
            for status, answer in operation.get("responses", {}).items():
                if status.startswith(("4", "5")):
                    plain = answer.get("content", {}).pop("application/json", None)
                    answer["content"] = {PROBLEM_JSON: plain or {"schema": {"$ref": "#/components/schemas/Problem"}}}
