"""Versions as they travel: an `ETag` with what is read, and `If-Match` with what is to be changed."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header

from logistics.kit.errors import Invalid

TAG = re.compile(r'(?:W/)?"?([0-9]{1,18})"?')  # what is longer is no version of ours, and no number of a database


def _seen(if_match: Annotated[str, Header(alias="If-Match", description="the ETag that was read")]) -> int:
    version = TAG.fullmatch(if_match)
    if version is None:
        raise Invalid("If-Match", "is no version", 'the ETag that was read, such as "3"')
    return int(version[1])


Seen = Annotated[int, Depends(_seen)]
