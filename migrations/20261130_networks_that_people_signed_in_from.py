"""networks that people signed in from

Revision ID: 1796038200
Revises: 1796031000
Create Date: 2026-11-30 11:30:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1796038200"
down_revision: str | None = "1796031000"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "known_network",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_known_network_user_id_person")),
        sa.PrimaryKeyConstraint("user_id", "mark", name=op.f("pk_known_network")),
    )
    op.create_index(op.f("ix_known_network_last"), "known_network", ["last"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_known_network_last"), table_name="known_network")
    op.drop_table("known_network")
