"""Letters for officers"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letters",
        sa.Column("inbox", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=200), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("inbox"),
    )
    op.create_index("letters_open", "letters", ["answered_at", "inbox"])


def downgrade() -> None:
    op.drop_table("letters")
