"""The installed command, in its own process: streams, statuses, pipes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from report.harbour import WEEK_FILE

COMMAND = [sys.executable, "-c", "from iop_sched.cli.app import main; main()"]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )


def test_a_solve_from_end_to_end(tmp_path: Path) -> None:
    """The real solver on the small week; its roster passes ``check`` and every view reads it."""
    kept = tmp_path / "roster.json"
    solved = run("solve", WEEK_FILE, "--time-limit", 20, "--out", kept)
    assert solved.returncode == 0, solved.stderr
    assert "Harbour House" in solved.stdout
    assert str(kept) in solved.stderr
    checked = run("check", WEEK_FILE, kept)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_bad_input_has_no_traceback(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("program: [\n")
    ran = run("validate", bad)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Traceback" not in ran.stderr
    assert "1 problem found" in ran.stderr


def test_a_reader_that_leaves_early_is_no_defect() -> None:
    with subprocess.Popen([*COMMAND, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141
