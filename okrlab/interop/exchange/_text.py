"""Text between plain lines and the HTML that other systems store; ids and numbers."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from html.parser import HTMLParser

from okrlab.content import Context

CONTEXT = {
    "org": "Organisation",
    "industry": "Industry",
    "country": "Country",
    "objective": "Objective",
    "horizon": "Time",
    "state": "Situation",
    "pay": "Pay",
}
"""The lines of a context, in this order and with these labels."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = {"p", "div", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
_SILENT = {"script", "style", "head", "title"}
_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def clean(text: str) -> str:
    """The text without characters that no XML may hold, with plain line ends."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(clean(text).split())


def to_html(text: str) -> str:
    """Plain text as HTML that shows it and does nothing else."""
    return html.escape(clean(text)).replace("\n", "<br>")


def from_html(text: str) -> str:
    """The plain text that HTML shows: no tags, no scripts; breaks and paragraphs as line ends."""
    reader = _Reader()
    reader.feed(clean(text))
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip()


def from_either(text: str) -> str:
    """As `from_html` where the text looks like HTML, else the text itself."""
    return from_html(text) if _LOOKS_LIKE_HTML.search(text) else clean(text).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")
        elif tag in _BREAKS:
            self._break(1 if tag in ("li", "tr") else 2)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BREAKS:
            self._break(1 if tag in ("li", "tr") else 2)

    def handle_data(self, data: str) -> None:
        between_tags = "\n" in data and not data.strip()
        if not self.silent and not between_tags:
            self.parts.append(data.replace("\n", " "))

    def _break(self, lines: int) -> None:
        ends = len(self.parts) and self.parts[-1].endswith("\n" * lines)
        if self.parts and not ends:
            self.parts.append("\n" * lines)


def context_lines(context: Context) -> str:
    """A context as lines such as "Country: Chile"."""
    lines = {name: getattr(context, name) for name in CONTEXT}
    return "\n".join(f"{CONTEXT[name]}: {value}" for name, value in lines.items() if value)


def plain_number(value: float) -> str:
    """A number without an exponent and without needless zeros, exactly as the computer holds it."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def slug(text: str, longest: int = 64) -> str:
    """A name such as the bank uses, made of the text; "" when nothing of it fits."""
    words = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    return words[:longest].strip("-")
