"""The migrations make what the code declares, up and down, on both databases; two that start at once do it once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Integer, Table, inspect
from sqlmodel import SQLModel

from logistics.kit.edge.db import Database
from logistics.kit.edge.scheduler import TABLE as SCHEDULER_TABLE
from tests.builders import NOON
from tests.house.source import ROOT


def config(url: str) -> Config:
    made = Config()
    made.set_main_option("script_location", str(ROOT / "migrations"))
    made.attributes["database_url"] = url
    return made


def tables(url: str) -> set[str]:
    database = Database(url)
    try:
        return set(inspect(database.readers).get_table_names())
    finally:
        database.close()


def differences(url: str) -> list[object]:
    """List what the database has and the code does not declare, and the other way round."""
    database = Database(url)
    try:
        with database.readers.connect() as connection:
            options = {"compare_type": True, "include_name": lambda name, kind, _up: (name, kind) != OWN}
            context = MigrationContext.configure(connection, opts=options)
            return list(compare_metadata(context, SQLModel.metadata))
    finally:
        database.close()


OWN = (SCHEDULER_TABLE, "table")


def test_the_migrations_make_the_tables_the_code_declares(database_url: str) -> None:
    command.upgrade(config(database_url), "head")
    assert differences(database_url) == []
    assert len(tables(database_url)) > 10


def test_they_can_be_taken_back_and_made_again(database_url: str) -> None:
    command.upgrade(config(database_url), "head")
    made = tables(database_url)
    command.downgrade(config(database_url), "base")
    assert tables(database_url) == {"alembic_version"}
    command.upgrade(config(database_url), "head")
    assert tables(database_url) == made


def test_two_that_start_at_once_do_it_once(database_url: str) -> None:
    environment = {**os.environ, "LOGISTICS_DATABASE_URL": database_url}  # noqa: TID251 - handed on to a program
    program = [sys.executable, "-m", "logistics.cli", "migrate"]
    both = [subprocess.Popen(program, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for running in both:
        _, said = running.communicate(timeout=60)
        assert running.returncode == 0, said
    assert differences(database_url) == []


def test_no_whole_number_is_short() -> None:
    """32 bits end at 21 million yuan; ``kit.edge.columns`` widens what is declared after it is imported."""
    short = [
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if type(column.type) is Integer
    ]
    assert not short


def test_there_is_one_line_of_revisions() -> None:
    script = ScriptDirectory.from_config(config(""))
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


@pytest.mark.parametrize("path", sorted((ROOT / "migrations" / "versions").glob("*.py")), ids=lambda path: path.stem)
def test_a_migration_does_not_change_with_the_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "logistics" not in text
    assert "sqlmodel" not in text


def _filled(table: Table, known: dict[str, object]) -> dict[str, object]:
    """Return a row of a table with something in every column that must have a value."""
    fill = {"str": "x", "int": 1, "float": 1.0, "bool": False, "date": NOON.date(), "object": NOON}
    needed = [column for column in table.columns if column.name in known or not column.nullable]
    return {
        column.name: known.get(
            column.name, {} if isinstance(column.type, JSON) else fill[column.type.python_type.__name__]
        )
        for column in needed
    }


def test_what_is_kept_survives_the_way_down_and_up_though_others_refer_to_it(database_url: str) -> None:
    command.upgrade(config(database_url), "head")
    database = Database(database_url)
    tables = SQLModel.metadata.tables
    known: dict[str, dict[str, object]] = {
        "sites": {"id": "s"},
        "runs": {"id": "r", "depot_id": "s"},
        "run_stops": {"run_id": "r"},
    }
    try:
        with database.writers.begin() as connection:
            for name, values in known.items():
                connection.execute(tables[name].insert().values(**_filled(tables[name], values)))
        command.downgrade(config(database_url), "0004")
        command.upgrade(config(database_url), "head")
        with database.readers.connect() as connection:
            assert connection.execute(tables["run_stops"].select()).one().run_id == "r"
    finally:
        database.close()


def test_on_the_way_down_a_retired_vehicle_leaves_its_name_to_the_one_in_service(database_url: str) -> None:
    command.upgrade(config(database_url), "head")
    database = Database(database_url)
    sites, vehicles = SQLModel.metadata.tables["sites"], SQLModel.metadata.tables["vehicles"]
    kept: list[dict[str, object]] = [
        {"id": "veh_1", "name": "Van 1", "retired": True},
        {"id": "veh_2", "name": "Van 1", "retired": True},
        {"id": "veh_3", "name": "Van 1", "retired": False},
        {"id": "veh_4", "name": "Van 4", "retired": True},
    ]
    try:
        with database.writers.begin() as connection:
            connection.execute(sites.insert().values(**_filled(sites, {"id": "s"})))
            for one in kept:
                connection.execute(vehicles.insert().values(**_filled(vehicles, {"depot_id": "s", **one})))
        command.downgrade(config(database_url), "0006")
        with database.readers.connect() as connection:
            found = connection.execute(vehicles.select().order_by(vehicles.c.id)).all()
        assert [row.name for row in found] == ["Van 1 veh_1", "Van 1 veh_2", "Van 1", "Van 4"]
        command.upgrade(config(database_url), "head")
    finally:
        database.close()
    assert differences(database_url) == []
