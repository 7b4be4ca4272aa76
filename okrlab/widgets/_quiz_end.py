"""The last page of a quiz: what came out, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from okrlab import content
from okrlab.assessment.attempt import Attempt
from okrlab.assessment.mastery import Mastery
from okrlab.assessment.progress import lesson_progress
from okrlab.assessment.results import (
    by_concept,
    by_misconception,
    calibration,
    calibration_words,
    percent,
    tally,
)
from okrlab.assessment.sitting import Question, Sitting
from okrlab.content import Library
from okrlab.widgets._quiz_question import title_of

View = dict[str, Any]

KNOWN = 0.8
HALF = 0.5


def end_view(
    quiz: content.Quiz, sitting: Sitting, attempts: Sequence[Attempt], library: Library
) -> View:
    """The result of a quiz: by question, concept and misconception, and the way on."""
    answers = sitting.answered
    whole = tally(answers)
    of_lesson = quiz.kind != "final"
    mastery = _mastery(quiz.lesson, attempts, library) if of_lesson else None
    hints = sum(q.hint for q in answers)
    return {
        "headline": f"{whole.right} of {whole.answers} right",
        "share": percent(whole.share) if whole.share * whole.answers != whole.right else None,
        "marks": [mark_word(q) for q in answers],
        "concepts": [
            {"title": concept_title(c, library), "right": t.right, "of": t.answers}
            for c, t in by_concept(answers).items()
        ],
        "misconceptions": [
            misconception_view(name, times, library) for name, times in by_misconception(answers)
        ],
        "calibration": calibration_words(calibration(answers)),
        "hints": hints,
        "next": _next_step(quiz, whole.right == whole.answers, mastery, library),
        "missing": list(mastery.missing) if mastery and quiz.graded else [],
        "again": quiz.kind == "practice",
    }


def pretest_view(sitting: Sitting, library: Library) -> View:
    """Where to begin, and where the learner was sure and wrong. No key is told."""
    groups: dict[int, list[Question]] = {}
    for question in sitting.answered:
        concept = library.concepts.get(question.concept)
        if concept and _lesson(concept.lesson, library):
            groups.setdefault(concept.lesson, []).append(question)
    route = [
        {"lesson": lesson_name(n, library), **_worth(tally(groups[n]).share)}
        for n in sorted(groups)
    ]
    return {
        "headline": "That was the pretest",
        "route": route,
        "surprises": [
            {"stem": library.item(q.item).stem, "lesson": _taught_in(q.concept, library)}
            for q in sitting.answered
            if q.confidence == "sure" and (q.mark or 0.0) < 1
        ],
        "calibration": calibration_words(calibration(sitting.answered)),
        "next": _where_to_start({n: tally(g).share for n, g in groups.items()}, library),
        "again": False,
    }


def _mastery(number: int, attempts: Sequence[Attempt], library: Library) -> Mastery | None:
    lesson = _lesson(number, library)
    return lesson_progress(lesson, attempts, library).mastery if lesson else None


def misconception_view(name: str, times: int, library: Library) -> View:
    """A misconception that came up, and which lesson of this course repairs it."""
    known = library.misconceptions.get(name)
    return {
        "title": title_of(name, library),
        "times": times,
        "explanation": known.explanation if known else None,
        "repair": known.repair if known else None,
        "lesson": lesson_name(known.lesson, library)
        if known and _lesson(known.lesson, library)
        else None,
    }


def concept_title(name: str, library: Library) -> str:
    """The title of a concept, or its id when nothing is known about it."""
    concept = library.concepts.get(name)
    return concept.title if concept else name


def lesson_name(number: int, library: Library) -> str:
    """Such as “Lesson 2, Eight dimensions”."""
    lesson = _lesson(number, library)
    return f"Lesson {number}, {lesson.title}" if lesson else f"Lesson {number}"


def _taught_in(concept: str, library: Library) -> str | None:
    """The lesson that teaches a concept, None when the course has none yet."""
    known = library.concepts.get(concept)
    return lesson_name(known.lesson, library) if known and _lesson(known.lesson, library) else None


def _lesson(number: int, library: Library) -> content.Lesson | None:
    """The lesson with that number, None when the course has none yet."""
    return next((lesson for lesson in library.lessons if lesson.number == number), None)


def mark_word(question: Question) -> str:
    """Whether an answer was "right", "partly" right or "wrong"."""
    mark = question.mark or 0.0
    return "right" if mark >= 1 else "partly" if mark > 0 else "wrong"


def _next_step(
    quiz: content.Quiz, all_right: bool, mastery: Mastery | None, library: Library
) -> str:
    if quiz.kind == "final":
        gain = "See your progress page: it sets these answers beside those of the pretest."
        repair = "The ideas below name the lesson that repairs them; your reviews go on as before."
        return gain if all_right else f"{gain} {repair}"
    onward = _lesson(quiz.lesson + 1, library)
    go_on = f"Go on with {lesson_name(onward.number, library)}." if onward else ""
    if mastery and mastery.state == "mastered":
        return f"You have mastered this lesson. {go_on}".strip()
    if all_right:
        more = "Take the quiz again later: it then asks other questions on the same ideas."
        return f"{more} {go_on}".strip()
    return (
        "Look at the ideas below, then take the quiz again. What you missed comes back as a "
        "parallel question, not as the same one."
    )


def _worth(share: float) -> View:
    if share >= KNOWN:
        return {"level": "known", "words": "You know much of this. Read it quickly."}
    if share >= HALF:
        return {"level": "part", "words": "You know a part. Worth your time."}
    return {"level": "new", "words": "Mostly new to you. Take your time over it."}


def _where_to_start(shares: dict[int, float], library: Library) -> str:
    if not shares:
        return "Begin with the first lesson and go on in order."
    most = min(sorted(shares), key=lambda number: shares[number])
    first = min(shares)
    start = f"Begin with {lesson_name(first, library)}, and take the lessons in order."
    if most == first or shares[most] >= KNOWN:
        return start
    return f"{start} Keep some time for {lesson_name(most, library)}: it will bring you the most."
