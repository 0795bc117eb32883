"""The wordings by which ``proposals`` is read: data, in the order in which they are tried."""

from __future__ import annotations

import re

from argmap.statements.lexicon import words

MOST_WORDS, LEAST_WORDS = 28, 4

NOT_SUBJECTS = words(
    """
    i you he she it we they this that these those there who which what one nobody everybody someone
    somebody everyone anyone no-one nothing something everything here how why when where him her
    them us me none some others another such so then neither either both each all
    """
)
OWN = words("his her their its my our your")
# What somebody can be asked to do. A word after "to" that is none of these is a noun more often
# than a verb ("the keys to the railways").
DEEDS = words(
    """
    abandon abolish accept act add adopt allow amend appoint approve arm arrest ask back ban bar be
    become begin bind block boycott break bring build buy call cancel cap carry cease change charge
    choose clear close come compel compensate compete complete continue control create criminalise
    cut debate decide declare decline decriminalise defend defer delay deliver deny deploy deport
    devolve disband disclose divert double draw drop elect employ enable encourage end ensure enter
    equip establish exclude exempt expand expel extend fight fine finish fix force forgive free
    freeze fund get give go grant halt halve hand have hire hold host impose improve include
    increase introduce invest invite issue join keep kill label launch lead leave legalise lend let
    levy license lift limit list lose lower make match meet merge meter move nationalise negotiate
    offer open oppose oversee own pardon pass pause pay permit phase pilot place plant police
    postpone press prevent privatise probe prohibit promise protect provide publish punish put raise
    ration read reboot receive recognise recruit reduce refuse register regulate reinstate reject
    release relocate remain remove renew reopen repair repay repeal replace require rescue reserve
    resign resist restore restrict retain return reverse review revise ring-fence roll run sack
    save scrap seize sell send serve set settle share shelve shield show shut sign slash spare spend
    split stage stand start stay stop store strengthen strike subsidise suspend switch take talk tax
    teach tear test tighten tolerate track trade train transfer travel treat treble triple turn
    unify uphold use vaccinate vet veto vote wait walk ward warn weaken widen withdraw withhold work
    """
)
# What may stand before the subject of a clause and is no part of it.
BEFORE = re.compile(
    r"^(?:(?:and|but|so|yet|or|nor|that|then|also|because|as|if|while|although|though|whether|"
    r"when|since|for|still|now|today|instead|therefore|however|meanwhile|rather|clearly|surely|"
    r"perhaps|of course|first|second|third|finally|above all)\b[, ]*)+",
    re.I,
)
# A clause ends where the sentence turns to something else.
CUT = re.compile(
    r"\s*(?:[;:?!”“\"()\[\]…]|[–—]| - |\.(?=\s|$|”)|, (?:and|but|so|because|which|who|where|"
    r"although|while|though|since|as|say|says|said|he|she|they|it|we|the|a|not|or|according|"
    r"adding|with|after|before|if|unless|until|mr|mrs|ms|dr|in|to|for|on)\b|"
    r",\s*[’'”]| (?:amid|according to|ahead of|to be|runs|costs|because|although|whereas|"
    r"but|unless|rather than|so that|and that|"
    r"and (?:he|she|they|it|we|I|called|said|told|asked|added|warned))\b|"
    r",? (?:said|says|argued|argues|told|added|insisted|warned|claimed) )",
    re.I,
)
# Where the clause that holds a modal verb may begin: at the last of these before it.
START = re.compile(
    r"(?:[,;:“”\"()\[\]…]|[–—]|(?<![\w.])[‘'](?=\w)|\b(?:that|whether|if|because|but|while|where|"
    r"although|when|so|and|argued|argues|said|says|believes?|believed|insisted|think|thinks|"
    r"thought|agree|agrees|agreed)\b)\s*",
    re.I,
)
MODAL = re.compile(r"\b(should|must|ought to|need to|needs to)\b(?! have been\b)", re.I)
HOUSE = re.compile(
    r"\bthat this (?:house|council|assembly|conference|union|meeting)\s+(?:\w+ly\s+)?"
    r"(?:(?P<that>believes|resolves|regrets|agrees|notes|considers|holds|is of the opinion|"
    r"recognises|deplores)(?: that)?|(?P<call>calls (?:on|upon)|urges|asks)|(?P<would>would|"
    r"should|supports|opposes|rejects|welcomes))\s+(?P<rest>.+)",
    re.I | re.S,
)
QUESTION = re.compile(
    r"\bshould (?P<subject>[^?,;:“”]{2,60}?) "
    rf"(?P<verb>(?:{'|'.join(sorted(DEEDS))})\b[^?]{{3,140}})\?",
    re.I,
)
BILL = re.compile(
    r"\b[Tt]he ((?:[A-Z][\w’'-]+|\([A-Z][^)]{2,40}\)|of|and|for|the|in)(?: (?:[A-Z]"
    r"[\w’'-]+|\([A-Z][^)]{2,40}\)|of|and|for|the|in))* Bill)\b(?! \d)"
)
URGE = re.compile(
    r"\b(?:urg(?:ed|es|e|ing)|call(?:ed|s|ing)? (?:on|upon)|press(?:ed|es|ing)|"
    r"want(?:s|ed)?|lobb(?:ied|ying)|pushing for|pushed for|appeal(?:ed|s|ing) to|"
    r"petition(?:ed|ing)|(?P<let>(?:would |to |will )(?:allow|permit|enable)|right of)|"
    r"(?P<make>(?:would |to |will )(?:require|force|oblige|compel)))\s+"
    r"(?P<subject>(?:(?! to )[^,;:.“”]){2,70}?)\s+"
    r"(?P<not>not )?to\s+[‘'“]?(?P<verb>[a-z][^;:“”]{8,160})",
)
CALL = re.compile(
    r"\b(?:(?:call(?:ed|s|ing)?|campaign(?:ed|s|ing)?|press(?:ed|es|ing)|push(?:ed|es|ing)?|"
    r"demands?|petition|case|argument|motion|argu(?:ed|es|ing)) for|demand(?:ed|ing|s)?)\s+"
    r"(?P<what>(?:an?|more|fewer|higher|lower|better|stricter|tougher|free|new|legal|"
    r"national|local|public|compulsory|larger|full|\d[\d.,]*(?:%| per cent)?|"
    r"the \w+(?:tion|sion|ment|ure|al|end|return|ban) of)\s(?:[^,;:“”]|(?<=\d),(?=\d)){4,120})",
)
# What is done by deciding: "a ban on night flights", "a pay rise above inflation".
MEASURE = re.compile(
    r"\b(?:an?|the|such an?)\s+(?P<what>(?:[a-z][\w’'-]*\s){0,2}?"
    r"(?:ban|tax|levy|charge|cap|limit|cut|rise|increase|freeze|moratorium|referendum|inquiry|strike|boycott|subsidy|"
    r"exemption|merger|closure|duty|curfew|licence|amnesty|minimum|target|ceiling|quota|toll|"
    r"subsidies|fine|pardon|guarantee|runway|reactor|embargo|review)\s(?:on|in|of|for|to|above|"
    r"over|against|from)\s(?:[^,;:“”]|(?<=\d),(?=\d)){4,100})",
)
# A proposal that is told by what it would do.
WOULD = re.compile(
    r"\b(?:bill|plan|plans|scheme|proposal|proposals|motion|amendment|law|measure|measures|deal|"
    r"reform|reforms|order|policy|contract|first|second|legislation|resolution|petition) would "
    r"(?P<verb>(?!be\b|have\b|mean\b|cost\b|help\b|not\b|"
    r"make it\b|lead\b|take\b)[a-z]+\s(?:[^,;:“”]|(?<=\d),(?=\d)){8,140})",
)
# A headline: "Camera vans to stay on the streets".
HEADLINE = re.compile(
    r"^(?P<subject>[^,;:“”?!]{2,60}?) (?P<not>not )?to "
    r"(?P<verb>[a-z]+ (?:(?! as )(?:[^,;:“”?!]|(?<=\d),(?=\d))){4,100})"
)
PLAN = re.compile(
    r"\b(?P<plan>(?:plans?|proposals?|bid|scheme|decision|motion|resolution) "
    r"to (?P<verb>[a-z](?:[^,;:“”]|(?<=\d),(?=\d)){6,120}))",
)
# Who does it: "would close eleven streets", "voted to strike over pay".
INTENDS = re.compile(
    r"(?P<subject>[A-Z](?:[^,;:.“”]|(?<=\d),(?=\d)){1,60}?) (?:(?:have|has|had) )?"
    r"(?:voted|vote|plans?|planned|proposes?|proposed|intends?|decided|promised|pledged|threatened|"
    r"(?:is to|are to|must|will) decide whether|is considering whether|is preparing|are preparing|"
    r"(?:are|is) (?:set|due|being asked|likely)) to "
    r"(?P<verb>[a-z](?:[^,;:“”]|(?<=\d),(?=\d)){4,120})",
)
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|said|says|did|does|do)\b"
)
WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*%?")
#: Words that cannot end a clause, nor begin a subject.
PREPOSITIONS = words("to of in on for with by from at as under over after before and or than about")
#: Words that leave a proposition open: who is meant stands elsewhere, or what follows is cut off.
DANGLING = words("me us them him i we you my our your")
UNENDED = words("be not have")
TOLD = re.compile(r" (?:told|asked|urged|set|due|ready|forced|allowed|free|likely)$")
SPACE = re.compile(r"\s+")
