"""Run benchmarks by name, or all of them: ``python -m benchmarks [--list] [name ...]``.

The planning engine is measured on files that have to be named: ``python -m benchmarks.routing FILE...``.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main(asked: list[str]) -> int:
    """Run what is asked for; an unknown name is answered with those there are."""
    if asked in (["--list"], ["--help"]):
        print("\n".join(NAMES))
        return 0
    unknown = set(asked) - set(NAMES)
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
        return 2
    for name in asked or NAMES:
        print(f"== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
