"""Files spoilt at random, by kind: the same seed, the same file."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from iop_sched.tables.saving import save_week
from iop_sched.week.program import ProgramWeek
from week.texts import WEEK, as_json, data

KINDS = ("workbook", "cells", "csv", "yaml", "json")

_BITS = (
    b"", b"\0", b"\xff\xfe", b"'", b'"', b"=", b"=cmd|' /C calc'!A0", b"-1", b"1e999", b"9" * 400,
    b"nan", b"[", b"{", b"]", b"}", b":", b": ", b"- ", b"*a", b"&a", b"!!python/object:os.system",
    b"<<: *a", b"\n", b"\r", b"\t", b",", b";", b"24:01", b"2026-02-31", b"03/04/2026", b"\xe2\x80\xae",
    b"\xf0\x9f\x98\x80", b"\\u0000", b"null", b"true", b"mon", b"thurs", b"x" * 5000, b"[" * 300, b"{" *
    300, b"<c r=\"XFD1048576\"><v>1</v></c>", b"<v>", b"</c>", b"#", b"&#0;", b"&lt;", b"t=\"s\"",
    b"t=\"e\"", b"r=\"A0\"", b"<!-- ", b"<![CDATA[", b"\xed\xa0\x80", b"c01", b"iop",
)  # fmt: skip


@cache
def _good() -> dict[str, bytes]:
    """Files in order: parts of a workbook by name, CSV files by name."""
    with TemporaryDirectory() as folder:
        save_week(Path(folder) / "week.xlsx", ProgramWeek.model_validate(data()))
        save_week(Path(folder) / "csv", ProgramWeek.model_validate(data()))
        found = {f"csv/{one.name}": one.read_bytes() for one in (Path(folder) / "csv").iterdir()}
        with zipfile.ZipFile(Path(folder) / "week.xlsx") as archive:
            return found | {name: archive.read(name) for name in archive.namelist()}


def spoilt(kind: str, seed: int, folder: Path) -> Path:
    """Write a spoilt file, or a folder of them, of one kind."""
    rng = Random(f"{kind} {seed}")
    if kind == "csv":
        path = folder / "week"
        path.mkdir(exist_ok=True)
        good = {name: part for name, part in _good().items() if name.startswith("csv/")}
        wrong = set(rng.sample(sorted(good), rng.randint(1, 3)))
        for name, part in good.items():
            (path / name.removeprefix("csv/")).write_bytes(_bytes(part, rng) if name in wrong else part)
        return path
    if kind in ("workbook", "cells"):
        path = folder / "week.xlsx"
        packed = _packed(rng)
        path.write_bytes(packed if kind == "cells" else _bytes(packed, rng))
        return path
    path = folder / f"week.{kind}"
    text = WEEK if kind == "yaml" else as_json(WEEK)
    path.write_bytes(_json(rng) if kind == "json" and rng.random() < 0.4 else _bytes(text.encode(), rng))
    return path


def _packed(rng: Random) -> bytes:
    """A workbook whose parts are spoilt before they are packed."""
    parts = {name: part for name, part in _good().items() if not name.startswith("csv/")}
    for name in rng.sample(sorted(parts), rng.randint(1, 3)):
        parts[name] = _bytes(parts[name], rng)
    if rng.random() < 0.7:  # what cells say
        parts["xl/sharedStrings.xml"] = _bytes(parts["xl/sharedStrings.xml"], rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _json(rng: Random) -> bytes:
    """JSON whose form is right and whose values are not."""
    raw = data()
    for _ in range(rng.randint(1, 4)):
        around, step = raw, rng.choice(sorted(raw))
        while isinstance(around[step], (dict, list)) and around[step] and rng.random() < 0.85:
            around = around[step]
            step = rng.choice(sorted(around)) if isinstance(around, dict) else rng.randrange(len(around))
        odd = [
            None,
            True,
            -1,
            1e308,
            3.7,
            "",
            "x" * 500,
            [],
            {},
            [[]],
            {"id": 1},
            "c01",
            ["mon", "mon"],
            "24:00",
        ]
        around[step] = rng.choice(odd)
    return json.dumps(raw).encode()


def _bytes(content: bytes, rng: Random) -> bytes:
    """Bytes with a few things put in, taken out, exchanged or repeated."""
    found = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(found) + 1)
        to = min(len(found), at + rng.choice((0, 1, 3, 20, 200)))
        how = rng.randrange(6)
        if how == 0:
            found[at:at] = rng.choice(_BITS)
        elif how == 1:
            found[at:to] = rng.choice(_BITS)
        elif how == 2:
            del found[at:to]
        elif how == 3 and found:
            found[min(at, len(found) - 1)] = rng.randrange(256)
        elif how == 4:
            found[at:at] = found[at:to] * rng.choice((1, 2, 50))
        elif rng.random() < 0.1:
            del found[at:]
    return bytes(found)
