"""How a statement is built: what it opens with, and what is said of its subject.

No parser: the openings and predicates that goals use are few, and telling them apart takes a look
at a word, its ending and its neighbours.
"""

from __future__ import annotations

from functools import lru_cache

from okrlab.analyser._lexicon import COMPLETED, MEASURE_NOUNS, americanize, verb
from okrlab.analyser._reading import Reading
from okrlab.analyser._tokens import CODE, NUMBER, WORD
from okrlab.analyser._verbs import AMBIGUOUS, COMMON

DETERMINERS = frozenset(
    "the a an our your their its his her my this that these those every each all both any some "
    "another one-another".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for with from to into per about over under between through during within "
    "without across after before until towards toward against among via as than".split()
)
AUXILIARIES = frozenset(
    "is are was were be been can could will would must should shall may might has have had do does "
    "did cannot can't isn't aren't don't doesn't won't".split()
)
_NEGATIVE = frozenset("no not never nobody none nothing zero neither without nil".split())
_NOT_PARTICIPLES = frozenset(
    "need needs feed speed seed indeed bed red shed hundred exceed succeed proceed embed unlimited "
    "related advanced detailed skilled based united limited newbed".split()
)
_IRREGULAR_PARTICIPLES = frozenset(
    "built sold won held met done made given taken kept written sent paid spent found bought begun "
    "chosen drawn driven grown hired known led lost run seen shown shut spoken spun stolen taught "
    "told thrown understood worn cut set put read left heard brought caught dealt felt fought laid "
    "lent lit meant rebuilt split spread stuck swept thought undertaken withdrawn".split()
)
_PLURAL_SUBJECTS = frozenset(
    "people staff customers patients we they users children women men pupils students residents "
    "employees everyone everybody police folks youth".split()
)


@lru_cache(maxsize=8192)
def any_verb(word: str) -> str | None:
    """The base form of any verb that is known, of the lexicon or common; None otherwise."""
    found = verb(word)
    if found:
        return found
    word = americanize(word)
    for stem in _stems(word):
        if stem in COMMON:
            return stem
    return None


def _stems(word: str) -> list[str]:
    stems = [word]
    if word.endswith(("ies", "ied")):
        stems.append(word[:-3] + "y")
    elif word.endswith("es"):
        stems += [word[:-1], word[:-2]]
    elif word.endswith("s") and not word.endswith("ss"):
        stems.append(word[:-1])
    elif word.endswith("ed"):
        stems += [word[:-1], word[:-2]]
        if len(word) > 5 and word[-3] == word[-4]:
            stems.append(word[:-3])
    elif word.endswith("ing"):
        stems += [word[:-3], word[:-3] + "e"]
        if len(word) > 6 and word[-4] == word[-5]:
            stems.append(word[:-4])
    return stems


def is_participle(word: str) -> bool:
    """Whether a word looks like “signed”, “built”, “live in …”."""
    if word in _IRREGULAR_PARTICIPLES:
        return True
    return word.endswith("ed") and len(word) > 4 and word not in _NOT_PARTICIPLES


def first_word(r: Reading) -> int:
    """Index of the first word, -1 when there is none."""
    return next((i for i, t in enumerate(r.toks) if t.kind in (WORD, CODE)), -1)


def opening(r: Reading) -> tuple[str, int]:
    """What the statement opens with, and the index of the word that shows it.

    One of: nothing, imperative, infinitive, gerund, we, negation, number, comparison, question,
    determiner, participle, plural, adverb, noun.
    """
    i = first_word(r)
    if i < 0:
        return "nothing", -1
    toks, low = r.toks, r.low(i)
    if toks[0].kind == NUMBER or toks[0].low in ("$", "€", "£", "≥", "≤", "<", ">", "+"):
        return ("number" if toks[0].kind == NUMBER else "comparison"), 0
    if low in ("how", "what", "which", "when", "who", "where", "why"):
        return "question", i
    if low in _NEGATIVE:
        return "negation", i
    if low in ("at", "under", "over", "below", "above", "max", "maximum", "minimum", "less", "more",
               "fewer", "up", "within"):  # fmt: skip
        return "comparison", i
    if low in ("we", "i", "we've", "we're", "we'll", "let's", "us"):
        return "we", i
    if low == "to" and any_verb(r.low(i + 1)):
        return "infinitive", i + 1
    if low in DETERMINERS:
        return "determiner", i
    if low in ("by", "in", "from", "with", "for", "on", "as", "before", "after", "until", "if",
               "when", "once", "through", "during", "because", "while", "so"):  # fmt: skip
        return "lead-in", i
    if low.endswith("ing") and len(low) > 4 and any_verb(low):
        return "gerund", i
    if low.endswith("ly") and len(low) > 4:
        return "adverb", i
    if _imperative(r, i):
        return "imperative", i
    if is_participle(low) and any_verb(low):
        return "participle", i
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        return "plural", i
    return "noun", i


def _imperative(r: Reading, i: int) -> bool:
    low, after = r.low(i), r.low(i + 1)
    base = any_verb(low)
    if base is None or americanize(low) != base or low in AUXILIARIES - {"be", "have", "do"}:
        return False
    if after in ("of", "per", "/", ":", "=", "is", "are", "was", "has", "→", "≥", "≤", "<", ">"):
        return False
    clear = low not in AMBIGUOUS and low not in MEASURE_NOUNS
    if clear:
        return True
    if after in DETERMINERS or after in ("up", "out", "off", "with", "on", "at", "into", "new"):
        return True
    following = r.toks[i + 1] if i + 1 < len(r.toks) else None
    if following is None or following.kind != WORD:
        # "Cut 20 % of …": a number after a word that can be a verb
        return following is not None and following.kind == NUMBER and low in (
            "cut", "sign", "hire", "launch", "run", "close", "win", "train", "plan", "test", "hold",
        )  # fmt: skip
    # "Test engineers" is a noun phrase, "test prototypes with users" a command: plurals decide.
    return after.endswith("s") and after not in MEASURE_NOUNS and low not in MEASURE_NOUNS


def predicate(r: Reading) -> tuple[str, int]:
    """What is said of a subject that stands first, and the index of the word that says it.

    One of: none, finite, copula, done (“is signed”, “completed”), perfect, modal, plural-done
    (“parcels delivered at the first attempt”: rather a measure than an event).
    """
    kind, at = opening(r)
    if kind in ("imperative", "infinitive", "gerund", "nothing", "question"):
        return "none", -1
    start = at + 1 if kind != "we" else at
    limit = min(len(r.toks), start + 16)
    for i in range(max(start, 1), limit):
        tok = r.toks[i]
        low, before = tok.low, r.low(i - 1)
        if tok.kind != WORD:
            if tok.low in (":", "→", "=", "≥", "≤", "<", ">", ";"):
                return "none", -1
            continue
        if low in ("must", "should", "shall", "may", "will", "can", "could", "cannot", "can't",
                   "might", "would"):  # fmt: skip
            return "modal", i
        if low in ("has", "have", "had", "we've"):
            later = r.low(i + 1) if r.low(i + 1) not in ("been", "not", "now", "all") else r.low(
                i + 2
            )  # fmt: skip
            return ("perfect" if is_participle(later) or later == "been" else "finite"), i
        if low in ("is", "are", "was", "were", "isn't", "aren't", "be"):
            later = r.low(i + 1)
            if later in ("not", "now", "all", "always", "never", "fully", "being"):
                later = r.low(i + 2)
            return ("done" if is_participle(later) or later in COMPLETED else "copula"), i
        if low in ("don't", "doesn't", "do", "does", "won't", "never", "always"):
            return "finite", i
        if _closing_participle(r, i):
            plural = before.endswith("s") and not before.endswith("ss")
            return ("plural-done" if plural or before in _PLURAL_SUBJECTS else "done"), i
        if _finite(r, i, kind):
            return "finite", i
    return "none", -1


def _closing_participle(r: Reading, i: int) -> bool:
    """A participle after its noun: at the end, or before a preposition, a comma or a date."""
    low, before, after = r.low(i), r.low(i - 1), r.low(i + 1)
    if before in DETERMINERS or before in PREPOSITIONS or before in ("and", "newly", "not"):
        return False
    if low in ("live", "operational", "ready", "in-place", "certified"):
        return after in ("", "in", "for", "by", "on", "at", ",", ".", "with", "and")
    if not is_participle(low):
        return False
    following = r.toks[i + 1] if i + 1 < len(r.toks) else None
    if following is None or following.kind != WORD:
        return True
    return after in PREPOSITIONS or after in ("and", "on", "off", "out", "down", "up", "within",
                                              "twice", "once", "again", "every", "each",
                                              "no")  # fmt: skip


def _finite(r: Reading, i: int, opened: str) -> bool:
    """A verb in the present after its subject: “customers renew”, “the board trusts”."""
    low, before, after = r.low(i), r.low(i - 1), r.low(i + 1)
    base = any_verb(low)
    if base is None or before in PREPOSITIONS or before in DETERMINERS or after in ("of", "per"):
        return False
    if before in ("and", "or", ",", "-", "/"):
        return False
    noun_like = base in AMBIGUOUS or low in MEASURE_NOUNS or base in MEASURE_NOUNS
    subject_many = before in _PLURAL_SUBJECTS or (
        before.endswith("s") and not before.endswith(("ss", "us", "is")) and len(before) > 3
    )
    continues = after in DETERMINERS or after in PREPOSITIONS or after in (
        "", "it", "them", "us", "no", "not", "what", "how", "why", "without", "more", "less", "up",
        "out", "twice", "itself", "themselves", ".", ",", "and", "only", "when", "where", "as",
    ) or after.endswith("ly")  # fmt: skip
    if low == base and subject_many:
        return not noun_like or continues
    if low in (base + "s", base + "es") and not subject_many and opened != "number":
        return (not noun_like and before not in ("", ":")) or (continues and not noun_like)
    return False
