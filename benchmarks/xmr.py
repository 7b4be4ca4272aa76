"""okrlab's process behaviour chart over a million points, beside pandas and statprocon.

Usage: python benchmarks/xmr.py [POINTS]

All three compute limits from the same series and flag points by Wheeler's rules. First results are
compared point by point; any difference that is not accounted for ends the script. Then the times
are printed, each with its ratio to okrlab's.

pandas: the same rules as `rolling` windows, written below as one would write them in a notebook.
statprocon: the PyPI package for XmR charts; not needed by okrlab, so left out when it's missing
(pip install statprocon). It computes in decimals and rounds each step to three digits, so its
limits are off by up to 0.005; a value on the centre does not end its runs; and its “three of four”
wants the fourth not to lie near the other limit.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from okrlab.model.xmr import Signal, XmrLimits, signals, xmr_limits

RULES = ("outside", "range", "run", "near_limit")
Flags = dict[str, np.ndarray]


def series(points: int) -> np.ndarray:
    """Process values to two digits: independent, with a shift of half a sigma now and then."""
    random = np.random.default_rng(20261121)
    shifts = np.repeat(random.choice([0.0, 0.0, 0.0, 5.0], points // 1000 + 1), 1000)[:points]
    return np.round(random.normal(250.0, 10.0, points) + shifts, 2)


def by_okrlab(values: np.ndarray) -> tuple[XmrLimits, list[Signal]]:
    """Limits, and one object for each signal."""
    limits = xmr_limits(values)
    return limits, signals(values, limits)


def flags_of(found: list[Signal], points: int) -> Flags:
    """Which points the signals of each rule name."""
    flags = {rule: np.zeros(points, dtype=bool) for rule in RULES}
    for signal in found:
        flags[signal.rule][list(signal.indices)] = True
    return flags


def by_pandas(values: np.ndarray) -> tuple[tuple[float, float, float], Flags]:
    """The same with rolling windows: a rule's flag at each point of a window that breaks it."""
    x = pd.Series(values)
    ranges = x.diff().abs()
    centre, width = x.mean(), 2.66 * ranges.mean()
    url = 3.268 * ranges.mean()

    def spread_back(ends: pd.Series, size: int) -> pd.Series:
        """From the last point of each window to all its points."""
        return ends[::-1].rolling(size, min_periods=1).max()[::-1].astype(bool)

    def windows(marked: pd.Series, size: int, need: int) -> pd.Series:
        return marked & spread_back(marked.astype(float).rolling(size).sum() >= need, size)

    return (centre - width, centre + width, url), {
        "outside": ((x > centre + width) | (x < centre - width)).to_numpy(),
        "range": (ranges > url).to_numpy(),
        "run": (windows(x > centre, 8, 8) | windows(x < centre, 8, 8)).to_numpy(),
        "near_limit": (
            windows(x > centre + width / 2, 4, 3) | windows(x < centre - width / 2, 4, 3)
        ).to_numpy(),
    }


def by_statprocon(values: np.ndarray) -> tuple[tuple[float, float, float], Flags]:
    """The same by statprocon; its rule 3 flags whole windows."""
    from statprocon import XmR

    chart = XmR(values.tolist())
    limits = (
        float(chart.lower_natural_process_limit()[0]),
        float(chart.upper_natural_process_limit()[0]),
        float(chart.upper_range_limit()[0]),
    )
    return limits, {
        "outside": np.array(chart.rule_1_x_indices_beyond_limits()),
        "range": np.array(chart.rule_1_mr_indices_beyond_limits()),
        "run": np.array(chart.rule_2_runs_about_central_line()),
        "near_limit": np.array(chart.rule_3_runs_near_limits()),
    }


def timed(work: Callable[[], object], times: int) -> float:
    """Seconds of the fastest of so many runs."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def compare_pandas(values: np.ndarray, limits: XmrLimits, ours: Flags) -> None:
    """Same limits to 1e-9, same flag at every point."""
    theirs_limits, theirs = by_pandas(values)
    np.testing.assert_allclose((limits.lower, limits.upper, limits.upper_range), theirs_limits)
    for rule in RULES:
        np.testing.assert_array_equal(ours[rule], theirs[rule], err_msg=rule)
    print(f"pandas: same limits, same flags at {len(values):,} points")


def compare_statprocon(values: np.ndarray, limits: XmrLimits, ours: Flags) -> float:
    """Same limits within its rounding; flags differ only where its rules or its rounding do."""
    begin = time.perf_counter()
    (lower, upper, url), theirs = by_statprocon(values)
    seconds = time.perf_counter() - begin
    np.testing.assert_allclose(
        (limits.lower, limits.upper, limits.upper_range), (lower, upper, url), atol=0.005
    )
    middle = limits.half_width / 2
    aside = values - limits.centre
    near = np.sign(aside) * (np.abs(aside) > middle)
    theirs["near_limit"] &= near != 0
    # A window whose fourth point lies near the opposite limit counts for us only.
    opposed = np.zeros(len(values), dtype=bool)
    for start in np.flatnonzero(_sum_of_4(np.abs(near)) == 4):
        opposed[start : start + 4] |= abs(near[start : start + 4].sum()) == 2
    edges = {
        "outside": np.abs(np.abs(aside) - limits.half_width),
        "range": np.abs(np.abs(np.diff(values, prepend=np.nan)) - limits.upper_range),
        "run": np.abs(aside),
        "near_limit": np.abs(np.abs(aside) - middle),
    }
    counted = []
    for rule in RULES:
        differ = np.flatnonzero(ours[rule] != theirs[rule])
        on_edge = np.flatnonzero(edges[rule] <= 0.005)
        near_edge = np.array([np.abs(on_edge - i).min(initial=99) <= 8 for i in differ], dtype=bool)
        accounted = near_edge | (opposed[differ] if rule == "near_limit" else False)
        if not np.all(accounted):
            raise SystemExit(f"statprocon: rule {rule} differs at {differ[~accounted][:10]}")
        counted.append(f"{rule} {len(differ)}")
    print(
        "statprocon: same limits within its rounding; flags that differ, each within its rounding "
        f"or for its stricter rule 3: {', '.join(counted)}"
    )
    return seconds


def _sum_of_4(numbers: np.ndarray) -> np.ndarray:
    return np.convolve(numbers, np.ones(4), mode="valid")


def main() -> None:
    """Compare, then time."""
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    values = series(points)
    limits, found = by_okrlab(values)
    ours = flags_of(found, points)
    print(f"{points:,} points, {len(found):,} signals")
    compare_pandas(values, limits, ours)
    try:
        import statprocon  # noqa: F401
    except ImportError:
        print("statprocon: not installed, so not compared (pip install statprocon)")
        seconds = None
    else:
        seconds = compare_statprocon(values, limits, ours)

    base = timed(lambda: by_okrlab(values), 3)
    rows = [("okrlab", base), ("pandas rolling", timed(lambda: by_pandas(values), 3))]
    if seconds is not None:
        rows.append(("statprocon", seconds))
    print(f"\n{'':16}{'seconds':>10}{'ratio':>10}")
    for name, taken in rows:
        print(f"{name:16}{taken:10.3f}{taken / base:10.1f}")


if __name__ == "__main__":
    main()
