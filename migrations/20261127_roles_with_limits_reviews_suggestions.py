"""roles with limits, reviews, suggestions

Revision ID: 1795765210
Revises: 1795569659
Create Date: 2026-11-27 07:40:10.386325

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1795765210"
down_revision: str | None = "1795569659"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "link_check",
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("records", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_link_check")),
    )
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("section", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("mark", name=op.f("uq_suggestion_mark")),
    )
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestion_state"), ["state"], unique=False)

    op.create_table(
        "suggestion_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_attempt")),
    )
    with op.batch_alter_table("suggestion_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_suggestion_attempt_network_at", ["network", "at"], unique=False)

    op.create_table(
        "presence",
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_presence_person_id_person")),
        sa.PrimaryKeyConstraint("record", "part", "person_id", name=op.f("pk_presence")),
    )
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presence_at"), ["at"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_recovery_code_user_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_user_id"), ["user_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_ticket_user_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("mark", name=op.f("uq_ticket_mark")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_user_id"), ["user_id"], unique=False)

    op.create_table(
        "review_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_review_note_author_id_person")),
        sa.ForeignKeyConstraint(["change_number"], ["change.number"], name=op.f("fk_review_note_change_number_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_note")),
    )
    with op.batch_alter_table("review_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_note_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index("ix_review_note_record_part", ["record", "part"], unique=False)

    # Column by column: SQLite would otherwise make the tables anew, which rows of others refer to.
    op.add_column("change", sa.Column("approved_by", sa.Integer(), nullable=True))

    op.add_column("draft", sa.Column("minor", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("draft", sa.Column("stage", sa.String(length=10), nullable=False, server_default="writing"))
    op.add_column("draft", sa.Column("submitted", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "draft", sa.Column("approved_fingerprint", sa.String(length=64), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("draft", sa.Column("approved_by", sa.Integer(), nullable=True))
    op.add_column("draft", sa.Column("due", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_draft_due"), "draft", ["due"], unique=False)

    op.add_column("grant", sa.Column("countries", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("grant", sa.Column("areas", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("grant", sa.Column("languages", sa.Text(), nullable=False, server_default=sa.text("''")))

    op.add_column("person", sa.Column("language", sa.String(length=5), nullable=False, server_default="en"))
    op.add_column("person", sa.Column("is_named", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(
        "person", sa.Column("totp_secret", sa.String(length=300), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("person", sa.Column("totp_confirmed", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("person", sa.Column("erased", sa.DateTime(timezone=True), nullable=True))

    # Until now a curator could publish; whoever could still can.
    op.execute(
        'INSERT INTO "grant" (user_id, role, granted_by, at, countries, areas, languages) '
        "SELECT user_id, 'publisher', granted_by, at, '', '', '' FROM \"grant\" AS given WHERE role = 'curator' "
        "AND NOT EXISTS (SELECT 1 FROM \"grant\" WHERE user_id = given.user_id AND role = 'publisher')"
    )


def downgrade() -> None:
    """Downgrade schema."""
    # The roles that are new are taken away; curators could publish before.
    op.execute("DELETE FROM \"grant\" WHERE role NOT IN ('curator', 'administrator')")
    op.drop_column("person", "erased")
    op.drop_column("person", "totp_step")
    op.drop_column("person", "totp_confirmed")
    op.drop_column("person", "totp_secret")
    op.drop_column("person", "is_named")
    op.drop_column("person", "language")

    op.drop_column("grant", "languages")
    op.drop_column("grant", "areas")
    op.drop_column("grant", "countries")

    op.drop_index(op.f("ix_draft_due"), "draft")
    op.drop_column("draft", "due")
    op.drop_column("draft", "approved_by")
    op.drop_column("draft", "approved_fingerprint")
    op.drop_column("draft", "submitted")
    op.drop_column("draft", "stage")
    op.drop_column("draft", "minor")

    op.drop_column("change", "approved_by")

    with op.batch_alter_table("review_note", schema=None) as batch_op:
        batch_op.drop_index("ix_review_note_record_part")
        batch_op.drop_index(batch_op.f("ix_review_note_draft_id"))

    op.drop_table("review_note")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_user_id"))

    op.drop_table("ticket")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_user_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_presence_at"))

    op.drop_table("presence")
    with op.batch_alter_table("suggestion_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_suggestion_attempt_network_at")

    op.drop_table("suggestion_attempt")
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_state"))

    op.drop_table("suggestion")
    op.drop_table("link_check")
