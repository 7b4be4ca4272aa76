"""A small engine for QTI 2.1 items, written from the specification and apart from our exporter.

It knows only what the specification names and stops at anything else, so that an element or an
attribute that we made up is noticed.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

Q = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"

INLINE: set[str] = {"br", "textEntryInteraction"}
TREE: dict[str, tuple[set[str], set[str], set[str]]] = {
    # element: (required attributes, optional attributes, children)
    "assessmentItem": (
        {"identifier", "title", "adaptive", "timeDependent"},
        {XSI},
        {
            "responseDeclaration",
            "outcomeDeclaration",
            "itemBody",
            "responseProcessing",
            "modalFeedback",
        },
    ),
    "responseDeclaration": (
        {"identifier", "cardinality"},
        {"baseType"},
        {"correctResponse", "mapping"},
    ),
    "correctResponse": (set(), set(), {"value"}),
    "value": (set(), set(), set()),
    "mapping": ({"defaultValue"}, {"lowerBound", "upperBound"}, {"mapEntry"}),
    "mapEntry": ({"mapKey", "mappedValue"}, set(), set()),
    "outcomeDeclaration": ({"identifier", "cardinality"}, {"baseType"}, {"defaultValue"}),
    "defaultValue": (set(), set(), {"value"}),
    "itemBody": (
        set(),
        set(),
        {
            "p",
            "choiceInteraction",
            "matchInteraction",
            "orderInteraction",
            "extendedTextInteraction",
        },
    ),
    "p": (set(), set(), INLINE),
    "br": (set(), set(), set()),
    "textEntryInteraction": ({"responseIdentifier"}, {"expectedLength"}, set()),
    "extendedTextInteraction": ({"responseIdentifier"}, {"expectedLines", "expectedLength"}, set()),
    "choiceInteraction": ({"responseIdentifier", "shuffle", "maxChoices"}, set(), {"simpleChoice"}),
    "orderInteraction": ({"responseIdentifier", "shuffle"}, set(), {"simpleChoice"}),
    "simpleChoice": ({"identifier"}, set(), {"br"}),
    "matchInteraction": (
        {"responseIdentifier", "shuffle", "maxAssociations"},
        set(),
        {"simpleMatchSet"},
    ),
    "simpleMatchSet": (set(), set(), {"simpleAssociableChoice"}),
    "simpleAssociableChoice": ({"identifier", "matchMax"}, set(), {"br"}),
    "modalFeedback": ({"outcomeIdentifier", "showHide", "identifier"}, set(), {"p"}),
    "responseProcessing": (set(), set(), {"responseCondition", "setOutcomeValue"}),
    "responseCondition": (set(), set(), {"responseIf", "responseElseIf", "responseElse"}),
    "responseIf": (set(), set(), {"match", "equal", "isNull", "setOutcomeValue"}),
    "responseElseIf": (set(), set(), {"match", "equal", "isNull", "setOutcomeValue"}),
    "responseElse": (set(), set(), {"setOutcomeValue"}),
    "match": (set(), set(), {"variable", "correct"}),
    "equal": ({"toleranceMode"}, {"tolerance"}, {"variable", "baseValue"}),
    "isNull": (set(), set(), {"variable"}),
    "multiple": (set(), set(), {"variable", "baseValue"}),
    "variable": ({"identifier"}, set(), set()),
    "correct": ({"identifier"}, set(), set()),
    "mapResponse": ({"identifier"}, set(), set()),
    "baseValue": ({"baseType"}, set(), set()),
    "setOutcomeValue": (
        {"identifier"},
        set(),
        {"baseValue", "variable", "multiple", "mapResponse"},
    ),
}
ORDER = [
    "responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"
]  # fmt: skip


def check(item: ET.Element) -> None:
    """Elements, attributes, order, and that every identifier that is used exists."""
    for element in item.iter():
        required, optional, children = TREE[name(element)]
        assert required <= set(element.attrib) <= required | optional, name(element)
        assert {name(child) for child in element} <= children, name(element)
    places = [ORDER.index(name(child)) for child in item]
    assert places == sorted(places)
    outcomes = {e.get("identifier") for e in item.iter(f"{Q}outcomeDeclaration")}
    used = {e.get("identifier") for e in item.iter(f"{Q}setOutcomeValue")}
    used |= {e.get("outcomeIdentifier") for e in item.iter(f"{Q}modalFeedback")}
    assert used <= outcomes
    choices = [
        e.get("identifier", "")
        for kind in ("simpleChoice", "simpleAssociableChoice")
        for e in item.iter(f"{Q}{kind}")
    ]
    assert len(set(choices)) == len(choices)
    keys = [e.text or "" for e in item.iterfind(f"{Q}responseDeclaration//{Q}value")]
    if choices:
        assert {part for key in keys for part in key.split()} <= set(choices)


def name(element: ET.Element) -> str:
    """The element's name; only QTI's own namespace is known."""
    assert element.tag.startswith(Q), element.tag
    return element.tag.removeprefix(Q)


class Session:
    """One attempt at an item.

    Args:
        item: the assessmentItem.
        response: a list of identifiers or pairs, a float, or None.
    """

    def __init__(self, item: ET.Element, response: Any) -> None:
        declared = item.find(f"{Q}responseDeclaration")
        assert declared is not None
        self.declared, self.response = declared, response
        self.outcomes: dict[str, Any] = {
            e.get("identifier", ""): e.findtext(f"{Q}defaultValue/{Q}value")
            for e in item.iterfind(f"{Q}outcomeDeclaration")
        }
        self.modals = item.findall(f"{Q}modalFeedback")
        for rule in item.findall(f"{Q}responseProcessing/*"):
            self.rule(rule)

    @property
    def score(self) -> float:
        """The SCORE."""
        return float(self.outcomes["SCORE"])

    @property
    def shown(self) -> list[str]:
        """The texts of all feedback that is shown."""
        found = []
        for modal in self.modals:
            value = self.outcomes[modal.get("outcomeIdentifier", "")]
            values = value if isinstance(value, list) else [value]
            if modal.get("identifier") in values:
                found.append("\n".join("".join(p.itertext()) for p in modal))
        return found

    def rule(self, rule: ET.Element) -> None:
        """A rule of response processing."""
        if name(rule) == "setOutcomeValue":
            self.outcomes[rule.get("identifier", "")] = self.value(rule[0])
            return
        assert name(rule) == "responseCondition"
        for branch in rule:
            actions = list(branch)
            if name(branch) != "responseElse" and not self.value(actions.pop(0)):
                continue
            for action in actions:
                self.rule(action)
            return

    def value(self, expression: ET.Element) -> Any:
        """What an expression comes to."""
        kinds: dict[str, Callable[[ET.Element], Any]] = {
            "variable": lambda _: self.response,
            "baseValue": self.base,
            "correct": lambda _: [
                e.text for e in self.declared.iterfind(f"{Q}correctResponse/{Q}value")
            ],
            "isNull": lambda e: self.value(e[0]) in (None, []),
            "multiple": self.multiple,
            "match": lambda e: self.value(e[0]) == self.value(e[1]),
            "equal": self.equal,
            "mapResponse": lambda _: self.mapped(),
        }
        return kinds[name(expression)](expression)

    def base(self, expression: ET.Element) -> Any:
        """A value that is written in the item."""
        text = expression.text or ""
        return float(text) if expression.get("baseType") == "float" else text

    def multiple(self, expression: ET.Element) -> list[Any]:
        """Values put together."""
        values = [self.value(child) for child in expression]
        return [v for e in values for v in (e if isinstance(e, list) else [e])]

    def equal(self, expression: ET.Element) -> bool:
        """Whether two numbers are near enough."""
        low, high = map(float, (expression.get("tolerance") or "0 0").split())
        given, right = map(self.value, expression)
        slack = 1e-9 * max(1.0, abs(right))
        return given is not None and right - low - slack <= given <= right + high + slack

    def mapped(self) -> float:
        """The sum over the mapping, within its bounds."""
        mapping = self.declared.find(f"{Q}mapping")
        assert mapping is not None
        entries = {e.get("mapKey"): float(e.get("mappedValue", "")) for e in mapping}
        default = float(mapping.get("defaultValue", ""))
        total = sum(entries.get(key, default) for key in dict.fromkeys(self.response))
        low, high = (
            float(mapping.get("lowerBound", "-inf")),
            float(mapping.get("upperBound", "inf")),
        )
        return min(max(total, low), high)
