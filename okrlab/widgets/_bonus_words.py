"""The words of the BonusLab: the case, questions to predict by, pay to look at."""

from __future__ import annotations

from okrlab.simulation.bonus import Pay
from okrlab.widgets._asks import Ask, Choice

CASE = (
    "Six sales engineers. The chief revenue officer pays a bonus on their KPI, product demos held. "
    "Their team lead asks them for an OKR as well: new customers reach their first success within "
    "two weeks. Each has 40 hours a week."
)

PREDICT = Ask(
    "predict",
    "Without a bonus they give half of the week to each. Now the KPI earns a bonus of three times "
    "their interest in it. How much of the week is left for the OKR?",
    (
        Choice(
            "half",
            "Still close to half: they have agreed to the OKR and believe in it.",
            "They believe in it as much as before. But an hour for the KPI now brings four times "
            "as much, and with that weight about one hour in seventeen is left.",
            "Nobody breaks a promise lightly, and a good objective does convince people.",
            "With no bonus on either, or the same on both, it would be half.",
            "M17",
        ),
        Choice(
            "little",
            "Some 6 %: two or three hours.",
            "An hour for the KPI now brings four times as much as one for the OKR, and nobody said "
            "that either mattered less. Money picks the priority.",
            flip="Choose the OKR so that it moves the paid KPI too, and more hours come back.",
        ),
        Choice(
            "quarter",
            "About a quarter: the bonus takes half of what the OKR had.",
            "A quarter would be left with a bonus of less than one. At three, nearly all is gone.",
            "It is a compromise, and compromises look likely.",
            "A bonus of 0.75 would leave about a quarter.",
            "M17",
        ),
    ),
)

TARGET = Ask(
    "target",
    "Next quarter the bonus is paid when a target is hit, and the team proposes the target itself. "
    "Which one does it propose?",
    (
        Choice(
            "best",
            "The one that draws out the most: people want to do well.",
            "The target that draws out most is missed more often than hit. Paid for hitting, the "
            "team would pay for its own courage.",
            "Without the bonus it may well be what they choose.",
            "Pay nothing for hitting, and nothing speaks against the bold target.",
            "M17",
        ),
        Choice(
            "seventy",
            "One of which they expect to reach 0.7, as one does with OKRs.",
            "Such a target is missed almost nine times in ten here, and a missed target pays "
            "nothing.",
            "0.7 is the number that most people know about OKRs.",
            "It is a fair expectation of an aspirational target on which no pay depends.",
            "M09",
        ),
        Choice(
            "easy",
            "An easy one, well below what they could reach.",
            "Only the chance of hitting is paid, and the easiest target has the best. That is "
            "called sandbagging; nobody has to be lazy for it.",
            flip="Pay for what is gained, or keep pay away from the target.",
        ),
    ),
)

ASKS = (PREDICT, TARGET)

ROWS: tuple[tuple[str, str, Pay], ...] = (
    ("none", "No bonus", Pay()),
    ("one", "Bonus 1", Pay(bonus_kpi=1)),
    ("two", "Bonus 2", Pay(bonus_kpi=2)),
    ("three", "Bonus 3", Pay(bonus_kpi=3)),
    ("coupled", "Bonus 3, coupled by a half", Pay(bonus_kpi=3, coupling=0.5)),
    ("both", "Bonus 3 on both", Pay(bonus_kpi=3, bonus_okr=3)),
)
"""Settings to go to with one press."""

REMEDY_TITLES = {
    "as it is": "As it is",
    "decouple": "Decouple: no bonus on either",
    "couple": "Embed: an OKR that moves the KPI as well",
    "pay both": "Pay both",
}

DECIDE = (
    "You are the team lead, and the chief revenue officer asks what to do. No answer is right: "
    "authors disagree whether KPIs belong inside OKRs. Choose, then read what your choice costs."
)

FRAME = (
    "The shares hold for a bonus of 3. By Lamorte's rule OKRs stay out of every formula for pay; "
    "other authors let them inform a talk about performance. What is worth parting is the money, "
    "not the data: an OKR may well use a KPI's figures."
)
