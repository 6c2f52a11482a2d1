"""Shapes that travel everywhere: money, points, windows, problems, pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,  # noqa: TID251 - the one room: `Moment` is made of it
    BaseModel,
    ConfigDict,
    Field,
)
from pydantic_core import PydanticCustomError

from logistics.kit.findings import Finding
from logistics.kit.geo import Point
from logistics.kit.money import Money
from logistics.kit.windows import YEARS, Window

T = TypeVar("T")
Some = TypeVar("Some", bound=date)
MINOR_MAX = 10**15  # beyond any real amount, well inside 64 bits


def on_the_calendar(some: Some) -> Some:
    """Refuse a day or moment of the calendar's first or last year: in another time zone it may not be on it."""
    if some.year not in YEARS:
        expected = {"a year from": f"{YEARS[0]} to {YEARS[-1]}"}
        raise PydanticCustomError("year", f"lies in the year {some.year}", expected)
    return some


Moment = Annotated[AwareDatetime, AfterValidator(on_the_calendar)]
Day = Annotated[date, AfterValidator(on_the_calendar)]


class Wire(BaseModel):
    """A body from or to the outside: unknown fields are refused, so that a typing slip is seen."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class MoneyWire(Wire):
    """An amount in minor units of a currency: 1250 CNY is twelve yuan and fifty fen."""

    amount_minor: Annotated[int, Field(ge=-MINOR_MAX, le=MINOR_MAX)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["CNY"])]

    def to_money(self) -> Money:
        """Return the amount as the house counts it."""
        return Money(self.amount_minor, self.currency)

    @classmethod
    def of(cls, money: Money) -> MoneyWire:
        """Write an amount."""
        return cls(amount_minor=money.amount_minor, currency=money.currency)

    @classmethod
    def maybe(cls, money: Money | None) -> MoneyWire | None:
        """Write an amount, if there is one."""
        return cls.of(money) if money is not None else None


class PointWire(Wire):
    """A place in WGS-84 degrees."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]

    def to_point(self) -> Point:
        """Return the place as the house keeps it."""
        return Point(lat=self.lat, lon=self.lon)

    @classmethod
    def of(cls, point: Point) -> PointWire:
        """Write a place."""
        return cls(lat=point.lat, lon=point.lon)


class WindowWire(Wire):
    """A span in which a service may start, both ends included; times carry their offset."""

    start: Moment
    end: Moment

    def to_window(self) -> Window:
        """Return the window as the house keeps it; refused if its end lies before its start."""
        return Window(self.start, self.end)

    @classmethod
    def of(cls, window: Window) -> WindowWire:
        """Write a window."""
        return cls(start=window.start, end=window.end)

    @classmethod
    def maybe(cls, start: datetime | None, end: datetime | None) -> WindowWire | None:
        """Write a window, if both of its ends are known."""
        return cls(start=start, end=end) if start is not None and end is not None else None


FactsWire = Annotated[
    dict[str, str | int], Field(description="what the sentence names and counts, to say it in another language")
]


class FieldProblem(Wire):
    """One field that is wrong: which, what is wrong with it, what would be right."""

    field: str
    message: str
    expected: str = ""
    code: str = ""
    facts: FactsWire = Field(default_factory=dict)


class FindingWire(Wire):
    """One thing noticed while the rest was done: where (a label, a row), a stable code, what would be right."""

    where: str
    code: str
    message: str
    expected: str = ""

    @classmethod
    def of(cls, finding: Finding) -> FindingWire:
        """Write a finding."""
        return cls(where=finding.where, code=finding.code, message=finding.message, expected=finding.expected)


class Problem(BaseModel):
    """A refusal, as RFC 9457 wants it: ``type`` is stable and meant for programs."""

    type: str
    title: str
    status: int
    detail: str
    facts: FactsWire = Field(default_factory=dict)
    errors: list[FieldProblem] = Field(default_factory=list)


class Page(BaseModel, Generic[T]):
    """Some of a list; ``next_cursor`` fetches what follows, and is none at the end."""

    items: list[T]
    next_cursor: str | None = None
