"""The name of a retired vehicle is free for another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# What PostgreSQL called the constraint; SQLite gave it no name, so that it is found by this pattern there.
NAMES = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}
ONE_EVER = "vehicles_name_key"
ONE_IN_SERVICE = "ix_vehicles_name_in_service"
IN_SERVICE = "NOT retired"

# A name that occurs twice stays with the vehicle in service; retired ones are told apart by their ids.
TELL_APART = """
    UPDATE vehicles SET name = name || ' ' || id
    WHERE retired
    AND EXISTS (SELECT 1 FROM vehicles AS other WHERE other.name = vehicles.name AND other.id <> vehicles.id)
"""


def upgrade() -> None:
    with op.batch_alter_table("vehicles", naming_convention=NAMES) as batch_op:
        batch_op.drop_constraint(ONE_EVER, type_="unique")
        batch_op.create_index(
            ONE_IN_SERVICE,
            ["name"],
            unique=True,
            sqlite_where=sa.text(IN_SERVICE),
            postgresql_where=sa.text(IN_SERVICE),
        )


def downgrade() -> None:
    op.execute(TELL_APART)
    with op.batch_alter_table("vehicles", naming_convention=NAMES) as batch_op:
        batch_op.drop_index(ONE_IN_SERVICE)
        batch_op.create_unique_constraint(ONE_EVER, ["name"])
