"""sign-ins that have ended

Revision ID: 1795787014
Revises: 1795765210
Create Date: 2026-11-27 13:43:33.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1795787014"
down_revision: str | None = "1795765210"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "ended_sign_in",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_sign_in")),
    )
    op.create_index(op.f("ix_ended_sign_in_until"), "ended_sign_in", ["until"])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f("ix_ended_sign_in_until"), table_name="ended_sign_in")
    op.drop_table("ended_sign_in")
