"""Which mentions are one speaker, one row a case, within a document and across documents.

A row holds documents (text, or text and date) and, sentence by sentence over all of them, the
name of the speaker whom the sentence must be put on; ``None`` where nobody may be named. Two
sentences with one name are one speaker and two names are two. All people, bodies and events are
invented.
"""

from __future__ import annotations

import pytest

from argmap.records import Document, Span, Speaker, Turn
from argmap.statements import extract

Source = str | tuple[str, str]
Case = tuple[str, list[Source], list[str | None]]

RUTH, OWEN = "Ruth Ellison", "Owen Hartley"

WITHIN: list[Case] = [
    # --- short forms of a name ---
    (
        "surname-with-title",
        ["Ruth Ellison said that it was safe. Ms Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "bare-surname",
        ["Ruth Ellison said that it was safe. Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "first-name",
        ["Ruth Ellison said that it was safe. Ruth warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "doctor",
        ["Dr Ruth Ellison said that it was safe. Dr Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "sir-and-first-name",
        ["Sir Owen Hartley said that it was safe. Sir Owen warned that it was late."],
        [OWEN] * 2,
    ),
    (
        "lady-and-surname",
        ["Lady Ruth Ellison said that it was safe. Lady Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "middle-initial",
        ["Ruth J. Ellison said that it was safe. Ruth Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "possessive",
        ["Ruth Ellison said that it was safe. In Ms Ellison’s view, the rest was wrong."],
        [RUTH] * 2,
    ),
    (
        "double-surname",
        ["Ruth Ellison-Pryce said that it was safe. Ms Ellison-Pryce warned that it was late."],
        ["Ruth Ellison-Pryce"] * 2,
    ),
    (
        "particle",
        ["Johan van der Meer said that it was safe. Mr van der Meer warned that it was late."],
        ["Johan van der Meer"] * 2,
    ),
    (
        "accent",
        ["José Quintas said that it was safe. Mr Quintas warned that it was late."],
        ["José Quintas"] * 2,
    ),
    (
        "full-name-later",
        ["Mr Hartley said that it was safe. Owen Hartley is a baker."],
        [OWEN, None],
    ),
    # --- two people with one surname stay two ---
    (
        "two-of-a-name-by-title",
        [
            "Ruth Hartley met Owen Hartley. Ms Hartley said that it was safe. Mr "
            "Hartley warned that it was late."
        ],
        [None, "Ruth Hartley", OWEN],
    ),
    (
        "two-of-a-name-by-first-name",
        [
            "Ruth Hartley met Owen Hartley. Ruth said that it was safe. Owen warned "
            "that it was late."
        ],
        [None, "Ruth Hartley", OWEN],
    ),
    (
        "two-of-a-name-bare",
        ["Ruth Hartley met Owen Hartley. Hartley said that it was safe."],
        [None, None],
    ),
    (
        "two-men-of-a-name",
        ["David Hartley met Owen Hartley. Mr Hartley said that it was safe."],
        [None, None],
    ),
    (
        "two-of-a-name-by-role",
        [
            "Mayor David Hartley met Owen Hartley, the harbour secretary. "
            "The mayor said that it was safe. The harbour secretary warned that it was late."
        ],
        [None, "David Hartley", OWEN],
    ),
    (
        "two-spellings",
        ["Owen Hartley said that it was safe. Owen Hartly warned that it was late."],
        [OWEN, "Owen Hartly"],
    ),
    (
        "two-first-names",
        ["Owen Hartley said that it was safe. Ewan Hartley warned that it was late."],
        [OWEN, "Ewan Hartley"],
    ),
    # --- offices ---
    (
        "office-before-name",
        [
            "Harbour Secretary Owen Hartley said that it was safe. The harbour "
            "secretary warned that it was late."
        ],
        [OWEN] * 2,
    ),
    (
        "office-after-name",
        [
            "Owen Hartley, the harbour secretary, said that it was safe. The harbour "
            "secretary warned that it was late."
        ],
        [OWEN] * 2,
    ),
    (
        "office-short",
        [
            "Harbour Secretary Owen Hartley said that it was safe. The minister "
            "warned that it was late."
        ],
        [OWEN] * 2,
    ),
    (
        "office-of-two",
        [
            "Harbour Secretary Owen Hartley met Transport Secretary David Pryce. "
            "The minister said that it was safe."
        ],
        [None, None],
    ),
    (
        "office-told-apart",
        [
            "Harbour Secretary Owen Hartley met Transport Secretary David Pryce. "
            "The transport secretary said that it was safe."
        ],
        [None, "David Pryce"],
    ),
    (
        "office-former",
        [
            "Harbour Secretary Owen Hartley met the former harbour secretary, Ruth Ellison. "
            "The former harbour secretary said that it was safe. The harbour "
            "secretary warned that it was late."
        ],
        [None, RUTH, OWEN],
    ),
    (
        "office-shadow",
        [
            "Harbour Secretary Owen Hartley said that it was safe. The shadow "
            "harbour secretary warned that it was late."
        ],
        [OWEN, "Shadow harbour secretary"],
    ),
    (
        "office-union-leader",
        [
            "Ruth Ellison, general secretary of the FNU, said that it was safe. The "
            "union leader warned that it was late."
        ],
        [RUTH, RUTH],
    ),
    (
        "office-alone",
        [
            "The harbour secretary said that it was safe. The talks go on. The "
            "harbour secretary warned that it was late."
        ],
        ["Harbour secretary", None, "Harbour secretary"],
    ),
    (
        "office-and-pronoun",
        ["Harbour Secretary Owen Hartley said that it was safe. He warned that it was late."],
        [OWEN] * 2,
    ),
    # --- pronouns ---
    ("she", ["Ruth Ellison said that it was safe. She warned that it was late."], [RUTH] * 2),
    (
        "he-for-a-woman",
        ["Ruth Ellison said that it was safe. He warned that it was late."],
        [RUTH, None],
    ),
    (
        "he-and-she",
        ["Ruth Ellison met Owen Hartley. She said that it was safe. He warned that it was late."],
        [None, RUTH, OWEN],
    ),
    (
        "he-of-two",
        ["Talks between David Pryce and Owen Hartley failed. He said that it was safe."],
        [None] * 2,
    ),
    (
        "she-far",
        [
            "Ruth Ellison said that it was safe.\n\nThe port is old.\n\nIt has ten berths.\n\n"
            "It is on the coast.\n\nIt was built long ago.\n\nShe warned that it was late."
        ],
        [RUTH, None, None, None, None, None],
    ),
    ("i", ["“I was wrong,” Ruth Ellison said. “I said it was safe.”"], [RUTH] * 2),
    ("they-body", ["The FNU said that it was safe. They warned that it was late."], ["FNU"] * 2),
    ("it-body", ["The FNU said that it was safe. It warned that it was late."], ["FNU"] * 2),
    ("they-of-a-person", ["Talks went on. They said that it was safe."], [None, None]),
    # --- bodies and those who speak for them ---
    (
        "abbreviation-told",
        [
            "The Federation of Night Workers (FNW) said that it was safe. The FNW "
            "warned that it was late."
        ],
        ["Federation of Night Workers"] * 2,
    ),
    (
        "abbreviation-by-letters",
        ["The Federation of Night Workers said that it was safe. The FNW warned that it was late."],
        ["Federation of Night Workers"] * 2,
    ),
    (
        "the-union",
        ["The FNU said that it was safe. The union warned that it was late."],
        ["FNU"] * 2,
    ),
    (
        "the-union-of-two",
        ["The FNU met the DWU. The union said that it was safe."],
        [None, None],
    ),
    (
        "the-college-by-its-name",
        [
            "The Royal College of Clerks met in June. Talks went on. The rain was heavy. "
            "The DWU met as well. The college said that it was safe."
        ],
        [None, None, None, None, "Royal College of Clerks"],
    ),
    (
        "the-college-of-two",
        ["The Royal College of Clerks met the Port College. The college said that it was safe."],
        [None, None],
    ),
    (
        "the-college-that-is-another",
        ["The Federation of Clerks said that it was safe. The council warned that it was late."],
        ["Federation of Clerks", None],
    ),
    (
        "the-union-spelt-out",
        ["The Federation of Clerks said that it was safe. The union warned that it was late."],
        ["Federation of Clerks"] * 2,
    ),
    (
        "a-saint’s-hospital",
        [
            "St Orlan’s Hospital Trust said that it was safe. "
            "St Orlan’s Hospital Trust warned that it was late."
        ],
        ["St Orlan’s Hospital Trust"] * 2,
    ),
    ("the-union-of-none", ["Talks went on. The union said that it was safe."], [None, None]),
    (
        "spokeswoman-of-a-street",
        [
            "A Downing Street spokeswoman said that it was safe. The spokeswoman "
            "warned that it was late."
        ],
        ["Downing Street spokeswoman"] * 2,
    ),
    (
        "spokesman-two-ways",
        [
            "A spokesman for the FNU said that it was safe. The FNU spokesman warned "
            "that it was late."
        ],
        ["FNU spokesman"] * 2,
    ),
    (
        "spokesman-abbreviated",
        [
            "A spokesman for the Federation of Night Workers (FNW) said that it was safe. "
            "The FNW spokesman warned that it was late."
        ],
        ["Federation of Night Workers spokesman"] * 2,
    ),
    (
        "spokesman-of-another",
        ["An FNU spokesman said that it was safe. A DWU spokesman warned that it was late."],
        ["FNU spokesman", "DWU spokesman"],
    ),
    (
        "spokeswoman-she",
        ["An FNU spokeswoman said that it was safe. She warned that it was late."],
        ["FNU spokeswoman"] * 2,
    ),
    ("spokesman-of-nobody", ["A spokesman said that it was safe."], [None]),
    (
        "its-spokesman",
        ["The FNU said that it was safe. Its spokesman warned that it was late."],
        ["FNU", None],
    ),
    # --- what is written ---
    (
        "letter-of-a-person",
        [
            "In a letter to ministers, Ruth Ellison said that wards would close. "
            "The letter said that nurses were tired."
        ],
        [RUTH] * 2,
    ),
    (
        "letter-written",
        ["Ruth Ellison wrote a letter to ministers. The letter said that wards would close."],
        [None, RUTH],
    ),
    (
        "letter-from",
        ["Ministers got a letter from Ruth Ellison. The letter said that wards would close."],
        [None, RUTH],
    ),
    (
        "report-by-a-body",
        ["A report by the FNU came out on Monday. The report said that wards would close."],
        [None, "FNU"],
    ),
    (
        "statement-of-a-body",
        [
            "The FNU said in a statement that it was safe. The statement added that "
            "wards would close."
        ],
        ["FNU"] * 2,
    ),
    (
        "letter-of-nobody",
        ["A letter came on Monday. The letter said that wards would close."],
        [None, None],
    ),
    (
        "letter-of-two",
        [
            "Ruth Ellison and Owen Hartley wrote a letter to ministers. "
            "The letter said that wards would close."
        ],
        [None, None],
    ),
    (
        "two-letters",
        [
            "Ruth Ellison wrote a letter to ministers. Owen Hartley wrote a letter to the mayor. "
            "The letter said that wards would close."
        ],
        [None, None, None],
    ),
    (
        "letter-to-not-from",
        ["A letter to Ruth Ellison came on Monday. The letter said that wards would close."],
        [None, None],
    ),
    # --- holders without a name are no speakers ---
    ("bosses", ["NHS bosses said that it was safe."], [None]),
    ("critics", ["Critics said that it was safe. They warned that it was late."], [None, None]),
    ("representatives", ["Junior clerks’ representatives said that it was safe."], [None]),
    ("union-leaders", ["Union leaders said that it was safe."], [None]),
    ("mps", ["Conservative MPs said that it was safe."], [None]),
    ("a-nurse", ["A nurse said that it was safe. She warned that it was late."], [None, None]),
    ("a-source", ["A Whitehall source said that it was safe."], [None]),
    (
        "officials-of",
        ["Treasury officials said that it was safe. They warned that it was late."],
        [None, None],
    ),
    (
        "plural-after-a-verb",
        [
            "Ruth Ellison said that it was safe. "
            "The vote leaves MPs with two questions that no law can settle."
        ],
        [RUTH, None],
    ),
    (
        "group-after-a-person",
        [
            "Ruth Ellison said that it was safe. NHS bosses warned that it was late. "
            "They added a warning."
        ],
        [RUTH, None, None],
    ),
    (
        "offices-of-two-countries",
        ["The harbour secretaries of Northland and Eastland said that it was safe."],
        ["Harbour secretaries of Northland and Eastland"],
    ),
]

ACROSS: list[Case] = [
    (
        "full-name",
        ["Ruth Ellison said that it was safe.", "Ruth Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "full-name-other-title",
        ["Dr Ruth Ellison said that it was safe.", "Ms Ruth Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "full-name-initial",
        ["Ruth J. Ellison said that it was safe.", "Ruth Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "full-name-years-apart",
        [
            ("Ruth Ellison said that it was safe.", "2015-03-01"),
            ("Ruth Ellison warned that it was late.", "2022-03-01"),
        ],
        [RUTH] * 2,
    ),
    (
        "surname-and-title-agree",
        ["Dr Ruth Ellison said that it was safe.", "Dr Ellison warned that it was late."],
        [RUTH] * 2,
    ),
    (
        "surname-and-role-agree",
        [
            "Harbour Secretary Owen Hartley said that it was safe.",
            "Harbour Secretary Hartley warned that it was late.",
        ],
        [OWEN] * 2,
    ),
    (
        "surname-of-two",
        [
            "Mr Owen Hartley said that it was safe.",
            "Mr David Hartley warned that it was late.",
            "Mr Hartley hoped that it was so.",
        ],
        [OWEN, "David Hartley", "Mr Hartley"],
    ),
    (
        "surname-other-gender",
        ["Mr Owen Hartley said that it was safe.", "Mrs Hartley warned that it was late."],
        [OWEN, "Mrs Hartley"],
    ),
    (
        "first-names-differ",
        ["Owen Hartley said that it was safe.", "Ewan Hartley warned that it was late."],
        [OWEN, "Ewan Hartley"],
    ),
    (
        "misspelt-stays-two",
        ["Owen Barkley said that it was safe.", "Owen Barclay warned that it was late."],
        ["Owen Barkley", "Owen Barclay"],
    ),
    (
        "pronoun-stays-in-its-document",
        ["Ruth Ellison said that it was safe.", "Talks went on. She warned that it was late."],
        [RUTH, None, None],
    ),
    (
        "abbreviation",
        [
            "The Federation of Night Workers (FNW) said that it was safe.",
            "The FNW warned that it was late.",
        ],
        ["Federation of Night Workers"] * 2,
    ),
    (
        "spokesman",
        [
            "A spokesman for the FNU said that it was safe.",
            "The FNU spokesman warned that it was late.",
        ],
        ["FNU spokesman"] * 2,
    ),
    (
        "spokesman-abbreviated-elsewhere",
        [
            "A spokesman for the Federation of Night Workers (FNW) said that it was safe.",
            "An FNW spokesman warned that it was late.",
        ],
        ["Federation of Night Workers spokesman"] * 2,
    ),
    (
        "the-union-stays-in-its-document",
        ["The FNU said that it was safe.", "Talks went on. The union warned that it was late."],
        ["FNU", None, None],
    ),
    # --- offices change hands ---
    (
        "office-named-in-each",
        [
            (
                "Harbour Secretary Ruth Ellison spoke. The harbour secretary said "
                "that it was safe.",
                "2015-03-01",
            ),
            (
                "Harbour Secretary Owen Hartley spoke. The harbour secretary warned "
                "that it was late.",
                "2022-03-01",
            ),
        ],
        [None, RUTH, None, OWEN],
    ),
    (
        "office-named-in-the-same-week",
        [
            ("Harbour Secretary Owen Hartley said that it was safe.", "2022-12-01"),
            ("The harbour secretary warned that it was late.", "2022-12-05"),
        ],
        [OWEN] * 2,
    ),
    (
        "office-named-years-before",
        [
            ("Harbour Secretary Ruth Ellison said that it was safe.", "2015-03-01"),
            ("The harbour secretary warned that it was late.", "2022-03-01"),
        ],
        [RUTH, "Harbour secretary"],
    ),
    (
        "office-without-a-name-years-apart",
        [
            ("The harbour secretary said that it was safe.", "2015-03-01"),
            ("The harbour secretary warned that it was late.", "2022-03-01"),
        ],
        ["Harbour secretary (2015)", "Harbour secretary (2022)"],
    ),
    (
        "office-without-a-name-same-week",
        [
            ("The harbour secretary said that it was safe.", "2022-03-01"),
            ("The harbour secretary warned that it was late.", "2022-03-04"),
        ],
        ["Harbour secretary"] * 2,
    ),
    (
        "office-without-a-name-undated",
        [
            "The harbour secretary said that it was safe.",
            "The harbour secretary warned that it was late.",
        ],
        ["Harbour secretary (first source)", "Harbour secretary (second source)"],
    ),
    (
        "office-named-undated",
        [
            "Harbour Secretary Owen Hartley said that it was safe.",
            "The harbour secretary warned that it was late.",
        ],
        [OWEN, "Harbour secretary"],
    ),
    (
        "office-of-two-in-a-week",
        [
            ("Harbour Secretary Ruth Ellison said that it was safe.", "2022-03-01"),
            ("Harbour Secretary Owen Hartley hoped that it was so.", "2022-03-08"),
            ("The harbour secretary warned that it was late.", "2022-03-05"),
        ],
        [RUTH, OWEN, "Harbour secretary"],
    ),
    (
        "office-changes-hands-between",
        [
            ("The harbour secretary said that it was safe.", "2022-03-01"),
            ("Harbour Secretary Ruth Ellison resigned.", "2022-03-02"),
            ("Harbour Secretary Owen Hartley took office.", "2022-03-08"),
            ("The harbour secretary warned that it was late.", "2022-03-09"),
        ],
        [
            "Harbour secretary (1 March 2022)",
            None,
            None,
            "Harbour secretary (9 March 2022)",
        ],
    ),
    (
        "office-shadow-named",
        [
            ("Shadow harbour secretary Ruth Ellison said that it was safe.", "2022-03-01"),
            ("The harbour secretary warned that it was late.", "2022-03-02"),
        ],
        [RUTH, "Harbour secretary"],
    ),
    (
        "surname-and-office-years-apart",
        [
            ("Harbour Secretary Owen Hartley said that it was safe.", "2015-03-01"),
            ("Harbour Secretary Hartley warned that it was late.", "2022-03-01"),
        ],
        [OWEN, "Hartley"],
    ),
    (
        "surname-alone-same-week",
        [
            ("Mr Pryce said that it was safe.", "2022-03-01"),
            ("Mr Pryce warned that it was late.", "2022-03-03"),
        ],
        ["Mr Pryce"] * 2,
    ),
    (
        "surname-alone-undated",
        ["Mr Pryce said that it was safe.", "Mr Pryce warned that it was late."],
        ["Mr Pryce"] * 2,
    ),
    (
        "surname-alone-years-apart",
        [
            ("Mr Pryce said that it was safe.", "2015-03-01"),
            ("Mr Pryce warned that it was late.", "2022-03-03"),
        ],
        ["Mr Pryce (2015)", "Mr Pryce (2022)"],
    ),
    (
        "surname-of-two-in-two-sources",
        [
            "Owen Hartley met David Hartley.",
            "Mr Hartley said that it was safe.",
            "Mr Hartley warned that it was late.",
        ],
        [None, "Mr Hartley (second source)", "Mr Hartley (third source)"],
    ),
    (
        "loose-role",
        [
            ("The union leader said that it was safe.", "2022-03-01"),
            ("The union leader warned that it was late.", "2022-03-03"),
        ],
        ["Union leader (1 March 2022)", "Union leader (3 March 2022)"],
    ),
    (
        "letter-stays-in-its-document",
        [
            "Ruth Ellison wrote a letter to ministers.",
            "The letter said that wards would close.",
        ],
        [None, None],
    ),
    (
        "bosses-in-two",
        ["NHS bosses said that it was safe.", "NHS bosses warned that it was late."],
        [None, None],
    ),
]

TITLES = ("first source", "second source", "third source", "fourth source")


def spoken(sources: list[Source]) -> list[str | None]:
    documents = [
        Document.create(title=title, text=source)
        if isinstance(source, str)
        else Document.create(title=title, text=source[0], date=source[1])
        for title, source in zip(TITLES, sources, strict=False)
    ]
    speakers, statements = extract(documents)
    names = {speaker.id: speaker.name for speaker in speakers}
    assert len(set(names.values())) == len(names), "two speakers look the same"
    return [names[s.speaker] if s.speaker else None for s in statements]


@pytest.mark.parametrize(
    ("sources", "expected"), [c[1:] for c in WITHIN], ids=[c[0] for c in WITHIN]
)
def test_identity_within_a_document(sources: list[Source], expected: list[str | None]) -> None:
    assert spoken(sources) == expected


@pytest.mark.parametrize(
    ("sources", "expected"), [c[1:] for c in ACROSS], ids=[c[0] for c in ACROSS]
)
def test_identity_across_documents(sources: list[Source], expected: list[str | None]) -> None:
    assert spoken(sources) == expected


def test_identity_cases_are_many() -> None:
    cases = [*WITHIN, *ACROSS]
    assert len(cases) >= 60
    assert len({case[0] for case in cases}) == len(cases)


def test_a_holder_without_a_name_is_a_reported_view() -> None:
    _, (statement,) = extract(
        [Document.create(title="Case", text="NHS bosses said that it was safe.")]
    )
    assert statement.attribution.speaker is None
    assert statement.attribution.reported


def test_what_a_letter_says_is_its_writers_own_view() -> None:
    text = "Ruth Ellison wrote a letter to ministers. The letter said that wards would close."
    _, (_, statement) = extract([Document.create(title="Case", text=text)])
    assert statement.speaker == "ruth-ellison"
    assert not statement.attribution.reported
    assert 0.5 < statement.attribution.confidence < 0.85


def test_an_office_is_read_up_to_the_brackets_of_an_abbreviation() -> None:
    text = (
        "Ruth Ellison, general secretary of the Federation of Night Workers (FNW), "
        "said that wards would close."
    )
    (speaker,), _ = extract([Document.create(title="Case", text=text)])
    assert speaker.role == "General secretary of the Federation of Night Workers"


def sitting(*speeches: tuple[Speaker, str], date: str) -> Document:
    """A record in which each speaker has one turn."""
    text, turns = "", []
    for speaker, words in speeches:
        text += "\n\n" if text else ""
        turns.append(Turn(Span(len(text), len(text) + len(words)), speaker))
        text += words
    return Document.create(
        title="Sitting", text=text, kind="hansard", date=date, turns=tuple(turns)
    )


MEMBER = Speaker("m1", "Owen Hartley", role="Secretary of State for Harbours")
OTHER = Speaker("m2", "David Hartley")


@pytest.mark.parametrize(
    ("speeches", "article", "speaker"),
    [
        ([(MEMBER, "It is safe.")], "Owen Hartley said that it was late.", "m1"),
        ([(MEMBER, "It is safe.")], "The harbours secretary said that it was late.", "m1"),
        ([(MEMBER, "It is safe.")], "The shadow harbours secretary said that it was late.", None),
        # The surname alone could be either's.
        (
            [(MEMBER, "It is safe."), (OTHER, "It is not.")],
            "Mr Hartley said that it was late.",
            None,
        ),
    ],
    ids=["full-name", "office", "shadow", "surname-of-two"],
)
def test_members_of_a_sitting_and_an_article_of_the_week(
    speeches: list[tuple[Speaker, str]], article: str, speaker: str | None
) -> None:
    record = sitting(*speeches, date="2022-03-01")
    report = Document.create(title="Report", text=article, date="2022-03-02")
    _, statements = extract([record, report])
    found = statements[-1].speaker
    assert found == speaker if speaker else found not in ("m1", "m2")


def test_an_article_of_another_year_does_not_give_the_office_to_the_member() -> None:
    record = sitting((MEMBER, "It is safe."), date="2015-03-01")
    text = "The harbours secretary said that it was late."
    _, statements = extract([record, Document.create(title="Report", text=text, date="2022-03-02")])
    assert statements[-1].speaker != "m1"
