"""The one file that reads the environment: ``LOGISTICS_*`` variables become settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from logistics.kit.edge.context import Settings
from logistics.kit.errors import Invalid

PREFIX = "LOGISTICS_"
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})
PORT_MAX = 65_535


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; a value that cannot be understood is refused, naming its variable."""
    given = os.environ if environment is None else environment  # noqa: TID251 - this is the room the rule speaks of
    defaults = Settings()
    values: dict[str, Any] = {}
    for one in fields(Settings):
        text = given.get(PREFIX + one.name.upper())
        if text is not None:
            values[one.name] = _value(one.name, text, getattr(defaults, one.name))
    read = Settings(**values)
    if read.port == read.feed_port:
        raise Invalid(PREFIX + "FEED_PORT", f"{read.feed_port} is {PREFIX}PORT, too", "a port of its own")
    return read


def _value(name: str, text: str, default: object) -> object:
    variable = PREFIX + name.upper()
    if isinstance(default, bool):
        if text.lower() not in YES | NO:
            raise Invalid(variable, f"{text!r} is neither yes nor no", "1 or 0")
        return text.lower() in YES
    if isinstance(default, int):
        if not text.isdecimal():
            raise Invalid(variable, f"{text!r} is no whole number", "such as 8000")
        if name.endswith("port") and int(text) > PORT_MAX:
            raise Invalid(variable, f"there is no port {text}", f"{PORT_MAX} at most")
        return int(text)
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if name.endswith(("_dir", "_file")):
        return Path(text) if text else None
    return text
