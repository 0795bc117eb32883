"""Document -> Statement: sentences with exact offsets, and who says each.

Mentions (who is named), cues (what hands a sentence over), attributions (which source each
sentence has) and identities (which mentions are one speaker) are stages of their own. Beside
them, proposals are what a sentence puts up for argument.
"""

from argmap.statements.contexts import CONTEXT_LENGTH, Said, words_before
from argmap.statements.extract import extract
from argmap.statements.proposal_patterns import DEEDS
from argmap.statements.proposals import Form, Proposal, find_proposals

__all__ = [
    "CONTEXT_LENGTH",
    "DEEDS",
    "Form",
    "Proposal",
    "Said",
    "extract",
    "find_proposals",
    "words_before",
]
