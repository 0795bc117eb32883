"""Small days of an invented parliament, in both generations of ParlParse and in ParlaMint's TEI."""

from __future__ import annotations

#: As ParlParse writes since 2015: persons by ``person_id``, votes by proxy, no times padded.
DAY = """<publicwhip scraperversion="a" latest="yes">
  <major-heading id="uk.org.publicwhip/debate/2031-03-04a.7.0" nospeaker="true" colnum="7" \
time="" url="">Harbour Bill</major-heading>
  <minor-heading id="uk.org.publicwhip/debate/2031-03-04a.7.1" nospeaker="true" colnum="7" \
time="14:05:00" url="">Clause 2 - Night work</minor-heading>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.7.2" speakername="Ada Vale" \
person_id="uk.org.publicwhip/person/90001" type="Start Speech" colnum="7" time="14:05:00" url="">
    <p pid="a7.2/1">I beg to move amendment 4. Night work in harbours should end.</p>
  </speech>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.8.0" speakername="Odo Bray" \
person_id="uk.org.publicwhip/person/90002" type="Start Intervention" colnum="8" time="" \
url="javascript:alert(1)">
    <p pid="a8.0/1">Night work in harbours should not end.</p>
  </speech>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.8.1" speakername="Odo Bray" \
person_id="uk.org.publicwhip/person/90003" colnum="8" time="14:20:00" \
url="https://avalon.example/8">
    <p pid="a8.1/1">On a point of order, Madam Speaker. Night work in harbours should end.</p>
    <p pid="a8.1/2">Question put, That the amendment be made.</p>
  </speech>
  <division id="uk.org.publicwhip/debate/2031-03-04a.9.0" nospeaker="true" divdate="2031-03-04" \
divnumber="12" colnum="9" time="14:30:00" url="https://avalon.example/9">
    <divisioncount ayes="2" noes="1"/>
    <mplist vote="aye">
      <mpname person_id="uk.org.publicwhip/person/90001" vote="aye">Ada Vale</mpname>
      <mpname person_id="uk.org.publicwhip/person/90004" vote="aye" \
proxy="uk.org.publicwhip/person/90001">Isa Thorn</mpname>
      <mpname person_id="uk.org.publicwhip/person/90003" vote="aye" teller="yes">Odo Bray</mpname>
      <mpname person_id="uk.org.publicwhip/person/90005" vote="aye">Una Fell</mpname>
    </mplist>
    <mplist vote="no">
      <mpname person_id="uk.org.publicwhip/person/90002" vote="no">Odo Bray</mpname>
      <mpname person_id="uk.org.publicwhip/person/90005" vote="no">Una Fell</mpname>
    </mplist>
  </division>
  <speech id="uk.org.publicwhip/debate/2031-03-04a.9.1" nospeaker="true" colnum="9" time="" url="">
    <p pid="a9.1/1">Question accordingly agreed to.</p>
  </speech>
</publicwhip>
"""

#: As ParlParse wrote until then: members by ``speakerid``, surnames first in the division.
OLDER_DAY = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE publicwhip
[
<!ENTITY mdash   "&#8212;">
]>
<publicwhip scrapeversion="b" latest="yes">
<minor-heading id="uk.org.publicwhip/debate/2009-10-28c.302.1" nospeaker="true" colnum="302" \
time="013:49:00" url="http://avalon.example/302">Lighthouses</minor-heading>
<speech id="uk.org.publicwhip/debate/2009-10-28c.302.2" \
speakerid="uk.org.publicwhip/member/80001" speakername="Ren\xe9 Vale" \
speakeroffice="The Minister for Ports" colnum="302" time="013:49:00" url="http://avalon.example/a">
	<p>Lighthouses should be kept.</p>
</speech>
<speech id="uk.org.publicwhip/debate/2009-10-28c.303.0" \
speakerid="uk.org.publicwhip/member/80002" speakername="Mr. Odo Bray" colnum="303" \
time="015:47:00" url="http://avalon.example/b">
	<p>Lighthouses cost too much.</p>
	<p class="italic">Question put (Standing Order No. 31(2)), That the original words stand part \
of the Question.</p>
</speech>
<division id="uk.org.publicwhip/debate/2009-10-28c.304.0" nospeaker="true" divdate="2009-10-28" \
divnumber="7" colnum="304" time="015:47:00" url="http://avalon.example/c">
	<divisioncount ayes="1" noes="1" tellerayes="1" tellernoes="0"/>
	<mplist vote="aye">
		<mpname id="uk.org.publicwhip/member/80001" vote="aye">Vale, rh Mr. Ren\xe9</mpname>
		<mpname id="uk.org.publicwhip/member/80003" vote="aye" teller="yes">Isa Thorn</mpname>
	</mplist>
	<mplist vote="no">
		<mpname id="uk.org.publicwhip/member/80002" vote="no">Bray, Mr. Odo</mpname>
	</mplist>
</division>
</publicwhip>
"""

_HEAD = """<teiHeader>
  <fileDesc>
    <titleStmt>
      <title type="main" xml:lang="av">Avalonska zbirka</title>
      <title type="main" xml:lang="en">Assembly of Avalon, 4 March 2031 [ParlaMint SAMPLE]</title>
      <meeting n="9" corresp="#parliament.AV" ana="#parla.lower #parla.term">9</meeting>
    </titleStmt>
    <sourceDesc><bibl>
      <idno type="URI">https://avalon.example/minutes</idno>
      <date when="2031-03-04"/>
    </bibl></sourceDesc>
  </fileDesc>
  <profileDesc>
    <settingDesc><setting><date when="2031-03-04"/></setting></settingDesc>%s
  </profileDesc>
</teiHeader>"""

PEOPLE = """<listPerson xmlns="http://www.tei-c.org/ns/1.0" xml:id="ParlaMint-AV-listPerson">
  <person xml:id="ValeAda">
    <persName xml:lang="av"><surname>Valé</surname><forename>Ada</forename></persName>
    <persName xml:lang="en"><surname>Vale</surname><nameLink>of</nameLink>\
<forename>Ada</forename></persName>
    <affiliation role="member" ref="#party.OLD" from="2020-01-01" to="2030-12-31"/>
    <affiliation role="member" ref="#party.TIDE" from="2031-01"/>
    <affiliation role="minister" ref="#GoAV" from="2031">\
<roleName xml:lang="en">Minister for Ports</roleName></affiliation>
  </person>
  <person xml:id="BrayOdo">
    <persName><surname>Bray</surname><forename>Odo</forename></persName>
    <affiliation role="member" ref="#group.NET" from="2019-01-01"/>
  </person>
</listPerson>"""

ORGS = """<listOrg xmlns="http://www.tei-c.org/ns/1.0" xml:id="ParlaMint-AV-listOrg">
  <org xml:id="parliament.AV" role="parliament">
    <orgName full="yes">Assembly of Avalon</orgName>
  </org>
  <org xml:id="GoAV" role="government"><orgName full="yes">The government</orgName></org>
  <org xml:id="party.TIDE" role="politicalParty">
    <orgName full="abb">TIDE</orgName>
    <orgName full="yes" xml:lang="av">Stranka Plime</orgName>
    <orgName full="yes" xml:lang="en">Tide Party</orgName>
  </org>
  <org xml:id="group.NET" role="parliamentaryGroup"><orgName full="yes">Netmenders</orgName></org>
</listOrg>"""

_BODY = """<text><body><div type="debateSection">
  <head>Night work</head>
  <note type="time">14:05</note>
  <note type="speaker">Madam Chair:</note>
  <u xml:id="u1" who="#ThornIsa" ana="#chair"><seg>The sitting is open.</seg></u>
  <note type="speaker">Ms Vale (Tide):</note>
  <u xml:id="u2" who="#ValeAda" ana="#regular">
    <seg>Night work <vocal type="noise"><desc>Laughter</desc></vocal> should end.\
<note>She holds up a lamp.</note> It harms people.</seg>
    <kinesic type="applause"><desc>Applause</desc></kinesic>
    <seg>We should act<gap reason="inaudible"/> now.</seg>
  </u>
  <pb source="https://avalon.example/page/2"/>
  <u xml:id="u3" who="#BrayOdo" ana="#regular"><seg>It should not.</seg></u>
  <note type="vote">Carried by 3 to 1.</note>
  <u xml:id="u4" ana="#regular"><seg>Somebody calls out.</seg></u>
</div></body></text>"""


def parlamint(*, lists: str = "") -> str:
    """One day in TEI; ``lists`` go into the head as corpora in one file have them."""
    described = f"<particDesc>{lists}</particDesc>" if lists else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="ParlaMint-AV_2031-03-04-lower" '
        f'xml:lang="en">{_HEAD % described}{_BODY}</TEI>'
    )


#: The same words as the annotated edition has them, one token an element.
ANNOTATED = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="ParlaMint-AV_2031-03-04.ana">
<teiHeader/><text><body><div type="debateSection"><u who="#ValeAda"><seg><s>
<w lemma="we">We</w><w join="right">can’t<w norm="can"/><w norm="not"/></w><pc>,</pc>
<name type="PER"><w>Odo</w><w join="right">Bray</w></name><pc>.</pc>
<vocal type="shouting"><desc>Shame</desc></vocal>
<linkGrp type="UD-SYN"><link ana="ud-syn:root" target="#s #w"/></linkGrp></s></seg></u>
</div></body></text></TEI>"""
