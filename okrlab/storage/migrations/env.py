"""Run by Alembic, inside the transaction of the connection that it is given."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], version_table="okrlab_migrations"
)
with context.begin_transaction():
    context.run_migrations()
