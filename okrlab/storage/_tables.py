"""The tables of a store in SQL, as they are now. How they became so is in `migrations`."""

from __future__ import annotations

import sqlalchemy as sa

TABLES = sa.MetaData()

SQL_SCHEMA = 2
"""Version of these tables. A store with a higher one is refused, one with a lower is upgraded."""

META = sa.Table(
    "okrlab_meta",
    TABLES,
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("value", sa.String(200), nullable=False),
)

ATTEMPTS = sa.Table(
    "okrlab_attempts",
    TABLES,
    sa.Column(
        "seq",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
    ),
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
    sa.Index("okrlab_attempts_of_learner", "learner", "at"),
)

DRAFTS = sa.Table(
    "okrlab_drafts",
    TABLES,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("learner", sa.String(80), nullable=False),
    sa.Column("key", sa.String(200), nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Index("okrlab_drafts_of_learner", "learner", "key", "at"),
)

PEOPLE = sa.Table(
    "okrlab_people",
    TABLES,
    sa.Column("person", sa.String(80), primary_key=True),
    sa.Column("name", sa.String(200)),
    sa.Column("login", sa.String(63), unique=True),
    sa.Column("at", sa.String(32), nullable=False),
)

CLASSES = sa.Table(
    "okrlab_classes",
    TABLES,
    sa.Column("class", sa.String(80), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
)

MEMBERS = sa.Table(
    "okrlab_members",
    TABLES,
    sa.Column("class", sa.String(80), primary_key=True),
    sa.Column("person", sa.String(80), primary_key=True),
    sa.Column("role", sa.String(10), nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Index("okrlab_members_of_person", "person"),
)

CODES = sa.Table(
    "okrlab_codes",
    TABLES,
    sa.Column("code", sa.String(20), primary_key=True),
    sa.Column("class", sa.String(80), nullable=False),
    sa.Column("role", sa.String(10), nullable=False),
    sa.Column("expires", sa.String(32), nullable=False),
    sa.Column("revoked", sa.Boolean, nullable=False),
    sa.Column("uses_left", sa.Integer),
)

MIGRATIONS = sa.Table(
    "okrlab_migrations",
    TABLES,
    sa.Column("version_num", sa.String(32), primary_key=True),
)

PROGRESS_TABLES = (ATTEMPTS, DRAFTS, META)
"""Made first and in this order, so that they begin at the same place in every SQLite file, which
is what salvage counts on when a first page was destroyed."""

CLASS_TABLES = (PEOPLE, CLASSES, MEMBERS, CODES)
