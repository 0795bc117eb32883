"""Identity cases within one document: name, sources, and whom each sentence is put on."""

from __future__ import annotations

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
