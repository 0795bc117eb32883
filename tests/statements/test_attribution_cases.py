"""Who says what, one row a case: a short text, then what each of its sentences must be.

A row's expectations are ``(speaker's name or None, method, reported)`` a sentence, in order.
All people, bodies and events are invented.
"""

from __future__ import annotations

import pytest

from argmap.records import Document
from argmap.statements import extract

Expected = tuple[str | None, str, bool]

WRITER: Expected = (None, "none", False)


def quote(name: str | None) -> Expected:
    return (name, "quote", False)


def told(name: str | None) -> Expected:
    return (name, "indirect", False)


def accord(name: str | None) -> Expected:
    return (name, "according-to", False)


def relayed(name: str | None, method: str = "indirect") -> Expected:
    return (name, method, True)


CASES: list[tuple[str, str, list[Expected]]] = [
    # --- direct quotation: where the cue stands ---
    ("cue-after", "“The rise is fair,” Ruth Ellison said.", [quote("Ruth Ellison")]),
    ("cue-after-inverted", "“The rise is fair,” said Ruth Ellison.", [quote("Ruth Ellison")]),
    ("cue-before-colon", "Ruth Ellison said: “The rise is fair.”", [quote("Ruth Ellison")]),
    ("cue-before-comma", "Ruth Ellison said, “The rise is fair.”", [quote("Ruth Ellison")]),
    (
        "cue-between",
        "“The rise,” Ruth Ellison said, “is long overdue and fair.”",
        [quote("Ruth Ellison")],
    ),
    ("single-curly", "‘The rise is fair,’ Ruth Ellison said.", [quote("Ruth Ellison")]),
    ("straight-double", '"The rise is fair," Ruth Ellison said.', [quote("Ruth Ellison")]),
    ("straight-single", "'The rise is fair,' Ruth Ellison said.", [quote("Ruth Ellison")]),
    ("doubled-single", "''The rise is fair,'' Ruth Ellison said.", [quote("Ruth Ellison")]),
    ("question", "‘Who will pay for it?’ Ruth Ellison asked.", [quote("Ruth Ellison")]),
    (
        "question-lower-case",
        "Ruth Ellison spoke. ‘Who will pay for it?’ she asked.",
        [WRITER, quote("Ruth Ellison")],
    ),
    (
        "apostrophes-inside",
        "‘The nurses’ rise isn’t fair on the ’90s intake,’ Ruth Ellison said.",
        [quote("Ruth Ellison")],
    ),
    (
        "nested",
        "“They told me ‘never again’ and meant it,” Ruth Ellison said.",
        [quote("Ruth Ellison")],
    ),
    (
        "told-listener",
        "Ruth Ellison told the Harbour Gazette: “The rise is fair.”",
        [quote("Ruth Ellison")],
    ),
    ("told-me", "“The rise is fair,” Ruth Ellison told reporters.", [quote("Ruth Ellison")]),
    (
        "cue-with-day",
        "“We cannot afford the scheme,” Ruth Ellison said on Monday.",
        [quote("Ruth Ellison")],
    ),
    (
        "gerund",
        "Ruth Ellison defended the plan, adding: “It will save lives.”",
        [quote("Ruth Ellison")],
    ),
    # --- quotations of several sentences and paragraphs ---
    (
        "several-sentences",
        "Ruth Ellison said: “The rise is fair. It is late. It must come.” The talks go on.",
        [*[quote("Ruth Ellison")] * 3, WRITER],
    ),
    (
        "sentences-then-cue",
        "“The rise is fair. It is late,” Ruth Ellison said. The talks go on.",
        [quote("Ruth Ellison"), quote("Ruth Ellison"), WRITER],
    ),
    (
        "floating-same-paragraph",
        "“The rise is fair,” Ruth Ellison said. “It is late.”",
        [quote("Ruth Ellison"), quote("Ruth Ellison")],
    ),
    (
        "run-before-cue",
        "“The rise is fair.” “It is late,” Ruth Ellison said.",
        [quote("Ruth Ellison"), quote("Ruth Ellison")],
    ),
    (
        "two-paragraphs-open",
        "Ruth Ellison said: ‘The rise is fair.\n\n‘It is also late.’\n\nThe talks go on.",
        [quote("Ruth Ellison"), quote("Ruth Ellison"), WRITER],
    ),
    (
        "three-paragraphs-open",
        "Ruth Ellison said: “One is fair.\n\n“Two is late.\n\n“Three is right.”\n\nTalks go on.",
        [*[quote("Ruth Ellison")] * 3, WRITER],
    ),
    (
        "caption-between",
        "Ruth Ellison said: ‘The rise is fair.\n\nA queue outside the clinic this week\n\n"
        "‘It is also late.’",
        [quote("Ruth Ellison"), WRITER, quote("Ruth Ellison")],
    ),
    (
        "next-paragraph",
        "“The rise is fair,” Ruth Ellison said.\n\n“It is also late.”",
        [quote("Ruth Ellison"), quote("Ruth Ellison")],
    ),
    (
        "next-paragraph-after-indirect",
        "Ruth Ellison said that the rise was fair.\n\n“It is also late.”",
        [told("Ruth Ellison"), quote("Ruth Ellison")],
    ),
    (
        "next-paragraph-with-own-cue",
        "“The rise is fair,” Ruth Ellison said.\n\n“It is a bribe,” said Owen Hartley.",
        [quote("Ruth Ellison"), quote("Owen Hartley")],
    ),
    (
        "source-not-told",
        "The hall was full.\n\n“We will not be moved.”",
        [WRITER, relayed(None, "quote")],
    ),
    (
        "cue-ends-paragraph",
        "Ruth Ellison said:\n\n“The rise is fair and late.”",
        [told("Ruth Ellison"), quote("Ruth Ellison")],
    ),
    (
        "unclosed",
        "Ruth Ellison said: “The rise is fair.\n\nThe talks go on.",
        [quote("Ruth Ellison"), WRITER],
    ),
    # --- scare quotes ---
    ("scare-no-cue", "The so-called ‘bonus’ was paid to nobody in the end.", [WRITER]),
    (
        "partial-quote",
        "Ruth Ellison said the rise was ‘not affordable’.",
        [told("Ruth Ellison")],
    ),
    # --- indirect speech ---
    ("that", "Ruth Ellison said that the rise was fair.", [told("Ruth Ellison")]),
    ("bare", "Ruth Ellison says the rise is fair.", [told("Ruth Ellison")]),
    ("trailing", "The rise is long overdue and fair, Ruth Ellison said.", [told("Ruth Ellison")]),
    ("aside", "The rise, Ruth Ellison argued, is long overdue.", [told("Ruth Ellison")]),
    ("wrote", "Ruth Ellison wrote to ministers that it was too late.", [told("Ruth Ellison")]),
    (
        "told-that",
        "Ruth Ellison told the Harbour Gazette that the rise was fair.",
        [told("Ruth Ellison")],
    ),
    (
        "has-warned",
        "Ruth Ellison has repeatedly warned that wards will close.",
        [told("Ruth Ellison")],
    ),
    ("condemned", "Ruth Ellison condemned the offer as an insult.", [told("Ruth Ellison")]),
    ("accused", "Ruth Ellison accused ministers of neglect.", [told("Ruth Ellison")]),
    ("urged", "Ruth Ellison urged the council to think again.", [told("Ruth Ellison")]),
    ("called-for", "Ruth Ellison called for an end to the scheme.", [told("Ruth Ellison")]),
    ("joined", "Ruth Ellison met staff and said that the rise was fair.", [told("Ruth Ellison")]),
    (
        "after-indirect-writer",
        "Ruth Ellison said that the rise was fair. The talks resume on Friday.",
        [told("Ruth Ellison"), WRITER],
    ),
    (
        "he-added",
        "Owen Hartley said that the rise was fair. He added that it was late.",
        [told("Owen Hartley"), told("Owen Hartley")],
    ),
    (
        "intro",
        "Speaking on Monday, Ruth Ellison insisted the rise was fair.",
        [told("Ruth Ellison")],
    ),
    (
        "as-subordinate",
        "Wards closed as Ruth Ellison warned that more would follow.",
        [told("Ruth Ellison")],
    ),
    # --- according to ---
    ("according-first", "According to Ruth Ellison, the rise is fair.", [accord("Ruth Ellison")]),
    ("according-last", "The rise is fair, according to Ruth Ellison.", [accord("Ruth Ellison")]),
    ("in-view", "In Ruth Ellison’s view, the rise is fair.", [accord("Ruth Ellison")]),
    ("in-the-view-of", "In the view of Ruth Ellison, the rise is fair.", [accord("Ruth Ellison")]),
    (
        "in-his-view",
        "Owen Hartley opened the port. It is, in his view, safe.",
        [WRITER, accord("Owen Hartley")],
    ),
    ("view-is-that", "Ruth Ellison’s view is that the port is safe.", [told("Ruth Ellison")]),
    ("asked-for", "Ruth Ellison asked for ten more berths.", [told("Ruth Ellison")]),
    ("refused", "Ruth Ellison refused to name a date.", [told("Ruth Ellison")]),
    # --- no cue at all ---
    ("not-said", "Ruth Ellison did not say whether wards would close.", [WRITER]),
    ("noun-claim", "The claim that wards would close was wrong.", [WRITER]),
    ("passive", "The plan was condemned by many in the town.", [WRITER]),
    ("subordinate-stance", "Crowds gathered after Ruth Ellison backed the plan.", [WRITER]),
    ("infinitive", "It is hard to say that the plan will work.", [WRITER]),
    ("what-he-says", "Nobody knows what Ruth Ellison says in private meetings.", [WRITER]),
    # --- views at second hand, holders without a name ---
    ("critics", "Critics say the rise is a bribe.", [relayed(None)]),
    ("some-argue", "Some argue that the rise is a bribe.", [relayed(None)]),
    ("understood", "It is understood that the rise will be blocked.", [relayed(None)]),
    ("a-nurse", "A nurse said that the wards were empty.", [relayed(None)]),
    ("report-found", "The report says that wards are unsafe.", [relayed(None)]),
    (
        "accused-of-saying",
        "Ruth Ellison accused Owen Hartley of saying that nurses are lazy.",
        [relayed("Ruth Ellison")],
    ),
    (
        "said-others-said",
        "Ruth Ellison said that Owen Hartley had claimed nurses were lazy.",
        [relayed("Ruth Ellison")],
    ),
    (
        "said-she-believed",
        "Ruth Ellison said she believed that nurses were tired.",
        [told("Ruth Ellison")],
    ),
    (
        "was-reported-to",
        "Ruth Ellison was reported to oppose the rise.",
        [relayed(None)],
    ),
    (
        "heard-from-others",
        "Doctors and judges, Ruth Ellison added, had told her that it was safe.",
        [relayed("Ruth Ellison")],
    ),
    ("analysts-hold", "Analysts hold that the sum falls short.", [relayed(None)]),
    ("dockers-want", "Dockers want at least three more berths.", [relayed(None)]),
    ("said-to-be", "The government is said to be worried.", [relayed(None)]),
    (
        "those-who",
        "There are those who argue that the port is safe.",
        [relayed(None)],
    ),
    (
        "two-together",
        "Ruth Ellison and Owen Hartley said the port was safe.",
        [relayed(None)],
    ),
    (
        "said-two-together",
        "“It is safe,” said Ruth Ellison and Owen Hartley.",
        [relayed(None, "quote")],
    ),
    (
        "two-against-each-other",
        "Ruth Ellison said the rise was fair, but Owen Hartley said it was a bribe.",
        [relayed(None)],
    ),
    # --- bodies, offices and spokespeople ---
    ("acronym", "The FNU said that wards would close.", [told("FNU")]),
    (
        "spelt-out",
        "The Federation of Night Workers (FNW) met on Monday. The FNW said that wards would close.",
        [WRITER, told("Federation of Night Workers")],
    ),
    ("street", "Downing Street said that the rise was fair.", [told("Downing Street")]),
    ("government", "The government insisted that the rise was fair.", [told("Government")]),
    (
        "spokesman",
        "A council spokesman said: “The rise is fair.”",
        [quote("Council spokesman")],
    ),
    (
        "spokeswoman-for",
        "“The rise is fair,” said a spokeswoman for the FNU.",
        [quote("FNU spokeswoman")],
    ),
    (
        "group",
        "Junior clerks’ representatives said there could be no talks.",
        [relayed(None)],
    ),
    (
        "offices-together",
        "The harbour secretaries of Northland and Eastland warned that berths would close.",
        [told("Harbour secretaries of Northland and Eastland")],
    ),
    (
        "it-added",
        "The FNU said that wards would close. It added that nurses were tired.",
        [told("FNU"), told("FNU")],
    ),
    # --- names, offices and pronouns of one person ---
    (
        "role-before-name",
        "Harbour Secretary Owen Hartley said the port was safe.",
        [told("Owen Hartley")],
    ),
    (
        "role-after-name",
        "Ruth Ellison, chair of the port workers’ committee, said the port was unsafe.",
        [told("Ruth Ellison")],
    ),
    (
        "affiliation",
        "Ruth Ellison of UNISON said the port was unsafe.",
        [told("Ruth Ellison")],
    ),
    (
        "role-comma-name",
        "The harbour secretary, Owen Hartley, said the port was safe.",
        [told("Owen Hartley")],
    ),
    (
        "lawyer-comma-name",
        "A lawyer for the port, Owen Hartley, said the case would go on.",
        [told("Owen Hartley")],
    ),
    (
        "party-possessive",
        "Labour’s Owen Hartley said the port was safe.",
        [told("Owen Hartley")],
    ),
    (
        "bracket",
        "Owen Hartley (Lab, Port North) said the port was safe.",
        [told("Owen Hartley")],
    ),
    (
        "surname",
        "Owen Hartley spoke first. Mr Hartley said the port was safe.",
        [WRITER, told("Owen Hartley")],
    ),
    (
        "bare-surname",
        "Owen Hartley spoke first. “The port is safe,” Hartley said.",
        [WRITER, quote("Owen Hartley")],
    ),
    (
        "sir",
        "Sir Owen Hartley spoke first. Sir Owen said the port was safe.",
        [WRITER, told("Owen Hartley")],
    ),
    (
        "office-later",
        "Harbour secretary Owen Hartley spoke first.\n\nThe harbour secretary said the port was "
        "safe.",
        [WRITER, told("Owen Hartley")],
    ),
    (
        "office-by-context",
        "What has Owen Hartley said about the port?\n\nThe harbour secretary defended the plan.",
        [WRITER, told("Owen Hartley")],
    ),
    (
        "minister-general",
        "Harbour Secretary Owen Hartley warned that berths would close.\n\n"
        "The cabinet minister said there was no money.",
        [told("Owen Hartley"), told("Owen Hartley")],
    ),
    (
        "he",
        "Owen Hartley opened the port. He said it was safe.",
        [WRITER, told("Owen Hartley")],
    ),
    (
        "she-not-he",
        "Ruth Ellison met Owen Hartley at the port. She said it was unsafe.",
        [WRITER, told("Ruth Ellison")],
    ),
    (
        "he-not-the-object",
        "Owen Hartley condemned the plan. He accused Mr Pryce of neglect.",
        [told("Owen Hartley"), told("Owen Hartley")],
    ),
    (
        "he-of-two-men",
        "Talks between Owen Hartley and David Pryce failed. He said the port was safe.",
        [WRITER, told(None)],
    ),
    (
        "one-surname-two-people",
        "Owen Hartley and Ruth Hartley spoke. Hartley said the port was safe.",
        [WRITER, told(None)],
    ),
    (
        "one-surname-two-titles",
        "Owen Hartley and Ruth Hartley spoke. Ms Hartley said the port was safe.",
        [WRITER, told("Ruth Hartley")],
    ),
    (
        "misspelling-stays-apart",
        "Owen Hartley said the port was safe. Owen Hartly said it again in public.",
        [told("Owen Hartley"), told("Owen Hartly")],
    ),
    ("surname-alone", "Mr Pryce said the port was safe.", [told("Mr Pryce")]),
    (
        "his-lawyer",
        "Owen Hartley left the court. His lawyer said the case would go on.",
        [WRITER, relayed(None)],
    ),
    (
        "shadow-is-another",
        "Harbour Secretary Owen Hartley met Ruth Ellison, the shadow harbour secretary.\n\n"
        "The shadow harbour secretary said the port was unsafe.",
        [WRITER, told("Ruth Ellison")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_attribution_cases(text: str, expected: list[Expected]) -> None:
    speakers, statements = extract([Document.create(title="Case", text=text)])
    names = {speaker.id: speaker.name for speaker in speakers}
    found = [
        (
            names[s.attribution.speaker] if s.attribution.speaker else None,
            s.attribution.method,
            s.attribution.reported,
        )
        for s in statements
    ]
    assert found == expected


def test_attribution_cases_are_many() -> None:
    assert len(CASES) >= 60
    assert len({case[0] for case in CASES}) == len(CASES)
