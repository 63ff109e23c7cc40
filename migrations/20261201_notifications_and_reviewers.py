"""notifications of people, reviewers of drafts, and comments on a piece of a text

Revision ID: 1796162000
Revises: 1796161000
Create Date: 2026-12-01 21:13:20.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1796162000"
down_revision: str | None = "1796161000"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["review_note.id"], name=op.f("fk_notification_note_id_review_note")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notification_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
    )
    op.create_index(op.f("ix_notification_at"), "notification", ["at"], unique=False)
    op.create_index(op.f("ix_notification_mail_due"), "notification", ["mail_due"], unique=False)
    op.create_index("ix_notification_person_id_at", "notification", ["person_id", "at"], unique=False)
    op.create_table(
        "notification_state",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("muted", sa.Text(), nullable=False),
        sa.Column("viewed", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_checked", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_sent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_items", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notification_state_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notification_state")),
    )
    op.add_column("draft", sa.Column("reviewer_id", sa.Integer(), nullable=True))
    op.add_column("review_note", sa.Column("about", sa.Text(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_column("review_note", "about")
    op.drop_column("draft", "reviewer_id")
    op.drop_table("notification_state")
    op.drop_table("notification")
