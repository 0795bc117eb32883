"""Articles that nobody wrote, with a word in every sentence that tells whose they are."""

from __future__ import annotations

import random
import re

#: In the title of every debate of a person, and in each of its sentences.
TITLE_MARK, TEXT_MARK = "Kestrel", "Quillon"
MARKS = re.compile(rb"(Kestrel|Quillon)([0-9]{3})")

MOTIONS = (
    "The town should close its centre to cars.",
    "Nurses should receive a larger pay rise.",
    "The council should build a tram line.",
    "Schools should start later in the morning.",
    "The harbour should be opened to cruise ships.",
)
_WHO = ("Ann Lee", "Bo Marsh", "the mayor", "Councillor Reed", "Dr Osei", "the union", "a trader")
_SAYS = ("said", "argued", "warned", "insisted", "replied", "told the meeting")
_CLAIMS = (
    "the plan would make the streets safer for children",
    "the plan would cost more than the town can pay",
    "nobody had asked the shops what they would lose",
    "the air would be cleaner within a year",
    "it was wrong to wait when people were leaving",
    "the money should go to the hospital first",
    "the change had worked in three towns nearby",
    "the risk of doing nothing was far greater",
    "the figures in the report could not be trusted",
    "older people would find it harder to get about",
    "staff were exhausted and could not be replaced",
    "a vote should be held before anything is built",
)
_PLAIN = (
    "The report will be published in the spring",
    "About forty people came to the hall",
    "The meeting ended shortly after nine",
    "The committee meets again in two weeks",
)


def mark(word: str, person: int) -> str:
    """The word that is that person's alone."""
    return f"{word}{person:03d}"


def article(person: int, *, sentences: int, rng: random.Random) -> str:
    """Quotes, reports and plain facts in paragraphs; the person's mark is in every sentence."""
    own = mark(TEXT_MARK, person)
    lines = []
    for number in range(sentences):
        if rng.random() < 0.25:
            lines.append(f"{rng.choice(_PLAIN)}, the {own} office wrote in note {number}.")
            continue
        who, says, claim = rng.choice(_WHO), rng.choice(_SAYS), rng.choice(_CLAIMS)
        if rng.random() < 0.5:
            lines.append(f"“In {own} street {number}, {claim},” {who} {says}.")
        else:
            head = who[0].upper() + who[1:]
            lines.append(f"{head} {says} that in {own} street {number} {claim}.")
    return "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, len(lines), 4))


def title(person: int, number: int) -> str:
    return f"{mark(TITLE_MARK, person)} debate {number}"
