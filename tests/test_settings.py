from __future__ import annotations

from pathlib import Path

import pytest

from logistics.kit.edge.context import Settings
from logistics.kit.errors import Invalid
from logistics.settings import from_environment


def test_nothing_said_is_the_default() -> None:
    assert from_environment({}) == Settings()
    assert from_environment({"PATH": "x", "logistics_port": "1"}) == Settings()


def test_each_kind_of_setting_is_read() -> None:
    settings = from_environment(
        {
            "LOGISTICS_DATABASE_URL": "postgresql+psycopg://host/db",
            "LOGISTICS_PORT": "9000",
            "LOGISTICS_CLOCK_ANCHORED": "yes",
            "LOGISTICS_WEB_DIR": "built",
            "LOGISTICS_MAP_DIR": "",
            "LOGISTICS_LOCALES": "en, zh-CN,",
        }
    )
    assert settings.database_url == "postgresql+psycopg://host/db"
    assert settings.port == 9000
    assert settings.clock_anchored is True
    assert settings.web_dir == Path("built")
    assert settings.map_dir is None
    assert settings.locales == ("en", "zh-CN")


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("No", False), ("", False)]
)
def test_yes_and_no(text: str, value: bool) -> None:  # noqa: FBT001 - a table's verdict
    assert from_environment({"LOGISTICS_CLOCK_ANCHORED": text}).clock_anchored is value


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("LOGISTICS_PORT", "80a"),
        ("LOGISTICS_PORT", "-1"),
        ("LOGISTICS_PORT", ""),
        ("LOGISTICS_PORT", "65536"),
        ("LOGISTICS_FEED_PORT", "65536"),
        ("LOGISTICS_FEED_PORT", "8000"),  # the default of LOGISTICS_PORT
        ("LOGISTICS_CLOCK_ANCHORED", "maybe"),
    ],
)
def test_what_cannot_be_understood_names_its_variable(variable: str, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        from_environment({variable: text})
    assert refusal.value.errors[0].field == variable
