"""Words by what they do in a goal. Verbs in their base form, American -ize.

Kept as few and as general as they can be: the parts of a statement decide its kind, and these words
only help to find the parts.
"""

from __future__ import annotations

from functools import lru_cache

# What the main verb asks for.
UP = frozenset(
    "increase grow raise boost lift expand extend gain improve accelerate uplift scale maximize "
    "strengthen enhance exceed surpass outperform advance broaden deepen widen step climb rise "
    "multiply upgrade".split()
)
DOWN = frozenset(
    "reduce decrease cut lower shorten shrink minimize decline drop trim slash shave limit lessen "
    "curb eliminate diminish slow contain halve fall clear eradicate bring".split()
)
CHANGE = frozenset("move shift change take turn push drive double triple treble quadruple".split())
REACH = frozenset("reach achieve hit attain get obtain generate win secure sign acquire add "
                  "recruit enrol enroll onboard attract close book earn raise collect sell "
                  "convert retain score deliver produce have see land gather train certify "
                  "complete".split())  # fmt: skip
KEEP = frozenset(
    "keep maintain stay remain hold sustain preserve protect ensure guarantee safeguard retain "
    "avoid prevent uphold continue comply meet not never".split()
)
DELIVER = frozenset(
    "launch ship release publish deploy deliver implement install introduce roll open build "
    "complete finish finalize migrate move sign hire appoint recruit establish set create obtain "
    "certify pass file submit adopt approve close retire decommission switch go replace integrate "
    "renovate construct commission pilot award register translate digitize relocate "
    "transfer procure buy acquire merge ratify enact accredit agree select define write draft "
    "produce document develop design automate consolidate connect rebrand redesign relaunch "
    "rebuild rewrite standardize upgrade secure run stand put conclude found inaugurate enroll "
    "abolish embed name".split()
)
ACTIVITY = frozenset(
    "analyze help meet review attend support work consult participate discuss explore coordinate "
    "prepare monitor track research investigate look assist advise continue talk think study plan "
    "organize hold host facilitate manage communicate collaborate engage contact call visit email "
    "send answer check update follow brainstorm evaluate assess examine observe liaise contribute "
    "schedule interview survey read learn share present discuss oversee handle maintain conduct "
    "perform run test try write draft post respond report watch compare gather collect clean "
    "reach ask invite remind brief sync align chase process enter arrange book order file copy "
    "print document train practice tidy sort fix replace start begin keep do make carry".split()
)
ASPIRE = frozenset(
    "become be make build win transform create empower delight inspire lead enable give bring "
    "establish foster champion unlock reinvent shape own turn deliver feel help love live offer "
    "provide strengthen improve modernize simplify position earn prove put set accelerate drive "
    "strive reimagine revolutionize restore break dominate stop free let open nurture cultivate "
    "secure run".split()
)

UP_NOUNS = frozenset("increase growth rise improvement gain uplift expansion uptick".split())
DOWN_NOUNS = frozenset(
    "reduction decrease decline cut drop fall elimination halving shortening lowering".split()
)

MEASURE_NOUNS = frozenset(
    "rate ratio share percentage percent number count score index average mean median total level "
    "volume amount value cost costs price revenue sales turnover income profit margin ebitda nps "
    "csat enps churn retention conversion time duration latency uptime availability downtime "
    "throughput yield utilization occupancy attendance satisfaction engagement turnover backlog "
    "leads users customers subscribers visits visitors downloads signups arpu arr mrr ltv cac roi "
    "roas gmv dau mau wau frequency incidence prevalence mortality length wait stay days hours "
    "minutes defects errors incidents complaints accidents injuries absences absenteeism vacancies "
    "tickets calls orders returns refunds views clicks opens impressions followers traffic "
    "productivity efficiency accuracy quality coverage completion adoption usage spend budget cash "
    "runway burn debt emissions consumption waste energy scrap rework oee otif fcr aht sla lead "
    "cycle speed velocity capacity reach awareness consideration rating stars stock inventory "
    "turns turnaround hires headcount attrition overtime readmissions infections falls enrolment "
    "enrollment grades pass graduation literacy poverty unemployment gdp inflation ctr cpc cpa cpl "
    "cpm bounce sessions transactions basket penetration recall precision coverage cases births "
    "deaths crime arrests response recovery mttr mtbf fte donors donations members membership "
    "tonnes litres kilometres passengers punctuality delay delays proportion kpi metric "
    "portion speed yield density variance deviation failure failures outages backlog age pace "
    "pipeline".split()
)

HEALTH_WORDS = frozenset(
    "zero no never always healthy stable within compliant compliance sla slo band range limit "
    "ceiling floor threshold tolerance minimum maximum exceed guardrail".split()
)
STATE_ADJECTIVES = frozenset(
    "best leading trusted loved great world-class better happy safe safer healthy reliable simple "
    "easy easier seamless sustainable profitable efficient resilient inclusive modern strong "
    "stronger leader destination employer choice place favourite favorite preferred proud "
    "confident delightful effortless outstanding excellent remarkable unforgettable easiest "
    "fastest safest smoothest go-to number-one first-class faster smarter greener fairer "
    "independent self-sufficient thriving vibrant welcoming".split()
)
DELIVERABLES = frozenset(
    "app application website site portal system platform tool dashboard report policy strategy "
    "plan contract agreement certificate certification audit office factory plant warehouse store "
    "shop clinic school line product feature version release module integration api pilot "
    "programme program campaign event conference workshop training curriculum handbook manual "
    "guide playbook "
    "process framework team department role position vp director manager head officer licence "
    "license permit approval patent merger acquisition funding round migration rollout roll-out "
    "go-live launch mvp prototype beta model database warehouse crm erp partnership "
    "accreditation registration legislation act bill charter roadmap "
    "well borehole road bridge building ward wing lab laboratory".split()
)
VAGUE = frozenset(
    "significantly substantially considerably noticeably markedly dramatically greatly strongly "
    "better best more less improved enhanced optimal optimized efficient effective robust "
    "appropriate adequate sufficient reasonable good great various several some many "
    "world-class state-of-the-art innovative seamless user-friendly intuitive as-possible asap "
    "soon regularly timely quickly faster easier".split()
)
COMPLETED = frozenset(
    "completed launched signed hired live published delivered approved certified installed "
    "deployed migrated released opened implemented finished finalized adopted built filed "
    "submitted passed appointed operational running ready rolled-out done retired decommissioned "
    "obtained established agreed awarded closed integrated accredited ratified connected in-place "
    "replaced relocated introduced concluded registered commissioned secured shipped".split()
)

_VERBS = UP | DOWN | CHANGE | REACH | KEEP | DELIVER | ACTIVITY | ASPIRE
_IRREGULAR = {
    "kept": "keep", "held": "hold", "made": "make", "built": "build", "grew": "grow",
    "grown": "grow", "cut": "cut", "cutting": "cut", "got": "get", "getting": "get", "ran": "run",
    "running": "run", "met": "meet", "won": "win", "winning": "win", "brought": "bring",
    "taken": "take", "took": "take", "shrunk": "shrink", "fell": "fall", "fallen": "fall",
    "rose": "rise", "risen": "rise", "became": "become", "is": "be", "are": "be", "was": "be",
    "were": "be", "been": "be", "has": "have", "had": "have", "sold": "sell", "sent": "send",
    "wrote": "write", "written": "write", "gave": "give", "given": "give", "led": "lead",
    "put": "put", "putting": "put", "set": "set", "setting": "set", "hitting": "hit",
    "shipping": "ship", "shipped": "ship", "dropping": "drop", "dropped": "drop",
    "planning": "plan", "stepping": "step", "trimming": "trim", "begun": "begin", "did": "do",
    "done": "do", "saw": "see", "seen": "see", "felt": "feel", "went": "go", "gone": "go",
    "submitted": "submit", "submitting": "submit", "stopping": "stop", "stopped": "stop",
    "enrolling": "enroll", "enrolled": "enroll", "controlled": "control", "bought": "buy",
}  # fmt: skip


def americanize(word: str) -> str:
    """British -ise, -yse and -our endings as American ones, so that one list serves both."""
    for british, american in (
        ("ise", "ize"), ("ised", "ized"), ("ises", "izes"), ("ising", "izing"),
        ("yse", "yze"), ("ysed", "yzed"), ("yses", "yzes"), ("ysing", "yzing"),
        ("isation", "ization"), ("isations", "izations"),
    ):  # fmt: skip
        if word.endswith(british) and len(word) > len(british) + 2:
            return word[: -len(british)] + american
    return word


@lru_cache(maxsize=4096)
def verb(word: str) -> str | None:
    """The base form of a verb of the lexicon, or None. One typing slip is forgiven."""
    exact = _exact(word)
    if exact or len(word) < 6 or word in MEASURE_NOUNS:
        return exact
    for cut in _cuts(word):
        if cut in _SLIPS:
            return _SLIPS[cut]
    return None


def _exact(word: str) -> str | None:
    if word in _VERBS:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = americanize(word)
    if word in _VERBS:
        return word
    for ending, replacements in (
        ("ies", ("y",)), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",)),
        ("ed", ("", "e")), ("ing", ("", "e")),
    ):  # fmt: skip
        if word.endswith(ending):
            stem = word[: -len(ending)]
            for replacement in replacements:
                if stem + replacement in _VERBS:
                    return stem + replacement
    return None


def _cuts(word: str) -> list[str]:
    """The word and all that remains when one letter is left out."""
    return [word] + [word[:i] + word[i + 1 :] for i in range(len(word))]


_SLIPS = {cut: v for v in sorted(_VERBS) if len(v) >= 6 for cut in _cuts(v)}
