"""deeds to what is nobody's

Revision ID: 1795824600
Revises: 1795811400
Create Date: 2026-11-28 00:10:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1795824600"
down_revision: str | None = "1795811400"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.alter_column("user_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Downgrade schema."""
    entries = sa.table("audit_entry", sa.column("user_id", sa.Integer()))
    op.execute(entries.delete().where(entries.c.user_id.is_(None)))
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.alter_column("user_id", existing_type=sa.Integer(), nullable=False)
