"""Codes that link channels"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_codes",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=200), nullable=False),
        sa.Column("issued_at", Moment(), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
        sa.UniqueConstraint("conversation"),
    )


def downgrade() -> None:
    op.drop_table("link_codes")
