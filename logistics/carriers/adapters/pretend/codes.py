"""The source's code table, as data beside this file."""

from __future__ import annotations

import json
from importlib.resources import files

from logistics.carriers.statuses import Table, read_table

TABLE: Table = read_table(json.loads(files(__package__).joinpath("codes.json").read_text("utf-8")))
