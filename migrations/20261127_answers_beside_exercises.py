"""answers beside exercises

Revision ID: 1795811400
Revises: 1795801800
Create Date: 2026-11-27 20:58:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1795811400"
down_revision: str | None = "1795801800"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.add_column("workshop_item", sa.Column("answers", sa.Text(), server_default="{}", nullable=False))


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("workshop_item", "answers")
