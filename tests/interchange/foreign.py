"""Files as other programs write them, with nothing of argmap's in them."""

from __future__ import annotations

import json

ARGDOWN = """===
title: A tunnel under the strait
author: Someone
===

# The case

[Tunnel]: The tunnel should be **built** // for now
    by next year. #transport
    + <Jobs>: It would employ a thousand people. {speaker: "Ines Roca", source: report}
        _ <Imported>: They would be hired abroad.
        - [Jobs are few]: The island has no one out of work.
    - <Cost>: It costs more than the
      hospital. #(public money)
    +> [Growth]: The island will grow.
    >< [Ferry]: The ferry should be kept alone.

/* what else there is
- not a relation */

<Cost>
    + Nobody knows the price of steel.

<Loss>

(1) The ferry loses money.
(2) [Taxes]: What loses money costs taxes.
-- modus ponens --
(3) [Waste]: The ferry costs taxes.
    +> [Tunnel]
"""

_AIF = {
    "nodes": [
        {"nodeID": "10", "text": "Ines Roca: The tunnel should be built", "type": "L"},
        {"nodeID": "11", "text": "The tunnel should be built", "type": "I"},
        {"nodeID": "12", "text": "Asserting", "type": "YA"},
        {"nodeID": "20", "text": "Per Dahl: It costs too much", "type": "L"},
        {"nodeID": "21", "text": "It costs too much", "type": "I"},
        {"nodeID": "22", "text": "Asserting", "type": "YA"},
        {"nodeID": "30", "text": "Default Conflict", "type": "CA"},
        {"nodeID": "31", "text": "Disagreeing", "type": "YA"},
        {"nodeID": "32", "text": "Default Transition", "type": "TA"},
        {"nodeID": "41", "text": "Steel is dear", "type": "I"},
        {"nodeID": "42", "text": "Steel is needed", "type": "I"},
        {"nodeID": "43", "text": "Argument from Consequences", "type": "RA"},
        {"nodeID": "51", "text": "The price was fixed last year", "type": "I"},
        {"nodeID": "52", "text": "Default Conflict", "type": "CA"},
        {"nodeID": "60", "text": "The tunnel ought to be dug", "type": "I"},
        {"nodeID": "61", "text": "Default Rephrase", "type": "MA"},
    ],
    "edges": [
        {"edgeID": number, "fromID": start, "toID": end}
        for number, (start, end) in enumerate(
            [
                ("10", "12"), ("12", "11"), ("20", "22"), ("22", "21"), ("10", "32"),
                ("32", "20"), ("32", "31"), ("31", "30"), ("21", "30"), ("30", "11"),
                ("41", "43"), ("42", "43"), ("43", "21"), ("51", "52"), ("52", "43"),
                ("60", "61"), ("61", "11"),
            ]
        )
    ],
    "locutions": [
        {"nodeID": "10", "personID": "1", "start": "2026-01-02 14:00:00", "end": None},
        {"nodeID": "20", "personID": "2", "start": "2026-01-02 14:01:00", "end": None},
    ],
    "participants": [
        {"participantID": 1, "firstname": "Ines", "surname": "Roca"},
        {"participantID": 2, "firstname": "Per", "surname": "Dahl"},
    ],
    "schemefulfillments": [{"nodeID": "43", "schemeID": "18"}],
}  # fmt: skip
AIF = json.dumps(_AIF)

XAIF = json.dumps(
    {
        "AIF": _AIF,
        "text": (
            'Ines Roca: <span class="highlighted" id="node11">The tunnel should be built</span>.'
            "<br>Per Dahl: It costs too much &amp; <b>Steel is dear</b>.<br>Steel is needed. "
            "Steel is needed."
        ),
        "OVA": {"firstname": "", "surname": "", "url": "", "nodes": [], "edges": []},
        "dialog": True,
    }
)

_IDS = [f"{number:08d}-0000-4000-8000-000000000000" for number in range(9)]
SADFACE = json.dumps(
    {
        "metadata": {
            "core": {
                "analyst_email": "a@b.example",
                "analyst_name": "A",
                "created": "2026-01-01T00:00:00",
                "edited": "2026-01-01T00:00:00",
                "id": _IDS[0],
                "version": "0.5",
            }
        },
        "resources": [
            {"id": _IDS[8], "content": "So: it costs too much.", "type": "text", "metadata": {}}
        ],
        "nodes": [
            {"id": _IDS[1], "type": "atom", "text": "It should be built", "sources": []},
            {
                "id": _IDS[2],
                "type": "atom",
                "text": "it costs too much",
                "sources": [{"resource_id": _IDS[8], "text": "", "offset": 4, "length": 17}],
                "metadata": {},
            },
            {"id": _IDS[3], "type": "scheme", "name": "conflict", "metadata": {}},
            {"id": _IDS[4], "type": "atom", "text": "Steel is dear", "sources": []},
            {"id": _IDS[5], "type": "scheme", "name": "Expert Opinion", "metadata": {}},
        ],
        "edges": [
            {"id": _IDS[6], "source_id": start, "target_id": end}
            for start, end in (
                (_IDS[2], _IDS[3]), (_IDS[3], _IDS[1]), (_IDS[4], _IDS[5]), (_IDS[5], _IDS[2]),
            )
        ],
    }
)  # fmt: skip

GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="label" attr.type="string"/>
  <key id="d1" for="edge" attr.name="relationType" attr.type="string"/>
  <graph id="g" edgedefault="directed">
    <node id="a"><data key="d0">It should be built</data></node>
    <node id="b"><data key="d0">It costs too much</data></node>
    <node id="c"/>
    <edge id="x" source="b" target="a"><data key="d1">Attacks</data></edge>
    <edge id="y" source="c" target="b"><data key="d1">pro</data></edge>
    <edge id="z" source="c" target="a"><data key="d1">follows</data></edge>
  </graph>
</graphml>
"""
