"""The HTML report as a page, without a browser; tests/browser opens it in one."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from lxml import html

from argmap.export.report import to_html
from argmap.records import Debate, Relation
from argmap.structure import build_tree
from tests.dashboard.debates import make_debate
from tests.export.hostile import ATTACKS, hostile_debate
from tests.samples import sample_debate


@cache
def page(name: str) -> str:
    return to_html(
        {"sample": sample_debate, "hostile": hostile_debate, "made": make_debate}[name]()
    )


def parsed(text: str) -> html.HtmlElement:
    return html.document_fromstring(re.sub(r"<script>.*?</script>", "", text, flags=re.S))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_report_asks_for_nothing_from_outside() -> None:
    for name in ("sample", "hostile", "made"):
        tree = parsed(page(name))
        assert tree.xpath("//link | //iframe | //object | //embed | //base | //form | //img") == []
        assert tree.xpath("//@src | //@srcset | //@poster | //@background | //@onload") == []
        style = "".join(tree.xpath("//style/text()"))
        assert "url(" not in style
        assert "@import" not in style


def test_report_lets_only_its_own_scripts_run() -> None:
    text = page("hostile")
    scripts = re.findall(r"<script>(.*?)</script>", text, re.S)
    assert len(scripts) == 2
    assert len(re.findall(r"<script\b", re.sub(r"<script>.*?</script>", "", text, flags=re.S))) == 1
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    allowed = re.findall(r"&#39;sha256-([^&]*)&#39;", policy[1])
    assert allowed == [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ]
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe-eval" not in policy[1]
    # A browser heeds the policy only for what follows it.
    assert text.index("Content-Security-Policy") < text.index("<title>")


def test_hostile_text_is_only_text() -> None:
    tree = parsed(page("hostile"))
    assert tree.xpath("//svg | //script[not(@type='application/json')]") == []
    shown = words(tree)
    for attack in ATTACKS[:9]:
        assert " ".join(attack.split()) in shown
    assert [link for link in tree.xpath("//a/@href") if not link.startswith("#")] == [
        'https://news.example/"><script>alert(1)</script>'
    ]
    for element in tree.iter():
        assert not [name for name in element.attrib if name.startswith("on")]


def test_every_link_in_the_page_leads_somewhere() -> None:
    for name in ("sample", "made", "hostile"):
        tree = parsed(page(name))
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} <= set(ids)
        charts = json.loads(tree.xpath("//script[@id='charts']/text()")[0])
        assert set(charts) <= set(ids)
        for chart in charts.values():
            assert set(chart.get("nodes", {}).values()) <= set(ids)


@pytest.mark.parametrize("make", [sample_debate, make_debate])
def test_outline_holds_the_nodes_and_links_of_the_chart(make: object) -> None:
    debate: Debate = make()  # type: ignore[operator]
    tree = parsed(to_html(debate))
    nodes = build_tree(debate, debate.topics[0].id)
    items = tree.xpath("//ul[@class='outline']//li")
    assert [item.get("class") for item in items] == [node.kind for node in nodes.nodes]
    for item, node in zip(items, nodes.nodes, strict=True):
        assert words(item.xpath(".//bdi")[0]) == " ".join(node.text.split())
    links = tree.xpath("//ul[@class='outline']//small[@class='link']")
    assert len(links) == len(nodes.links)
    charts = json.loads(tree.xpath("//script[@id='charts']/text()")[0])
    drawn = {
        str(data[0] if isinstance(data, list) else data)
        for trace in charts["tree-1"]["data"]
        for data in trace.get("customdata", [])
    }
    assert drawn == {node.id for node in nodes.nodes}


def test_sources_hold_every_character_and_every_statement_once() -> None:
    for debate in (sample_debate(), make_debate()):
        tree = parsed(to_html(debate))
        for number, document in enumerate(debate.documents, 1):
            (article,) = tree.xpath(f"//article[@id='d{number}']")
            for mark in article.xpath(".//span[contains(@class,'shown')] | .//small"):
                mark.drop_tree()
            said = "\n\n".join(p.text_content() for p in article.xpath("./p[not(@class)]"))
            assert said == document.text
        marked = tree.xpath("//span[contains(@class,'sentence') and @id]/@id")
        assert marked == [f"s{number}" for number in range(1, len(debate.statements) + 1)]


def test_statements_that_overlap_or_lie_across_paragraphs_are_all_there() -> None:
    debate = sample_debate()
    text = debate.documents[0].text
    spans = ((0, len(text)), (10, 20), (45, 60), (15, 70), (0, 0), (len(text), len(text)), (50, 52))
    statements = tuple(
        replace(debate.statements[0], id=f"x{n}", start=a, end=b, text=text[a:b])
        for n, (a, b) in enumerate(spans)
    )
    odd = replace(debate, statements=statements, stances=(), key_points=(), relations=())
    tree = parsed(to_html(odd))
    assert len(tree.xpath("//span[contains(@class,'sentence') and @id]")) == len(spans)
    (article,) = tree.xpath("//article[@id='d1']")
    for mark in article.xpath(".//small"):
        mark.drop_tree()
    said = "\n\n".join(p.text_content() for p in article.xpath("./p[not(@class)]"))
    assert said.rstrip("\n") == text


def test_report_says_how_it_was_made_and_how_far_to_trust_it() -> None:
    debate = sample_debate()
    run = replace(debate.run, models={"stance": "minilm-stance@0123"})
    shown = words(parsed(to_html(replace(debate, run=run))))
    assert "minilm-stance@0123" in shown
    assert "Read a sentence before you rely on its label." in shown
    assert "Setting: threshold0.5" in shown  # two cells of a row
    assert "0" * 64 in shown
    assert "1 line left out" in shown


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(h.tag[1]) for h in parsed(page("made")).xpath("//h1|//h2|//h3|//h4|//h5")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_chart_has_words_for_it() -> None:
    for plot in parsed(page("made")).xpath("//div[contains(@class,'plot')]"):
        assert plot.get("role") == "img"
        assert "below" in plot.get("aria-label")


def test_links_between_statements_are_named() -> None:
    debate = sample_debate()
    supports = Relation("s1", "s2", "pay", "support", 0.9)
    tree = parsed(to_html(replace(debate, relations=(*debate.relations, supports))))
    found = [words(link) for link in tree.xpath("//small[@class='link']")]
    assert sorted(link.partition(" ")[0] for link in found) == ["attacks", "supports"]
