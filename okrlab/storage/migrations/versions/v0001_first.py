"""Attempts and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first version."""
    op.create_table(
        "okrlab_attempts",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("learner", sa.String(80), nullable=False),
        sa.Column("activity", sa.String(200), nullable=False),
        sa.Column("sitting", sa.String(64), nullable=False),
        sa.Column("item", sa.String(200), nullable=False),
        sa.Column("item_version", sa.Integer, nullable=False),
        sa.Column("concept", sa.String(200), nullable=False),
        sa.Column("response", sa.Text, nullable=False),
        sa.Column("mark", sa.Double, nullable=False),
        sa.Column("misconceptions", sa.Text, nullable=False),
        sa.Column("graded", sa.Boolean, nullable=False),
        sa.Column("try_number", sa.Integer, nullable=False),
        sa.Column("confidence", sa.String(20)),
        sa.Column("seconds", sa.Double),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("okrlab_attempts_of_learner", "okrlab_attempts", ["learner", "at"])
    op.create_table(
        "okrlab_drafts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("learner", sa.String(80), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("okrlab_drafts_of_learner", "okrlab_drafts", ["learner", "key", "at"])
    meta = op.create_table(
        "okrlab_meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.String(200), nullable=False),
    )
    op.bulk_insert(meta, [{"key": "schema", "value": "1"}])
