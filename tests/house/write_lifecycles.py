"""Writes the pages of ``docs/lifecycles/`` from the tables: ``python -m tests.house.write_lifecycles``."""

from __future__ import annotations

from tests.house.test_lifecycles import FOLDER, document, lifecycles, page_name


def main() -> None:
    """Write every page, and take away those whose table is gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = {page_name(one): document(one) for one in lifecycles().values()}
    for old in FOLDER.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
