"""For people who write content: new skeletons, schemas, releases and the page of coverage."""

from __future__ import annotations
