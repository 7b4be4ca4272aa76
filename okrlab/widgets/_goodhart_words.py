"""The words of the GoodhartLab: questions, settings to look at, whose sentence it is."""

from __future__ import annotations

from okrlab.simulation.goodhart import Setting
from okrlab.widgets._asks import Ask, Choice

CASE = (
    "A support team is measured by cases closed per day. What counts is problems solved. More and "
    "more hangs on the measure: praise, then a league table, then pay."
)

PREDICT = Ask(
    "predict",
    "The pressure on “cases closed” is doubled, from 1 to 2. What happens to the problems solved?",
    (
        Choice(
            "more",
            "They rise with the measure, perhaps a little less steeply.",
            "From a certain pressure on it pays to close cases that are not solved. The measure "
            "rises faster than before, and the value falls.",
            "Up to that point the two do rise together, so a cautious trial looks fine.",
            "Below a pressure of two thirds, in this toy, you would be right.",
            "M17",
        ),
        Choice(
            "less",
            "They fall, while the measure rises even faster.",
            "Closing without solving lifts the measure more than honest work does, and it costs "
            "value. Beyond the bend each further bit of pressure does more of that.",
            flip="With a guardrail that makes gaming cost as much as it brings, the value would go "
            "on rising.",
        ),
        Choice(
            "same",
            "They stay as they are: people do what they can anyway.",
            "People do respond: at first with more work, then with more gaming. Neither leaves the "
            "value where it was.",
            "It is a friendly view of people, and pressure often seems to change nothing.",
            "If nobody could lift the measure without the value, there would be nothing to fear.",
            "M18",
        ),
    ),
)

PEOPLE = Ask(
    "people",
    "At pressure 2 this team closes cases that are not solved. What would help most?",
    (
        Choice(
            "design",
            "Change the design: a guardrail, more say for the team, or less pressure.",
            "Below you see the same people under four designs. What changed is what pays.",
            flip="If the measure could not be lifted without the value, the design would be fine.",
        ),
        Choice(
            "replace",
            "Find out who does it, and put honest people in their place.",
            "Everybody in this toy is the same and means no harm. The same people game at pressure "
            "2 and do not at 0.5: the design decides.",
            "Somebody did press the button, and a name is easier to find than a design.",
            "If one person gamed while all others under the same pressure did not, it would be "
            "about that person.",
            "M18",
        ),
        Choice(
            "appeal",
            "Raise the target and the bonus, so that everybody sees how serious it is.",
            "That is more pressure on the same measure, and so more of what went wrong.",
            "Money does direct effort, so it feels like the strongest tool at hand.",
            "Were the value itself paid for and seen by all, more weight on it could help.",
            "M17",
        ),
    ),
)

LUCK = Ask(
    "luck",
    "Twenty teams, nobody games. You pick the one with the best figure: 2.6 above average. What is "
    "its true value likely to be?",
    (
        Choice(
            "all",
            "About 2.6. Nobody cheated, so the figure is the value.",
            "Picking the highest figure also picks the best luck. With as much luck as skill in "
            "the figures, half of the lead is luck.",
            "It is the best figure there is, and it was honestly come by.",
            "If the measure held no luck at all, the figure would be the value.",
            "M16",
        ),
        Choice(
            "half",
            "About half of it: 1.3.",
            "Value and luck weigh the same here, so half of the lead is luck, which does not come "
            "back next time.",
            flip="With less luck in the measure, more of the lead would stay.",
        ),
        Choice(
            "more",
            "More than 2.6. A lead like that shows that something special goes on there.",
            "The best of twenty leads by about as much whenever value and luck weigh the same. The "
            "lead by itself is no sign of anything special.",
            "It stands out, and a story that explains it is quickly found.",
            "If it led by as much month after month, luck would no longer explain it.",
            "M14",
        ),
    ),
)

ASKS = (PREDICT, PEOPLE, LUCK)

ROWS: tuple[tuple[str, str, Setting], ...] = (
    ("none", "No pressure", Setting(pressure=0)),
    ("bend", "Just before gaming pays (⅔)", Setting(pressure=4 / 6)),
    ("one", "Pressure 1", Setting(pressure=1)),
    ("two", "Pressure 2", Setting(pressure=2)),
    ("four", "Pressure 4", Setting(pressure=4)),
    ("guard", "Pressure 2 with a guardrail of 2", Setting(pressure=2, penalty=2)),
    ("autonomy", "Pressure 2 with more say (2)", Setting(pressure=2, interest=2)),
)
"""Settings to go to with one press."""

DESIGNS: tuple[tuple[str, Setting], ...] = (
    ("Pressure 2", Setting(pressure=2)),
    ("Pressure 0.5", Setting(pressure=0.5)),
    ("Pressure 2, guardrail 2", Setting(pressure=2, penalty=2)),
    ("Pressure 2, more say: 2", Setting(pressure=2, interest=2)),
)
"""The same people under four designs."""

GUARDRAIL = (
    "A guardrail is a second measure that gaming would spoil, such as cases that are opened again. "
    "It costs something when gaming is noticed, so what counts is the cost times how often that is."
)

WHOSE = (
    "Charles Goodhart, an economist at the Bank of England, wrote in 1975 about money supply: “Any "
    "observed statistical regularity will tend to collapse once pressure is placed upon it for "
    "control purposes.”",
    "The line that most people quote, “When a measure becomes a target, it ceases to be a good "
    "measure”, is not his. It is usually credited to Marilyn Strathern (1997); we have not seen "
    "it in print.",
    "The two do not say the same. The toy is closer to Goodhart's: measure and value are tied up "
    "to a point, and it is the pressure that breaks the tie.",
)
