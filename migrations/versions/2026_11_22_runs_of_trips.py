"""Each trip of a vehicle is a run of its own."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What PostgreSQL called the constraint; SQLite gave it no name, so that it is found by this pattern there.
NAMES = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}
ONE_A_VEHICLE = "runs_plan_id_vehicle_id_key"
ONE_A_TRIP = "runs_plan_id_vehicle_id_planned_start_at_key"


def upgrade() -> None:
    with op.batch_alter_table("runs", naming_convention=NAMES) as batch_op:
        batch_op.drop_constraint(ONE_A_VEHICLE, type_="unique")
        batch_op.create_unique_constraint(ONE_A_TRIP, ["plan_id", "vehicle_id", "planned_start_at"])


def downgrade() -> None:
    with op.batch_alter_table("runs", naming_convention=NAMES) as batch_op:
        batch_op.drop_constraint(ONE_A_TRIP, type_="unique")
        batch_op.create_unique_constraint(ONE_A_VEHICLE, ["plan_id", "vehicle_id"])
