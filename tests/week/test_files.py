"""Roster files and hashes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from iop_sched.week.files import canonical_sha256, make_folder, read_roster, write_roster, write_text
from iop_sched.week.problems import InputProblems
from week.rosters import RAW, ROSTER
from week.texts import WEEK, loaded, spoil


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "roster.json"
    write_roster(path, ROSTER)
    assert read_roster(path) == ROSTER
    text = path.read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert text.startswith('{\n "cohorts": [\n')
    assert os.listdir(tmp_path) == ["roster.json"]


def test_the_same_roster_gives_the_same_bytes(tmp_path: Path) -> None:
    write_roster(tmp_path / "a.json", ROSTER)
    write_roster(tmp_path / "b.json", read_roster(tmp_path / "a.json"))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "roster.json"
    path.write_text("old", encoding="utf-8")

    def fail(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_roster(path, ROSTER)
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["roster.json"]


def test_temporaries_of_killed_writes_are_swept_and_others_left(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (f".r.json.{dead.pid}.tmp", f".r.json.{os.getppid()}.tmp", ".r.json.x.tmp", ".s.json.1.tmp"):
        (tmp_path / name).write_text("", encoding="utf-8")
    write_roster(tmp_path / "r.json", ROSTER)
    left = {f".r.json.{os.getppid()}.tmp", ".r.json.x.tmp", ".s.json.1.tmp", "r.json"}
    assert set(os.listdir(tmp_path)) == left


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_killed_write_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_roster(path, ROSTER)
    program = (
        "from pathlib import Path\nfrom iop_sched.week.files import *\n"
        f"path = Path({str(path)!r})\nroster = read_roster(path)\nprint(flush=True)\n"
        "while True: write_roster(path, roster)\n"
    )
    for delay in (0.0, 0.003, 0.011):
        writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        with writer.stdout:
            writer.stdout.readline()
            time.sleep(delay)
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        assert read_roster(path) == ROSTER
    write_roster(path, ROSTER)
    assert os.listdir(tmp_path) == ["r.json"]


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    write_roster(tmp_path / "link.json", ROSTER)
    assert (tmp_path / "link.json").is_symlink()
    assert read_roster(tmp_path / "real.json") == ROSTER


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_roster(tmp_path / "no" / "r.json", ROSTER)


def test_everything_wrong_in_a_roster_file_is_reported(tmp_path: Path) -> None:
    raw = {
        **RAW,
        "colour": 1,
        "status": "fine",
        "placements": [{"client": "c01", "start": "mon", "last": "day"}],
    }
    path = tmp_path / "r"
    path.write_text(json.dumps(raw, indent=1), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        read_roster(path)
    assert sorted(one.where for one in caught.value.problems) == ["", "placements[c01].last", "status"]


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "a: 1", '{"a": 1, "a": 2}'])
def test_what_is_no_roster(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems):
        read_roster(tmp_path / "r.json")


def test_the_hash_is_of_what_the_file_means() -> None:
    hashed = canonical_sha256(loaded(WEEK))
    assert len(hashed) == 64
    assert canonical_sha256(loaded("# a comment\n" + WEEK)) == hashed
    assert canonical_sha256(loaded(loaded(WEEK).model_dump_json(), "week.json")) == hashed
    assert canonical_sha256(loaded(spoil(("grid: 15", "grid: 5")))) != hashed


def test_a_default_written_out_hashes_as_one_left_out() -> None:
    explicit = spoil(("- id: tess\n", "- id: tess\n  admin_hours: 0\n  turnaround: 0\n"))
    assert canonical_sha256(loaded(explicit)) == canonical_sha256(loaded(WEEK))


def test_a_new_file_is_for_its_owner_alone_and_an_older_one_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_text(path, "before")
    assert os.stat(path).st_mode & 0o777 == 0o600
    path.chmod(0o640)
    write_text(path, "after")
    assert path.read_text(encoding="utf-8") == "after"
    assert os.stat(path).st_mode & 0o777 == 0o640


def test_every_new_folder_is_for_its_owner_alone_and_an_older_one_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there").chmod(0o755)
    make_folder(tmp_path / "there" / "calendars" / "clients")
    for path, mode in (("there", 0o755), ("there/calendars", 0o700), ("there/calendars/clients", 0o700)):
        assert os.stat(tmp_path / path).st_mode & 0o777 == mode, path
    make_folder(tmp_path / "there")
    assert os.stat(tmp_path / "there").st_mode & 0o777 == 0o755


def test_no_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    with pytest.raises(OSError, match="notes"):
        make_folder(tmp_path / "notes")
    with pytest.raises(OSError, match="notes"):
        make_folder(tmp_path / "notes" / "clients")
