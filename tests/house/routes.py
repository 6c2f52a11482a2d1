"""All routes of the platform, with what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from logistics.access.model import Role
from logistics.access.roles import PERMISSIONS
from logistics.kit.edge.http import OnceGuard
from logistics.wiring import ROUTERS


@dataclass(frozen=True)
class Route:
    """One method of one path."""

    method: str
    path: str
    permissions: frozenset[str]
    once: bool  # asks for an Idempotency-Key
    status: int
    refusals: frozenset[int]  # the error answers that are described

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)[^}]*}", self.path)

    @property
    def roles(self) -> frozenset[Role]:
        """Who may use it; a route that asks for two permissions needs both."""
        allowed = frozenset(Role)
        for permission in self.permissions:
            allowed &= PERMISSIONS[permission]
        return allowed

    def filled(self, **values: str) -> str:
        """Return the path with its parameters filled in; those not given become a word that names nothing."""
        return re.sub(r"{(\w+)[^}]*}", lambda match: values.get(match[1], "1"), self.path)


@cache
def routes() -> tuple[Route, ...]:
    return tuple(_routes())


def _routes() -> Iterator[Route]:
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute), f"{route} is no route we know how to judge"
            calls = list(_calls(route.dependant))
            permissions = frozenset(call.permission for call in calls if hasattr(call, "permission"))
            for method in sorted(route.methods or ()):
                yield Route(
                    method,
                    route.path,
                    permissions,
                    OnceGuard in calls,
                    route.status_code or 200,
                    frozenset(int(code) for code in route.responses if str(code).isdigit()),
                )


def _calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for below in dependant.dependencies:
        yield from _calls(below)
