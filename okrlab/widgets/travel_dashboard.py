"""TravelDashboard: drive to the objective, watch the dials, and mind what no dial shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.content import library
from okrlab.errors import AnswerError
from okrlab.model.journey import (
    ANALOGY,
    ASSUMPTIONS,
    LIMPS,
    Dial,
    Ending,
    Journey,
    drive,
    refuel,
    rest,
    turn,
)
from okrlab.widgets import _travel_words as words
from okrlab.widgets._asks import known_answers
from okrlab.widgets.base import BadMessageError, LessonWidget, Message, choice_in, css, esm
from okrlab.widgets.words import counted

DRAFT = "travel"
MAX_STRETCHES = 40
SCALES = {Dial.FUEL: 50.0, Dial.OIL: 100.0, Dial.SPEED: 200.0}


@dataclass(frozen=True)
class Stretch:
    """A decision: whether to stop first, how fast to drive, and which road to take at the fork."""

    stop: str
    speed: int
    road: str


class TravelDashboard(LessonWidget):
    """A drive in stretches of two hours, with a decision before each.

    The dashboard shows fuel, oil and speed. How long the driver has been at the wheel reaches the
    browser only when the journey is over. Nothing is graded; the decisions are kept.

    Args:
        journal: where the decisions are kept.
    """

    _esm = esm("travel_dashboard", "ask")
    _css = css("travel_dashboard", "ask")

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self._journal = journal
        self._journey = Journey()
        self._log: list[tuple[Stretch, Journey]] = []
        self._gauge = True
        self._answers: dict[str, str] = {}
        self._restore(journal.draft(DRAFT))
        self.refresh()

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The dials, the road and the next decision; at the end what no dial has shown."""
        journey = self._journey
        over = journey.ending is not Ending.ON_THE_WAY
        return {
            "label": "A journey with a dashboard",
            "objective": words.OBJECTIVE,
            "dials": [
                self._dial(r.dial, r.value, r.ok)
                for r in journey.dials
                if self._gauge or r.dial is not Dial.FUEL
            ],
            "gauge": self._gauge,
            "started": bool(self._log),
            "road": self._road(),
            "status": self._status(),
            "decision": None if over else self._decision(),
            "log": [_line(n, s, j) for n, (s, j) in enumerate(self._log, 1)],
            "end": self._end() if over else None,
        }

    def _dial(self, dial: Dial, value: float, ok: bool) -> dict[str, Any]:
        band = dial.band
        edge = f"at least {band.lower:g}" if band.lower is not None else f"up to {band.upper:g}"
        return {
            "id": dial.value,
            "title": dial.value.capitalize(),
            "value": round(value, 1),
            "most": SCALES[dial],
            "lower": band.lower,
            "upper": band.upper,
            "unit": dial.unit,
            "ok": ok,
            "range": f"{edge} {dial.unit}",
        }

    def _road(self) -> dict[str, Any]:
        j = self._journey
        return {
            "to": j.road,
            "share": round(j.driven / j.length, 4),
            "driven": round(j.driven),
            "left": round(j.left),
            "hours": _time(j.hours),
            "right": j.road == j.destination,
        }

    def _status(self) -> str:
        j = self._journey
        if not self._log:
            return f"Ready in the yard. {j.length:.0f} km to {j.destination}."
        if j.ending is not Ending.ON_THE_WAY or self._gauge:
            return j.in_words
        shown = all(r.ok for r in j.dials if r.dial is not Dial.FUEL)
        dials = "The dials that are left are in their range." if shown else "Look at the dials."
        return f"{j.left:.0f} km to go to {j.road}. {dials}"

    def _decision(self) -> dict[str, Any]:
        return {
            "n": len(self._log) + 1,
            "stops": [{"id": i, "text": t} for i, t in words.STOPS.items()],
            "speeds": list(words.SPEEDS),
            "roads": [
                {"id": i, "text": text, "note": note}
                for i, (text, note) in words.ROADS.items()
                if self._at_fork
            ],
        }

    @property
    def _at_fork(self) -> bool:
        before = self._log[-2][1].driven if len(self._log) > 1 else 0.0
        return before < words.FORK <= self._journey.driven

    def _end(self) -> dict[str, Any]:
        j = self._journey
        dials = "Every dial was in its range when it ended." if j.dials_fine else ""
        if j.ending is Ending.EMPTY and not self._gauge:
            dials = "The gauge that would have warned you was gone."
        return {
            "arrived": j.ending is Ending.ARRIVED,
            "headline": j.in_words,
            "dials": dials,
            "unseen": list(j.unseen),
            "lesson": self._lesson(),
            "idea": None if self._gauge else library().misconception("M07").title,
            "asks": [a.view(self._answers.get(a.id)) for a in words.ASKS],
            "analogy": [{"road": a, "work": b, "what": c} for a, b, c in ANALOGY],
            "limps": list(LIMPS),
            "assumptions": list(ASSUMPTIONS),
        }

    def _lesson(self) -> str:
        j = self._journey
        if j.ending is Ending.ARRIVED and not self._gauge:
            fills = sum(s.stop in ("fuel", "both") for s, _ in self._log)
            return (
                f"Without a gauge you guessed when to fill up, {counted(fills, 'time')}, and had "
                f"{j.fuel:.0f} litres left. It went well, but you could not have known."
            )
        return words.LESSONS[j.ending]

    def summary(self) -> str:
        """How the journey stands, in words."""
        dials = "; ".join(
            r.in_words.rstrip(".")
            for r in self._journey.dials
            if self._gauge or r.dial is not Dial.FUEL
        )
        return f"A journey with a dashboard. {self._status()} {dials}."

    # -- messages --------------------------------------------------------------------------------

    def on_drive(self, message: Message) -> None:
        """Decide, and drive the next stretch."""
        if self._journey.ending is not Ending.ON_THE_WAY:
            raise AnswerError("This journey is over. Set out again to try another way.")
        speed = message.get("speed")
        if isinstance(speed, bool) or speed not in words.SPEEDS:
            raise BadMessageError("Choose one of the speeds, then drive on.")
        road = choice_in(message, "road", words.ROADS) if self._at_fork else ""
        self._drive(Stretch(choice_in(message, "stop", words.STOPS), int(speed), road))
        self.say(self._status())
        self._keep()

    def on_again(self, _message: Message) -> None:
        """Set out afresh."""
        self._journey, self._log = Journey(), []
        self.say(self._status())
        self._keep()

    def on_gauge(self, message: Message) -> None:
        """Take the fuel gauge out of the dashboard, or put it back."""
        on = message.get("on")
        if not isinstance(on, bool):
            raise BadMessageError("The switch sent no position. Try it again.")
        if self._log:
            raise AnswerError("The dashboard is changed before you set out. Set out again first.")
        self._gauge = on
        self.say("The fuel gauge is back." if on else "The fuel gauge is gone. Drive and see.")
        self._keep()

    def on_answer(self, message: Message) -> None:
        """Answer one of the questions at the end."""
        ask = next(
            a for a in words.ASKS if a.id == choice_in(message, "question", ("missing", "gauge"))
        )
        choice = choice_in(message, "choice", [c.id for c in ask.choices])
        self._answers[ask.id] = choice
        self.say(ask.verdict(choice))
        self._keep()

    def _drive(self, stretch: Stretch) -> None:
        j = self._journey
        if stretch.stop in ("break", "both"):
            j = rest(j)
        if stretch.stop in ("fuel", "both"):
            j = refuel(j)
        if stretch.road and stretch.road != j.road:
            j = turn(j, stretch.road, words.LISBON_KM)
        self._journey = drive(j, stretch.speed, words.HOURS)
        self._log.append((stretch, self._journey))

    # -- drafts ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._journal.save_draft(
            DRAFT,
            {
                "gauge": self._gauge,
                "stretches": [[s.stop, s.speed, s.road] for s, _ in self._log],
                "answers": self._answers,
            },
        )

    def _restore(self, draft: dict[str, Any] | None) -> None:
        """Drive the kept stretches again, as far as they fit the journey of today."""
        if not isinstance(draft, dict):
            return
        self._gauge = draft.get("gauge") is not False
        self._answers = known_answers(words.ASKS, draft.get("answers"))
        kept = draft.get("stretches")
        for entry in kept[:MAX_STRETCHES] if isinstance(kept, list) else []:
            stretch = _stretch(entry)
            if stretch is None or self._journey.ending is not Ending.ON_THE_WAY:
                return
            self._drive(stretch if self._at_fork else replace(stretch, road=""))


def _stretch(entry: object) -> Stretch | None:
    if not isinstance(entry, list) or len(entry) != 3:
        return None
    stop, speed, road = entry
    if stop not in words.STOPS or speed not in words.SPEEDS or road not in (*words.ROADS, ""):
        return None
    return Stretch(stop, int(speed), road)


def _time(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60} h {minutes % 60:02d} min"


def _line(n: int, stretch: Stretch, journey: Journey) -> str:
    stop = "" if stretch.stop == "none" else f"{words.STOPS[stretch.stop].split(' (')[0].lower()}, "
    road = f"towards {stretch.road}, " if stretch.road else ""
    return f"Stretch {n}: {stop}{road}{stretch.speed} km/h, to km {journey.driven:.0f}."
