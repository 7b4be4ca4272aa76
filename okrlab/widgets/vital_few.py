"""VitalFew: out of many measures, the few that are key; judged by rules, with several good sets."""

from __future__ import annotations

from typing import Any

from okrlab.assessment.journal import Journal
from okrlab.assessment.vital_few import MOST, PERSPECTIVE_WORDS, RULES, FewReview, review
from okrlab.content.vital_few import FewCompany, FewMeasure, VitalFewFile
from okrlab.errors import AnswerError
from okrlab.widgets.base import BadMessageError, LessonWidget, Message, choice_in, css, esm
from okrlab.widgets.words import counted, number_word, sentence

DRAFT = "vital-few"
FEW = 2
"""So few measures are a start, not yet a set."""
FRAME = (
    "The three rules are this course's. The four sides come from the balanced scorecard of Kaplan "
    "and Norton: a picture of what is easily forgotten, not a law that each side needs a measure."
)


class VitalFew(LessonWidget):
    """Companies with some eighteen measures each; at most five can be key.

    Which measures pass the rules reaches the browser only after a choice was looked at. Nothing is
    graded; choices are kept.

    Args:
        content: the companies.
        journal: where the choices are kept.
    """

    _esm = esm("vital_few")
    _css = css("vital_few")

    def __init__(self, content: VitalFewFile, journal: Journal) -> None:
        super().__init__(journal)
        self._journal = journal
        self._companies = {c.id: c for c in content.companies}
        self._company = content.companies[0].id
        self._chosen: dict[str, list[str]] = {name: [] for name in self._companies}
        self._seen: set[str] = set()
        self._restore(journal.draft(DRAFT))
        self.refresh()

    # -- what the browser sees -------------------------------------------------------------------

    def build_view(self) -> dict[str, Any]:
        """The measures and the choice; what passes the rules only when it was looked at."""
        company = self._here
        return {
            "label": "The vital few",
            "companies": [
                {"id": c.id, "title": c.title, "industry": c.industry}
                for c in self._companies.values()
            ],
            "company": company.id,
            "strategy": company.strategy,
            "measures": [{"id": m.id, "name": m.name, "now": m.now} for m in company.measures],
            "chosen": list(self._chosen[company.id]),
            "most": MOST,
            "rules": [text for _, text in RULES],
            "review": self._review() if company.id in self._seen else None,
        }

    @property
    def _here(self) -> FewCompany:
        return self._companies[self._company]

    def _review(self) -> dict[str, Any]:
        seen = review(self._here, self._chosen[self._company])
        return {
            "holds": seen.holds,
            "verdict": _verdict(seen),
            "headline": _headline(seen),
            "remarks": _remarks(seen),
            "chosen": [_measure(m) for m in seen.chosen],
            "others": [_measure(m) for m in seen.others],
            "sides": [
                {
                    "id": p,
                    "title": title,
                    "asks": asks,
                    "measures": [m.name for m in seen.chosen if m.perspective == p],
                }
                for p, (title, asks) in PERSPECTIVE_WORDS.items()
            ],
            "frame": FRAME,
        }

    def summary(self) -> str:
        """The company, the choice, and what there is to say of it."""
        chosen = [m.name for m in self._here.measures if m.id in self._chosen[self._company]]
        said = f"The vital few of {self._here.title}: "
        said += f"{'; '.join(chosen)}." if chosen else "nothing chosen yet."
        if self._company in self._seen:
            said += f" {self._review()['headline']}"
        return said

    # -- messages --------------------------------------------------------------------------------

    def on_show(self, message: Message) -> None:
        """Show another company."""
        self._company = choice_in(message, "company", self._companies)
        self.say(f"{self._here.title}.")
        self._keep()

    def on_choose(self, message: Message) -> None:
        """Call a measure key, or no longer."""
        name = choice_in(message, "measure", [m.id for m in self._here.measures])
        on = message.get("on")
        if not isinstance(on, bool):
            raise BadMessageError("The box sent no position. Tick it again.")
        chosen = self._chosen[self._company]
        if on and name not in chosen:
            if len(chosen) >= MOST:
                raise AnswerError(
                    f"{sentence(number_word(MOST))} are chosen already. Let one go first: that is "
                    "what “key” means."
                )
            chosen.append(name)
        elif not on and name in chosen:
            chosen.remove(name)
        self._seen.discard(self._company)
        self.say(f"{number_word(len(chosen))} of {number_word(MOST)} chosen.")
        self._keep()

    def on_check(self, _message: Message) -> None:
        """Look at the choice."""
        seen = review(self._here, self._chosen[self._company])
        self._seen.add(self._company)
        self.say(_headline(seen))
        self._keep()

    def on_again(self, _message: Message) -> None:
        """Change the choice: what was said of it goes away."""
        self._seen.discard(self._company)
        self.say("Change your choice and look again.")
        self._keep()

    # -- drafts ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._journal.save_draft(
            DRAFT,
            {"company": self._company, "chosen": self._chosen, "seen": sorted(self._seen)},
        )

    def _restore(self, draft: dict[str, Any] | None) -> None:
        """Take over what a draft says, as far as it fits the content of today."""
        if not isinstance(draft, dict):
            return
        if str(draft.get("company")) in self._companies:
            self._company = str(draft["company"])
        chosen, seen = draft.get("chosen"), draft.get("seen")
        for name, company in self._companies.items():
            kept = chosen.get(name) if isinstance(chosen, dict) else None
            known = [m.id for m in company.measures if isinstance(kept, list) and m.id in kept]
            self._chosen[name] = known[:MOST]
            if known and isinstance(seen, list) and name in seen:
                self._seen.add(name)


def _measure(measure: FewMeasure) -> dict[str, Any]:
    return {
        "id": measure.id,
        "name": measure.name,
        "now": measure.now,
        "key": measure.key,
        "rules": [{"text": text, "yes": getattr(measure, rule)} for rule, text in RULES],
        "why": measure.why,
    }


def _verdict(seen: FewReview) -> str:
    if not seen.holds:
        return "Not quite a set yet"
    return "A start" if len(seen.chosen) <= FEW else "A good set"


def _headline(seen: FewReview) -> str:
    count = len(seen.chosen)
    if seen.passing < count:
        few = sentence(number_word(seen.passing))
        return f"{few} of your {counted(count, 'measure')} {_pass(seen.passing)} all three rules."
    if seen.twins:
        return "Each passes all three rules, but one story is told twice."
    if count <= FEW:
        return f"What is there passes all three rules, and there is room for {MOST - count} more."
    return "This set holds: each measure passes all three rules, and none repeats another."


def _pass(number: int) -> str:
    return "passes" if number == 1 else "pass"


def _remarks(seen: FewReview) -> list[str]:
    said = [
        f"“{a.name}” and “{b.name}” tell the same story. Keeping one frees a place."
        for a, b in seen.twins
    ]
    if seen.missing:
        sides = " and ".join(f"“{PERSPECTIVE_WORDS[p][0]}”" for p in seen.missing)
        said.append(
            f"Nothing in your set looks at {sides}. Is that on purpose? Then say why; it can be."
        )
    if len(seen.chosen) <= FEW:
        said.append(
            f"With {counted(len(seen.chosen), 'measure')} much goes unwatched: who improves one "
            "thing often harms another. Three to five show that."
        )
    others = seen.good_sets - seen.holds
    size = counted(len(seen.chosen), "measure")
    said.append(
        f"By these rules {others} {'other ' if seen.holds else ''}sets of {size} hold here. Which "
        "of them is best is a judgement, and the people of the company would have to argue it out."
    )
    return said
