"""Word lists that the rules of this room read: data, no behaviour beyond inflection.

The cue verbs follow the classes that PARC 3 and PolNeAR annotate as attribution cues; they are
grouped here by what must follow before a verb counts as one.
"""

from __future__ import annotations

from types import MappingProxyType

# --- cue verbs ------------------------------------------------------------------------------

_IRREGULAR = {
    "say": ("says", "said", "said", "saying"),
    "tell": ("tells", "told", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "think": ("thinks", "thought", "thought", "thinking"),
    "feel": ("feels", "felt", "felt", "feeling"),
    "hold": ("holds", "held", "held", "holding"),
    "make clear": ("makes clear", "made clear", "made clear", "making clear"),
    "admit": ("admits", "admitted", "admitted", "admitting"),
    "deny": ("denies", "denied", "denied", "denying"),
    "reply": ("replies", "replied", "replied", "replying"),
    "back": ("backs", "backed", "backed", "backing"),
    "rebut": ("rebuts", "rebutted", "rebutted", "rebutting"),
    "quip": ("quips", "quipped", "quipped", "quipping"),
    "slam": ("slams", "slammed", "slammed", "slamming"),
    "hit back": ("hits back", "hit back", "hit back", "hitting back"),
    "point out": ("points out", "pointed out", "pointed out", "pointing out"),
    "go on": ("goes on", "went on", "gone on", "going on"),
    "swear": ("swears", "swore", "sworn", "swearing"),
}


def _forms(verb: str) -> tuple[str, ...]:
    """Third person, past, participle and gerund of ``verb``, and the verb itself."""
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb])
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb[:-1] + "ied", verb + "ing")
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return (verb, third, verb + "ed", verb + "ed", verb + "ing")


def _table(words: str) -> dict[str, str]:
    return {form: verb for verb in words.split(", ") for form in _forms(verb)}


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
        "propose, recommend, dispute, regret, deride, ridicule, label, challenge, highlight"
    )
    | {f"call{s} {p}": f"call {p}" for s in ("s", "ed", "ing") for p in ("for", "on")}
)
#: Verbs that may stand before their subject beside a quotation ("…", said X).
INVERTIBLE = frozenset(
    form
    for form, verb in {**BARE, **THAT}.items()
    if verb not in {"tell", "find", "show", "hope", "fear", "feel", "hold", "call", "rule"}
)
#: Verbs whose object is a listener: the content comes after it.
LISTENER = frozenset("tell warn assure inform remind advise urge ask promise write".split())
#: Forms that are nouns after a determiner, an adjective or a possessive.
GERUNDS = frozenset(
    form for table in (BARE, THAT, STANCE) for form in table if form.split()[0].endswith("ing")
)
NEGATIONS = frozenset("not never n't n’t neither nor without nobody".split())
AUXILIARIES = frozenset(
    "has have had is are was were be been being will would may might can could must should does do "
    "did".split()
)
PASSIVE_AUXILIARIES = frozenset("is are was were be been being get gets got 's ’s".split())
ADVERBS = frozenset(
    "also then later again once twice still even just only now today yesterday tonight always "
    "often sometimes soon already never ever further instead however meanwhile therefore thus so "
    "rather both all first here there in on too since recently earlier".split()
)
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some any no each every such "
    "another what which whose of from by with about for to into these".split()
)

# --- people ---------------------------------------------------------------------------------

MALE, FEMALE = "male", "female"
#: title -> gender it tells, or ``None``.
TITLES = MappingProxyType(
    {t: MALE for t in "Mr Mr. Sir Lord Viscount Father Fr Brother King Prince Baron".split()}
    | {t: FEMALE for t in "Mrs Mrs. Ms Ms. Miss Dame Lady Baroness Sister Queen Princess".split()}
    | dict.fromkeys(
        "Dr Dr. Prof Prof. Professor Rev Rev. Reverend Cllr Councillor Sen. Sen Rep. Rep Gov. Gov "
        "Gen. Gen Col. Col Lt. Capt. Captain Major Maj. Sgt. Sgt Justice Judge Rabbi Imam Bishop "
        "Archbishop Cardinal Pope Inspector Superintendent Admiral Brigadier Colonel General Hon. "
        "Rt Ambassador".split()
    )
)
MALE_NAMES = frozenset(
    "Aaron Adam Adrian Alan Albert Alistair Andrew Angus Anthony Antonio Barack Ben Benjamin "
    "Bernard Bernie Bill Bob Boris Brendan Brian Bruce Carl Charles Christopher Clive Colin Craig "
    "Dan Daniel Danny Darren Dave David Dennis Derek Dominic Donald Douglas Duncan Ed Edward Eric "
    "Ernest Ethan Francis Frank Fred Gareth Gary Geoff Geoffrey George Gerald Gerard Glenn Gordon "
    "Graham Greg Gregory Guy Harold Harry Henry Howard Hugh Hugo Iain Ian Isaac Jack Jacob Jake "
    "James Jason Jeff Jeffrey Jeremy Jim Jimmy Joe Joel John Jon Jonathan Joseph Josh Joshua "
    "Julian Justin Keir Keith Ken Kenneth Kevin Kit Larry Lawrence Leo Leonard Liam Lindsey Luke "
    "Malcolm Marco Mario Mark Martin Matt Matthew Maurice Max Michael Mick Mike Mitch Mitt "
    "Mohammed Muhammad Nathan Neil Newt Nicholas Nick Nigel Oliver Oscar Owen Patrick Paul Pedro "
    "Peter Phil Philip Rand Ralph Ray Raymond Rex Richard Rick Rob Robert Roger Roland Ron Ronald "
    "Rory Roy Rupert Russell Ryan Samuel Scott Sean Sebastian Sergei Simon Stanley Stefan Stephen "
    "Steve Steven Stuart Ted Terence Thomas Tim Timothy Toby Todd Tom Tommy Tony Trevor Victor "
    "Vince Vladimir Walter Wayne Wes William Yusuf Zac".split()
)
FEMALE_NAMES = frozenset(
    "Abigail Alexandra Alice Alison Amanda Amber Amelia Amy Andrea Angela Angelina Ann Anna Anne "
    "Annette Anneliese Arlene Barbara Beatrice Bethany Bridget Carly Carol Caroline Catherine "
    "Charlotte Cheryl Chloe Christina Christine Claire Clare Daisy Deborah Debbie Diana Diane "
    "Donna Dorothy Eleanor Elizabeth Ella Ellen Ellie Emily Emma Esther Eva Eve Fatima Fiona "
    "Florence Frances Gemma Georgia Gillian Gloria Grace Hannah Harriet Hazel Heather Helen "
    "Hilary Hillary Holly Imogen Ingrid Irene Isabel Isabella Ivanka Jacqueline Jacqui Jane Janet "
    "Janice Jemima Jennifer Jenny Jess Jessica Jill Joan Joanna Joanne Josephine Joyce Judith "
    "Julia Julie Karen Kate Katherine Kathleen Kathryn Katie Kellyanne Kemi Kirsten Kirsty Laura "
    "Lauren Leah Linda Lisa Liz Lorraine Louise Lucy Lydia Maggie Margaret Maria Marie Marina "
    "Marjorie Martha Mary Maureen Megan Melania Melanie Meera Mhairi Michelle Miriam Molly Monica "
    "Nadia Nancy Naomi Natalie Natasha Nicola Nina Nora Olivia Pamela Patricia Paula Penelope "
    "Penny Philippa Phoebe Polly Priti Priya Rachel Rachael Rebecca Rhiannon Rosa Rose Rosie Ruth "
    "Sally Samantha Sandra Sara Sarah Shabana Sharon Sheila Shirley Siobhan Sonia Sophia Sophie "
    "Stella Stephanie Susan Suella Suzanne Sylvia Tanya Teresa Theresa Tracey Ursula Valerie "
    "Vanessa Vera Vicky Victoria Virginia Wendy Yasmin Yvette Yvonne Zoe".split()
)
#: Names borne by either: they tell a person, not a gender.
OTHER_NAMES = frozenset(
    "Alex Ali Ashley Cameron Charlie Chris Dale Drew Evan Hayden Jamie Jo Jordan Jude Kelly Kerry "
    "Kim Leigh Lee Lesley Leslie Lindsay Lou Morgan Nicky Pat Robin Sam Sandy Shannon Sidney "
    "Stacey Taylor Terry Tracy Val Vivian Rishi Sajid Humza Johann".split()
)
FIRST_NAMES = MALE_NAMES | FEMALE_NAMES | OTHER_NAMES
PARTICLES = frozenset("de da di du la le van von der den bin ibn al el ter ten dos del y".split())
#: pronoun -> gender, or ``None``
PRONOUNS = MappingProxyType(
    {"he": MALE, "she": FEMALE, "they": None, "it": None, "i": None, "we": None, "you": None}
)

# --- roles ----------------------------------------------------------------------------------

#: Head nouns of a role one person holds.
ROLE_HEADS = frozenset(
    "secretary minister chancellor president vice-president vice-chancellor chief leader "
    "chairman chairwoman chairperson chair director executive officer boss head mp mps mep msp "
    "peer senator congressman congresswoman representative governor mayor councillor professor "
    "lecturer doctor dr economist analyst expert author campaigner activist adviser advisor "
    "judge lawyer barrister solicitor ambassador commissioner commander general admiral "
    "strategist consultant surgeon nurse gp physician scientist researcher academic historian "
    "editor columnist correspondent journalist reporter presenter host commentator broadcaster "
    "actor actress singer writer candidate nominee frontbencher backbencher whip speaker founder "
    "co-founder manager ceo owner chaplain bishop archbishop rabbi imam vicar teacher "
    "headteacher principal pollster politician lawmaker treasurer organiser negotiator envoy "
    "diplomat fellow partner attorney sheriff deputy premier taoiseach baroness lord peeress "
    "gentleman lady member friend midwife paramedic veteran entrepreneur businessman "
    "businesswoman investor farmer student resident pastor coach trustee patron warden inspector "
    "prosecutor psychologist psychiatrist sociologist philosopher ethicist statesman billionaire "
    "mogul democrat republican superintendent constable detective coordinator chairwomen "
    "spokesman spokeswoman spokesperson aide official source insider man woman mother father "
    "son daughter husband wife brother sister widow patient victim".split()
)
SPOKESPEOPLE = frozenset("spokesman spokeswoman spokesperson".split())
#: Roles that name no one however definite: unnamed even with "the".
UNNAMED_HEADS = frozenset("source insider aide official man woman resident patient".split())
#: Lower-case words that belong to a role before its head.
ROLE_MODIFIERS = frozenset(
    "general deputy shadow former acting interim assistant associate vice joint senior junior "
    "chief prime first health transport foreign justice home defence defense education work "
    "pensions environment culture business trade energy treasury chancellor justice housing "
    "policy political executive medical nursing clinical national regional local county city "
    "district party union campaign committee cabinet government opposition research managing "
    "parliamentary press communications public permanent under attorney solicitor leading veteran "
    "co-founder then lead science financial finance economics operating technology strategy "
    "presidential republican democratic conservative labour liberal tory independent crossbench "
    "backbench us uk british american russian chinese french german hospital consultant police "
    "crime communities levelling-up immigration security social care equalities climate net-zero "
    "schools universities veterans armed forces founding right hon honourable learned hon. "
    "gallant noble state state's retired ex- ex outgoing incoming new current long-time longtime "
    "founder and".split()
)
#: A role with one of these is another post than the same role without it.
ROLE_SHADES = frozenset(
    "shadow former deputy vice assistant acting ex interim junior permanent then outgoing".split()
)
#: "the minister" may be any of these.
MINISTER_HEADS = frozenset("minister secretary chancellor premier".split())

#: Plural holders that name nobody unless something before them does.
VAGUE_PLURALS = frozenset(
    "critics supporters opponents proponents campaigners ministers experts officials analysts "
    "sources people many some others observers commentators activists doctors nurses unions "
    "leaders bosses mps peers lawmakers politicians scientists researchers economists academics "
    "reports figures insiders aides advisers lawyers teachers patients families residents voters "
    "parents residents advocates representatives members medics workers staff employers "
    "businesses charities groups backbenchers republicans democrats tories conservatives "
    "liberals bishops judges historians prosecutors police investigators authorities "
    "spokespeople commanders chiefs executives managers directors students farmers "
    "reporters pundits pollsters strategists diplomats organisers organizers protesters police "
    "most several few defenders sceptics skeptics detractors rivals allies colleagues friends "
    "papers newspapers media outlets scholars specialists ambassadors governors senators aides "
    "congressmen investors traders witnesses survivors relatives unionists".split()
)
#: Things that "say" something though nobody speaks.
DOCUMENT_HEADS = frozenset(
    "report study survey poll letter document paper statement article bill law research review "
    "analysis data evidence book memo email press release website newspaper editorial headline "
    "figures findings story op-ed column briefing manifesto blog tweet post filing lawsuit "
    "complaint indictment ruling judgment narrative sign slogan caption text transcript video "
    "ad advert interview piece questionnaire petition proposal agreement theory".split()
)

# --- organisations --------------------------------------------------------------------------

#: A capitalised run with one of these is a body, not a person.
ORGANISATION_WORDS = frozenset(
    "Association College Union Council Party Department Ministry Office Institute Foundation "
    "Trust Committee University Society Federation Group Ltd Inc Inc. plc Bank Times Street House "
    "Congress Court Commission Agency Authority Service Board Centre Center Alliance Network "
    "Coalition Company Corp Corp. Corporation Parliament Government Assembly Senate Telegraph "
    "Guardian Post Journal News Mail Sun Mirror Herald Tribune Press Review Observer Magazine "
    "Church School Hospital Academy Campaign Fund Forum Nations Organisation Organization Police "
    "Army Navy Force Forces Treasury Home Exchange Watch Aid International Confederation Congress "
    "Executive Administration Bureau Chamber Partnership Panel Taskforce Tribunal Unit Conference "
    "Republicans Democrats Conservatives Liberals Greens UK America Europe Action Concern Rights "
    "Research Policy Studies Labs Airlines Motors Systems Technologies Media Broadcasting Studios "
    "States Kingdom Republic Province County Club Cross Reform Project Initiative Movement Digest "
    "Charity Caucus Bulletin Standard Express Economist Independent Consulting Partners Advisers "
    "Pentagon Kremlin Commons Lords Cabinet Programme Today Show Opposition".split()
)
#: Bodies known by one name or by a name that looks like a person's or a place's.
KNOWN_ORGANISATIONS = frozenset(
    "Unite Unison UNISON Labour Whitehall Westminster Amnesty Oxfam Greenpeace Treasury Pentagon "
    "Kremlin Parliament Congress Google Facebook Twitter Amazon Apple Microsoft Stonewall Liberty "
    "Mencap Scope Shelter Mind Macmillan Reuters Bloomberg Breitbart Politico Universities "
    "Conservatives Tories Republicans Democrats Greens Plaid Brussels Beijing Moscow Washington "
    "Downing-Street Holyrood Stormont Prospect Community Ofsted Ofcom Ofgem Nato Usdaw Equity "
    "Healthwatch Unicef WikiLeaks YouGov Gallup Opinium Hezbollah Hamas Isis".split()
)
#: Bodies in lower case after "the".
COMMON_BODIES = frozenset(
    "government department ministry union charity party company council commission regulator "
    "watchdog treasury committee court campaign agency institute college association board "
    "foundation federation trust bank university society coalition group thinktank think-tank "
    "opposition cabinet administration firm organisation organization network panel inquiry "
    "authority inspectorate ombudsman police church body".split()
)
MEDIA_VERBS = frozenset("report".split())

# --- words that begin a sentence without naming anyone ----------------------------------------

NOT_NAMES = frozenset(
    "A An The This That These Those He She It They We I You His Her Its Their Our My Your In On At "
    "By For From Of To With Without Within And But Or So Yet Nor If When While Where Whether Why "
    "What Who Whom Whose Which How As After Before Because Since Although Though Unless Until Once "
    "However Meanwhile Moreover Nevertheless Nonetheless Therefore Thus Hence Then There Here Now "
    "Today Yesterday Tomorrow Tonight Also Another Any All Both Each Either Every Few Many More "
    "Most Much Neither None No Not Nothing One Other Others Several Some Such Two Three Four Five "
    "Six Seven Eight Nine Ten Speaking Writing Asked Responding According Following During Despite "
    "Instead Later Earlier Last Next First Second Third Finally Still Only Even Just Perhaps Maybe "
    "Yes Under Over Against Among Between Through Like Unlike Than Too Very Again Never Ever Let "
    "Can Could Do Does Did Is Are Was Were Be Been Being Has Have Had Will Would Shall Should May "
    "Might Must Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March "
    "April June July August September October November December Christmas Easter Amid Given "
    "Thousands Hundreds Millions Critics Supporters Opponents Nurses Doctors Ministers Experts "
    "Campaigners Unions Officials Members People Everyone Everybody Someone Somebody Nobody "
    "Anyone Health Education Defence Junior Senior Former Earlier Back Video Photo Image Read "
    "Added About Above Across Along Around Beyond Concerning Regarding Referring Turning Yet Thank "
    "Thanks Please Order Mrs Mr".split()
) - {"Health", "Education", "Defence", "Junior", "Senior", "Former", "Mr", "Mrs", "May", "Will"}
