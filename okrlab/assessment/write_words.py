"""Turns of phrase that the analyser has no part for: evidence, purpose, finding out.

They are looked for as grammar (“shown by …”, “so that …”), never as meaning: who marks with them
says “I read this as …”.
"""

from __future__ import annotations

import re

_REST = r"[^.;]{0,160}"
_CLAUSE = r"[^,.;]{0,120}"

_PROOF = re.compile(
    r"\b(?:(?:shown|proven|proved|evidenced|confirmed|verified|certified|documented|witnessed"
    r"|attested|recorded|measured|counted|inspected|tested|accepted|approved|checked)"
    r"\s+(?:by|in|from|with|through|at|on|over|when|for|against)\b"
    r"|(?:with|as)\s+(?:evidence|proof)\b|(?:evidence|proof|evidenced)\s*[:=]"
    r"|according\s+to\b|to\s+be\s+seen\s+in\b|as\s+seen\s+in\b)" + _CLAUSE,
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have)\s+(?:(?:now|all|each|already|been|actually)\s+)*(?!been\b)"
    r"(?P<done>\w{2,}(?:ed|en|nt|lt|ught|id|un|ept)|sold|made|run|met|held|put|set|won|found|told"
    r"|begun|read|cut|built|had|used)\b" + _CLAUSE,
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:(?:(?:live|open|in\s+use|at\s+work|in\s+operation|up\s+and\s+running|running|in\s+force)"
    r"\s+(?:in|at|on|for|with|by|to|across|from|since)\b)"
    r"|(?:signed|hired|appointed|passed|certified|licensed|approved|accepted|inspected|audited"
    r"|installed|connected|registered|printed|published|opened|removed|closed|switched\s+off"
    r"|granted|elected|adopted|under\s+contract))\b" + _CLAUSE,
    re.IGNORECASE,
)
_LOOSE = frozenset("launched introduced implemented completed finished delivered started".split())
"""Words for “done” that leave open what a stranger would see."""

_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_METHOD = re.compile(
    rf"\b(?:(?:from|over|for|during|in|with|by)\s+(?:the\s+(?:last|next)\s+)?{_COUNT}\s+(?:\w+\s+)?"
    r"(?:days|weeks|months|answers|people|customers|patients|visitors|guests|orders|pupils|families)"
    rf"|{_COUNT}\s+(?:days|weeks|months)\s+(?:of|in|at|on)\b"
    r"|(?:using|based\s+on)\s+\w+"
    r"|(?:survey|count|sample|poll|interviews?|log|records?|data|tickets|timesheets|sheet)\s+"
    r"(?:of|from|at|for|over|with|kept|in)"
    r"|(?:from|by|with|in|using)\s+(?:the|a|an|our|their|its)\s+(?:\w+\s+){0,3}"
    r"(?:survey|system|log|book|records?|data|sample|tickets|count|meter|meters|till|tills|register"
    r"|scanner|sensors?|interviews|timesheets|sheet|diary|diaries|stopwatch)"
    rf"|(?:asked|counted|timed|weighed|logged|noted|measured|sampled|surveyed)\s+{_CLAUSE})"
    + _CLAUSE,
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"(?:\bso\s+(?:that|we|they|the|our|all|more|fewer|customers|people|patients|nobody|no)\b"
    r"|\bin\s+order\s+(?:to|that)\b|\bbecause\b|\bwith\s+the\s+aim\b|\baim(?:ed|ing)\s+(?:at|to)\b"
    r"|\b(?:meant|expected|designed|intended|supposed)\s+to\b"
    r"|\bwhich\s+(?:should|will|is\s+to|is\s+meant|lets)\b|\bas\s+a\s+step\s+towards\b"
    r"|,\s*to\s+(?=[a-z])"
    r"|\bto\s+(?:cut|reduce|lower|raise|increase|shorten|bring|get|lift|halve|improve|speed|free"
    r"|help|make|keep|stop|end|avoid|prevent|let|allow|double|save|win|move|ease|spare|push)\b)"
    + _REST,
    re.IGNORECASE,
)
_FINDING_OUT = re.compile(
    r"\b(?:know|known|knows|find\s+out|found\s+out|finding\s+out|baseline|base\s+line"
    r"|determined?|establish(?:ed)?|measured?|counted|learn(?:ed|t)?|ascertain(?:ed)?"
    r"|has\s+shown|have\s+shown|first\s+value|starting\s+(?:value|point))\b",
    re.IGNORECASE,
)
_LED = re.compile(
    r"\b(?:by|until|till|before|at\s+the\s+end|end|no\s+later\s+than|on|in|within)\b", re.IGNORECASE
)
_LED_WORDS = 7
_TODAY = re.compile(
    r"\((?:today|now|currently|at\s+present|at\s+the\s+moment)\b[^()]{0,60}\)"
    r"|\([\d.,]*\d\s?%?\s+(?:today|now|currently|at\s+present|at\s+the\s+moment)\)"
    r"|,\s*(?:today|now|currently|at\s+present)[:\s]\s*(?:it\s+is\s+|at\s+)?"
    r"[\d.,]*\d\s?%?",
    re.IGNORECASE,
)


def evidence_in(text: str) -> str:
    """The words that say how a stranger could see that it is done; "" when there are none."""
    found = _PROOF.search(text)
    if found:
        return found[0].strip()
    perfect = next((m for m in _PERFECT.finditer(text) if m["done"].casefold() not in _LOOSE), None)
    found = perfect or _STATE.search(text)
    return found[0].strip() if found else ""


def method_in(text: str) -> str:
    """The words that say how a value is found: how long, from what, asked of whom."""
    found = _METHOD.search(text) or _PROOF.search(text)
    return found[0].strip() if found else ""


def purpose_in(text: str) -> str:
    """The words that say what it is for; "" when there are none."""
    found = _PURPOSE.search(text)
    return found[0].strip(" ,") if found else ""


def without_today(text: str) -> str:
    """The text with blanks, as many, for an aside that only says where the measure stands now."""
    return _TODAY.sub(lambda found: " " * len(found[0]), text)


def finding_out_in(text: str) -> str:
    """The words that promise a value which nobody knows yet; "" when there are none."""
    found = _FINDING_OUT.search(text)
    return found[0] if found else ""


def word_in(text: str, beginnings: tuple[str, ...]) -> str:
    """The first word of the text that begins like one of these; "" when there is none."""
    for beginning in beginnings:
        found = re.search(rf"\b{re.escape(beginning)}\w*", text, re.IGNORECASE)
        if found:
            return found[0]
    return ""


def led_phrases(text: str) -> list[str]:
    """What follows each word that can lead to a date, a few words of it."""
    return [" ".join(text[found.start() :].split()[:_LED_WORDS]) for found in _LED.finditer(text)]
