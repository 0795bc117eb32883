"""Identity cases across documents: a name, the sources, and whom each sentence must be put on."""

from __future__ import annotations

from tests.statements.identities_within import OWEN, RUTH, Case

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
