"""claims that were read against their sources

Revision ID: 1796160000
Revises: 1796040000
Create Date: 2026-12-01 20:40:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1796160000"
down_revision: str | None = "1796040000"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "read_claim",
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("claim", sa.String(length=120), nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_read_claim_person_id_person")),
        sa.PrimaryKeyConstraint("record", "claim", name=op.f("pk_read_claim")),
    )
    op.create_index(op.f("ix_read_claim_person_id"), "read_claim", ["person_id"], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table("read_claim")
