"""The words of the TravelDashboard: the choices on the way, and the questions at its end."""

from __future__ import annotations

from okrlab.model.journey import Ending
from okrlab.widgets._asks import Ask, Choice

STOPS = {
    "none": "Do not stop",
    "fuel": "Fill up (15 minutes)",
    "break": "Take a break (30 minutes)",
    "both": "Break and fill up (45 minutes)",
}
SPEEDS = (90, 110, 130, 150)
"""Km/h to choose from; the last one lies outside the dial's range."""

HOURS = 2.0
"""How long a stretch lasts."""

FORK = 200.0
"""From this km on the road forks."""

ROADS = {
    "Seville": (
        "Stay on the road to Seville",
        "roadworks, much traffic, most of the way to go",
    ),
    "Lisbon": ("Take the motorway to Lisbon", "new, empty, and much shorter: 300 km"),
}
LISBON_KM = 300.0

OBJECTIVE = "Celebrate grandmother's ninetieth birthday in Seville, all of us, in good spirits"

MISSING = Ask(
    "missing",
    "Which line is the key result that no dial on this dashboard shows?",
    (
        Choice(
            "fuel",
            "The tank never falls below 8 litres on the way.",
            "A dial shows the fuel, and 8 litres is the edge of its range: a KPI with a threshold.",
            "It has a number, and a trip without fuel does fail.",
            "With no gauge in the car, and the tank itself to be improved, it could be a focus.",
            "M03",
        ),
        Choice(
            "safe",
            "Everybody arrives safe: the driver is fresh on every stretch.",
            "It says how you will know that the journey succeeded, and no dial measures it.",
            flip="Give the car a sensor for tired drivers, and it is a KPI on the dashboard too.",
        ),
        Choice(
            "hours",
            "We drive for two hours at a time and change the music at each stop.",
            "It is something to do. One can do all of it and still not arrive safe.",
            "It is concrete, it is easy to tick off, and it happens on the way.",
            "Say what it is for: “the driver is fresh on every stretch”.",
            "M05",
        ),
    ),
)

GAUGE = Ask(
    "gauge",
    "This car now has an OKR. Could you take the fuel gauge out of it?",
    (
        Choice(
            "yes",
            "Yes. The OKR says what matters, and fuel is not in it.",
            "The OKR says where to and how you will know. The gauge says if the car gets there.",
            "An OKR is about focus, so whatever stands outside looks like a distraction.",
            "If the car had no engine that uses anything up, there would be nothing to watch.",
            "M07",
        ),
        Choice(
            "no",
            "No. It goes on telling how the car is doing.",
            "Focus does not end the watch. Both run side by side, and each catches what the other "
            "cannot see.",
            flip="Only if the car no longer used fuel would the gauge retire.",
        ),
        Choice(
            "move",
            "Only if “keep the tank full” becomes a key result.",
            "A level that has to be held is a range on the gauge. Nothing is to change, so it "
            "is no key result.",
            "It keeps the number and sounds like caution.",
            "“From 12 to 8 litres for 100 km by June” would be a change, and so a key result.",
            "M03",
        ),
    ),
)

ASKS = (MISSING, GAUGE)

LESSONS = {
    Ending.ASLEEP: "Nobody wrote down “everybody arrives safe”, so nobody looked after it. The "
    "dials could not tell you: they are about the car, not about the driver.",
    Ending.EMPTY: "The dashboard is no decoration. Objective and key result set you going; only "
    "the gauge could tell in time that the car would stop.",
    Ending.WRONG_TOWN: "The dials were about the car and did their work. None of them knows where "
    "you want to go: that is what the objective is for.",
    Ending.ARRIVED: "You stopped for a break though no dial asked for one. That is a key result at "
    "work: you knew what arriving well means, beyond what is measured.",
}
