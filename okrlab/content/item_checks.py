"""Checks of one item or one deck that a field's type cannot express."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from okrlab.content._findings import Findings, Loc
from okrlab.content._hints import check_hint, numbers_in
from okrlab.content.item import (
    Bucket,
    Card,
    ChoiceItem,
    ChoicesItem,
    ClassifyItem,
    Deck,
    ItemBase,
    NumberItem,
    Option,
    OrderItem,
    RewriteItem,
    RoleInContextItem,
    WriteItem,
)
from okrlab.content.library import Source
from okrlab.content.write_checks import check_write

BUCKET_SHARE = 0.65
"""At most this share of a deck's cards may belong to one bucket."""

MIN_FOR_SHARE = 8
"""Below so many items or cards a share says nothing, so it isn't checked."""


def check_item(findings: Findings, source: Source, where: Loc, item: ItemBase) -> None:
    """Every mistake in one item."""
    findings.seeds(source, where, item.seed_refs)
    match item:
        case ChoiceItem() | RewriteItem():
            _options(findings, source, where, item.options, single=True)
            check_hint(findings, source, where, item, [o.text for o in item.options if o.correct])
            if isinstance(item, RewriteItem) and item.original in [o.text for o in item.options]:
                findings.say(source, (*where, "options"), "an option repeats the original")
        case ChoicesItem():
            _options(findings, source, where, item.options, single=False)
            check_hint(findings, source, where, item, [o.text for o in item.options if o.correct])
        case ClassifyItem() | RoleInContextItem():
            _cards(findings, source, where, item.buckets, item.cards)
        case NumberItem():
            _number(findings, source, where, item)
        case OrderItem():
            _order(findings, source, where, item)
        case WriteItem():
            check_write(findings, source, where, item)


def check_deck(findings: Findings, source: Source, deck: Deck) -> None:
    """Every mistake in one deck."""
    findings.concept(source, ("concept",), deck.concept)
    findings.seeds(source, (), deck.seed_refs)
    _cards(findings, source, (), deck.buckets, deck.cards)
    counts = Counter(card.bucket for card in deck.cards)
    for bucket in deck.buckets:
        if not counts[bucket.id]:
            findings.say(source, ("cards",), f"no card belongs to the bucket “{bucket.id}”")
    if len(deck.cards) >= MIN_FOR_SHARE:
        for name, count in counts.items():
            if count > BUCKET_SHARE * len(deck.cards):
                findings.say(
                    source,
                    ("cards",),
                    f"give-away: “{name}” holds {count} of {len(deck.cards)} cards "
                    f"(at most {BUCKET_SHARE:.0%}); balance the deck",
                )


def _options(
    findings: Findings, source: Source, where: Loc, options: Sequence[Option], *, single: bool
) -> None:
    here = (*where, "options")
    right = [o for o in options if o.correct]
    if single and len(right) != 1:
        findings.say(source, here, f"exactly one option must be correct; here {len(right)} are")
    if not single and not right:
        findings.say(source, here, "at least one option must be correct")
    if not single and len(right) == len(options):
        findings.say(source, here, "at least one option must be wrong")
    findings.twice(source, here, [o.text for o in options], "option")
    for index, option in enumerate(options):
        at = (*here, index, "misconception")
        if not option.correct and option.misconception is None:
            findings.say(source, at, "a wrong option names a misconception")
        if option.correct and option.misconception and single:
            findings.say(source, at, "a right option has no misconception")
        if option.misconception:
            findings.misconception(source, at, option.misconception)


def _cards(
    findings: Findings,
    source: Source,
    where: Loc,
    buckets: Sequence[Bucket],
    cards: Sequence[Card],
) -> None:
    ids = [b.id for b in buckets]
    here = (*where, "cards")
    findings.twice(source, (*where, "buckets"), ids, "bucket id")
    findings.twice(source, (*where, "buckets"), [b.label for b in buckets], "bucket")
    findings.twice(source, here, [c.id for c in cards], "card id")
    findings.twice(source, here, [f"{c.text} / {c.context or ''}" for c in cards], "card")
    for index, card in enumerate(cards):
        at = (*here, index)
        findings.known(source, (*at, "bucket"), card.bucket, ids, "bucket")
        findings.seeds(source, at, card.seed_refs)
        if card.concept:
            findings.concept(source, (*at, "concept"), card.concept)
        needed = [b for b in ids if b != card.bucket]
        if sorted(w.bucket for w in card.wrong) != sorted(needed):
            findings.say(
                source,
                (*at, "wrong"),
                "every other bucket needs one entry with its misconception and feedback: "
                + ", ".join(needed),
            )
        for number, wrong in enumerate(card.wrong):
            findings.misconception(
                source, (*at, "wrong", number, "misconception"), wrong.misconception
            )


def _number(findings: Findings, source: Source, where: Loc, item: NumberItem) -> None:
    for index, wrong in enumerate(item.wrong_values):
        at = (*where, "wrong_values", index)
        if abs(wrong.value - item.answer) <= item.tolerance:
            findings.say(source, at, f"{wrong.value:g} lies within the tolerance of the answer")
        findings.misconception(source, (*at, "misconception"), wrong.misconception)
    values = [w.value for w in item.wrong_values]
    findings.twice(source, (*where, "wrong_values"), [f"{v:g}" for v in values], "value")
    for written, value in numbers_in(item.hint, percent="%" not in item.unit):
        if value not in (0, 1) and abs(value - item.answer) <= max(item.tolerance, 1e-9):
            findings.say(source, (*where, "hint"), f"the hint gives the key away: “{written}”")


def _order(findings: Findings, source: Source, where: Loc, item: OrderItem) -> None:
    ids = [s.id for s in item.steps]
    findings.twice(source, (*where, "steps"), ids, "step id")
    findings.twice(source, (*where, "steps"), [s.text for s in item.steps], "step")
    for index, pair in enumerate(item.wrong_pairs):
        at = (*where, "wrong_pairs", index)
        for field, name in (("first", pair.first), ("then", pair.then)):
            findings.known(source, (*at, field), name, ids, "step")
        both = pair.first in ids and pair.then in ids
        if both and ids.index(pair.first) >= ids.index(pair.then):
            findings.say(source, at, "'first' must stand before 'then' in the right order")
        findings.misconception(source, (*at, "misconception"), pair.misconception)
    check_hint(findings, source, where, item, [item.steps[0].text, item.steps[-1].text])
