"""Files a platform has"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uploaded", sa.String(length=400), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("account", "digest"),
    )


def downgrade() -> None:
    op.drop_table("uploads")
