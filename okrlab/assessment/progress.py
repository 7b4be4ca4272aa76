"""How far a learner is with the course: gain, lessons, concepts, misconceptions, confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from okrlab.assessment.attempt import Attempt, Confidence
from okrlab.assessment.deal import activity
from okrlab.assessment.gain import Gain, gain
from okrlab.assessment.mastery import (
    Alive,
    Mastery,
    concept_mastery,
    lesson_mastery,
    misconceptions_alive,
)
from okrlab.assessment.results import Tally, calibration, calibration_words, percent
from okrlab.content import Concept, Lesson, Library

STATES = {"not_started": "Not started", "learning": "In progress", "mastered": "Mastered"}
"""The states of mastery in words."""


GAIN_TO_COME = (
    "The final test, at the end of the last lesson, has a sister to each question of the pretest. "
    "Once you have taken it, the two are compared here."
)


@dataclass(frozen=True)
class ConceptProgress:
    """A concept and how far the learner is with it."""

    concept: Concept
    mastery: Mastery


@dataclass(frozen=True)
class LessonProgress:
    """A lesson and how far the learner is with it.

    Attributes:
        lesson: the lesson.
        mastery: None for a lesson that cannot be mastered, such as the welcome with its pretest.
        concepts: the concepts that it introduces.
        answers: first tries in its own quizzes, graded or not.
    """

    lesson: Lesson
    mastery: Mastery | None
    concepts: tuple[ConceptProgress, ...]
    answers: int


@dataclass(frozen=True)
class Progress:
    """How far a learner is.

    Attributes:
        lessons: every lesson of the course, in order.
        alive: misconceptions in the latest answers.
        answers: graded first tries so far.
        pretest_answers: answers to a pretest so far.
        pretest: confidence in the pretest against what was right.
        since: the same for graded answers.
        misconceptions: titles of `alive`, by id.
        repaired_in: the lesson that repairs each of `alive`, by id; without those of no lesson.
        gain: what changed from the pretest to the final test; None before both are taken.
    """

    lessons: tuple[LessonProgress, ...]
    alive: tuple[Alive, ...]
    answers: int
    pretest_answers: int
    pretest: Mapping[Confidence, Tally]
    since: Mapping[Confidence, Tally]
    misconceptions: Mapping[str, str]
    repaired_in: Mapping[str, Lesson]
    gain: Gain | None

    @property
    def gain_words(self) -> tuple[str, ...]:
        """The gain in sentences; after the pretest alone, where it will come from."""
        if self.gain:
            return tuple(self.gain.words())
        return (GAIN_TO_COME,) if self.pretest_answers else ()

    @property
    def started(self) -> bool:
        """Whether anything has been answered."""
        return bool(self.answers or self.pretest_answers)

    @property
    def with_mastery(self) -> tuple[LessonProgress, ...]:
        """The lessons that can be mastered."""
        return tuple(entry for entry in self.lessons if entry.mastery)

    @property
    def mastered(self) -> int:
        """How many lessons are mastered."""
        return sum(state_of(entry) == "mastered" for entry in self.lessons)

    @property
    def next_step(self) -> str:
        """What to do next, in a sentence or two."""
        if not self.started and self.lessons:
            first = self.lessons[0].lesson
            return (
                f"Nothing answered yet. Start with lesson {first.number}, {first.title}: "
                "its pretest takes about a quarter of an hour and is not graded."
            )
        for entry in self.with_mastery:
            name = f"lesson {entry.lesson.number}, {entry.lesson.title}"
            if entry.mastery and entry.mastery.state == "learning":
                return f"Go on with {name}. {entry.mastery.missing[0]}"
            if entry.mastery and entry.mastery.state == "not_started":
                return f"Open {name}, next. {entry.lesson.outcome}"
        return "Every lesson here is mastered. Take a quiz again in a few weeks to keep it so."

    def words(self) -> str:
        """All of it as plain text."""
        concepts = [c for entry in self.lessons for c in entry.concepts]
        done = sum(c.mastery.state == "mastered" for c in concepts)
        lines = [
            f"Your progress: {self.mastered} of {len(self.with_mastery)} lessons and "
            f"{done} of {len(concepts)} concepts mastered; {count(self.answers, 'graded answer')}."
        ]
        for entry in self.lessons:
            lesson = entry.lesson
            lines.append(f"Lesson {lesson.number}, {lesson.title}: {lesson_words(entry)}")
            lines += [
                f"  {c.concept.title}: {mastery_words(c.mastery)}"
                for c in entry.concepts
                if c.mastery.answers
            ]
        for alive in self.alive:
            title = self.misconceptions[alive.misconception] or alive.misconception
            repair = self.repaired_in.get(alive.misconception)
            where = f"; lesson {repair.number}, {repair.title}, repairs it" if repair else ""
            lines.append(f"Came up lately: “{title}” ({count(alive.times, 'time')}){where}")
        said = calibration_words(self.pretest)
        lines += [f"In the pretest: {said}"] if said else []
        lines += [f"What you have gained: {' '.join(self.gain_words)}"] if self.gain_words else []
        return "\n".join([*lines, self.next_step])


def progress(attempts: Sequence[Attempt], library: Library) -> Progress:
    """How far a learner is.

    Args:
        attempts: all attempts of one learner, in any order.
        library: lessons, concepts and misconceptions.
    """
    titles = {name: m.title for name, m in library.misconceptions.items()}
    pretest = [a for a in attempts if a.activity.startswith("pretest/") and a.try_number == 1]
    graded = [a for a in attempts if a.graded and a.try_number == 1]
    alive = tuple(misconceptions_alive(attempts))
    lessons = {lesson.number: lesson for lesson in library.lessons}
    treated = {n: m.lesson for n, m in library.misconceptions.items() if m.lesson in lessons}
    return Progress(
        lessons=tuple(lesson_progress(lesson, attempts, library) for lesson in library.lessons),
        alive=alive,
        answers=len(graded),
        pretest_answers=len(pretest),
        pretest=calibration(pretest),
        since=calibration(graded),
        misconceptions={a.misconception: titles.get(a.misconception, "") for a in alive},
        repaired_in={
            a.misconception: lessons[treated[a.misconception]]
            for a in alive
            if a.misconception in treated
        },
        gain=gain(attempts, library),
    )


def state_of(entry: LessonProgress) -> str:
    """The state of a lesson: one of mastery, or "taken" for a pretest that has answers."""
    if entry.mastery:
        return entry.mastery.state
    return "taken" if entry.answers else "not_started"


def mastery_words(mastery: Mastery) -> str:
    """Such as "In progress, 75% of 12 answers"."""
    words = STATES[mastery.state]
    if mastery.share is None:
        return words
    return f"{words}, {percent(mastery.share)} of {count(mastery.answers, 'answer')}"


def count(number: int, word: str) -> str:
    """Such as "1 answer" or "2 answers"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def lesson_progress(
    lesson: Lesson, attempts: Sequence[Attempt], library: Library
) -> LessonProgress:
    """How far a learner is with one lesson.

    A lesson that introduces no concept of its own, such as the last one, goes by its quizzes; the
    final test belongs to the course and to no lesson.
    """
    every = (library.quiz(name) for name in library.names("quizzes"))
    quizzes = [q for q in every if q.lesson == lesson.number and q.kind != "final"]
    here = {activity(quiz) for quiz in quizzes}
    at_quizzes = [a for a in attempts if a.activity in here and a.try_number == 1]
    concepts = [c for c in library.concepts.values() if c.lesson == lesson.number]
    key = lesson.key_misconceptions
    titles = {name: m.title for name, m in library.misconceptions.items()}
    mastery = None
    if concepts:
        mastery = lesson_mastery(attempts, lesson, {c.id for c in concepts}, titles)
    elif any(quiz.graded for quiz in quizzes):
        asked = {a.concept for a in at_quizzes}
        mastery = lesson_mastery(at_quizzes, lesson, asked, titles)
    return LessonProgress(
        lesson,
        mastery,
        tuple(ConceptProgress(c, concept_mastery(attempts, c.id, key, titles)) for c in concepts),
        len(at_quizzes),
    )


def lesson_words(entry: LessonProgress) -> str:
    """The state of a lesson in words."""
    if entry.mastery:
        return mastery_words(entry.mastery)
    if entry.answers:
        return f"Pretest, {count(entry.answers, 'answer')}"
    return STATES["not_started"]
