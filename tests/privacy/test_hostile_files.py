"""Whatever file a command is given, it is refused in a few lines that repeat nothing of it."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from iop_sched.week import reading
from privacy.hostile import Files, made, run

NAME = "Wilhelmina Berg"
LAUGHS = "a: &a [x, x, x]\n" + "".join(
    f"{two}: &{two} [*{one}, *{one}, *{one}]\n" for one, two in zip("abcdefgh", "bcdefghi", strict=True)
)
WRONG = """{"clients": "N", "id": ["N"], "level": {"N": 1}, "program": 5, "week_of": "N", "sites": "N",
 "changes": ["N", {"change": "N"}, 5], "rules": "N", "placements": [{"client": "N"}], "name": 5,
 "prescription": {"hours": "N", "days": ["N"]}, "N": "N"}""".replace("N", NAME)
WRONG_TOML = (
    """name = 5
rules = "N"
cpsat = "N"
instances = "N"
sizes = "N"
N = "N"
[limits]
"N" = "N"
""".replace('"N" =', f'"{NAME}" =')
    .replace("N = ", "other = ")
    .replace('"N"', f'"{NAME}"')
)
READERS = {
    "week": ("validate", "{file}"),
    "week to convert": ("convert", "{file}", "{folder}/out.yaml"),
    "week of a template": ("template", "{folder}/out.xlsx", "--from", "{file}"),
    "week to explain": ("explain", "{file}"),
    "further week": ("report", "{week}", "{roster}", "--week", "{file}"),
    "roster": ("check", "{week}", "{file}"),
    "other roster": ("compare", "{week}", "{roster}", "{file}"),
    "previous roster": ("check", "{week}", "{roster}", "--previous", "{file}"),
    "baseline": ("what-if", "{week}", "--baseline", "{file}", "--change", "close fri"),
    "hint": ("solve", "{week}", "--hint", "{file}"),
    "scenario": ("validate", "{week}", "--scenario", "{file}"),
    "changes": ("next-week", "{week}", "{roster}", "--changes", "{file}", "--out", "{folder}/out.yaml"),
    "attended": ("next-week", "{week}", "{roster}", "--attended", "{file}", "--out", "{folder}/out.yaml"),
    "client": ("admit", "{week}", "{roster}", "--client", "{file}"),
    "names": ("show", "{week}", "{roster}", "--names", "{file}"),
    "policy": ("check", "{week}", "{roster}", "--policy", "{file}"),
    "settings": ("solve", "{week}", "--params", "{file}"),
    "study": ("bench", "{file}"),
    "series": ("generate", "--series", "{file}", "--out-dir", "{folder}"),
}
TOML = {"policy", "settings", "study", "series"}
JSON_ALONE = {"roster", "other roster", "previous roster", "baseline", "hint"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    found = made(tmp_path_factory.mktemp("files") / "week", hostile=False)
    return replace(found, week=found.folder / "week.json")  # which is read much faster


def refused(reader: str, files: Files, folder: Path, file: Path) -> str:
    """What is said about a file; nothing may be written because of it."""
    places = {name: str(path) for name, path in vars(files).items()} | {
        "folder": str(folder),
        "file": str(file),
    }
    before = set(folder.iterdir())
    ran = run(*(word.format(**places) for word in READERS[reader]))
    assert (ran.status, ran.out) == (2, ""), (file.name, ran.err)
    assert set(folder.iterdir()) == before
    assert not any(word in ran.err for word in (*NAME.split(), "Traceback", "Value error", "pydantic"))
    assert ran.err.isprintable() or "\n" in ran.err
    return ran.err


def contents(reader: str) -> dict[str, str | bytes]:
    """Hostile files of the kinds that a reader takes, by name."""
    deep = {"deep.toml": "a = " + "[" * 5_000} if reader in TOML else {"deep.json": '{"a":' * 5_000}
    bytes_ = {"nul": b"a: \0", "utf16": NAME.encode("utf-16")}
    ending = ".toml" if reader in TOML else ".json"
    found = {**deep, **{f"{name}{ending}": data for name, data in bytes_.items()}}
    found |= {f"wrong{ending}": WRONG_TOML if reader in TOML else WRONG}
    if reader not in TOML | JSON_ALONE:
        found |= {"laughs.yaml": LAUGHS, "deep.yaml": "[" * 500, "wrong.yaml": WRONG}
        found |= {
            "tag.yaml": f'!!python/object/apply:os.system ["echo {NAME}"]',
            "colons.yaml": f"{NAME}: b: c",
        }
    if reader == "week":
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
        found["bomb.xlsx"] = bomb.getvalue()
    return found


@pytest.mark.parametrize("reader", READERS)
def test_what_means_harm_is_refused(files: Files, tmp_path: Path, reader: str) -> None:
    made_of = contents(reader)
    for name, data in made_of.items():
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    for name in made_of:
        assert str(tmp_path / name) in refused(reader, files, tmp_path, tmp_path / name)


@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file_or_too_large(
    files: Files, tmp_path: Path, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = ".toml" if reader in TOML else ".json"
    pipe, huge, loop = (tmp_path / f"{name}{ending}" for name in ("pipe", "huge", "loop"))
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    with open(huge, "wb") as file:
        file.truncate(reading.MAX_BYTES + 1)
    assert (
        "no such file" in (said := refused(reader, files, tmp_path, pipe)) or "not an ordinary file" in said
    )
    refused(reader, files, tmp_path, loop)
    assert "files up to 20 MB are read" in refused(reader, files, tmp_path, huge)


def test_a_roster_that_names_somebody_elses_policy_is_not_followed(files: Files, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{NAME} = 1", encoding="utf-8")
    for path in (
        str(secret),
        "//elsewhere/share/p.toml",
        "\\\\elsewhere\\share\\p.toml",
        "../" * 20 + "etc/passwd",
    ):
        roster = tmp_path / "roster.json"
        text = files.roster.read_text(encoding="utf-8")
        recorded = path.replace("\\", "\\\\")
        roster.write_text(text.replace('"policy": "standard"', f'"policy": "{recorded}"'), encoding="utf-8")
        ran = run("show", files.week, roster)
        assert ran.status == 2
        assert "which cannot be read here" in ran.err


def test_a_calendar_in_the_way_that_is_none(files: Files, tmp_path: Path) -> None:
    for data in (
        b"my notes",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\n" * 3000,
        b"\xff\xfe",
    ):
        path = tmp_path / "clinicians" / "lee.ics"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        ran = run("export", files.week, files.roster, "--ics", tmp_path)
        assert ran.status == 2
        assert f"{path}: this is no calendar; move it away" in ran.err
        assert path.read_bytes() == data
