"""downloads of tools are counted

Revision ID: 1795795800
Revises: 1795787014
Create Date: 2026-11-27 16:10:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1795795800"
down_revision: str | None = "1795787014"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "download_total",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("period", "record", "country", "format", name=op.f("pk_download_total")),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("download_total")
