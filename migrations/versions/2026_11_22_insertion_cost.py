"""What plans teach about the cost of a stop, instead of one factor for a fleet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "insertion_lessons",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("depot_id", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("plan_on", sa.Date(), nullable=False),
        sa.Column("observed", sa.JSON(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("mean_cost", sa.Float(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", "depot_id"),
    )
    with op.batch_alter_table("insertion_lessons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insertion_lessons_learned_at"), ["learned_at"], unique=False)
    op.create_table(
        "insertion_figures",
        sa.Column("depot_id", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("prices", sa.JSON(), nullable=True),
        sa.Column("starting", sa.JSON(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("plans_count", COUNT, nullable=False),
        sa.Column("stops_count", COUNT, nullable=False),
        sa.Column("mean_cost", sa.Float(), nullable=False),
        sa.Column("error", sa.JSON(), nullable=True),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("days", COUNT, nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("depot_id", "currency"),
    )
    with op.batch_alter_table("fleet_terms", schema=None) as batch_op:
        batch_op.drop_column("scale")
        batch_op.drop_column("plans_count")


def downgrade() -> None:
    with op.batch_alter_table("fleet_terms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plans_count", COUNT, nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("scale", sa.Float(), nullable=False, server_default="1"))
    op.drop_table("insertion_figures")
    op.drop_table("insertion_lessons")
