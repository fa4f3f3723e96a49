"""Keys to Zalo accounts"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zalo_grants",
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("spends", sa.String(length=64), nullable=True),
        sa.Column("locked_by", sa.String(length=20), nullable=True),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.Column("endpoint", sa.String(length=10), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("account"),
    )


def downgrade() -> None:
    op.drop_table("zalo_grants")
