"""workshops and frozen texts

Revision ID: 1795801800
Revises: 1795795800
Create Date: 2026-11-27 17:50:00.000000

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision: str = "1795801800"
down_revision: str | None = "1795795800"
branch_labels: tuple[str, ...] | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        "frozen_text",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("is_foreign", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_frozen_text")),
    )
    op.create_index(op.f("ix_frozen_text_record"), "frozen_text", ["record"], unique=False)

    op.create_table(
        "workshop",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("aims", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("second_language", sa.String(length=5), nullable=False),
        sa.Column("held", sa.String(length=10), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("token", sa.String(length=24), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=True),
        sa.Column("large_print", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("feedback_open", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("archived", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_workshop_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("mark", name=op.f("uq_workshop_mark")),
    )
    op.create_index(op.f("ix_workshop_owner_id"), "workshop", ["owner_id"], unique=False)
    op.create_index(op.f("ix_workshop_visibility"), "workshop", ["visibility"], unique=False)

    op.create_table(
        "workshop_trainer",
        sa.Column("workshop_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_workshop_trainer_person_id_person")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_trainer_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "person_id", name=op.f("pk_workshop_trainer")),
    )
    op.create_index(op.f("ix_workshop_trainer_person_id"), "workshop_trainer", ["person_id"], unique=False)

    op.create_table(
        "workshop_slot",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("workshop_id", sa.String(length=24), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("trainer_notes", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_slot_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_slot")),
    )
    op.create_index(op.f("ix_workshop_slot_workshop_id"), "workshop_slot", ["workshop_id"], unique=False)

    op.create_table(
        "workshop_item",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("workshop_id", sa.String(length=24), nullable=False),
        sa.Column("slot_id", sa.String(length=24), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("record", sa.String(length=200), nullable=False),
        sa.Column("made_from", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("frozen", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["workshop_slot.id"], name=op.f("fk_workshop_item_slot_id_workshop_slot")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_item_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_item")),
    )
    for column in ("record", "slot_id", "workshop_id"):
        op.create_index(op.f(f"ix_workshop_item_{column}"), "workshop_item", [column], unique=False)

    op.create_table(
        "workshop_item_text",
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["workshop_item.id"], name=op.f("fk_workshop_item_text_item_id_workshop_item")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["frozen_text.sha256"], name=op.f("fk_workshop_item_text_sha256_frozen_text")
        ),
        sa.PrimaryKeyConstraint("item_id", "language", name=op.f("pk_workshop_item_text")),
    )
    op.create_index(op.f("ix_workshop_item_text_sha256"), "workshop_item_text", ["sha256"], unique=False)

    op.create_table(
        "workshop_feedback",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("workshop_id", sa.String(length=24), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("is_out", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_feedback_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_feedback")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_workshop_feedback_workshop_id"), "workshop_feedback", ["workshop_id"], unique=False)

    op.create_table(
        "workshop_feedback_attempt",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_feedback_attempt")),
        sqlite_with_rowid=False,
    )
    for column in ("at", "network"):
        op.create_index(op.f(f"ix_workshop_feedback_attempt_{column}"), "workshop_feedback_attempt", [column])


def downgrade() -> None:
    """Downgrade schema."""
    for table in (
        "workshop_feedback_attempt",
        "workshop_feedback",
        "workshop_item_text",
        "workshop_item",
        "workshop_slot",
        "workshop_trainer",
        "workshop",
        "frozen_text",
    ):
        op.drop_table(table)
