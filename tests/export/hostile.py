"""A debate whose every text tries to break out of the format that it is written in."""

from __future__ import annotations

from dataclasses import replace

from argmap.records import (
    Attribution,
    Debate,
    Document,
    KeyPoint,
    Speaker,
    Stance,
    Statement,
    Topic,
)
from tests.samples import sample_debate

#: Each would do something if a format took it for more than text.
ATTACKS = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "</title></style></script><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) <https://evil.example>",
    "| cell | **bold** `code` ~~gone~~ $x^2$ # head",
    "1. list www.evil.example https://evil.example mail@evil.example &amp; &#60;b&#62;",
    "- item + item = item",
    '% comment \\input{/etc/passwd} } @misc{x, title={y}} " # jan # \\',
    "'; DROP TABLE x; -- \u202egnirts\u202c \u2028 end",
)


def hostile_debate() -> Debate:
    """One source, speaker, motion and statement for each attack."""
    base = sample_debate(title=ATTACKS[0])
    text = "\n\n".join(f"{attack} is what I say." for attack in ATTACKS)
    document = Document(
        id=ATTACKS[1],
        title=ATTACKS[2],
        text=text,
        kind=ATTACKS[3],
        outlet=ATTACKS[4],
        date=ATTACKS[7],
        url='https://news.example/"><script>alert(1)</script>',
        attributes={"author": ATTACKS[5], "accessed": ATTACKS[6], "caution": ATTACKS[1]},
        removed=ATTACKS,
    )
    worse = replace(document, id="d2", text="Nothing.", url="javascript:alert(1)", date=None)
    speakers = tuple(Speaker(f"p{n}", a, role=a, party=a) for n, a in enumerate(ATTACKS))
    topic = Topic("t<1>", ATTACKS[0], ATTACKS[1], ATTACKS[2], ATTACKS[4])
    statements, stances, at = [], [], 0
    for number, attack in enumerate(ATTACKS):
        sentence = f"{attack} is what I say."
        statements.append(
            Statement(
                f"s\"{number}'<",
                document.id,
                at,
                at + len(sentence),
                sentence,
                Attribution(f"p{number}", "quote", attack, 0.9, number % 3 == 0),
            )
        )
        at += len(sentence) + 2
        label = ("pro", "con")[number % 2]
        pro, con = (0.9, 0.05) if label == "pro" else (0.05, 0.9)
        stances.append(Stance(statements[-1].id, topic.id, pro, con, 0.05, label))  # type: ignore[arg-type]
    point = KeyPoint(
        "k'<", topic.id, "pro", statements[0].text, (statements[0].id, statements[2].id)
    )
    run = replace(
        base.run,
        argmap=ATTACKS[0],
        models={ATTACKS[0]: ATTACKS[1], "stance": ATTACKS[2]},
        settings={ATTACKS[5]: ATTACKS[6]},
        inputs={document.id: ATTACKS[0]},
    )
    return replace(
        base,
        run=run,
        documents=(document, worse),
        speakers=speakers,
        topics=(topic,),
        statements=tuple(statements),
        stances=tuple(stances),
        key_points=(point,),
        relations=(),
    )
