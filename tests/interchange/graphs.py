"""Argument graphs made by hand and at random, with texts that break careless writers."""

from __future__ import annotations

from hypothesis import strategies as st

from argmap.interchange import EDGE_KINDS, ArgumentGraph, Edge, Judgement, Location, Node
from argmap.records import Attribution, Document, KeyPoint, Run, Speaker, Topic
from tests.strategies import documents, probabilities, texts

#: Sentences that a format might take for its own marks, or cannot hold as they are.
HOSTILE_SENTENCES = (
    "It would [cost] <much> {more} #tax +10 -5 _so_ \"they\" 'say',\nnew line",
    "+ A support that is none.",
    "- An attack that is none.",
    "_ An undercut that is none.",
    "<Argument>: a title that is none.",
    "[Statement]: a title that is none.",
    "> 2% of pay",
    "# A heading that is none",
    ">< against itself",
    "(1) A premise that is none.",
    "1. An item, and * another",
    "-- a rule --",
    "=== not front matter ===",
    "See // no comment, /* nor this */ and <!-- nor that -->.",
    "{speaker: nobody} {a: [b, c]} }{ } {",
    "U.S.A. and e.g. 1.2.3 :smile: a:b:c",
    "snake_case *bold* **very** __so__ \\ back\\slash \\n",
    "@[Mention] @<Mention> [link](https://a.example/b) https://a.example/b#c",
    "\u202eright to left\u202c and \u200f marks \u200b\ufeff",
    "Emoji 😀👩\u200d👩\u200d👧 and 文字",
    "NUL \x00, bell \x07, delete \x7f, next line \x85, separator \u2028\u2029",
    "noncharacters \ufffe \uffff and replacement \ufffd",
    "  spaces  at \t both  ends \r\n ",
    "]]> <![CDATA[ &amp; &#0; &lt;script&gt;",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"quoted\" and 'single' and “curly”: a 'dangling one",
    "x" * 10_000,
    "",
    " ",
    '{"argmap": {"id": "forged"}}',
    "=cmd|' /C calc'!A0",
)

MOTION = "Nurses should receive a larger pay rise."


def hostile_graph() -> ArgumentGraph:
    """Every hostile sentence as a claim on one motion, with every kind of edge."""
    people = (
        Speaker("p1", "Ann Adeyemi", ("Adeyemi",), "union leader"),
        Speaker("p2", "Minister", (), None, "Blue"),
        Speaker("p3", "[x]: <y> {z}"),
    )
    text = "\n\n".join(HOSTILE_SENTENCES)
    document = Document("d1", "A <b>title</b>", text, date="2024-02-01", attributes={"a": "b\x00"})
    nodes = [Node("motion", MOTION, topic="pay")]
    edges: list[Edge] = []
    at = 0
    for number, sentence in enumerate(HOSTILE_SENTENCES):
        own = f"s{number}"
        nodes.append(
            Node(
                own,
                sentence,
                source=Location("d1", at, at + len(sentence)),
                attribution=Attribution(f"p{number % 3 + 1}", "quote", "said", 0.9, number % 5 == 0)
                if number % 4
                else Attribution(),
                context=sentence[:50],
                stances=(Judgement("pay", "pro", 0.7, 0.2, 0.1),),
                metadata={"note": sentence[:40]} if number % 7 == 0 else {},
            )
        )
        at += len(sentence) + 2
        kind = EDGE_KINDS[number % 2]
        edges.append(Edge(f"e{number}", kind, (own,), "motion", "pay", 0.75))
    edges += [
        Edge("u1", "undercut", ("s1",), "e0"),
        Edge("u2", "undercut", ("s2",), "u1", probability=1e-6),
        Edge("c1", "contradiction", ("s3",), "s4"),
        Edge("r1", "rephrase", ("s5",), "s6", "pay"),
        Edge("l1", "support", ("s7", "s8"), "s9", scheme="Expert Opinion"),
        Edge("a1", "attack", ("s10",), "s11", scheme="Argument from Bias"),
        Edge("a2", "attack", ("s11",), "s10"),
    ]
    return ArgumentGraph(
        title='Hostile === {title}: "x"',
        nodes=(*nodes, Node("loose", "Nothing touches this.")),
        edges=tuple(edges),
        participants=people,
        documents=(document,),
        motions=(Topic("pay", "Pay: a [rise]", MOTION, MOTION, "They should not."),),
        points=(
            KeyPoint("k1", "pay", "pro", "point", ("s5", "s6")),
            KeyPoint("k2", "pay", "pro", "sub-point", ("s7",), "k1"),
        ),
        run=Run("0", {"stance": "fake@0"}, {"threshold": 0.5, "tiny": 1e-7, "on": True}, {}),
    )


@st.composite
def graphs(draw: st.DrawFn) -> ArgumentGraph:
    """A whole graph of any shape: circles, undercuts of undercuts, premises in plenty."""
    sentences = st.one_of(st.sampled_from(HOSTILE_SENTENCES), texts())
    people = tuple(
        Speaker(f"p{n}", draw(texts(max_size=12))) for n in range(draw(st.integers(0, 3)))
    )
    sources = tuple(draw(documents(f"d{n}")) for n in range(draw(st.integers(0, 2))))
    motions = tuple(
        Topic(f"t{n}", draw(texts(max_size=12)), draw(sentences), draw(texts()), draw(texts()))
        for n in range(draw(st.integers(0, 2)))
    )
    nodes = [Node(f"m{n}", topic.motion, topic=topic.id) for n, topic in enumerate(motions)]
    for number in range(draw(st.integers(0, 6))):
        speaker = draw(st.sampled_from([None, *(person.id for person in people)]))
        source = None
        if sources and draw(st.booleans()):
            document = draw(st.sampled_from(sources))
            start, end = sorted(draw(st.tuples(st.integers(0, 99), st.integers(0, 99))))
            source = Location(document.id, start, end)
        nodes.append(
            Node(
                draw(texts(min_size=1, max_size=3)) + str(number),
                draw(sentences),
                source=source,
                attribution=draw(
                    st.one_of(
                        st.none() if speaker is None else st.nothing(),
                        st.just(Attribution(speaker, "turn", None, 0.5, draw(st.booleans()))),
                    )
                ),
                context=draw(texts(max_size=5)),
                stances=tuple(
                    Judgement(
                        topic.id,
                        "unclear",
                        draw(probabilities()),
                        0.25,
                        0.0,
                        draw(st.sampled_from([None, "pro"])),
                    )
                    for topic in motions
                    if draw(st.booleans())
                ),
                metadata=draw(st.dictionaries(texts(max_size=5), texts(max_size=5), max_size=2)),
            )
        )
    names = [node.id for node in nodes]
    edges: list[Edge] = []
    for number in range(draw(st.integers(0, 7)) if len(names) > 1 else 0):
        kind = draw(st.sampled_from(EDGE_KINDS))
        pool = [edge.id for edge in edges] if kind == "undercut" else names
        if not pool:
            continue
        target = draw(st.sampled_from(pool))
        left = [name for name in names if name != target]
        most = 1 if kind == "contradiction" else 3
        chosen = draw(st.lists(st.sampled_from(left), min_size=1, max_size=most, unique=True))
        edges.append(
            Edge(
                f"e{number}",
                kind,
                tuple(sorted(chosen, key=names.index)),
                target,
                draw(st.sampled_from([None, *(topic.id for topic in motions)])),
                draw(st.one_of(st.none(), probabilities())),
                draw(st.sampled_from([None, "Expert Opinion", "Conflict of interest", "RA"])),
            )
        )
    return ArgumentGraph(
        title=draw(texts()),
        nodes=tuple(nodes),
        edges=tuple(edges),
        participants=people,
        documents=sources,
        motions=motions,
        run=draw(st.sampled_from([None, Run("0", {}, {"x": 1.5}, {})])),
    )
