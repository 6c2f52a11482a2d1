"""Proposals to change a running day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "replans",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("replan_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("travel", sa.String(), nullable=False),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("replans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replans_replan_on"), ["replan_on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("replans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_replans_replan_on"))
    op.drop_table("replans")
