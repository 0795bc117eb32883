"""Undercuts by their wording: denying not what was said but that it bears on the matter.

Pollock (1987), "Defeasible Reasoning", parts defeaters that rebut a conclusion from those that
undercut the step to it. No public set marks the latter in debates, so this is a rule and no model.
"""

from __future__ import annotations

import re

# What points back at something just said.
_THAT = (
    r"\b(?:that|this|it|which|these|those|they"
    r"|(?:that|this|these|those|the|his|her|their|your) (?:\w+ )?"
    r"(?:argument|point|figure|number|claim|fact|example|comparison|objection|statistic)s?)"
)
_IS = r"(?: alone| itself)?,? (?:is|was|are|were|['’]s)(?: \w+ly| just| still)*"
_NOT = r"(?:no|not (?:a|an|any|the|in itself an?)|n['’]t (?:a|an|any|the)|hardly an?|scarcely an?)"
_DOES_NOT = (
    r"(?: alone| itself)? (?:(?:does|do|did|need|would) not|(?:does|do|did|would)n['’]t)"
    r"(?:,? (?:necessarily|automatically|always|alone|(?:in |by |of )?itself|at all))*"
)

_RULES = (
    # "That is no reason to …", but not "That is not the only reason …"
    rf"{_THAT}{_IS} {_NOT} (?!only|main|first)(?:\w+ ){{0,3}}?"
    r"(?:reason|argument|excuse|justification|grounds?|basis)(?: \w+)?"
    r" (?:to|for|not|why|that|against)\b",
    # "It does not follow that …", "That does not mean that …"
    rf"{_THAT}{_DOES_NOT} (?:imply|prove|entail|justify)\b",
    rf"\b(?:that|this|it|which){_DOES_NOT} follow\b",
    rf"{_THAT}{_DOES_NOT} mean (?:that|we|they|he|she|it|you|there|the|people)\b",
    # "That is beside the point"
    rf"{_THAT}{_IS} (?:irrelevant|beside the point|neither here nor there|an? red herring"
    r"|an? non sequitur|not (?:the point|relevant|what (?:this|the) \w+ is about))\b",
    r"\bmiss(?:es|ed|ing) the point\b",
    rf"{_THAT} (?:has|have|had|bears?) (?:absolutely |really )?"
    r"(?:nothing (?:whatsoever )?to do with|no bearing|no relevance|no relation to)\b",
    # "Those two things are not connected"
    r"\bno (?:\w+ )?(?:link|connection|relationship|correlation)(?: at all| whatsoever)? between\b",
    r"\b(?:they|(?:these|those|the)(?: two)?(?: (?:thing|matter|question|issue)s)?) are"
    r"(?: not|n['’]t) (?:\w+ly )?(?:connected|linked|related|comparable)\b",
    # "That is not the same as …", "We are not comparing like with like"
    rf"\b(?:that|this|which){_IS} (?:not|n['’]t) (?:at all )?the same (?:thing )?as\b",
    r"\bnot comparing like with like\b",
    r"\bfalse (?:dichotomy|comparison|analogy|equivalence)\b|\bcorrelation is not\b",
    # "The number measures what goes in, not what comes out"
    r"\b(?:measures?|shows?|counts?|tells? us) (?:only )?(?:what|how|who)\b"
    r"[^.;]*,? (?:and )?not (?:what|how|who)\b",
    rf"{_THAT} (?:proves?|tells? us|shows?) (?:nothing|little)\b",
    # "Even if that is so, …"
    r"\beven if (?:that|this|it|he|she|they) (?:is|are|was|were)"
    r" (?:so|true|right|correct|the case)\b",
)
_UNDERCUT = re.compile("|".join(f"(?:{rule})" for rule in _RULES), re.IGNORECASE)


def denies_bearing(text: str) -> bool:
    """Whether ``text`` says, by its wording, that something said does not bear on the matter.

    >>> denies_bearing("That is no reason to cut the rise.")
    True
    >>> denies_bearing("There is no reason to cut the rise.")
    False
    """
    return _UNDERCUT.search(text) is not None
