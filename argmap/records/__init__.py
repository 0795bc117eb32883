"""The records that flow through every room: frozen, content-addressed, standard library only.

A run reads left to right: ``Document`` -> ``Statement`` -> ``Stance`` -> ``KeyPoint`` and
``Relation`` -> ``Debate``. Offsets are half-open character offsets into ``Document.text``,
which never changes once a document exists; for every statement
``document.text[s.start:s.end] == s.text``. An ``Edit`` is a person's correction of any of it.
"""

from argmap.records.base import (
    LABELS,
    SCHEMA_VERSION,
    SIDES,
    VOTE_SIDES,
    Label,
    NodeKind,
    NodeRelation,
    RelationKind,
    Side,
    Span,
    VoteSide,
    content_id,
)
from argmap.records.debate import Debate, Run
from argmap.records.edits import EDIT_KINDS, EDIT_RELATIONS, Edit, EditKind, EditRelation
from argmap.records.judgements import (
    ArgumentTree,
    KeyPoint,
    Relation,
    SpeakerStance,
    Stance,
    TreeNode,
)
from argmap.records.sources import (
    Attribution,
    Decision,
    Division,
    Document,
    Speaker,
    Statement,
    Topic,
    Turn,
    Vote,
)

__all__ = [
    "EDIT_KINDS",
    "EDIT_RELATIONS",
    "LABELS",
    "SCHEMA_VERSION",
    "SIDES",
    "VOTE_SIDES",
    "ArgumentTree",
    "Attribution",
    "Debate",
    "Decision",
    "Division",
    "Document",
    "Edit",
    "EditKind",
    "EditRelation",
    "KeyPoint",
    "Label",
    "NodeKind",
    "NodeRelation",
    "Relation",
    "RelationKind",
    "Run",
    "Side",
    "Span",
    "Speaker",
    "SpeakerStance",
    "Stance",
    "Statement",
    "Topic",
    "TreeNode",
    "Turn",
    "Vote",
    "VoteSide",
    "content_id",
]
