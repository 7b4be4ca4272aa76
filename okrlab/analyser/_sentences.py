"""A feature of the model as a reason that a person can follow."""

from __future__ import annotations

from okrlab.analyser.analysis import KIND_WORDS, Kind, Span

_OPENINGS = {
    "imperative": "It opens with a verb: something is to be done.",
    "infinitive": "It opens with a verb: something is to be done.",
    "gerund": "It opens with an “-ing” form, which describes an activity that goes on.",
    "we": "It speaks of what “we” do or are.",
    "negation": "It opens with what should not happen.",
    "number": "It opens with an amount.",
    "comparison": "It opens with a limit.",
    "question": "It is put as a question, as measures sometimes are.",
    "determiner": "It opens with a noun: a thing is named first.",
    "participle": "It opens with a description of a thing.",
    "plural": "It opens with things in the plural: it may count them.",
    "noun": "It opens with a noun: a thing is named first.",
}
_SAID = {
    "finite": "It says what people or things do once it is reached.",
    "copula": "It describes a state.",
    "done": "It is either so or not so: done or not done.",
    "perfect": "It tells of a change as something that has happened.",
    "modal": "“Must”, “may” and their like set a rule to keep.",
    "plural-done": "It names the cases that are counted.",
    "none": "Nothing is said of the thing that is named.",
}
_SENTENCES = {
    **{f"open:{name}": text for name, text in _OPENINGS.items()},
    **{f"say:{name}": text for name, text in _SAID.items() if name != "none"},
    "verbless": "It only names a thing: no verb says what should happen.",
    "verbless&no_number": "It only names a thing: no verb, no number.",
    "verb:other": "The verb names something that people do.",
    "people": "It is about people and what they do or feel.",
    "opens_with_people": "It opens with people, and says what they do.",
    "as_a_share": "These words say how it is worked out.",
    "unit_named": "The unit is named as measures are.",
    "statistic": "These words say how it is worked out.",
    "past_period": "It compares with an earlier period.",
    "question_mark": "It is put as a question, as measures sometimes are.",
    "ends_participle": "It is either so or not so: done or not done.",
    "colon_number": "A value stands after a colon, as in a list of figures.",
    "from_to": "A measure is to move from one value to another.",
    "baseline_only": "It says where the measure stands now.",
    "target_only": "It names a value to get to.",
    "change": "It says by how much the measure is to change.",
    "threshold": "It names a level to hold, not a level to move to.",
    "deadline": "It has a date by which it should have happened.",
    "direction:up": "It asks for more of something.",
    "direction:down": "It asks for less of something.",
    "no_number": "No number says how much.",
    "has_number": "A number says how much.",
    "many_numbers": "Several numbers belong to it.",
    "q:percent": "It is measured as a percentage.",
    "q:points": "The change is given in percentage points.",
    "q:money": "It is measured in money.",
    "q:duration": "It is measured in time.",
    "q:count": "It counts something.",
    "q:multiple": "The change is given as a multiple.",
    "small_count": "It counts a few particular things.",
    "large_count": "It counts many things of a kind.",
    "measure_noun": "These words name something that is measured.",
    "measure_noun_last": "These words name something that is measured.",
    "opens_with_measure": "It opens with the name of a measure, not with a verb.",
    "opens_with_noun": "It opens with a noun: nothing is asked to be done.",
    "opens_with_number": "An amount stands near its start.",
    "opens_with_a": "It describes a thing that is to be there.",
    "ends_with_measure": "It ends with the name of a measure.",
    "bare_noun_phrase": "It only names a thing: no verb, no number, no change.",
    "measure_of": "These words define what is counted.",
    "per": "“Per” makes it a rate, as measures are defined.",
    "definition": "These words define how a measure is calculated.",
    "placeholder": "A number is left open.",
    "verb:up": "The verb asks for a rise or an improvement.",
    "verb:down": "The verb asks for a fall.",
    "verb:change": "The verb asks for a change.",
    "verb:reach": "The verb asks to get to something that can be counted.",
    "verb:keep": "The verb asks to hold a state, not to change it.",
    "verb:deliver": "The verb is about something that is done once and then is there.",
    "verb:activity": "The verb names something that people do; it doesn't say what comes of it.",
    "verb:aspire": "The verb describes what to become, not how much.",
    "verb_only:up": "The verb asks for a rise or an improvement.",
    "verb_only:down": "The verb asks for a fall.",
    "verb_only:change": "The verb asks for a change.",
    "verb_only:reach": "The verb asks to get to something that can be counted.",
    "verb_only:keep": "The verb asks to hold a state, not to change it.",
    "verb_only:deliver": "The verb is about something that is done once and then is there.",
    "verb_only:activity": "The verb names an activity without an end result.",
    "verb_only:aspire": "The verb describes what to become, not how much.",
    "gerund": "An “-ing” form describes an activity that goes on.",
    "past": "The verb says that something has been done.",
    "completed": "It is either so or not so: done or not done.",
    "ends_completed": "It is either so or not so: done or not done.",
    "clause": "It describes how things will be.",
    "clause:verb": "It describes what people do once it is reached.",
    "clause:is": "It describes a state.",
    "clause:done": "It describes something finished.",
    "clause:perfect": "It describes a change as something that has happened.",
    "clause:have": "It describes a state.",
    "clause:modal": "“Must”, “may” and their like set a rule to keep.",
    "modal": "“Must”, “may” and their like set a rule to keep.",
    "always": "It is meant to hold all the time.",
    "frequency": "It happens again and again.",
    "negation": "It says what should not happen.",
    "health_word": "These words are about a limit or a state to keep.",
    "state_adjective": "This describes a desired state, without a measure.",
    "deliverable": "This is something that can be handed over or opened.",
    "change_noun": "The noun says which way it should move.",
    "subclause": "It says what for.",
    "comparison": "It compares with another value.",
    "or_more": "“Or more” makes the number a threshold.",
    "method": "It says how it is to be done.",
    "object:a": "One particular thing is the object.",
    "object:an": "One particular thing is the object.",
    "object:the": "One particular thing is the object.",
    "object:plural": "The object is several things in general.",
    "we": "It speaks of “us”.",
    "short": "It is only a few words.",
    "long": "It is a long sentence.",
    "done_adverb": "The adverb asks for a finish.",
    "change_how:factor": "The change is given as a multiple.",
    "change_how:percent": "The change is given in percent.",
    "change_how:points": "The change is given in percentage points.",
    "change_how:absolute": "The change is given as an amount.",
    "target_how:plain": "It names a value to get to.",
    "target_how:≥": "The value is a minimum to reach.",
    "target_how:≤": "The value is a maximum to get below.",
    "target_how:<": "The value is a maximum to get below.",
    "target_how:>": "The value is a minimum to get above.",
    "threshold_how:≥": "It sets a minimum to hold.",
    "threshold_how:≤": "It sets a maximum not to exceed.",
    "threshold_how:<": "It sets a maximum not to exceed.",
    "threshold_how:>": "It sets a minimum to hold.",
}


def is_lexical(feature: str) -> bool:
    """Whether a feature is a word or a turn of phrase rather than something in the structure."""
    return feature.startswith(("w:", "v:", "b:", "t:"))


def sentence(feature: str, span: Span | None, kind: Kind) -> str | None:
    """Why a feature speaks for a kind; None for a feature that says nothing to a person."""
    known = _SENTENCES.get(feature)
    if known is not None:
        return known
    if "&" in feature:
        both = [_SENTENCES[name] for name in feature.split("&") if name in _SENTENCES]
        return " ".join(both) if len(both) == 2 else None
    if span is None:
        return None
    if feature.startswith("v:"):
        return f"Goals with this verb are most often {_plural(kind)}."
    if feature.startswith(("t:", "b:")):
        return f"This turn of phrase stands most often in {_plural(kind)}."
    if feature.startswith("w:"):
        return f"This word stands most often in {_plural(kind)}."
    return None


def _plural(kind: Kind) -> str:
    return {
        "kpi": "KPIs",
        "objective": "objectives",
        "task": "tasks",
        "health_metric": "health metrics",
        "metric_kr": "metric key results",
        "milestone_kr": "milestone key results",
    }.get(kind, KIND_WORDS[kind])
