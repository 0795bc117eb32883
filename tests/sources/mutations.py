"""Files damaged as disks, uploads and people damage them, and as someone would on purpose.

Run as a program, it reads many damaged files of every format and prints how many were read,
how many refused, and what broke: ``python -m tests.sources.mutations [COUNT] [FORMAT ...]``.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
import zipfile
from io import BytesIO

from argmap.errors import SourceError

_WORDS = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b'"', b"'", b"\n", b"\r", b",", b";", b"\t", b"{", b"}",
    b"[", b"]", b"<", b">", b"&", b"\\", b"\\u-1?", b"\\bin999999 ", b"\\'", b"-->", b"<v ",
    b"<![CDATA[",
    b"99999999999999999999", b"-1", b"NaN", b"00:00:00.000 --> 99:99:99.999", b"=?utf-8?q?=ZZ?=",
    b"Content-Type: multipart/mixed; boundary=", b"--B\r\n", b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"endobj", b"stream", b"\xe2\x80\xae", b"\xf3\xa0\x81\x81", b"2031-02-31", b"NAME: ", b"obj",
)  # fmt: skip


def mutated(data: bytes, seed: int) -> bytes:
    """``data`` with a few changes that follow from ``seed``; of a zip, now and then in a part."""
    chance = random.Random(seed)
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.7:
        return _in_part(data, chance)
    return _changed(data, chance)


def _in_part(data: bytes, chance: random.Random) -> bytes:
    """The zip with one part changed and all sums right again, so that a reader gets to it."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        parts = old.infolist()
        chosen = chance.choice(parts).filename
        for part in parts:
            content = old.read(part)
            new.writestr(
                part.filename, _changed(content, chance) if part.filename == chosen else content
            )
    return buffer.getvalue()


def _changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(6):
            case 0:
                del changed[at : at + length]
            case 1:
                changed[at:at] = chance.choice(_WORDS) * chance.choice((1, 1, 2, 50))
            case 2:
                changed[at : at + length] = chance.randbytes(len(changed[at : at + length]))
            case 3:
                changed[at:at] = changed[at : at + length] * chance.choice((1, 3, 20))
            case 4:
                del changed[at:]
            case _:
                start = chance.randrange(len(changed) + 1)
                changed[at : at + length] = changed[start : start + length]
    return bytes(changed)


def main(argv: list[str]) -> int:
    """Print a table, and the trace of whatever broke; 1 where something did."""
    from argmap.sources import pdf, read_all
    from tests.sources.in_process import extract
    from tests.sources.samples import SAMPLES
    from tests.sources.test_golden import sound

    pdf._extract = extract
    count = int(argv[0]) if argv else 20_000
    broken = 0
    print("| format | files | read | refused | broke | seconds | slowest |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for form in argv[1:] or list(SAMPLES):
        name, data = SAMPLES[form]
        read = refused = broke = 0
        slowest, begun = 0.0, time.monotonic()
        for seed in range(count):
            start = time.monotonic()
            try:
                sound(read_all(mutated(data, seed), name=name), further=seed % 20 == 0)
                read += 1
            except SourceError:
                refused += 1
            except Exception:
                broke += 1
                if broke <= 3:
                    print(f"{form}, seed {seed}:\n{traceback.format_exc()}", file=sys.stderr)
            slowest = max(slowest, time.monotonic() - start)
        broken += broke
        took = time.monotonic() - begun
        print(
            f"| {form} | {count:,} | {read:,} | {refused:,} | {broke:,} | {took:.0f} "
            f"| {slowest:.2f} |",
            flush=True,
        )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
