"""Plans that go back a step, and shipments locked to a vehicle."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("locks", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "plan_steps",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locks", sa.JSON(), nullable=False),
        sa.Column("drafts", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"]),
        sa.PrimaryKeyConstraint("plan_id", "step"),
    )


def downgrade() -> None:
    op.drop_table("plan_steps")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_column("locks")
        batch_op.drop_column("step")
