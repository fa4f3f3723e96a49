"""What citizens agreed to have remembered"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profiles",
        sa.Column("citizen", sa.String(length=32), nullable=False),
        sa.Column("used_at", Moment(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["citizen"], ["citizens.id"]),
        sa.PrimaryKeyConstraint("citizen"),
    )
    op.create_index("ix_profiles_used_at", "profiles", ["used_at"])


def downgrade() -> None:
    op.drop_index("ix_profiles_used_at", "profiles")
    op.drop_table("profiles")
