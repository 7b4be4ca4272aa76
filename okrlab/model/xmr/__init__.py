"""Process behaviour charts (XmR): limits that data set, and signals against them.

Two steps, never one. `xmr_limits` or `trended_limits` computes limits from a baseline; `signals`
compares values with limits that it is handed. Limits are a value: nobody recomputes them unasked.
`cautions` says what speaks against reading anything out of the limits.

Constants and rules are Donald Wheeler's (*Making Sense of Data*); the rules "nhs" follow NHS
England's "Making Data Count". numpy is loaded by the first call, not by the import.

What holds everywhere:

- A missing value (None, NaN, pandas' NA) is a gap. It counts as no point, there is no moving range
  from or to it, and it ends every run, trend and window. It never counts as zero.
- An infinite value, text, or a table instead of one series is a `ModelError`.
- A value equal to the centre is on neither side, so it ends a run. Equal means equal but for the
  last digits that binary fractions lose (64 units in the last place): 0.1 + 0.2 equals 0.3, and a
  value that equals a limit is not outside it.
- Points are counted from 0 in indices, from 1 in words.
"""

from __future__ import annotations

from okrlab.model.xmr.cautions import Caution, cautions
from okrlab.model.xmr.limits import Lines, ProcessLimits, XmrLimits, xmr_limits
from okrlab.model.xmr.numbers import moving_ranges
from okrlab.model.xmr.rules import Signal, signals
from okrlab.model.xmr.trended import TrendedLimits, trended_limits

__all__ = [
    "Caution",
    "Lines",
    "ProcessLimits",
    "Signal",
    "TrendedLimits",
    "XmrLimits",
    "cautions",
    "moving_ranges",
    "signals",
    "trended_limits",
    "xmr_limits",
]
