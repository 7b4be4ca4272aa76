"""Item analysis: how hard an item is, whether it tells learners apart, which distractors work.

What counts is the first attempt of each learner at each item, whether the activity was graded or
not; later tries don't. An answer is right when all of it is (a mark of 1), so
difficulty is a share, the correlation a point-biserial one, and alpha equals KR-20.

Learners are dealt different items. The corrected item-total correlation therefore compares an item
with the *share* right of each learner's other items; where everybody answered the same items it
is the textbook's figure, since the share is then the rest score divided by a constant. Reliability
needs the same items for all: it is computed over the learners with complete rows, and says how
many those are.

Sources: G. F. Kuder and M. W. Richardson, The theory of the estimation of test reliability,
Psychometrika 2, 1937, 151-160; L. J. Cronbach, Coefficient alpha and the internal structure of
tests, Psychometrika 16, 1951, 297-334; T. L. Kelley, The selection of upper and lower groups for
the validation of test items, Journal of Educational Psychology 30, 1939, 17-24; A. Agresti and
B. A. Coull, Approximate is better than "exact", American Statistician 52, 1998, 119-126 (two
answers of each kind are added).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from okrlab.assessment.attempt import Attempt
from okrlab.assessment.distractors import Answer, answers_to, distractors
from okrlab.content import ItemBase, Library

ENOUGH = 30
"""With fewer answers an item is not judged."""

EASY, HARD = 0.9, 0.3
"""A difficulty beyond these is to be looked at."""

WEAK = 0.15
"""A corrected item-total correlation below this is to be looked at."""

IDLE = 0.05
"""A wrong option that fewer choose is to be looked at."""

TAIL = 0.27
"""Share of the learners in the upper group, and in the lower (Kelley)."""

REST = 4
"""Who answered fewer other items tells nothing about how an item goes with the others."""

GROUPS_FROM = 8
"""With fewer answers there is no upper and no lower group."""


@dataclass(frozen=True)
class Distractor:
    """How often a wrong answer was given.

    Attributes:
        answer: the answer, as text.
        misconception: what it reveals, None for a wrong answer that nobody foresaw.
        chosen: by how many.
        upper: by how many of the upper group.
        lower: by how many of the lower group.
    """

    answer: str
    misconception: str | None
    chosen: int
    upper: int
    lower: int


@dataclass(frozen=True)
class ItemFigures:
    """What the answers say about one item.

    Attributes:
        item: its id.
        concept: its concept.
        n: learners who answered it.
        right: of them, whose answer was fully right.
        share: mean mark, partial credit included, 0 to 1.
        r_pb: corrected item-total correlation, None when it cannot be computed.
        r_n: learners behind `r_pb`: those with at least `REST` other items.
        distractors: wrong answers, the most frequent first; those foreseen also when never given.
        group: learners in each of the upper and lower group; 0 when there are too few.
        flags: what to look at, in words; empty below `ENOUGH` answers.
    """

    item: str
    concept: str
    n: int
    right: int
    share: float
    r_pb: float | None
    r_n: int
    distractors: tuple[Distractor, ...]
    group: int
    flags: tuple[str, ...] = ()

    @property
    def p(self) -> float:
        """The difficulty: the share of fully right answers. High is easy."""
        return self.right / self.n

    @property
    def shrunk(self) -> float:
        """The difficulty drawn towards one half: (right + 2) / (n + 4)."""
        return (self.right + 2) / (self.n + 4)

    @property
    def note(self) -> str:
        """A label when the answers are too few; else empty."""
        return "" if self.n >= ENOUGH else f"n = {self.n}: too few to judge"


@dataclass(frozen=True)
class Reliability:
    """How well a fixed set of items orders the learners.

    Attributes:
        value: KR-20, None when it cannot be computed.
        items: how many items.
        complete: learners who answered all of them, the only ones that count.
        partly: learners who answered some of them and are left out.
    """

    value: float | None
    items: int
    complete: int
    partly: int

    def words(self) -> str:
        """In a sentence or two, with what cannot be concluded."""
        left = (
            f" {self.partly} who answered only some of them {_is(self.partly)} left out."
            if self.partly
            else ""
        )
        who = f"{self.complete} {'learner' if self.complete == 1 else 'learners'}"
        if self.value is None:
            return f"No reliability: {who} answered all {self.items} questions.{left}"
        few = (
            f" n = {self.complete}: too few to judge the test by it."
            if self.complete < ENOUGH
            else ""
        )
        return f"KR-20 is {_signed(self.value)} over {who} and {self.items} questions.{few}{left}"


def first_attempts(
    attempts: Iterable[Attempt], versions: Mapping[str, int] | None = None
) -> dict[str, dict[str, Attempt]]:
    """The first attempt of each learner at each item, by learner and item.

    Only answers to the item's highest version that occurs count: an item that was changed is
    another item.

    Args:
        attempts: of all learners, in any order.
        versions: of the items as they are now. Answers that claim a later one are left out.
    """
    now = versions or {}
    known = (a for a in attempts if a.item_version <= now.get(a.item, a.item_version))
    tries = sorted((a for a in known if a.try_number == 1), key=lambda a: (a.at, a.id))
    latest: dict[str, int] = {}
    for attempt in tries:
        latest[attempt.item] = max(attempt.item_version, latest.get(attempt.item, 0))
    first: dict[str, dict[str, Attempt]] = {}
    for attempt in tries:
        if attempt.item_version == latest[attempt.item]:
            first.setdefault(attempt.learner, {}).setdefault(attempt.item, attempt)
    return first


def item_figures(attempts: Iterable[Attempt], library: Library) -> list[ItemFigures]:
    """What the answers say about each item of the bank that was answered, in order of its id.

    Args:
        attempts: of all learners, in any order.
        library: the bank, for what could have been answered. Attempts at anything else (cards of
            decks, exercises) count for how a learner does otherwise, and are not judged.
    """
    rows = first_attempts(attempts, {name: i.version for name, i in library.items.items()})
    scores = {who: {n: float(a.correct) for n, a in row.items()} for who, row in rows.items()}
    by_item: dict[str, list[Attempt]] = {}
    for row in rows.values():
        for name, attempt in row.items():
            if name in library.items:
                by_item.setdefault(name, []).append(attempt)
    return [
        _figures(library.item(name), answers, scores) for name, answers in sorted(by_item.items())
    ]


def reliability(
    attempts: Iterable[Attempt], items: Sequence[str], versions: Mapping[str, int] | None = None
) -> Reliability:
    """KR-20 of a fixed set of items, over the learners who answered all of them.

    Args:
        attempts: of all learners, in any order.
        items: ids of the items.
        versions: as `first_attempts` takes them.
    """
    wanted = set(items)
    rows = [
        {n: float(a.correct) for n, a in row.items() if n in wanted}
        for row in first_attempts(attempts, versions).values()
    ]
    complete = [[row[name] for name in items] for row in rows if len(row) == len(wanted)]
    partly = sum(0 < len(row) < len(wanted) for row in rows)
    return Reliability(alpha(complete), len(items), len(complete), partly)


def alpha(rows: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha; KR-20 when every score is 0 or 1.

    Args:
        rows: a row for each learner, a score for each item; all rows of the same length.

    Returns:
        At most 1, possibly below 0. None with fewer than two items or learners, or when all
        learners have the same total.
    """
    items = len(rows[0]) if rows else 0
    if any(len(row) != items for row in rows):
        raise ValueError("every learner needs a score for every item")
    if len(rows) < 2 or items < 2:
        return None
    total = _variance([sum(row) for row in rows])
    if total <= 0:
        return None
    single = sum(_variance([row[i] for row in rows]) for i in range(items))
    return items / (items - 1) * (1 - single / total)


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's correlation; None with fewer than three pairs or when one side does not vary."""
    if len(first) != len(second):
        raise ValueError("a correlation needs pairs")
    if len(first) < 3:
        return None
    mean_1, mean_2 = math.fsum(first) / len(first), math.fsum(second) / len(second)
    apart = [(x - mean_1, y - mean_2) for x, y in zip(first, second, strict=True)]
    spread = math.fsum(x * x for x, _ in apart) * math.fsum(y * y for _, y in apart)
    if spread <= 1e-18:
        return None
    return max(-1.0, min(1.0, math.fsum(x * y for x, y in apart) / math.sqrt(spread)))


def _figures(
    item: ItemBase, answers: Sequence[Attempt], scores: Mapping[str, Mapping[str, float]]
) -> ItemFigures:
    rest = {
        a.learner: _share([s for name, s in scores[a.learner].items() if name != item.id])
        for a in answers
        if len(scores[a.learner]) > REST
    }
    known = [a for a in answers if a.learner in rest]
    r_pb = correlation([float(a.correct) for a in known], [rest[a.learner] for a in known])
    group = max(1, round(TAIL * len(known))) if len(known) >= GROUPS_FROM else 0
    order = [a.learner for a in sorted(known, key=lambda a: (rest[a.learner], a.learner))]
    table = _table(item, answers, set(order[:group]), set(order[len(order) - group :]))
    n, right = len(answers), sum(a.correct for a in answers)
    return ItemFigures(
        item=item.id,
        concept=answers[0].concept,
        n=n,
        right=right,
        share=_share([a.mark for a in answers]),
        r_pb=r_pb,
        r_n=len(known),
        distractors=table,
        group=group,
        flags=tuple(_flags(n, right / n, r_pb, len(known), table, item)),
    )


def _table(
    item: ItemBase, answers: Sequence[Attempt], lower: set[str], upper: set[str]
) -> tuple[Distractor, ...]:
    given: dict[Answer, set[str]] = {a: set() for a in distractors(item)}
    for attempt in answers:
        for answer in answers_to(item, attempt):
            given.setdefault(answer, set()).add(attempt.learner)
    table = [
        Distractor(
            answer.text,
            answer.misconception,
            len(who),
            len(who & upper),
            len(who & lower),
        )
        for answer, who in given.items()
    ]
    return tuple(sorted(table, key=lambda d: -d.chosen))


def _flags(
    n: int,
    p: float,
    r_pb: float | None,
    r_n: int,
    table: Sequence[Distractor],
    item: ItemBase,
) -> Iterable[str]:
    """What curriculum rules say is to be looked at; nothing below `ENOUGH` answers."""
    if n < ENOUGH:
        return
    if p < HARD:
        yield f"Hard: {p:.0%} of {n} were right. Is the key right, and was it taught?"
    if p > EASY:
        yield f"Easy: {p:.0%} of {n} were right. It tells little about who knows more."
    if r_pb is not None and r_n >= ENOUGH and r_pb < WEAK:
        yield (
            f"Hardly goes with the other answers (r = {_signed(r_pb)}). Those who do well "
            "elsewhere do no better here: look at the wording, then at the key."
        )
    if hasattr(item, "options"):
        for idle in (d for d in table if d.chosen < IDLE * n):
            yield f"“{_short(idle.answer)}” tempts {_nobody(idle.chosen)}. It could go."


def _nobody(chosen: int) -> str:
    return {0: "nobody", 1: "one learner only"}.get(chosen, f"{chosen} learners only")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _share(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0


def _variance(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((v - mean) ** 2 for v in values) / len(values)
