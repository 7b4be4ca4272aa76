"""Imported questions as a bank file, with what other systems do not know left as marked gaps.

Nothing is invented: which misconception an option reveals, what would flip an answer, how hard an
item is, whose words they are. A gap is written so that `okrlab author check` names it with file,
line and field until somebody fills it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from okrlab.interop.exchange._text import clean, one_line, plain_number, slug
from okrlab.interop.exchange.questions import Answer, Pair, Question

GAP = "GAP"
"""Begins the comment of every gap."""

NO_MISCONCEPTION = "M??"
"""Stands where a misconception is to be named: no id looks like it, so that the check finds it."""

_WORDS = ("true", "false", "null", "yes", "no", "on", "off", "y", "n")
"""What some reader of YAML takes for something else than a text."""


@dataclass
class BankText:
    """A bank file in the making.

    Attributes:
        text: the YAML.
        items: how many items it has.
        gaps: how many gaps.
    """

    lines: list[str] = field(default_factory=list)
    items: int = 0
    gaps: int = 0

    @property
    def text(self) -> str:
        """The file as it is so far."""
        return "\n".join(self.lines) + "\n"

    def put(self, indent: int, name: str, value: Any, gap: str = "") -> None:
        """One field; without a value the gap that says what belongs here."""
        space = " " * indent
        if value is None or value == "":
            self.gaps += 1
            self.lines.append(f"{space}{name}:  # {GAP}: {gap}")
        else:
            self.lines.append(f"{space}{name}: {_scalar(value)}")

    def misconception(self, indent: int, name: str) -> None:
        """The field for a misconception, or its gap."""
        if name:
            self.put(indent, "misconception", name)
        else:
            self.gaps += 1
            self.lines.append(
                f"{' ' * indent}misconception: {NO_MISCONCEPTION}  # {GAP}: which wrong idea does "
                "this reveal? One of misconceptions.yaml, such as M03"
            )


def bank_file(questions: Iterable[Question], concept: str, source: str) -> BankText:
    """Questions as a bank file.

    Args:
        questions: what was read.
        concept: what they are about; "" leaves a gap, unless all questions name the same.
        source: name of the file that they come from, for the heading.
    """
    found = list(questions)
    named = {question.concept for question in found}
    one = concept or (slug(named.pop()) if len(named) == 1 else "")
    bank = BankText()
    bank.lines += [
        f"# Imported from {one_line(source)[:100]}.",
        f"# Every {GAP} is something that the other system does not know: fill it, then run",
        "# okrlab author check on this file. Content of okrlab is under CC-BY-4.0; keep questions",
        "# that others wrote to yourself unless they agree.",
        "format: 1",
    ]
    bank.put(0, "concept", one, "what these are about, such as kpi-definition")
    bank.lines.append("items:")
    taken: set[str] = set()
    for question in found:
        _item(bank, question, _free(question, taken))
    return bank


def _free(question: Question, taken: set[str]) -> str:
    stem = slug(question.id, 56) or "imported"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name)
    return name


def _item(bank: BankText, question: Question, name: str) -> None:
    bank.items += 1
    bank.lines.append(f"  - id: {_scalar(name)}")
    bank.put(4, "type", "classify" if question.kind == "match" else question.kind)
    bank.gaps += 1
    bank.lines.append(f"    seed_refs: []  # {GAP}: the claims of claims.yaml that it practises")
    bank.put(4, "stem", question.text)
    match question.kind:
        case "choice" | "choices":
            _options(bank, question)
        case "match":
            _cards(bank, question)
        case "number":
            _number(bank, question)
        case "order":
            _steps(bank, question)
    bank.put(
        4, "minimal_edit", question.flip, "the smallest change to the case that flips the answer"
    )
    bank.put(4, "hint", question.hint, "where to look, without giving the answer away")
    bank.put(4, "parallel_group", name)
    bank.put(4, "difficulty_prior", None, "1 (easy) to 5")
    bank.put(4, "bloom", None, "remember, understand, apply, analyse, evaluate or create")
    bank.put(4, "minutes", None, "how long it takes")
    bank.put(4, "author", None, "who wrote it")


def _options(bank: BankText, question: Question) -> None:
    bank.lines.append("    options:")
    for answer in question.answers:
        bank.lines.append(f"      - text: {_scalar(answer.text)}")
        if answer.right:
            bank.lines.append("        correct: true")
        else:
            bank.misconception(8, answer.misconception)
        bank.put(8, "feedback", _feedback(answer, question), _ask(answer))


def _feedback(answer: Answer, question: Question) -> str:
    """An option's own feedback; the general one belongs to the only right option."""
    alone = answer.right and sum(a.right for a in question.answers) == 1
    return answer.feedback or (question.explanation if alone else "")


def _ask(answer: Answer) -> str:
    return "what in the case decides" if answer.right else "why it tempts, and what it overlooks"


def _cards(bank: BankText, question: Question) -> None:
    names = _names(question.targets, "bucket")
    bank.lines.append("    buckets:")
    for target, name in names.items():
        bank.lines.append(f"      - {{id: {_scalar(name)}, label: {_scalar(target)}}}")
    bank.lines.append("    cards:")
    for pair, name in zip(
        question.pairs,
        _names([p.text for p in question.pairs], "card", 40, unique=False).values(),
        strict=True,
    ):
        _card(bank, pair, name, names)


def _card(bank: BankText, pair: Pair, name: str, buckets: dict[str, str]) -> None:
    text, _, context = pair.text.partition("\n")
    bank.lines.append(f"      - id: {_scalar(name)}")
    bank.put(8, "text", text)
    if context.strip():
        bank.put(8, "context", context.strip())
    bank.put(8, "bucket", buckets[pair.target])
    bank.put(8, "why", pair.why, "the cue that decides")
    bank.put(8, "flip", pair.flip, "the smallest change that moves it to another bucket")
    bank.lines.append("        wrong:")
    for target, bucket in buckets.items():
        if target != pair.target:
            bank.lines.append(f"          - bucket: {_scalar(bucket)}")
            bank.misconception(12, pair.named.get(target, ""))
            bank.put(12, "feedback", pair.wrong.get(target, ""), "why this bucket tempts")


def _number(bank: BankText, question: Question) -> None:
    right, *wrong = question.values
    bank.put(4, "answer", right.value)
    bank.put(4, "tolerance", right.tolerance)
    if question.unit:
        bank.put(4, "unit", question.unit)
    bank.put(4, "worked", question.explanation, "how the right number comes about")
    if not wrong:
        bank.gaps += 1
        bank.lines.append(
            f"    wrong_values: []  # {GAP}: numbers that a known wrong way of calculating gives"
        )
        bank.put(4, "otherwise", question.otherwise, "what is said to any other number")
        return
    bank.lines.append("    wrong_values:")
    for value in wrong:
        bank.lines.append(f"      - value: {_scalar(value.value)}")
        bank.misconception(8, value.misconception)
        bank.put(8, "feedback", value.feedback, "why it tempts, and where it goes wrong")
    bank.put(4, "otherwise", question.otherwise, "what is said to any other number")


def _steps(bank: BankText, question: Question) -> None:
    bank.lines.append("    steps:")
    for text, name in zip(
        question.steps, _names(question.steps, "step", 40, unique=False).values(), strict=True
    ):
        bank.lines.append(f"      - {{id: {_scalar(name)}, text: {_scalar(text)}}}")
    bank.put(4, "why", question.explanation, "what decides the order")
    bank.gaps += 1
    bank.lines.append(
        f"    wrong_pairs: []  # {GAP}: what it reveals when a step is put after another"
    )


def _names(
    texts: Sequence[str], word: str, longest: int = 40, *, unique: bool = True
) -> dict[str, str]:
    """A name for each text; texts that come twice are told apart unless they are one."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for number, text in enumerate(texts, 1):
        key = text if unique else f"{number}/{text}"
        if key in found:
            continue
        name = slug(text, longest) or f"{word}-{number}"
        found[key] = name if name not in taken else f"{name[: longest - 4].strip('-')}-{number}"
        taken.add(found[key])
    return found


def _scalar(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, str):
        value = clean(value)
        if value[:1].isalpha() and slug(value) == value and value not in _WORDS:
            return str(value)
        text: str = yaml.safe_dump(
            value, default_style='"', allow_unicode=True, width=10**9
        ).strip()
        return text
    return plain_number(value)
