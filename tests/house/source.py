"""The project's own source, read as text and as syntax trees, for the tests that hold its rules."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "logistics"

# Files that lie in a package without being its front room: the entrances, and the adapters' door to their carrier.
ENTRANCES = {"app", "cli", "settings", "wiring"}


@dataclass(frozen=True)
class Source:
    """One Python file of ``logistics/``."""

    path: Path

    @property
    def parts(self) -> tuple[str, ...]:
        """The path below ``logistics/`` without its ending: ``("kit", "edge", "db")``."""
        return self.path.relative_to(HOUSE).with_suffix("").parts

    @property
    def name(self) -> str:
        """The path as one reads it: ``logistics/kit/edge/db.py``."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        parts = self.parts[:-1] if self.parts[-1] == "__init__" else self.parts
        return ".".join(("logistics", *parts))

    @property
    def package(self) -> str:
        """The step of the sentence it belongs to; empty for the entrances."""
        return self.parts[0] if len(self.parts) > 1 else ""

    @property
    def is_entrance(self) -> bool:
        return len(self.parts) == 1

    @property
    def is_adapter(self) -> bool:
        return "adapters" in self.parts

    @property
    def is_edge(self) -> bool:
        return "edge" in self.parts or (self.is_adapter and self.parts[-1] == "client")

    @property
    def is_front(self) -> bool:
        return not self.is_edge and not self.is_entrance

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return _tree(self.path)

    @property
    def has_logic(self) -> bool:
        """Tell whether there is a function or a method with a body to test."""
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        return any(isinstance(node, functions) and _does_something(node) for node in ast.walk(self.tree))

    def imports(self) -> set[str]:
        """Name every module it imports, whatever for, with what is taken from it: ``logistics.kit.money.Money``."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{self.name}: relative imports hide where a thing comes from"
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
        return found


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _does_something(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell a function with statements from a mere signature (a protocol's, an abstract one's)."""
    body = [node for node in function.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    return bool(body)


@cache
def sources() -> tuple[Source, ...]:
    """List all Python files of the platform."""
    return tuple(Source(path) for path in sorted(HOUSE.rglob("*.py")))


@cache
def tracked_files() -> tuple[Path, ...]:
    """List what is committed or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())
