"""The project file: one debate as JSON that people keep and other tools read.

The same debate gives the same bytes; what is written can be read back to an equal debate.
"""

from argmap.projectfile.integrity import check
from argmap.projectfile.read import MAX_BYTES, edit_from_dict, loads
from argmap.projectfile.write import dumps, edit_to_dict, to_dict, well_formed

__all__ = [
    "MAX_BYTES",
    "check",
    "dumps",
    "edit_from_dict",
    "edit_to_dict",
    "loads",
    "to_dict",
    "well_formed",
]
