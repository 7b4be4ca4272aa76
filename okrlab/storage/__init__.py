"""Where progress is kept: append-only attempts, and drafts of unfinished work.

`open_store` chooses the place, `StoreJournal` is what widgets write to. The database code is in
`okrlab.storage.sql` and is loaded only when a store in SQL is opened.
"""

from __future__ import annotations

from okrlab.storage._records import RecordError, attempt_data, read_attempt
from okrlab.storage.journal import StoreJournal
from okrlab.storage.jsonlines import JsonLinesStore
from okrlab.storage.memory import MemoryStore
from okrlab.storage.places import damaged_files, data_folder, learner_name, open_store
from okrlab.storage.protocol import Draft, ProgressStore
from okrlab.storage.transfer import ImportReport, export_progress, import_progress

__all__ = [
    "Draft",
    "ImportReport",
    "JsonLinesStore",
    "MemoryStore",
    "ProgressStore",
    "RecordError",
    "StoreJournal",
    "attempt_data",
    "damaged_files",
    "data_folder",
    "export_progress",
    "import_progress",
    "learner_name",
    "open_store",
    "read_attempt",
]
