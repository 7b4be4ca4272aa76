"""The period for which objectives are set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from okrlab.errors import ModelError


@dataclass(frozen=True, order=True)
class Cycle:
    """A period, usually a quarter; both days belong to it.

    A key result without a date of its own is due on the cycle's last day.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ModelError(
                f"The cycle ends on {self.end}, which is not after its start on {self.start}. "
                "Give a later end."
            )

    @classmethod
    def quarter(cls, year: int, number: int) -> Cycle:
        """A calendar quarter, numbered 1 to 4."""
        if number not in (1, 2, 3, 4):
            raise ModelError(f"Quarters are numbered 1 to 4; there is no quarter {number}.")
        start = date(year, 3 * number - 2, 1)
        after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
        return cls(start, date.fromordinal(after.toordinal() - 1))

    def holds(self, day: date) -> bool:
        """Whether the day lies in the cycle."""
        return self.start <= day <= self.end

    def share_gone(self, day: date) -> float:
        """The share of the cycle that is over at the end of `day`, 0 to 1."""
        length = (self.end - self.start).days + 1
        return min(1.0, max(0.0, ((day - self.start).days + 1) / length))
