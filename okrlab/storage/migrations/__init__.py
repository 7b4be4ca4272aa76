"""How the tables of a store in SQL came to be, step by step. Loaded only when a step is due.

A step is never changed once it was released; a new one is added to `versions`, `HEAD` names it, and
`_tables.SQL_SCHEMA` goes up by one. `tests/storage/test_schema.py` compares the two ways to the
same tables.
"""
