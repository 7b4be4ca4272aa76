"""Classes, people, membership and codes; who may see which row (PostgreSQL)."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ROWS = Path(__file__).with_name("v0002_classes.sql")


def upgrade() -> None:
    """Make the tables of classes; in PostgreSQL also roles, functions and policies."""
    op.create_table(
        "okrlab_people",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("name", sa.String(200)),
        sa.Column("login", sa.String(63), unique=True),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "okrlab_classes",
        sa.Column("class", sa.String(80), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "okrlab_members",
        sa.Column("class", sa.String(80), primary_key=True),
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_index("okrlab_members_of_person", "okrlab_members", ["person"])
    op.create_table(
        "okrlab_codes",
        sa.Column("code", sa.String(20), primary_key=True),
        sa.Column("class", sa.String(80), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("expires", sa.String(32), nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
        sa.Column("uses_left", sa.Integer),
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        schema = connection.execute(sa.text("SELECT quote_ident(current_schema())")).scalar_one()
        connection.exec_driver_sql(
            ROWS.read_text(encoding="utf-8").replace(":schema", schema),
            execution_options={"no_parameters": True},
        )
    op.execute("UPDATE okrlab_meta SET value = '2' WHERE key = 'schema'")
