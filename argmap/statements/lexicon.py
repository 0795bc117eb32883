"""Word lists that the rules of this room read: data, no behaviour beyond inflection.

The cue verbs follow the classes that PARC 3 and PolNeAR annotate as attribution cues; they are
grouped here by what must follow before a verb counts as one.
"""

from __future__ import annotations

from types import MappingProxyType


def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


# --- cue verbs ------------------------------------------------------------------------------

# verb -> past, participle and gerund, where they are not regular
_IRREGULAR = {
    "say": "said said saying",
    "seek": "sought sought seeking",
    "tell": "told told telling",
    "write": "wrote written writing",
    "think": "thought thought thinking",
    "feel": "felt felt feeling",
    "hold": "held held holding",
    "make": "made made making",
    "admit": "admitted admitted admitting",
    "rebut": "rebutted rebutted rebutting",
    "regret": "regretted regretted regretting",
    "quip": "quipped quipped quipping",
    "slam": "slammed slammed slamming",
    "sum": "summed summed summing",
    "hit": "hit hit hitting",
    "go": "went gone going",
    "shoot": "shot shot shooting",
    "swear": "swore sworn swearing",
    "find": "found found finding",
    "show": "showed shown showing",
    "read": "read read reading",
    "begin": "began begun beginning",
    "label": "labelled labelled labelling",
}


def _forms(phrase: str) -> tuple[str, ...]:
    """The phrase with its first word as it is, in third person, past, participle and gerund."""
    verb, *rest = phrase.split()
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
        past = verb + "d" if verb.endswith("e") else verb + "ed"
    regular = (past, past, stem + "ing")
    bent = tuple(_IRREGULAR[verb].split()) if verb in _IRREGULAR else regular
    return tuple(" ".join((form, *rest)) for form in (verb, third, *bent))


def _table(verbs: str) -> dict[str, str]:
    return {form: verb for verb in verbs.split(", ") for form in _forms(verb)}


#: form -> verb; a clause may follow without "that".
BARE = MappingProxyType(
    _table(
        "say, claim, insist, argue, believe, think, warn, admit, fear, hope, predict, "
        "maintain, allege, feel, suggest, tell"
    )
)
#: form -> verb; "that", a quotation, a colon or the end of the clause must follow.
THAT = MappingProxyType(
    _table(
        "add, note, accept, acknowledge, stress, emphasise, emphasize, explain, announce, "
        "conclude, reveal, declare, agree, confirm, point out, complain, recall, observe, remark, "
        "comment, respond, reply, answer, write, tweet, post, state, assert, contend, concede, "
        "reiterate, repeat, report, estimate, propose, recommend, joke, quip, continue, counter, "
        "protest, reflect, caution, vow, promise, pledge, threaten, ask, find, show, deny, hint, "
        "indicate, signal, imply, make clear, hold, reason, testify, lament, exclaim, "
        "shout, go on, hit back, shoot back, underline, highlight, urge, demand, decide, "
        "rule, swear, advise, assure, inform, remind, worry, dispute, doubt, speculate, quote, "
        "describe, read, begin, call, echo, boast, muse, sum up, caution, request, opine"
    )
)
#: form -> verb; the object itself is what the source is for or against.
STANCE = MappingProxyType(
    _table(
        "condemn, criticise, criticize, attack, slam, blast, praise, welcome, reject, oppose, "
        "support, back, defend, accuse, blame, urge, demand, describe, brand, dismiss, denounce, "
        "endorse, pledge, promise, vow, threaten, refuse, applaud, deplore, decry, favour, "
        "favor, rebuke, rebut, lambast, advocate, champion, deny, question, call for, call on, "
        "propose, recommend, dispute, regret, want, offer, ask for, seek, "
        "agree with, disagree with, point to, decline, deride, ridicule, "
        "label, challenge, highlight"
    )
)
#: Every form of every cue verb.
FORMS = MappingProxyType({**THAT, **STANCE, **BARE})
#: Forms that are as often nouns: an unknown phrase before one is no subject.
NOUNS_TOO = words(
    "offers offer "
    "questions question attacks attack demands demand claims claim calls reports report "
    "promises promise pledges pledge states state posts post blasts blast threats supports "
    "support rules rule backs back tweets tweet comments comment disputes dispute advocates "
    "advocate champions champion brands brand labels label challenges challenge highlights "
    "highlight answers answer replies reply fears fear hopes hope doubts doubt worries "
    "worry estimates estimate jokes joke shows show finds find holds hold reads read quotes "
    "quote reasons reason echoes echo regrets regret praise blame urge urges request "
    "requests vows vow slams favours favour refuse thought feeling saying meaning ruling "
    "finding reading warning promising wants want"
)
#: Verbs that may stand before their subject beside a quotation ("…", said X).
INVERTIBLE = frozenset(
    form
    for form, verb in {**BARE, **THAT}.items()
    if verb not in {"tell", "find", "show", "hope", "fear", "feel", "hold", "call", "rule"}
)
#: Verbs whose object is a listener: the content comes after it.
LISTENER = words("tell warn assure inform remind advise urge ask promise write")
#: Forms that are nouns after a determiner, an adjective or a possessive.
GERUNDS = frozenset(
    form for table in (BARE, THAT, STANCE) for form in table if form.split()[0].endswith("ing")
)
NEGATIONS = words("not never n't n’t neither nor without nobody")
AUXILIARIES = words(
    "has have had is are was were be been being will would may might can could must should "
    "does do did"
)
PASSIVE_AUXILIARIES = words("is are was were be been being get gets got 's ’s")
ADVERBS = words(
    "also then later again once twice still even just only now today yesterday tonight "
    "always often sometimes soon already never ever further instead however meanwhile "
    "therefore thus so long rather both all first here there in on too since recently earlier"
)
DETERMINERS = words(
    "the a an this that these those his her its their our my your some any no each every "
    "such another what which whose of from by with about for to into"
)

# --- people ---------------------------------------------------------------------------------

MALE, FEMALE = "male", "female"
#: title -> gender it tells, or ``None``.
TITLES = MappingProxyType(
    dict.fromkeys(words("Mr Mr. Sir Lord Viscount Father Fr Brother King Prince Baron"), MALE)
    | dict.fromkeys(words("Mrs Mrs. Ms Ms. Miss Dame Lady Baroness Sister Queen Princess"), FEMALE)
    | dict.fromkeys(
        words(
            "Dr Dr. Prof Prof. Professor Rev Rev. Reverend Cllr Councillor Sen. Sen Rep. Rep Gov. "
            "Gov Gen. Gen Col. Col Lt. Capt. Captain Major Maj. Sgt. Sgt Justice Judge Rabbi Imam "
            "Bishop Archbishop Cardinal Pope Inspector Superintendent Admiral Brigadier Colonel "
            "General Hon. Rt Ambassador"
        )
    )
)
MALE_NAMES = words(
    "Aaron Adam Adrian Alan Albert Alistair Andrew Angus Anthony Antonio Barack Ben "
    "Benjamin Bernard Bernie Bill Bob Boris Brendan Brian Bruce Carl Charles Christopher "
    "Clive Colin Craig Dan Daniel Danny Darren Dave David Dennis Derek Dominic Donald "
    "Douglas Duncan Ed Edward Eric Ernest Ethan Francis Frank Fred Gareth Gary Geoff "
    "Geoffrey George Gerald Gerard Glenn Gordon Graham Greg Gregory Guy Harold Harry Henry "
    "Howard Hugh Hugo Iain Ian Isaac Jack Jacob Jake James Jason Jeff Jeffrey Jeremy Jim "
    "Jimmy Joe Joel John Jon Jonathan Joseph Josh Joshua Julian Justin Keir Keith Ken "
    "Kenneth Kevin Kit Larry Lawrence Leo Leonard Liam Lindsey Luke Malcolm Marco Mario "
    "Mark Martin Matt Matthew Maurice Max Michael Mick Mike Mitch Mitt Mohammed Muhammad "
    "Nathan Neil Newt Nicholas Nick Nigel Oliver Oscar Owen Patrick Paul Pedro Peter Phil "
    "Philip Rand Ralph Ray Raymond Rex Richard Rick Rob Robert Roger Roland Ron Ronald Rory "
    "Roy Rupert Russell Ryan Samuel Scott Sean Sebastian Sergei Simon Stanley Stefan "
    "Stephen Steve Steven Stuart Ted Terence Thomas Tim Timothy Toby Todd Tom Tommy Tony "
    "Trevor Victor Vince Vladimir Walter Wayne Wes William Yusuf Zac"
)
FEMALE_NAMES = words(
    "Abigail Alexandra Alice Alison Amanda Amber Amelia Amy Andrea Angela Angelina Ann Anna "
    "Anne Annette Anneliese Arlene Barbara Beatrice Bethany Bridget Carly Carol Caroline "
    "Catherine Charlotte Cheryl Chloe Christina Christine Claire Clare Daisy Deborah Debbie "
    "Diana Diane Donna Dorothy Eleanor Elizabeth Ella Ellen Ellie Emily Emma Esther Eva Eve "
    "Fatima Fiona Florence Frances Gemma Georgia Gillian Gloria Grace Hannah Harriet Hazel "
    "Heather Helen Hilary Hillary Holly Imogen Ingrid Irene Isabel Isabella Ivanka "
    "Jacqueline Jacqui Jane Janet Janice Jemima Jennifer Jenny Jess Jessica Jill Joan "
    "Joanna Joanne Josephine Joyce Judith Julia Julie Karen Kate Katherine Kathleen Kathryn "
    "Katie Kellyanne Kemi Kirsten Kirsty Laura Lauren Leah Linda Lisa Liz Lorraine Louise "
    "Lucy Lydia Maggie Margaret Maria Marie Marina Marjorie Martha Mary Maureen Megan "
    "Melania Melanie Meera Mhairi Michelle Miriam Molly Monica Nadia Nancy Naomi Natalie "
    "Natasha Nicola Nina Nora Olivia Pamela Patricia Paula Penelope Penny Philippa Phoebe "
    "Polly Priti Priya Rachel Rachael Rebecca Rhiannon Rosa Rose Rosie Ruth Sally Samantha "
    "Sandra Sara Sarah Shabana Sharon Sheila Shirley Siobhan Sonia Sophia Sophie Stella "
    "Stephanie Susan Suella Suzanne Sylvia Tanya Teresa Theresa Tracey Ursula Valerie "
    "Vanessa Vera Vicky Victoria Virginia Wendy Yasmin Yvette Yvonne Zoe"
)
#: Names borne by either: they tell a person, not a gender.
OTHER_NAMES = words(
    "Alex Ali Ashley Cameron Charlie Chris Dale Drew Evan Hayden Jamie Jo Jordan Jude Kelly "
    "Kerry Kim Leigh Lee Lesley Leslie Lindsay Lou Morgan Nicky Pat Robin Sam Sandy Shannon "
    "Sidney Stacey Taylor Terry Tracy Val Vivian Rishi Sajid Humza Johann"
)
FIRST_NAMES = MALE_NAMES | FEMALE_NAMES | OTHER_NAMES
PARTICLES = words("de da di du la le van von der den bin ibn al el ter ten dos del y")
#: pronoun -> gender, or ``None``
PRONOUNS = MappingProxyType(
    {"he": MALE, "she": FEMALE, "they": None, "it": None, "i": None, "we": None, "you": None}
)

# --- roles ----------------------------------------------------------------------------------

#: Head nouns of a role one person holds.
ROLE_HEADS = words(
    "secretary minister chancellor president vice-president vice-chancellor chief leader "
    "chairman chairwoman chairperson chair director executive officer boss head mp mps mep "
    "msp peer senator congressman congresswoman representative governor mayor councillor "
    "professor lecturer doctor dr economist analyst expert author campaigner activist "
    "adviser advisor judge lawyer barrister solicitor ambassador commissioner commander "
    "general admiral strategist consultant surgeon nurse gp physician scientist researcher "
    "academic historian editor columnist correspondent journalist reporter presenter host "
    "commentator broadcaster actor actress singer writer candidate nominee frontbencher "
    "backbencher whip speaker founder co-founder manager ceo owner chaplain bishop "
    "archbishop rabbi imam vicar teacher headteacher principal pollster politician lawmaker "
    "treasurer organiser negotiator envoy diplomat fellow partner attorney sheriff deputy "
    "premier taoiseach baroness lord peeress gentleman lady member friend midwife paramedic "
    "veteran entrepreneur businessman businesswoman investor farmer student resident pastor "
    "coach trustee patron warden inspector prosecutor psychologist psychiatrist sociologist "
    "philosopher ethicist statesman billionaire mogul democrat republican superintendent "
    "constable detective coordinator chairwomen spokesman spokeswoman spokesperson aide "
    "official source insider man woman mother father son daughter husband wife brother "
    "sister widow patient victim"
)
SPOKESPEOPLE = words("spokesman spokeswoman spokesperson")
#: Roles that name no one however definite: unnamed even with "the".
UNNAMED_HEADS = words("source insider aide official man woman resident patient")
#: Lower-case words that belong to a role before its head.
ROLE_MODIFIERS = words(
    "general deputy shadow former acting interim assistant associate vice joint senior "
    "junior chief prime first health transport foreign justice home defence defense "
    "education work pensions environment culture business trade energy treasury chancellor "
    "housing policy political executive medical nursing clinical national regional local "
    "county city district party union campaign committee cabinet government opposition "
    "research managing parliamentary press communications public permanent under attorney "
    "solicitor leading veteran co-founder then lead science financial finance economics "
    "operating technology strategy presidential republican democratic conservative labour "
    "liberal tory independent crossbench backbench us uk british american russian chinese "
    "french german hospital consultant police crime communities levelling-up immigration "
    "security social care equalities climate net-zero schools universities veterans armed "
    "forces founding right hon honourable learned hon. gallant noble state state's retired "
    "ex- ex outgoing incoming new current long-time longtime founder and"
)
#: A role with one of these is another post than the same role without it.
ROLE_SHADES = words(
    "shadow former deputy vice assistant acting ex interim junior permanent then outgoing"
)
#: "the minister" may be any of these.
MINISTER_HEADS = words("minister secretary chancellor premier")

#: Plural holders that name nobody unless something before them does.
VAGUE_PLURALS = words(
    "secretaries presidents mayors chancellors chairs commissioners "
    "critics supporters opponents proponents campaigners ministers experts officials "
    "analysts sources people many some others observers commentators activists doctors "
    "nurses unions leaders bosses mps peers lawmakers politicians scientists researchers "
    "economists academics reports figures insiders aides advisers lawyers teachers patients "
    "families residents voters parents advocates representatives members medics workers "
    "staff employers businesses charities groups backbenchers republicans democrats tories "
    "conservatives liberals bishops judges historians prosecutors police investigators "
    "authorities spokespeople commanders chiefs executives managers directors students "
    "farmers reporters pundits pollsters strategists diplomats organisers organizers "
    "protesters most several few defenders sceptics skeptics detractors rivals allies "
    "colleagues friends papers newspapers media outlets scholars specialists ambassadors "
    "governors senators congressmen investors traders witnesses survivors relatives "
    "unionists"
)
#: Plurals of offices that a country or a body can single out.
OFFICE_PLURALS = words(
    "secretaries ministers leaders presidents governors mayors bishops chancellors chairs "
    "commissioners ambassadors"
)
#: Things that "say" something though nobody speaks.
DOCUMENT_HEADS = words(
    "report study survey poll letter document paper statement article bill law research "
    "review analysis data evidence book memo email press release website newspaper "
    "editorial headline figures findings story op-ed column briefing manifesto blog tweet "
    "post filing lawsuit complaint indictment ruling judgment narrative sign slogan caption "
    "text transcript video ad advert interview piece questionnaire petition proposal "
    "agreement theory"
)

# --- organisations --------------------------------------------------------------------------

#: A capitalised run with one of these is a body, not a person.
ORGANISATION_WORDS = words(
    "Association College Union Council Party Department Ministry Office Institute "
    "Foundation Trust Committee University Society Federation Group Ltd Inc Inc. plc Bank "
    "Times Street House Congress Court Commission Agency Authority Service Board Centre "
    "Center Alliance Network Coalition Company Corp Corp. Corporation Parliament Government "
    "Assembly Senate Telegraph Guardian Post Journal News Mail Sun Mirror Herald Tribune "
    "Press Review Observer Magazine Church School Hospital Academy Campaign Fund Forum "
    "Nations Organisation Organization Police Army Navy Force Forces Treasury Home Exchange "
    "Watch Aid International Confederation Executive Administration Bureau Chamber "
    "Partnership Panel Taskforce Tribunal Unit Conference Republicans Democrats "
    "Conservatives Liberals Greens UK America Europe Action Concern Rights Research Policy "
    "Studies Labs Airlines Motors Systems Technologies Media Broadcasting Studios States "
    "Kingdom Republic Province County Club Cross Reform Project Initiative Movement Digest "
    "Charity Caucus Bulletin Standard Express Economist Independent Consulting Partners "
    "Advisers Pentagon Kremlin Commons Lords Cabinet Programme Today Show Opposition"
)
#: Bodies known by one name or by a name that looks like a person's or a place's.
KNOWN_ORGANISATIONS = words(
    "Unite Unison UNISON Labour Whitehall Westminster Amnesty Oxfam Greenpeace Treasury "
    "Pentagon Kremlin Parliament Congress Google Facebook Twitter Amazon Apple Microsoft "
    "Stonewall Liberty Mencap Scope Shelter Mind Macmillan Reuters Bloomberg Breitbart "
    "Politico Universities Conservatives Tories Republicans Democrats Greens Plaid Brussels "
    "Beijing Moscow Washington Downing-Street Holyrood Stormont Prospect Community Ofsted "
    "Ofcom Ofgem Nato Usdaw Equity Healthwatch Unicef WikiLeaks YouGov Gallup Opinium "
    "Hezbollah Hamas Isis"
)
#: Bodies in lower case after "the".
COMMON_BODIES = words(
    "government department ministry union charity party company council commission "
    "regulator watchdog treasury committee court campaign agency institute college "
    "association board foundation federation trust bank university society coalition group "
    "thinktank think-tank opposition cabinet administration firm organisation organization "
    "network panel inquiry authority inspectorate ombudsman police church body"
)
MEDIA_VERBS = words("report")

# --- words that begin a sentence without naming anyone ----------------------------------------

NOT_NAMES = words(
    "A An The This That These Those He She It They We I You His Her Its Their Our My Your "
    "In On At By For From Of To With Without Within And But Or So Yet Nor If When While "
    "Where Whether Why What Who Whom Whose Which How As After Before Because Since Although "
    "Though Unless Until Once However Meanwhile Moreover Nevertheless Nonetheless Therefore "
    "Thus Hence Then There Here Now Today Yesterday Tomorrow Tonight Also Another Any All "
    "Both Each Either Every Few Many More Most Much Neither None No Not Nothing One Other "
    "Others Several Some Such Two Three Four Five Six Seven Eight Nine Ten Speaking Writing "
    "Asked Responding According Following During Despite Instead Later Earlier Last Next "
    "First Second Third Finally Still Only Even Just Perhaps Maybe Yes Under Over Against "
    "Among Between Through Like Unlike Than Too Very Again Never Ever Let Can Could Do Does "
    "Did Is Are Was Were Be Been Being Has Have Had Will Would Shall Should May Might Must "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April "
    "June July August September October November December Christmas Easter Amid Given "
    "Thousands Hundreds Millions Critics Supporters Opponents Nurses Doctors Ministers "
    "Experts Campaigners Unions Officials Members People Everyone Everybody Someone "
    "Somebody Nobody Anyone Health Education Defence Junior Senior Former Back Video Photo "
    "Image Read Added About Above Across Along Around Beyond Concerning Regarding Referring "
    "Turning Thank Thanks Please Order Everything Anything Something Whatever Mrs Mr"
) - {"Health", "Education", "Defence", "Junior", "Senior", "Former", "Mr", "Mrs", "May", "Will"}
