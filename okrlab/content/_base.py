"""What every content model shares: strictness, bounded texts, names."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT = 1
"""The `format` number that every content file carries."""


class Strict(BaseModel):
    """A frozen model that refuses unknown fields and does not convert types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$", max_length=64)]
"""A name made of lower-case letters, digits and single hyphens or dots."""

Line = Annotated[str, Field(min_length=1, max_length=240)]
"""A text of one line: an option, a card, a label."""

Text = Annotated[str, Field(min_length=1, max_length=900)]
"""A short paragraph: a stem, a feedback."""

MisconceptionId = Annotated[str, Field(pattern=r"^M[0-9]{2}$")]
ClaimId = Annotated[str, Field(pattern=r"^00[0-4]-[a-z0-9-]+$", max_length=64)]

FormatNumber = Literal[1]

RoleName = Literal[
    "objective", "kpi", "health_metric", "metric_key_result", "milestone_key_result", "task"
]
"""What a card or bucket stands for; decides its colour and its shape."""
