"""From an address to a document: what is kept, which encoding is believed, what is a wall."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import docx
import pytest

from argmap.errors import SourceError
from argmap.records import Document
from argmap.sources import read_address
from argmap.sources.walls import CAUTION
from tests.sources.files import pdf, word
from tests.sources.misbehaving import Page, Site, answer, redirect, serving

DAY = date(2026, 3, 4)
SENTENCE = (
    "The union’s café said that a larger rise – “overdue” – would keep nurses in their posts. "
)
BODY = "".join(f"<p>{SENTENCE}Paragraph {number} says it again.</p>" for number in range(12))
ARTICLE = f"""<!doctype html><html><head><title>Pay talks stall | The Example</title>
<meta property="og:site_name" content="The Example">
<meta property="article:published_time" content="2026-02-01T10:00:00Z">
<link rel="canonical" href="https://canonical.example/pay"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Pay talks stall</h1>{BODY}</article></body></html>
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def read(site: Site, page: Page, path: str = "/a") -> Document:
    site.pages[path] = page
    return read_address(site.url(path), network=site.network(), day=lambda: DAY)


def test_article_keeps_where_it_was_and_when(site: Site) -> None:
    site.pages["/short"] = redirect("/2026/pay?id=7")
    site.pages["/2026/pay"] = answer(ARTICLE)
    heard: list[str] = []
    found = read_address(
        site.url("/short#part"),
        network=site.network(),
        day=lambda: DAY,
        report=lambda stage, done, total: heard.append(stage),
    )
    assert found.title == "Pay talks stall"
    assert (found.outlet, found.date) == ("The Example", "2026-02-01")
    assert found.url == site.url("/2026/pay?id=7")
    assert found.attributes == {"accessed": "2026-03-04"}
    assert found.text.count("larger rise – “overdue”") == 12
    assert heard[-1] == "Reading the page"


def test_outlet_is_the_site_where_the_page_names_none(site: Site) -> None:
    page = f"<html><body><article><h1>Talks</h1>{BODY}</article></body></html>"
    site.pages["/a"] = answer(page)
    found = read_address(
        site.url("/a", host="www.news.example"), network=site.network(), day=lambda: DAY
    )
    assert found.outlet in ("news.example", "News.example")


@pytest.mark.parametrize(
    ("said", "meta", "real"),
    [
        ("text/html; charset=utf-8", "", "utf-8"),
        ("text/html; charset=iso-8859-1", "", "utf-8"),
        ("text/html; charset=utf-8", "", "cp1252"),
        ("text/html; charset=windows-1252", '<meta charset="utf-8">', "cp1252"),
        ("text/html; charset=iso-8859-1", '<meta charset="utf-8">', "cp1252"),
        ("text/html", '<meta charset="windows-1252">', "cp1252"),
        ("text/html", '<meta charset="windows-1252">', "utf-8"),
        ("text/html; charset=klingon", "", "utf-8"),
        ("text/html; charset=utf-16", "", "utf-8"),
        ("text/html; charset=utf-16", "", "utf-16"),
        ("text/html", "", "utf-16-le"),
        ("text/html; charset=koi8-r", "", "utf-8-sig"),
    ],
)
def test_encoding_is_found_whatever_is_declared(
    site: Site, said: str, meta: str, real: str
) -> None:
    page = ARTICLE.replace("<head>", f"<head>{meta}").encode(real)
    found = read(site, answer(page, media=said))
    assert "union’s café said that a larger rise – “overdue”" in found.text


@pytest.mark.parametrize("media", [None, "text/plain", "application/octet-stream", "text/html"])
def test_content_decides_the_reader(site: Site, media: str | None) -> None:
    paragraphs = ["Nurses deserve more, the union said.", "The minister said no to that."]

    def fill(document: docx.document.Document) -> None:
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)

    for data in (pdf([paragraphs]), word(fill), "\n\n".join(paragraphs).encode()):
        assert "Nurses deserve more" in read(site, answer(data, media=media)).text
    assert "larger rise" in read(site, answer(ARTICLE, media=media)).text
    hansard = (
        '<?xml version="1.0"?><publicwhip><speech id="uk.org.publicwhip/debate/2026-03-02a.1.1" '
        'speakername="Ann Lee" colnum="1" time="14:00:00"><p>Pay is fair.</p></speech></publicwhip>'
    )
    assert read(site, answer(hansard, media=media)).kind == "hansard"


def test_markdown_is_read_as_such(site: Site) -> None:
    found = read(site, answer("# Talks\n\nThe *union* said yes.", media="text/markdown"))
    assert (found.title, found.text) == ("Talks", "The union said yes.")


LD = '<script type="application/ld+json">%s</script>'
PAID = LD % json.dumps({"@graph": [{"@type": "NewsArticle", "isAccessibleForFree": "False"}]})


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ('<div id="root"></div><script src="/app.js"></script>', "empty until scripts fill it"),
        ("<noscript>You need to enable JavaScript to run this app.</noscript>", "until scripts"),
        ("<h1>Just a moment...</h1><p>Verifying you are human.</p>", "checks for a person"),
        (
            "<h1>Before you continue</h1><p>We and our 842 partners store cookies.</p>"
            "<button>Accept all</button>",
            "question about cookies",
        ),
        ("<p>The talks began.</p><p>Subscribe to continue reading.</p>", "subscribers only"),
        ("<p>The talks began.</p><p>Already a subscriber? Sign in.</p>", "subscribers only"),
        (f"{PAID}<article><p>{SENTENCE * 3}</p></article>", "subscribers only"),
    ],
)
def test_wall_is_said_to_be_one(site: Site, body: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem) as caught:
        read(site, answer(f"<!doctype html><html><head></head><body>{body}</body></html>"))
    assert "save the page" in caught.value.remedy


def test_whole_article_with_a_notice_is_no_wall(site: Site) -> None:
    notice = "<p>We value your privacy. Accept all cookies.</p><p>Already a subscriber?</p>"
    found = read(site, answer(ARTICLE.replace("<nav>", f"{notice}<nav>")))
    assert found.text.count("larger rise") == 12
    assert "caution" not in found.attributes


def test_article_that_says_it_is_not_free_carries_a_caution(site: Site) -> None:
    more = BODY + BODY.replace("Paragraph", "Passage")
    found = read(site, answer(ARTICLE.replace("</head>", f"{PAID}</head>").replace(BODY, more)))
    assert found.attributes["caution"] == CAUTION


@pytest.mark.parametrize(
    "metadata", ["{not json", "[" * 5000, '{"isAccessibleForFree": true}', "1"]
)
def test_careless_metadata_says_nothing(site: Site, metadata: str) -> None:
    found = read(site, answer(ARTICLE.replace("</head>", f"{LD % metadata}</head>")))
    assert "caution" not in found.attributes


def test_picture_under_the_name_of_a_page_is_refused(site: Site) -> None:
    with pytest.raises(SourceError, match="this is a picture"):
        read(site, answer(b"\x89PNG\r\n\x1a\n" + bytes(100)))
