"""The lines that pages wrap around articles, as patterns for whole paragraphs.

All are matched against lower case with straight apostrophes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from argmap.sources.dates import MONTH

AGENCY = (
    r"(?:getty(?: images)?|reuters|pa(?: media| wire| images| archive)?|ap(?: photo)?|afp|epa"
    r"|alamy(?: stock photo)?|shutterstock|istock|rex(?: features)?|bloomberg|in pictures"
    r"|(?:the )?(?:associated press|press association)|wpa pool)"
)
_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|instagram|threads|bluesky"
    r"|telegram|messenger|youtube|tiktok|flipboard|google news)"
)
_ZONE = r"(?:gmt|bst|utc|est|edt|et|cet)"
_HALF = r"(?:am|pm|a\.m\.|p\.m\.)"
_TIME = rf"\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?\s*{_HALF}?\s*{_ZONE}?"
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_TH = r"(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{WEEKDAY},?\s+)?(?:\d{{1,2}}{_TH}\s+{MONTH}(?:,?\s+\d{{4}})?"
    rf"|{MONTH}\s+\d{{1,2}}{_TH}(?:,?\s+\d{{4}})?"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4})"
)
_BETWEEN = r"\s*(?:,|;|at|-|–|—|\||/|·|•)?\s*"
STAMP = rf"(?:{_DATE}|{_TIME})(?:{_BETWEEN}(?:{_DATE}|{_TIME}))*"
_AGO = (
    r"(?:about |over )?(?:\d+|an?)\s*(?:s|m|h|d|seconds?|minutes?|mins?|hours?|hrs?|days?"
    r"|weeks?|months?|years?) ago"
)
_DID = (
    r"(?:first |last |originally )?(?:published|updated|posted|modified|created)"
    r"(?: on| at)?\s*:?\s*"
)
_AUDIO = (
    r"(?:video|article|story|podcast|episode|audio|clip|interview|stream|report|gallery"
    r"|footage|speech|debate|bulletin|programme)"
)
_READING = (
    r"(?:articles?|stories|story|content|topics?|links?|news|coverage|reading|posts?|videos?)"
)
_PICTURE = r"(?:photo(?:graph)?|picture|image|illustration|graphic)"
_BUTTON = rf"(?:share|tweet|e-?mail|print|save|copy link|comments?|like|{_NETWORK})"
_SITE = r"(?:we|(?:this|our) (?:web)?site)"
_LEGAL = (
    r"(?:terms (?:of use|(?:and|&) conditions)|privacy (?:policy|notice)|contact us|about us"
    r"|cookies?(?: policy)?|advertise with us|work for us)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the most words that a match may have.

    A ``fragment`` may not end like a sentence. An ``own`` line speaks for the site itself, so
    a reporting verb in it shows that the line is news after all.
    """

    pattern: re.Pattern[str]
    words: int
    fragment: bool
    own: bool


def _rule(words: int, *patterns: str, fragment: bool = False, own: bool = False) -> Rule:
    return Rule(re.compile("|".join(patterns)), words, fragment, own)


_PLAYERS = (
    _rule(16, r"(?:video|audio) reports? (?:by|from)\b.{2,100}", fragment=True),
    _rule(7, r"(?:video|audio|film) by\b.{2,60}", fragment=True),
    _rule(
        30,
        r"[▶►⏵]?\s*(?:watch|listen)(?: (?:live|now|again|here|in full|back|more))*\s*[:|–—]\s.+",
    ),
    _rule(14, r"[▶►⏵]\s*.{0,80}"),
    _rule(4, rf"(?:watch|listen|play|pause)(?: (?:live|now|again|here|back))?(?: (?:{_AUDIO}))?:?"),
    _rule(
        14,
        r"(?:watch|listen to|hear|play|view|see)"
        rf"(?: (?:to|the|this|our|latest|full|live|more|whole))+ {_AUDIO}\b.*",
        own=True,
    ),
    _rule(8, r"\d{1,2}:\d{2}(?::\d{2})?\s*/\s*\d{1,2}:\d{2}(?::\d{2})?.*"),
    _rule(
        30,
        r"your browser (?:does not|doesn't|is not able to) .*",
        r"(?:in order )?to (?:play|see|view|watch) this (?:video|content|media)"
        r".*(?:javascript|browser|cookies|flash).*",
        own=True,
    ),
    _rule(
        14,
        r"this video (?:can ?not|can't) be played.*",
        r"media playback is (?:un|not )supported.*",
    ),
    _rule(
        8,
        r"(?:hide|show|toggle) captions?",
        r"(?:open|view) (?:image|photo|picture)s? in gallery",
        r"view gallery|image \d+ of \d+|\d+ ?/ ?\d+ (?:photos|images)",
    ),
    _rule(
        6,
        r"(?:reading time:? )?\d+[ -]?min(?:ute)?s?(?: (?:read|listen|watch))",
        r"reading time:? \d+.*",
    ),
)

_ADVERTISEMENTS = (
    _rule(
        3,
        r"-*\s*(?:advert(?:isement|ising)?s?|adverts?|ad|sponsored(?: content| post)?"
        r"|promoted(?: content)?|paid (?:content|post))\s*-*:?",
        r"(?:skip|close|remove|hide|report) (?:this )?(?:ad|advert|advertisement)s?",
    ),
    _rule(
        8,
        r"(?:story|article|content|report)s? continues? (?:below|after)"
        r"(?: (?:this |the )?(?:ad|advert|advertisement|promotion|video))?",
        r"continue reading(?: (?:the )?(?:main )?(?:story|article|below).*)?",
        r"scroll (?:down )?(?:to|for) (?:continue|more|read).*",
    ),
)

_ACCOUNTS = (
    _rule(
        40,
        r"(?:sign[ -]?up|subscribe|register)(?: (?:now|here|today|free))?,?"
        r"(?: (?:to|for|here|with|and)\b.*)?\b(?:newsletters?|e?-?mails?|inbox|alerts?"
        r"|(?:news|breaking|our|daily|morning|weekly) (?:updates|briefing|digest)|podcasts?"
        r"|channel|free trial|unlimited access|today's headlines)\b.*",
        r"already (?:a subscriber|a member|have an account|registered)\?.*",
        r"(?:this|our) (?:newsletter|site is protected by recaptcha)\b"
        r".*(?:privacy policy|terms of service).*",
        own=True,
    ),
    _rule(
        8,
        r"(?:sign[ -]?up|sign in|log ?in|register|subscribe)(?: (?:now|here|today|for free|free))?"
        r"(?: (?:to|or) (?:subscribe|register|sign up|sign in|log ?in|read on|continue|read more))?"
        r"(?: now| here)?",
        fragment=True,
    ),
    _rule(
        30,
        r"(?:get|receive|have) (?:the |our |all |all the |your )?(?:\w+[ '-]?){0,8}?"
        r"(?:delivered |sent |straight |direct(?:ly)? |in ){1,4}(?:to )?"
        r"your (?:inbox|e-?mail|phone)\b.*",
        r"(?:enter|type) your e-?mail(?: address)?\b.*",
        r"you can unsubscribe at any time.*",
        r"thank(?:s| you) for (?:subscribing|signing up).*",
        r"please enter a valid e-?mail.*",
        r"(?:support|donate to|help fund) (?:our|independent|quality) journalism\b.*",
        r"(?:download|get) (?:our|the) (?:free )?(?:\w+ ){0,3}app\b.*",
        own=True,
    ),
    _rule(
        50,
        r"for more information,? see our privacy (?:policy|notice).*",
        r"by (?:signing up|subscribing|entering your e-?mail|submitting)\b"
        r".*\b(?:you (?:agree|accept|consent)|privacy (?:policy|notice))\b.*",
        own=True,
    ),
)

_COOKIES = (
    _rule(
        70,
        rf"(?:{_SITE}|we and our (?:\d+ )?partners)(?: and our (?:\d+ )?partners)? uses? cookies\b"
        r".*\b(?:your?|site|website)\b.*",
        rf"{_SITE} uses? cookies\.?",
        r"by (?:continuing to (?:use|browse)|using|clicking|browsing)\b"
        r".*\b(?:you (?:agree|accept|consent)|cookies)\b.*",
        own=True,
    ),
    _rule(
        5,
        r"(?:accept|allow|reject|manage|decline)(?: (?:all|my|your))?"
        r"(?: (?:optional|non-essential))? cookies?(?: (?:settings|preferences))?",
        r"cookies?(?: (?:policy|notice|settings|preferences|consent))",
        r"accept(?: all)? (?:and|&) continue|manage (?:preferences|consent|options)",
    ),
)

_SHARING = (
    _rule(
        4,
        r"[\d.,]+ ?[km]?\s*(?:shares?|likes?|retweets?|reposts?|views|reactions|tweets|comments?"
        r"|replies|responses)",
        r"(?:shares?|likes|comments?|views|replies|responses)\s*:?\s*\(?[\d.,]+ ?[km]?\)?",
    ),
    _rule(
        10,
        r"share(?: (?:this|the))?(?: (?:article|story|page|post|video|link|news))?"
        rf"(?: (?:on|via|to|by|with|using|now) (?:{_NETWORK}|e-?mail|friends|link|others).*)?:?",
        fragment=True,
    ),
    _rule(
        6,
        r"(?:tweet|pin|post|send|e-?mail|print|save|bookmark|copy)(?: (?:this|the|on|to|via|by))*"
        rf"(?: (?:article|story|page|link|{_NETWORK}|friend|later|shortlink))*",
        fragment=True,
    ),
    _rule(10, rf"{_BUTTON}(?:[\s,|/·•]+(?:and |& )?(?:more|{_BUTTON}))+"),
    _rule(2, r"facebook|twitter|whatsapp|linkedin|reddit|pinterest|instagram|@\w{2,30}"),
    _rule(
        25,
        r"(?:follow|like|find|join) (?:us|@?\w+|the author|[\w.'-]+ [\w.'-]+)"
        rf" on (?:our )?{_NETWORK}\b.*",
        own=True,
    ),
)

_TIMES = (
    _rule(
        14,
        rf"{_DID}(?:{STAMP}|{_AGO}|today|yesterday|just now).*",
        rf"{_TIME},?\s*{_DATE}(?:\s*(?:\||·|•|-|–|—)?\s*{_DID}.*)?",
        fragment=True,
    ),
    _rule(
        10,
        rf"{_DATE}(?:{_BETWEEN}{_TIME})?|{_AGO}|just now|{STAMP}\s*[|·•]\s*{_DID}{STAMP}",
    ),
    _rule(
        3,
        rf"\[?\(?\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s*{_HALF}?\s*{_ZONE}?\)?\]?",
        rf"\d{{1,2}}\.\d{{2}}\s*(?:{_HALF}|{_ZONE})",
    ),
)

_PROMPTS = (
    _rule(
        25,
        r"(?:please )?(?:click|tap|press) (?:here|on the|the (?:link|button|bell)|below|play)\b.*",
        own=True,
    ),
    _rule(
        14,
        r"(?:here(?:'s| is| are)|this is) (?:what|everything|all|all that) (?:you|we|to)"
        r"(?: (?:need|have|want))?(?: to)? know"
        r"(?: (?:about|so far|today|now|right now|on|before|this)\b[^.:]*)?\s*[:.]?",
        r"(?:what|everything) you need to know\s*:",
        r"(?:the )?key (?:points|takeaways) at a glance:?",
    ),
)

_CREDITS = (
    _rule(
        12,
        rf"[(\[]?\s*(?:(?:file |stock )?(?:{_PICTURE}|video)s?(?: credit| source| by)?|credits?"
        r"|source|pic)\s*[:,]\s*.{2,90}?[)\]]?",
        rf"[(\[]?\s*{_PICTURE}s? (?:by|from|via|courtesy of)\b.{{2,60}}",
        fragment=True,
    ),
    _rule(
        7,
        rf"[(\[]?(?:©|\(c\)|copyright)?\s*{AGENCY}(?:\s*(?:/|\||,|via|and|&)?\s*{AGENCY})*[)\]]?",
        rf"[(\[]?(?:©|\(c\)|copyright)?\s*(?:[\w.'-]+ ){{0,2}}[\w.'-]+(?:\s*[/|,]\s*|\s+via\s+)"
        rf"(?:[\w.'-]+\s*/\s*)?{AGENCY}(?:\s*[/|,]\s*{AGENCY})*[)\]]?",
        fragment=True,
    ),
)

_COMMENTS = (
    _rule(
        6,
        r"(?:leave|post|write|add|view|show|read|load|see|hide)(?: (?:a|your|all|the|more))?"
        r" (?:comments?|repl(?:y|ies))(?: \(?\d+\)?)?(?: (?:here|below))?",
        r"comments?(?: (?:are closed|section|\(?\d+\)?))?",
        r"no comments(?: yet)?|be the first to comment",
    ),
    _rule(
        12,
        r"(?:join|start) the (?:conversation|discussion|debate)"
        r"(?: (?:below|here|in the comments|on \w+))?",
        r"have your say(?: (?:below|here|in the comments).*)?",
    ),
    _rule(
        25,
        r"(?:what do you think\? )?(?:let us know|tell us|share your (?:views|thoughts))\b"
        r".*\b(?:comments?|below|e-?mail|poll)\b.*",
        own=True,
    ),
)

_OWNERS = (
    _rule(25, r"(?:©|\(c\)|&copy;|copyright ©|copyright \(c\))\s*.{0,120}"),
    _rule(
        30,
        r"copyright (?:\d{4}|by\b|of\b|.{2,60}\b(?:ltd|limited|plc|inc|llc)\b).*",
        r"(?:.{2,60}[.,]? )?all rights reserved\.?(?: .{0,120})?",
        own=True,
    ),
    _rule(
        30,
        r"the \w[\w ]{1,30} is not responsible for the content of external (?:web)?sites\.?.*",
    ),
    _rule(14, rf"{_LEGAL}(?:\s*[|·•/]?\s*{_LEGAL})*"),
    _rule(25, r"(?:tags|topics|filed under|categories|keywords)\s*:\s*.+", fragment=True),
)

_OFFICES = (
    # What is left of a byline that takes two lines.
    _rule(4, r"(?:[\w'&-]+ ){1,3}(?:correspondent|editor|reporter|columnist)", fragment=True),
)

_MOVES = (
    _rule(
        5,
        r"skip to (?:main )?(?:content|navigation|menu)|back to top|toggle navigation",
        r"(?:load|show|view|see) (?:more|all|less)|(?:next|previous) (?:article|story|page|post)",
        r"go to homepage",
        fragment=True,
    ),
)

RULES: tuple[Rule, ...] = (
    *_PLAYERS, *_ADVERTISEMENTS, *_ACCOUNTS, *_COOKIES, *_SHARING, *_TIMES, *_PROMPTS,
    *_CREDITS, *_COMMENTS, *_OWNERS, *_OFFICES, *_MOVES,
)  # fmt: skip

#: After one of these on a line by itself come links, until the text goes on in sentences.
LIST_HEADS = re.compile(
    rf"(?:read (?:more|also|next|this next)|see also|also read|related(?: {_READING})?"
    rf"|more (?:on this(?: story| topic)?|like this|stories|top stories|{_READING})"
    r"|more from [^.]{2,40}|you (?:may|might)(?: also)? (?:like|be interested in)"
    rf"|recommended(?: (?:for you|{_READING}))?|most (?:read|popular|viewed|shared)"
    r"|trending(?: now)?|editor'?s'? (?:picks?|choice)|don't miss|in other news|further reading"
    rf"|top stories|latest (?:{_READING})|what to read next|elsewhere on [^.]{{2,30}}"
    r"|on other (?:web)?sites|around the web)\s*(?::|…|\.\.\.|»|>)?"
)

#: A link to one other page, after a colon or a like mark.
LINK_MARKED = re.compile(
    rf"(?:read (?:more|also|next)|see also|also read|related(?: {_READING})?|don't miss"
    r"|more on this|find out more|learn more|recommended reading|further reading)"
    r"\s*[:»>|–—]\s*.+"
)

#: A link to one other page without such a mark; as a sentence it would be the article's.
LINK_BARE = re.compile(r"(?:read|find out|learn|see) more(?: (?:about|on|from|here|in|at)\b.*)?")

#: The same in capitals and without a colon; matched against the line as it stands.
LINK_SHOUTED = re.compile(r"(?:READ MORE|READ ALSO|RELATED|SEE ALSO|WATCH|LISTEN|VIDEO)\b[:\s].*\S")
