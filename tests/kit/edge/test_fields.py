from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from logistics.kit.edge.fields import names_at


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Window(Strict):
    from_: Annotated[int, Field(alias="from")] = 0
    to: int = 0


class Door(Strict):
    kind: Literal["door"] = "door"
    windows: list[Window] = []


class Store(Strict):
    kind: Literal["store"] = "store"
    code: str = ""


Way = Annotated[Door | Store, Field(discriminator="kind")]


class Order(Strict):
    way: Way | None = None
    backup: Door | None = None
    by_day: dict[str, Window] = {}
    pair: tuple[Window, ...] = ()


DOOR, STORE, WINDOW, ORDER = ["kind", "windows"], ["kind", "code"], ["from", "to"], ["way", "backup", "by_day", "pair"]


@pytest.mark.parametrize(
    ("kind", "body", "names"),
    [
        (Order, {"x": 1}, ORDER),
        (list[Order], [{}, {"x": 1}], ORDER),
        (Order, {"way": {"kind": "door", "x": 1}}, DOOR + STORE[1:]),
        (Order, {"way": {"kind": "door", "windows": [{"x": 1}]}}, WINDOW),
        (Order, {"backup": {"x": 1}}, DOOR),
        (Order, {"by_day": {"monday": {"x": 1}}}, WINDOW),
        (Order, {"pair": [{}, {"x": 1}]}, WINDOW),
    ],
)
def test_the_fields_there_are_stand_where_one_is_too_many(kind: Any, body: Any, names: list[str]) -> None:
    """Pydantic itself says where; of a union that a tag decides, the fields of all its members are named."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(body)
    (error,) = refused.value.errors()
    assert error["type"] == "extra_forbidden"
    assert names_at(kind, error["loc"][:-1]) == names


def test_where_nothing_has_fields_there_are_none() -> None:
    assert names_at(None, ("x",)) == []
    assert names_at(Order, ("pair", 0, "to")) == []
    assert names_at(dict, ("x",)) == []
