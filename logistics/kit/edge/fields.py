"""Names the fields that a part of a request may have, read off the model it is checked against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel


def names_at(model: Any, path: Sequence[str | int]) -> list[str]:
    """Return the names of all fields there are at a place, as declared; none if what is there has no named fields.

    ``path`` is Pydantic's (``loc``): names, positions in lists, keys of mappings, tags of unions.
    """
    kinds = list(_kinds(model))
    for step in path:
        found = [kind for one in kinds for inner in _within(one, step) for kind in _kinds(inner)]
        kinds = found or kinds  # a step that leads nowhere is the tag of a union
    return list(dict.fromkeys(name for kind in kinds if _is_model(kind) for name in _fields(kind)))


def _kinds(annotation: Any) -> Iterator[Any]:
    """Yield what a value may be: an annotation without its remarks, each member of a union."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _kinds(member)
    else:
        yield annotation


def _within(kind: Any, step: str | int) -> Iterator[Any]:
    """Yield what may stand at a step into a value; nothing if there is no such step."""
    if _is_model(kind):
        fields = _fields(kind)
        if isinstance(step, str) and step in fields:
            yield fields[step]
    elif get_origin(kind) is dict:
        yield get_args(kind)[1]
    else:
        yield from get_args(kind)[:1]


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
