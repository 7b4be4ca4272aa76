"""A round of reviews in the terminal: what `okrlab study` does."""

from __future__ import annotations

from random import Random
from uuid import uuid4

import typer

from okrlab.assessment.journal import Journal
from okrlab.assessment.results import by_misconception, tally
from okrlab.assessment.review import ACTIVITY, JOINS, Schedule, day_words, due_words, schedule
from okrlab.assessment.sitting import Sitting, resume, start
from okrlab.assessment.study import daily_size, deal_reviews, left_today, minutes, next_batch
from okrlab.cli._ask import (
    listed,
    outcome_lines,
    paragraph,
    question_lines,
    read_answer,
    read_confidence,
)
from okrlab.content import ItemBase, Library
from okrlab.errors import AnswerError, UnknownNameError
from okrlab.widgets._quiz_end import concept_title, misconception_view
from okrlab.widgets._quiz_question import outcome_view, question_view, read_entry, to_response

STOP, HINT = "q", "?"
SOON = 5


class StoppedError(Exception):
    """The learner wants to go on later."""


class Reviews:
    """One learner's reviews in a terminal.

    The unfinished round is the one of the Study widget, so that either goes on with the other's.

    Args:
        journal: the learner's record.
        library: concepts and items.
    """

    def __init__(self, journal: Journal, library: Library) -> None:
        self.journal, self.library = journal, library
        self.rng = Random()  # noqa: S311  shuffles questions, guards no secret

    def overview(self) -> None:
        """Say what is due, how long it takes, what comes next."""
        now = self._schedule()
        _say(due_words(now))
        if not now.memories:
            _say(paragraph(f"{JOINS} `okrlab lab` opens the course."))
            return
        _say(*(f"  {self._title(memory.concept)}" for memory in now.due))
        size = daily_size(self.journal)
        batch = now.due[: next_batch(now, size)]
        if batch and left_today(now, size):
            time = minutes((m.concept for m in batch), self.library)
            asked = f"{_count(len(batch), 'question')}, about {_count(time, 'minute')}"
            _say(f"Today: {asked} (your daily size is {size}).")
        for day, concepts in now.coming()[:SOON]:
            titles = listed([self._title(c) for c in concepts])
            words = day_words(day, now.today)
            _say(paragraph(f"{words[:1].upper()}{words[1:]}: {titles}", "    ", ""))

    def run(self) -> None:
        """Ask what is due, or go on with what is unfinished."""
        draft = self.journal.draft(ACTIVITY)
        sitting, skipped = resume(draft, "review", self._find, self.journal.now())
        if sitting is None or sitting.finished:
            sitting = self._deal()
            if sitting is None:
                return
        else:
            _say("Going on where you stopped.")
        if skipped:
            _say("Some questions were left out, because the course has changed since you began.")
        _say(f"Each answer is explained. {HINT} shows a hint, {STOP} stops.")
        try:
            while not sitting.finished:
                if not sitting.current.answered:
                    sitting = self._ask(sitting)
                sitting = self._keep(sitting.advance(self.journal.now()))
        except (StoppedError, typer.Abort):
            _say("", "Stopped. Your answers are kept; `okrlab study` goes on here.")
        else:
            self._end(sitting)

    def _deal(self) -> Sitting | None:
        now, size = self._schedule(), daily_size(self.journal)
        self.overview()
        batch = now.due[: next_batch(now, size)]
        if not batch:
            return None
        if not left_today(now, size):
            done = _count(len(now.done_today), "review")
            _say(f"You did {done} today; your daily size is {size}. The rest keeps until tomorrow.")
            if not typer.confirm("Go on all the same?", default=False):
                return None
        names = deal_reviews(batch, self.library, self.journal.attempts(), self.rng)
        dealt = [(self.library.item(n), self.library.concept_of[n]) for n in names]
        begun = start("review", dealt, self.rng, id_=uuid4().hex, now=self.journal.now())
        return self._keep(begun)

    # -- one question ----------------------------------------------------------------------------

    def _ask(self, sitting: Sitting) -> Sitting:
        """Ask the current question until it is answered, and explain the answer."""
        item = self.library.item(sitting.current.item)
        view = question_view(item, sitting.current)
        _say("", f"Question {sitting.position + 1} of {len(sitting.questions)}", "")
        _say(*question_lines(view), "")
        began, hints = self.journal.now(), _Hints(item.hint)
        while True:
            try:
                entry = read_answer(view, hints.line, _say)
                said = read_confidence(
                    hints.line("How sure? s sure, t think so, g guess, or Enter")
                )
                now = self.journal.now()
                sitting = sitting.enter(read_entry(item, sitting.current, entry), now)
                sitting = sitting.open_hint(now) if hints.shown else sitting
                sitting = sitting.feel(said, now) if said else sitting
                response = to_response(item, sitting.current, sitting.current.entry or {})
                seconds = (now - began).total_seconds()
                sitting, outcome = sitting.answer(item, response, now, seconds)
                break
            except AnswerError as error:
                _say(str(error))
        self.journal.record([sitting.attempt(self.journal.learner, ACTIVITY, True, uuid4().hex)])
        told = outcome_view(item, sitting.current, outcome, self.library)
        _say("", *outcome_lines(view, told))
        return self._keep(sitting)

    # -- the end ---------------------------------------------------------------------------------

    def _end(self, sitting: Sitting) -> None:
        now, whole = self._schedule(), tally(sitting.answered)
        _say("", f"{whole.right} of {whole.answers} right. When each comes again:")
        for question in sitting.answered:
            memory = now.memories.get(question.concept)
            day = day_words(max(memory.due, now.today), now.today) if memory else "not scheduled"
            _say(paragraph(f"{self._title(question.concept)}: {day}", "    ", "  "))
        for name, times in by_misconception(sitting.answered):
            idea = misconception_view(name, times, self.library)
            where = f" {idea['lesson']} repairs it." if idea["lesson"] else ""
            _say(paragraph(f"An idea to look at again: “{idea['title']}”{where}", "    ", "  "))
        _say(due_words(now))

    # -- the record ------------------------------------------------------------------------------

    def _schedule(self) -> Schedule:
        return schedule(self.journal.attempts(), self.library, self.journal.now().astimezone())

    def _keep(self, sitting: Sitting) -> Sitting:
        self.journal.save_draft(ACTIVITY, sitting.to_draft())
        return sitting

    def _find(self, name: str) -> ItemBase | None:
        try:
            return self.library.item(name)
        except UnknownNameError:
            return None

    def _title(self, concept: str) -> str:
        return concept_title(concept, self.library)


class _Hints:
    """Reads lines; ? shows the hint, q stops."""

    def __init__(self, hint: str) -> None:
        self.hint, self.shown = hint, False

    def line(self, prompt: str) -> str:
        """One line that is neither."""
        while True:
            typed: str = typer.prompt(prompt, default="", show_default=False)
            if typed.strip().lower() == STOP:
                raise StoppedError
            if typed.strip() != HINT:
                return typed
            self.shown = True
            _say(paragraph(f"Hint: {self.hint} (It costs nothing, and is noted.)", "  "))


def _say(*lines: str) -> None:
    for line in lines:
        typer.echo(line)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
