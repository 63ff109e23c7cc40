"""discarded drafts come back, and no number of a draft is given twice

Revision ID: 1796031000
Revises: 1795824600
Create Date: 2026-11-30 09:30:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1796031000"
down_revision: str | None = "1795824600"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None

# The highest number of a draft of which anything is still known.
_HIGHEST = (
    "SELECT max(number) FROM (SELECT max(id) AS number FROM draft UNION SELECT max(draft_id) FROM review_note "
    "UNION SELECT max(draft_id) FROM suggestion UNION SELECT 0) AS known"
)


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "discarded_draft",
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("discarded", sa.DateTime(timezone=True), nullable=False),
        sa.Column("discarded_by", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=False),
        sa.Column("base_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minor", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_discarded_draft_author_id_person")),
        sa.ForeignKeyConstraint(["discarded_by"], ["person.id"], name=op.f("fk_discarded_draft_discarded_by_person")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_discarded_draft")),
    )
    for column in ("author_id", "discarded", "discarded_by", "record"):
        op.create_index(op.f(f"ix_discarded_draft_{column}"), "discarded_draft", [column], unique=False)
    if op.get_bind().dialect.name == "sqlite":  # other databases never count backwards
        with op.batch_alter_table("draft", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'draft'")
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('draft', ({_HIGHEST}))")  # noqa: S608 - no input


def downgrade() -> None:
    """Downgrade schema."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("draft", recreate="always"):
            pass
    op.drop_table("discarded_draft")
