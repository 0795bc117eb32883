"""E-mail: what the writer wrote, from whom and when, and what goes."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from argmap.errors import SourceError
from argmap.sources import read_all, read_bytes


def _message(text: str, *, page: str = "", attachment: str = "", **fields: str) -> bytes:
    message = EmailMessage()
    message["From"] = fields.get("sender", "Ada Vale <ada@avalon.example>")
    message["To"] = "editor@avalon.example"
    message["Subject"] = fields.get("subject", "Nights in the harbour — again")
    message["Date"] = "Thu, 03 Apr 2031 23:30:00 +0100"
    if text:
        message.set_content(text)
    if page and text:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    if attachment:
        message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename=attachment)
    return message.as_bytes()


def test_headers_make_title_author_and_date() -> None:
    document = read_bytes(_message("Sir,\n\nThe port “must” sleep.\n"), name="letter.txt")
    assert (document.title, document.kind, document.date) == (
        "Nights in the harbour — again",
        "e-mail",
        "2031-04-03",
    )
    assert dict(document.attributes) == {"author": "Ada Vale"}
    assert document.text == "Sir,\n\nThe port “must” sleep."


def test_attachments_are_named() -> None:
    reading = read_all(_message("It must sleep.", attachment="Überblick.pdf"), name="a.eml")
    assert reading.warnings == ("Attachments are not read: Überblick.pdf.",)
    assert reading.documents[0].removed == ("Attachment: Überblick.pdf",)


def test_quoted_messages_and_the_signature_go() -> None:
    text = (
        "It must sleep.\n\n> Why?\n\nBecause crews are tired.\n\n"
        "On Wed, 2 Apr 2031, Odo Bray wrote:\n> It should not.\n\n-- \nAda\n"
    )
    document = read_bytes(_message(text), name="a.eml")
    assert document.text == "It must sleep.\n\nBecause crews are tired."
    assert document.removed == (
        "> Why?", "On Wed, 2 Apr 2031, Odo Bray wrote:", "> It should not.", "--", "Ada",
    )  # fmt: skip


def test_outlook_s_block_of_an_older_message_goes() -> None:
    text = "I agree.\n\nFrom: Odo Bray\nSent: Monday\nTo: Ada Vale\nSubject: Port\n\nNo.\n"
    assert read_bytes(_message(text), name="a.eml").text == "I agree."


def test_a_message_that_only_forwards_keeps_what_it_forwards() -> None:
    text = "> The port must sleep.\n> It is late.\n"
    assert "The port must sleep." in read_bytes(_message(text), name="a.eml").text


def test_plain_part_is_preferred_and_html_alone_is_read() -> None:
    page = "<html><body><p>The page must <b>sleep</b>.</p><script>no()</script></body></html>"
    assert read_bytes(_message("It must sleep.", page=page), name="a").text == "It must sleep."
    assert read_bytes(_message("", page=page), name="a").text == "The page must sleep."


def test_a_charset_that_is_not_kept_is_forgiven() -> None:
    data = (
        b"From: a@x.example\r\nTo: b@x.example\r\nSubject: Port\r\n"
        b"Content-Type: text/plain; charset=klingon\r\n\r\nThe caf\xe9 must sleep.\r\n"
    )
    assert read_bytes(data, name="a.eml").text == "The café must sleep."


def test_a_letter_that_begins_with_a_field_is_no_e_mail() -> None:
    data = b"To: the editor\n\nFrom: the port comes a noise at night.\n\nIt must sleep."
    assert read_bytes(data, name="a.txt").kind == "article"


def test_an_e_mail_without_text_is_refused() -> None:
    with pytest.raises(SourceError, match="holds no text"):
        read_bytes(_message("", attachment="a.pdf"), name="a.eml")
