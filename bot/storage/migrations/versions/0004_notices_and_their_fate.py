"""Notices and their fate"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("once", sa.String(length=120), nullable=False),
        sa.Column("dossier", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("not_before", Moment(), nullable=False),
        sa.Column("closed", sa.String(length=10), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("once"),
    )
    op.create_index("notices_of", "notices", ["dossier", "id"])
    op.create_index("notices_open", "notices", ["closed", "not_before"])
    op.add_column("outbox", sa.Column("notice", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("way", sa.String(length=10), nullable=True))
    op.add_column("outbox", sa.Column("cost", sa.Integer(), nullable=True))
    op.create_index("outbox_for", "outbox", ["notice", "id"])


def downgrade() -> None:
    op.drop_index("outbox_for", "outbox")
    for column in ("cost", "way", "notice"):
        op.drop_column("outbox", column)
    op.drop_table("notices")
