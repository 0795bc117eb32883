"""E-mail (.eml): a message as RFC 5322 and MIME write it, through the standard library.

The plain part is read, or the HTML part where there is no plain one. Attachments, the messages
quoted below a reply, and the signature are left out and named.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from lxml import html as lxml_html
from lxml.etree import LxmlError

from argmap.errors import SourceError
from argmap.sources.characters import normalise, one_line
from argmap.sources.decode import encoding_named
from argmap.sources.draft import Draft, Paragraph
from argmap.sources.limits import check_characters
from argmap.sources.paragraphs import split_paragraphs

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?")
_KNOWN = frozenset({
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"mime-version", b"received",
    b"return-path", b"content-type", b"reply-to", b"delivered-to", b"sender", b"list-id",
    b"content-transfer-encoding", b"in-reply-to", b"references", b"dkim-signature",
})  # fmt: skip
_LEAST_FIELDS = 3
_HEAD = 20_000
_MAX_PARTS = 500
_MAX_VALUE = 2_000
# The library's parser slows with the square of a field's length, and a part costs it as much
# as a page of text: such messages are refused before it sees them.
_BOUNDARY = re.compile(rb"^--[^\s-]", re.M)
_HUGE_FIELD = re.compile(
    rb"^[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*(?:\n[ \t][^\n]*){1000}"
    rb"|^Content-[A-Za-z-]{1,40}:[^\n]{20000}",
    re.M | re.I,
)
_REPLY_HEAD = re.compile(
    r"^(?:On .{4,120} wrote:|-{2,} ?(?:Original|Forwarded) [Mm]essage ?-{2,}|_{20,})$"
)
_BLOCKS = ("p", "div", "br", "li", "tr", "td", "h1", "h2", "h3", "h4", "blockquote", "table")
_RECIPIENTS = re.compile(r"^(?:From|Sent|To|Subject|Date):\s")


def is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the header fields of a message."""
    found: set[bytes] = set()
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if head.startswith(b"From "):  # the line that mailboxes put first
        head = head.partition(b"\n")[2]
    for line in re.split(rb"\r\n|\r|\n", head):
        if line[:1] in (b" ", b"\t"):
            continue
        match = _FIELD.match(line)
        if match is None:
            break
        found.add(match[1].lower())
    known = found & _KNOWN
    return len(known) >= _LEAST_FIELDS and bool(known & {b"from", b"sender", b"return-path"})


def read_mail(data: bytes, where: str) -> Draft:
    """The message's own words, with subject, sender and date.

    Raises:
        SourceError: there is no text in it, or it is damaged.
    """
    if len(_BOUNDARY.findall(data)) > 4 * _MAX_PARTS or _HUGE_FIELD.search(data):
        raise _too_many(where)
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"))
        subject, sender, day = _headers(message)
        body, attachments = _body(message, where)
    except SourceError:
        raise
    # The standard library's parser lets through whatever a damaged header provokes.
    except Exception as error:
        raise SourceError(
            where, "the e-mail is damaged and cannot be read.", "Copy its text and paste it."
        ) from error
    if body is None:
        raise SourceError(
            where, "the e-mail holds no text.", "Give the file that is attached to it."
        )
    attributes = {"author": sender} if sender else {}
    return Draft(
        paragraphs=body.paragraphs,
        title=subject or None,
        kind="e-mail",
        date=day,
        attributes=attributes,
        removed=(*body.removed, *(f"Attachment: {name}" for name in attachments)),
        warnings=((f"Attachments are not read: {', '.join(attachments)}.",) if attachments else ()),
    )


def _too_many(where: str) -> SourceError:
    return SourceError(
        where,
        f"the e-mail has more than {_MAX_PARTS} parts, or header fields of extreme length.",
        "Copy its text and paste it.",
    )


def _headers(message: Message) -> tuple[str, str, str | None]:
    name, address = parseaddr(_value(message, "From"))
    day = None
    if sent := _value(message, "Date"):
        try:
            day = parsedate_to_datetime(sent).date().isoformat()
        except (ValueError, TypeError, OverflowError):
            day = None  # the rest of the message is as good without it
    return one_line(_value(message, "Subject")), one_line(name) or one_line(address), day


def _value(message: Message, field: str) -> str:
    return _words(str(message.get(field, "")))


def _words(value: str) -> str:
    """A field's value with its encoded words (RFC 2047) decoded, or as it stands."""
    value = value[:_MAX_VALUE]
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return value


def _body(message: Message, where: str) -> tuple[Draft | None, list[str]]:
    plain: list[str] = []
    pages: list[str] = []
    attachments: list[str] = []
    for number, part in enumerate(message.walk()):
        if number >= _MAX_PARTS:
            raise _too_many(where)
        if part.is_multipart():
            continue
        kind = one_line(part.get_content_type()) or "of an unknown kind"
        name = one_line(_words(part.get_filename() or ""))
        disposition = part.get_content_disposition()
        if name or disposition == "attachment":
            attachments.append(name or kind)
        elif kind == "text/plain":
            plain.append(_text(part))
        elif kind == "text/html":
            pages.append(_text(part))
        elif kind.partition("/")[0] != "image":
            attachments.append(kind)
    text = normalise("\n\n".join(plain))
    if any(char.isalnum() for char in text):
        check_characters(len(text), where)
        own, removed = _own_words(text)
        return Draft(paragraphs=split_paragraphs(own), removed=removed), attachments
    page = "\n".join(pages)
    return (_page(page, where) if page.strip() else None), attachments


def _text(part: Message) -> str:
    """A part's text; a charset that it claims and does not keep is forgiven."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    for encoding in (charset, "utf-8"):
        try:
            return raw.decode(encoding_named(encoding))
        except (LookupError, UnicodeError):
            continue
    return raw.decode("cp1252", "replace")


def _own_words(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without quoted messages and signature, and the lines that went."""
    kept: list[str] = []
    removed: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        rest = lines[number:]
        if kept and (line == "--" or _REPLY_HEAD.match(line) or _reply_block(rest)):
            removed.extend(part for part in rest if part)
            break
        if line.startswith(">"):
            removed.append(line)
        else:
            kept.append(line)
    if not any(char.isalnum() for line in kept for char in line):
        return text, ()  # a message that only forwards: what it forwards is what there is
    return "\n".join(kept), tuple(removed)


def _reply_block(lines: list[str]) -> bool:
    """Whether the header of an older message starts here, as Outlook writes it."""
    return (
        lines[0].startswith("From:")
        and sum(_RECIPIENTS.match(line) is not None for line in lines[1:5]) >= 2
    )


def _page(page: str, where: str) -> Draft:
    """All words of an HTML part: a letter is laid out too freely to look for an article in it."""
    check_characters(len(page), where)
    try:
        # lxml refuses a text that both is decoded and declares its encoding.
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))
    except (LxmlError, ValueError) as error:
        raise SourceError(
            where, "the e-mail holds no text.", "Copy its text and paste it."
        ) from error
    for element in tree.xpath("//script|//style|//head"):
        element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.tail = f"\n{element.tail or ''}"
        element.text = f"\n{element.text or ''}"
    lines = map(one_line, str(tree.text_content()).split("\n"))
    return Draft(paragraphs=tuple(Paragraph(line) for line in lines if line))
