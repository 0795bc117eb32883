"""Document -> Statement: sentences with exact offsets, and who says each.

Mentions (who is named), cues (what hands a sentence over), attributions (which source each
sentence has) and identities (which mentions are one speaker) are stages of their own.
"""

from argmap.statements.contexts import CONTEXT_LENGTH, Said, words_before
from argmap.statements.extract import extract

__all__ = ["CONTEXT_LENGTH", "Said", "extract", "words_before"]
