"""What FunnelLab says: what moved when, how the guess compares, and what chance did."""

from __future__ import annotations

from collections.abc import Sequence

from okrlab.simulation.experiments import Programme, Trial
from okrlab.simulation.funnel import Comparison, Measure, Movement
from okrlab.widgets._funnel_state import First, Guess, Settings
from okrlab.widgets.words import counted, number_word, sentence

NAMES: dict[Measure, str] = {
    "conversion": "Conversion",
    "leads": "Leads",
    "opportunities": "Opportunities",
    "revenue": "Revenue",
}

FIRST_WORDS: dict[First, str] = {
    "leads": "Leads",
    "opportunities": "Opportunities",
    "revenue": "Revenue",
    "together": "All three in the same week",
}

CASE = (
    "5,000 people a week visit a website, and 4 % of them leave their details: those are leads. A "
    "fifth of the leads become sales opportunities, a quarter of those a deal of $10,000. The "
    "marketing team’s key result: raise the conversion from visitor to lead."
)


def money(amount: float) -> str:
    """Such as "$1,342,857"."""
    return f"${amount:,.0f}"


def percent(share: float) -> str:
    """Growth, such as "+3.3 %"."""
    text = f"{100 * share:+.1f}".removesuffix(".0").replace("-", "−")
    return f"{text.replace('+0', '0') if text == '+0' else text} %"


def task(settings: Settings) -> str:
    """What happens, before the learner guesses."""
    return (
        f"The conversion goes from 4 % to {settings.target:g} %, step by step from week "
        f"{settings.start + 1:.0f} to week {settings.start + settings.ramp:.0f}. A lead becomes an "
        f"opportunity after {counted(int(settings.opportunity), 'week')}, and revenue comes "
        f"{counted(int(settings.deal), 'week')} later."
    )


def moves(movement: Movement) -> str:
    """When a measure moves."""
    name = NAMES[movement.measure]
    if movement.starts is None or movement.settles is None:
        return f"{name}: does not move"
    if movement.starts == movement.settles:
        return f"{name}: moves in week {movement.starts}"
    return f"{name}: moves from week {movement.starts} to week {movement.settles}"


def relation(settings: Settings) -> str:
    """Leading and lagging in one sentence."""
    if settings.target == 4:
        return "The conversion stays where it is, so nothing else moves. Move a slider."
    lag, lead = int(settings.opportunity), int(settings.deal)
    return (
        f"Opportunities follow leads by {counted(lag, 'week')} and run ahead of revenue by "
        f"{counted(lead, 'week')}. Seen from leads they lag, seen from revenue they lead: no "
        "measure leads or lags by itself."
    )


def quarters(first: Comparison, second: Comparison) -> str:
    """The message of the quarters' figures."""
    leads = first.leads / first.leads_before - 1
    return (
        f"Quarter 1: leads {percent(leads)}, revenue {percent(first.revenue_growth or 0)}. "
        f"Quarter 2: revenue {percent(second.revenue_growth or 0)}"
    )


def earliest(movements: Sequence[Movement]) -> First | None:
    """What moves first of leads, opportunities and revenue; None when nothing does."""
    starts = {m.measure: m.starts for m in movements if m.measure != "conversion"}
    known = [s for s in starts.values() if s is not None]
    if not known:
        return None
    names = [m for m, s in starts.items() if s == min(known)]
    if len(names) == len(starts):
        return "together"
    return "leads" if "leads" in names else names[0]


def first_told(guess: Guess, movements: Sequence[Movement]) -> tuple[bool, str]:
    """Whether the guess of what moves first is right, and why."""
    answer = earliest(movements)
    if answer is None:
        return False, "Nothing moves: the conversion ends where it began."
    starts = {m.measure: m.starts for m in movements}
    told = (
        f"Leads move in week {starts['leads']}, opportunities in week {starts['opportunities']}, "
        f"revenue in week {starts['revenue']}."
    )
    level = starts["opportunities"] == starts["leads"]
    right = guess.first == answer or (guess.first == "opportunities" and level)
    tempting = {
        "revenue": " Revenue is what people ask about first. It moves last.",
        "together": " Nothing happens between two steps in a drawing of a funnel; in life, weeks.",
        "opportunities": " Opportunities are made of leads, so they wait for them.",
    }
    return right, told if right else told + tempting.get(guess.first, "")


def growth_told(name: str, guessed: float, actual: float, why: str) -> str:
    """How a guess of growth compares."""
    away = abs(guessed - 100 * actual)
    said = "Close" if away <= 5 else "Far from it" if away > 25 else "Not quite"
    return f"{name}: you said {percent(guessed / 100)}, it is {percent(actual)}. {said}. {why}"


def why_revenue(settings: Settings, movements: Sequence[Movement]) -> str:
    """Why revenue in quarter 1 grows by so little, or not at all."""
    starts = {m.measure: m.starts for m in movements}["revenue"]
    lag = int(settings.opportunity + settings.deal)
    if starts is None:
        return ""
    if starts > 13:
        return f"The first week with other revenue is week {starts}, after the quarter."
    return (
        f"Revenue follows leads by {counted(lag, 'week')}, so only "
        f"{counted(14 - starts, 'week')} of the quarter can show anything."
    )


def trial_told(trial: Trial) -> str:
    """A trial in words, with its counts."""
    return (
        f"{trial.leads_without} of {trial.visitors:,} left their details without the idea, "
        f"{trial.leads_with} of {trial.visitors:,} with it. {trial.in_words}"
    )


def truth_told(trial: Trial) -> str:
    """What nobody can see in life."""
    truth = (
        f"In truth it works: it adds {100 * trial.idea.lift:.1f} points."
        if trial.works
        else "In truth it does nothing."
    )
    if trial.mistake == "kept in vain":
        return f"{truth} Chance has fooled the team: it keeps an idea that does nothing."
    if trial.mistake == "thrown away":
        return f"{truth} Chance has hidden it: a good idea is thrown away."
    return f"{truth} This time the experiment tells the truth."


def many_told(trials: Sequence[Trial], works: bool) -> str:
    """What happened when the same experiment was run again and again."""
    kept, count = sum(t.kept for t in trials), len(trials)
    if not works:
        return f"The idea does nothing, and {kept} of {count} experiments say that it works"
    return f"The idea works, and {count - kept} of {count} experiments miss it"


def programme_told(programme: Programme) -> str:
    """What came of the eight ideas."""
    end = programme(programme.first_week + len(programme.trials))
    kept = [t for t in programme.trials if t.kept]
    vain = sum(t.mistake == "kept in vain" for t in kept)
    lost = sum(t.mistake == "thrown away" for t in programme.trials)
    in_vain = number_word(vain) if vain else "none"
    return (
        f"{sentence(counted(len(kept), 'idea'))} kept, {in_vain} of them in vain; "
        f"{counted(lost, 'good idea')} thrown away. The conversion went from "
        f"{100 * programme.start:.1f} % to {100 * end:.1f} %."
    )
