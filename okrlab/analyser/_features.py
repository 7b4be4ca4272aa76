"""What speaks for one kind or another: named features of a reading, each with its place.

A feature's name is what the model has a weight for; its place is what the learner is shown.
Structural features carry a sentence of their own in `SENTENCES`; a word feature ("w:audit") is
explained as that word.
"""

from __future__ import annotations

from collections.abc import Iterator

from okrlab.analyser._grammar import any_verb, is_participle, opening, predicate
from okrlab.analyser._lexicon import (
    ACTIVITY,
    ASPIRE,
    CHANGE,
    COMPLETED,
    DELIVER,
    DELIVERABLES,
    DOWN,
    DOWN_NOUNS,
    HEALTH_WORDS,
    KEEP,
    MEASURE_NOUNS,
    REACH,
    STATE_ADJECTIVES,
    UP,
    UP_NOUNS,
    americanize,
    verb,
)
from okrlab.analyser._quantities import (
    COUNTED,
    DURATION,
    MONEY,
    MULTIPLE,
    PCT_POINTS,
    PERCENTAGE,
)
from okrlab.analyser._reading import Reading
from okrlab.analyser._tokens import CODE, NUMBER, WORD
from okrlab.analyser._verbs import AMBIGUOUS
from okrlab.analyser.analysis import Part, Parts, Span

Features = dict[str, Span | None]

_VERB_CLASSES = {
    "up": UP, "down": DOWN, "change": CHANGE, "reach": REACH, "keep": KEEP, "deliver": DELIVER,
    "activity": ACTIVITY, "aspire": ASPIRE,
}  # fmt: skip
_ALWAYS = {"always", "continuously", "continually", "ongoing", "permanently", "constantly",
           "throughout", "anytime", "steady", "consistently"}  # fmt: skip
_FREQUENCY = {"weekly", "daily", "monthly", "quarterly", "regularly", "annually", "yearly",
              "biweekly", "fortnightly", "hourly"}  # fmt: skip
_NEGATIONS = {"no", "not", "never", "zero", "without", "nobody", "none", "nil", "cannot", "don't",
              "neither", "nothing"}  # fmt: skip
_AUXILIARIES = {"is", "are", "can", "has", "have", "will", "must", "should", "may", "be", "was",
                "were", "do", "does", "cannot", "could", "need", "shall", "been"}  # fmt: skip
_PLACEHOLDERS = {"xx", "xxx", "x", "y", "tbd", "tba", "tbc", "nn", "yy", "n.n", "xy"}
_DEFINITIONS = {"divided", "ratio", "calculated", "measured", "defined", "formula", "rolling",
                "trailing", "expressed", "weighted", "cumulative"}  # fmt: skip
_OF_MEASURES = {"number", "share", "percentage", "percent", "proportion", "rate", "count", "total",
                "amount", "volume", "value", "ratio", "level", "%", "fraction"}  # fmt: skip
_COMPARISONS = {"than", "compared", "vs", "versus", "against"}


def features(r: Reading, parts: Parts) -> Features:
    """All features that the statement has, each with the words that carry it."""
    found: Features = {"bias": None}
    for source in (
        _from_parts(r, parts),
        _from_verb(r),
        _from_grammar(r),
        _from_shape(r),
        _words(r),
        _turns(r),
    ):
        for name, span in source:
            if name not in found:
                found[name] = span
    _combine(found)
    return found


def _span(r: Reading, first: int, last: int | None = None) -> Span:
    return Span(r.toks[first].start, r.toks[first if last is None else last].end)


def _joined(*parts: Part) -> Span:
    return Span(min(p.span.start for p in parts), max(p.span.end for p in parts))


# -- from the parts --------------------------------------------------------------------------------


def _from_parts(r: Reading, p: Parts) -> Iterator[tuple[str, Span | None]]:
    if p.baseline and p.target:
        yield "from_to", _joined(p.baseline, p.target)
    elif p.baseline:
        yield "baseline_only", p.baseline.span
    elif p.target:
        yield "target_only", p.target.span
        yield f"target_how:{p.target.how or 'plain'}", p.target.span
    if p.change:
        yield "change", p.change.span
        yield f"change_how:{p.change.how}", p.change.span
    if p.threshold:
        yield "threshold", p.threshold.span
        yield f"threshold_how:{p.threshold.how}", p.threshold.span
    if p.deadline:
        yield "deadline", p.deadline.span
    if p.direction:
        yield f"direction:{p.direction.value}", p.direction.span
    if p.method:
        yield "method", p.method.span
    numbers = len(r.quantities)
    yield ("no_number", None) if not numbers else ("has_number", _span(
        r, r.quantities[0].first, r.quantities[0].last))  # fmt: skip
    if numbers >= 2 and not (p.baseline and p.target):
        yield "many_numbers", _span(r, r.quantities[-1].first, r.quantities[-1].last)
    for q in r.quantities:
        name = {PERCENTAGE: "percent", PCT_POINTS: "points", MONEY: "money", DURATION: "duration",
                COUNTED: "count"}.get(q.kind, "multiple")  # fmt: skip
        yield f"q:{name}", _span(r, q.first, q.last)
    first = r.quantities[0] if r.quantities else None
    if (
        first is not None
        and first.kind == COUNTED
        and p.target
        and p.target.span.start == first.start
    ):
        yield (
            ("small_count" if first.value <= 5 else "large_count"),
            _span(r, first.first, first.last),
        )
    if p.measure:
        words = p.measure.text.lower().replace("-", " ").split()
        hits = [w for w in words if w in MEASURE_NOUNS]
        if hits:
            yield "measure_noun", p.measure.span
            if words[-1] in MEASURE_NOUNS:
                yield "measure_noun_last", p.measure.span


# -- from the verb ---------------------------------------------------------------------------------


def _from_verb(r: Reading) -> Iterator[tuple[str, Span | None]]:
    if r.head < 0:
        yield "opens_with_noun", _span(r, 0) if r.toks else None
        return
    head = _span(r, r.head)
    yield f"v:{r.head_base}", head
    classes = [name for name, verbs in _VERB_CLASSES.items() if r.head_base in verbs]
    for name in classes:
        yield f"verb:{name}", head
    if len(classes) == 1:
        yield f"verb_only:{classes[0]}", head
    low = r.low(r.head)
    if low.endswith("ing"):
        yield "gerund", head
    elif low.endswith("ed") or low in ("built", "won", "held", "met", "sold"):
        yield "past", head
    after = [t.low for t in r.toks[r.head + 1 : r.head + 3]]
    if after and after[0] in ("with", "on", "for", "at", "in", "about", "to", "up"):
        yield f"verb_prep:{after[0]}", _span(r, r.head, r.head + 1)
    if after and after[0] in ("a", "an", "the", "our"):
        yield f"object:{'the' if after[0] == 'our' else after[0]}", _span(r, r.head, r.head + 1)
    elif after and r.toks[r.head + 1].kind == WORD and after[0].endswith("s"):
        yield "object:plural", _span(r, r.head, r.head + 1)


# -- from the grammar ------------------------------------------------------------------------------


def _from_grammar(r: Reading) -> Iterator[tuple[str, Span | None]]:
    kind, at = opening(r)
    span = _span(r, at) if at >= 0 else None
    yield f"open:{kind}", span
    if kind in ("imperative", "infinitive", "gerund") and r.head < 0:
        yield "verb:other", span
        base = any_verb(r.low(at))
        if base:
            yield f"v:{base}", span
    said, where = predicate(r)
    said_span = _span(r, where) if where >= 0 else None
    yield f"say:{said}", said_span
    yield f"open:{kind}&say:{said}", said_span or span
    if r.quantities:
        yield f"say:{said}&has_number", said_span or span
        yield f"open:{kind}&has_number", span
    else:
        yield f"say:{said}&no_number", said_span or span
        yield f"open:{kind}&no_number", span
    if said == "none" and kind in ("noun", "plural", "determiner", "adverb", "participle"):
        yield "verbless", span
        if not r.quantities:
            yield "verbless&no_number", span


# -- from the shape --------------------------------------------------------------------------------


def _from_shape(r: Reading) -> Iterator[tuple[str, Span | None]]:
    words = r.words
    if len(words) <= 4:
        yield "short", None
    elif len(words) >= 14:
        yield "long", None
    if r.completed >= 0:
        yield "completed", _span(r, r.completed)
    clause = _clause(r)
    if clause is not None:
        yield "clause", _span(r, clause)
        yield f"clause:{_clause_kind(r, clause)}", _span(r, clause)
    for i, tok in enumerate(r.toks):
        low = tok.low
        if low in _ALWAYS or (low == "all" and r.low(i + 1) == "times"):
            yield "always", _span(r, i)
        elif low in _FREQUENCY or (low in ("every", "each", "per") and r.low(i + 1) in (
            "week", "month", "day", "quarter", "monday", "friday", "morning",
        )):  # fmt: skip
            yield "frequency", _span(r, i)
        if low in _NEGATIONS or low.endswith("n't"):
            yield "negation", _span(r, i)
        if low in HEALTH_WORDS:
            yield "health_word", _span(r, i)
        if low in STATE_ADJECTIVES:
            yield "state_adjective", _span(r, i)
        if low in DELIVERABLES or low.rstrip("s") in DELIVERABLES:
            yield "deliverable", _span(r, i)
        if low in UP_NOUNS | DOWN_NOUNS and i != r.head:
            yield "change_noun", _span(r, i)
        if low in _PLACEHOLDERS and (low not in ("x", "y") or r.low(i - 1) in ("from", "to")):
            yield "placeholder", _span(r, i)
        if low in _DEFINITIONS or low in ("=", "÷"):
            yield "definition", _span(r, i)
        if low in _OF_MEASURES and r.low(i + 1) in ("of", "per"):
            yield "measure_of", _span(r, i, i + 1)
        if low == "per" or (low == "/" and i and r.toks[i - 1].kind == WORD):
            yield "per", _span(r, i)
        if low in ("so", "that", "who", "where", "which") and i > 2:
            yield "subclause", _span(r, i)
        if low in _COMPARISONS:
            yield "comparison", _span(r, i)
        if low == "or" and r.low(i + 1) in ("more", "less", "better", "fewer"):
            yield "or_more", _span(r, i, i + 1)
        if low in ("must", "should", "shall", "may"):
            yield "modal", _span(r, i)
        if low in ("we", "our", "us", "i"):
            yield "we", _span(r, i)
        if low == "(":
            yield "bracket", _span(r, i)
        if low in ("successfully", "fully", "finally"):
            yield "done_adverb", _span(r, i)
        if low == "as" and r.low(i + 1) in ("a", "an", "share", "percentage", "proportion", "%"):
            yield "as_a_share", _span(r, i)
        if low == "%" and r.low(i - 1) in ("(", "in"):
            yield "unit_named", _span(r, i)
        if low == "?":
            yield "question_mark", _span(r, i)
        if low in ("average", "avg", "mean", "median", "unique", "cumulative", "gross", "net"):
            yield "statistic", _span(r, i)
        if low == "last" and r.low(i + 1) in ("year", "quarter", "month", "week"):
            yield "past_period", _span(r, i, i + 1)
        if low in ("until", "before", "after", "once", "when", "if", "while", "unless"):
            yield f"when:{low}", _span(r, i)
        if low == ":":
            yield "colon", _span(r, i)
            if i + 1 < len(r.toks) and r.toks[i + 1].kind == NUMBER:
                yield "colon_number", _span(r, i + 1)
        if low == "," and i > 2:
            yield "comma", None
        if low in ("anyone", "everyone", "everybody", "nobody", "people", "customers", "patients",
                   "residents", "pupils", "children", "users", "staff", "teams", "employees",
                   "guests", "members", "families", "farmers", "students"):  # fmt: skip
            yield "people", _span(r, i)
            if i == 0:
                yield "opens_with_people", _span(r, i)
        if is_participle(low) and i == len(r.toks) - 1:
            yield "ends_participle", _span(r, i)
    if r.toks:
        first = r.toks[0]
        if first.kind == NUMBER or (r.quantities and r.quantities[0].first <= 1):
            yield "opens_with_number", _span(r, 0)
        noun = next((t for t in r.toks if t.kind in (WORD, CODE)), None)
        if r.head < 0 and noun is not None:
            opening = [t.low for t in r.toks[:4] if t.kind == WORD]
            if any(w in MEASURE_NOUNS for w in opening):
                yield "opens_with_measure", _span(r, 0, min(3, len(r.toks) - 1))
            if first.low in ("a", "an"):
                yield "opens_with_a", _span(r, 0)
        last = r.toks[-1]
        if last.low in COMPLETED:
            yield "ends_completed", _span(r, len(r.toks) - 1)
        if last.low in MEASURE_NOUNS and not r.quantities:
            yield "ends_with_measure", _span(r, len(r.toks) - 1)
    if r.head < 0 and not r.quantities and clause is None and r.completed < 0:
        yield "bare_noun_phrase", None


def _clause(r: Reading) -> int | None:
    """Index of a finite verb after a noun subject ("customers renew without …"), or None."""
    if r.head >= 0 and r.low(r.head) not in ("help", "let"):
        return None
    for i, tok in enumerate(r.toks[1:9], start=1):
        if tok.kind != WORD:
            if tok.low in (":", "(", "→", "=", ","):
                return None
            continue
        low, before = tok.low, r.low(i - 1)
        if low in _AUXILIARIES:
            return i
        if low in ("of", "per", "for", "by", "to", "with", "in", "from"):
            return None
        base = verb(low)
        if base and base not in ("lead", "share", "cost", "score", "train", "process", "order",
                                 "report", "plan", "test", "review", "survey", "document", "call",
                                 "visit", "email", "support", "contact", "return", "rate", "work",
                                 "project", "cut", "drop", "run", "gain", "limit", "schedule",
                                 "release", "post", "contract", "research", "study"):  # fmt: skip
            plural = before.endswith("s") or before in ("people", "we", "they", "staff", "everyone",
                                                        "customers", "nobody")  # fmt: skip
            if low == base and plural:
                return i
            if low == base + "s" and not plural and before not in ("the", "our"):
                return i
    return None


def _clause_kind(r: Reading, i: int) -> str:
    low = r.low(i)
    if low in ("has", "have"):
        return "perfect" if r.low(i + 1).endswith(("ed", "en", "t")) else "have"
    if low in ("is", "are", "was", "were", "be"):
        following = r.low(i + 1) if r.low(i + 1) not in ("now", "all", "not") else r.low(i + 2)
        return "done" if following in COMPLETED or following.endswith("ed") else "is"
    if low in ("must", "should", "shall", "may", "will"):
        return "modal"
    return "verb"


def _words(r: Reading) -> Iterator[tuple[str, Span | None]]:
    for i, tok in enumerate(r.toks[:60]):
        if tok.kind in (WORD, CODE) and 1 < len(tok.low) < 25:
            yield "w:" + stem(tok.low), _span(r, i)


_FUNCTION_WORDS = frozenset(
    "a an the our all every each no not never at least most more less than to from by in on of for "
    "with per is are be will must may should can has have we and or up down over under within "
    "above below between until before after so that who without zero any only nobody same how many "
    "as now "
    "stay stays keep keeps".split()
)
_CLASSES = {PERCENTAGE: "<%>", PCT_POINTS: "<%>", MONEY: "<money>", DURATION: "<time>",
            COUNTED: "<n>", MULTIPLE: "<x>"}  # fmt: skip


def _pattern(r: Reading) -> list[tuple[str, int]]:
    """The statement as a row of classes: function words stay, the rest becomes what it is."""
    amounts = {i: q for q in r.quantities for i in range(q.first, q.last + 1)}
    dates = {i for w in r.whens for i in range(w.first, w.last + 1)}
    row: list[tuple[str, int]] = []
    for i, tok in enumerate(r.toks[:50]):
        low = tok.low
        if i in dates:
            sign = "<date>"
        elif i in amounts:
            sign = _CLASSES[amounts[i].kind]
        elif tok.kind == NUMBER:
            sign = "<number>"
        elif tok.kind not in (WORD, CODE) or low in _FUNCTION_WORDS:
            sign = low
        elif low in MEASURE_NOUNS or low.rstrip("s") in MEASURE_NOUNS:
            sign = "<measure>"
        elif is_participle(low):
            sign = "<-ed>"
        else:
            sign = _word_class(low)
        if not (row and row[-1][0] == sign and sign.startswith("<") and sign != "<number>"):
            row.append((sign, i))
    return row


def _word_class(low: str) -> str:
    base = any_verb(low)
    if base and low.endswith("ing"):
        return "<-ing>"
    if base == low and low not in AMBIGUOUS:
        return "<verb>"
    if low.endswith("ly"):
        return "<-ly>"
    return "<nouns>" if low.endswith("s") and not low.endswith("ss") else "<word>"


def _turns(r: Reading) -> Iterator[tuple[str, Span | None]]:
    """Turns of phrase: one to three classes in a row, and two words in a row."""
    row = [("^", 0), *_pattern(r), ("$", len(r.toks) - 1)]
    if len(row) > 2:
        for size in (2, 3):
            for k in range(len(row) - size + 1):
                piece = row[k : k + size]
                name = "t:" + " ".join(sign for sign, _ in piece)
                yield name, _span(r, piece[0][1], piece[-1][1])
    previous, where = "^", 0
    for i, tok in enumerate(r.toks[:60]):
        if tok.kind in (WORD, CODE):
            word = stem(tok.low)
            yield f"b:{previous} {word}", _span(r, where, i)
            previous, where = word, i


def stem(word: str) -> str:
    """A word's form for the model: verbs in base form, plurals singular."""
    base = any_verb(word) if len(word) > 3 else None
    if base:
        return base
    word = americanize(word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


_PAIRS = (
    ("verb:reach", "has_number"), ("verb:deliver", "no_number"), ("verb:deliver", "has_number"),
    ("verb:keep", "no_number"), ("verb:keep", "threshold"), ("verb:up", "no_number"),
    ("verb:down", "no_number"), ("verb:activity", "no_number"), ("verb:aspire", "no_number"),
    ("verb:activity", "has_number"), ("opens_with_noun", "no_number"),
    ("opens_with_noun", "threshold"), ("opens_with_noun", "target_only"),
    ("opens_with_noun", "change"), ("verb:deliver", "deadline"), ("verb:deliver", "deliverable"),
    ("verb:deliver", "small_count"), ("verb:deliver", "large_count"),
    ("verb:activity", "frequency"),
    ("verb:aspire", "state_adjective"), ("verb:up", "threshold"), ("verb:keep", "from_to"),
    ("no_number", "deadline"), ("no_number", "measure_noun"), ("threshold", "deadline"),
    ("target_only", "deadline"), ("opens_with_measure", "no_number"), ("verb:up", "measure_noun"),
    ("opens_with_measure", "threshold"), ("negation", "no_number"), ("completed", "has_number"),
    ("completed", "no_number"), ("clause", "no_number"), ("clause", "has_number"),
    ("verb:aspire", "deliverable"), ("verb:activity", "deliverable"), ("verb:reach", "no_number"),
)  # fmt: skip


def _combine(found: Features) -> None:
    """Two features together often say what neither says alone."""
    for a, b in _PAIRS:
        if a in found and b in found:
            found[f"{a}&{b}"] = found[a] or found[b]
