"""The README's section "From a spreadsheet", command by command, as somebody would follow it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli.conftest import Cli
from mutations.case import ROOT, instance
from tables.made import cells_of, put, write_workbook

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## From a spreadsheet\n")[2].partition("\n## ")[0]
COMMANDS = [
    (found[1], found[2].rstrip("\n"))
    for block in re.findall(r"^```console\n(.*?)^```", SECTION, re.DOTALL | re.MULTILINE)
    for found in re.finditer(r"\$ iop-sched (.*)\n((?:(?!\$ ).*\n)*)", block)
]


def fill_in(path: Path, mistakes: bool) -> None:
    """What a person does in between: types in the quickstart week, with three mistakes at first."""
    cells = cells_of(instance("quickstart"))
    if mistakes:
        put(cells, "Clients", 5, "Level of care", "IOPP")
        put(cells, "Clients", 5, "Dose, target", "nine")
        put(cells, "Client hours", 4, "Weekdays", "mon, Thurs")
    path.unlink()
    write_workbook(path, cells)


def fits(shown: str, said: str) -> bool:
    """Whether what a command said is what the section shows; ``…`` stands for what it leaves out."""
    lines = [".*" if line == "…" else re.escape(line.rstrip()) for line in shown.splitlines()]
    said = "\n".join(line.rstrip() for line in said.splitlines())
    return re.fullmatch("\n".join(lines), said, re.DOTALL) is not None


def test_the_section_leads_from_a_template_to_paper(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = [command.split()[0] for command, _ in COMMANDS]
    assert asked == ["template", "validate", "validate", "solve", "show", "export", "convert"]
    for number, (command, shown) in enumerate(COMMANDS):
        if command.startswith("validate"):
            fill_in(Path("week.xlsx"), mistakes=number == asked.index("validate"))
        ran = cli(*shlex.split(command))
        assert ran.status == (2 if "problems found" in shown else 0), ran.err
        assert fits(shown, f"{ran.out}{ran.err}"), f"$ iop-sched {command}\n{ran.out}{ran.err}"
    for name in (
        "roster.xlsx",
        "week.html",
        *(f"print/{kind}.html" for kind in ("day-sheets", "client-pages")),
    ):
        assert Path(name).stat().st_size > 5_000


def test_its_picture_is_there() -> None:
    (picture,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", SECTION)
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
