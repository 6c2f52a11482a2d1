"""What else vehicles may, what shipments ask of them, and what a plan shall keep as a whole."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("vehicles", schema=None) as batch_op:
        batch_op.add_column(sa.Column("limits", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.add_column(sa.Column("levels", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("quotas", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("balance_cost_per_h", sa.JSON(), nullable=True))
    with op.batch_alter_table("shipments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("other_windows", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("skills", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column(
                "priority", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, server_default="0"
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("shipments", recreate="never") as batch_op:
        batch_op.drop_column("priority")
        batch_op.drop_column("skills")
        batch_op.drop_column("other_windows")
    with op.batch_alter_table("plans", recreate="never") as batch_op:
        batch_op.drop_column("balance_cost_per_h")
        batch_op.drop_column("quotas")
        batch_op.drop_column("levels")
    with op.batch_alter_table("vehicles", recreate="never") as batch_op:
        batch_op.drop_column("limits")
