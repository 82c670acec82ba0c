"""Display names: a file of their own, merged only when something is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sched.week.loading import load_names
from iop_sched.week.problems import InputProblems, Problem
from week.texts import WEEK, loaded, marks

NAMES = "clients:\n  c01: Ada\nclinicians:\n  tess: Dr. Tess\nsites: {north: North House}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "names.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputProblems) as caught:
        load_names(written(folder, text), loaded(WEEK))
    return caught.value.problems


def test_names_are_looked_up_by_id(tmp_path: Path) -> None:
    names = load_names(written(tmp_path, NAMES), loaded(WEEK))
    assert dict(names) == {"c01": "Ada", "tess": "Dr. Tess", "north": "North House"}
    assert names.get("c02") is None
    assert "Ada" not in repr(names)


def test_an_unknown_id_is_reported_when_the_week_is_known(tmp_path: Path) -> None:
    text, places = marks(NAMES.replace("c01: Ada", "c01: Ada\n  «c001: Bea"))
    (found,) = problems(tmp_path, text)
    assert [(found.line, found.column)] == places
    assert "c001" in found.what
    assert "did you mean 'c01'" in found.right
    assert len(load_names(written(tmp_path, text))) == 4


def test_an_id_with_two_names_is_reported(tmp_path: Path) -> None:
    path = written(tmp_path, "clients: {red: Ada}\ncohorts: {red: The Reds, blue: The Blues}\n")
    with pytest.raises(InputProblems, match="another name under clients"):
        load_names(path)


@pytest.mark.parametrize("value", ["12", "[Ada]", "''", "Ada" * 40])
def test_a_name_that_is_none_is_reported_and_not_repeated(tmp_path: Path, value: str) -> None:
    (found,) = problems(tmp_path, NAMES.replace("c01: Ada", f"c01: {value}"))
    assert (found.line, found.where) == (2, "clients.c01")
    assert "Ada" not in str(found)


def test_an_unknown_kind_is_reported(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, NAMES.replace("clients:", "client:"))
    assert found.right == "write 'clients'"


@pytest.mark.parametrize(
    "text",
    [
        "clients: {Wilhelmina: c01}\n",
        "clients:\n  Wilhelmina: ''\n",
        "clients:\n  Wilhelmina: c01\n  Wilhelmina: c02\n",
        'clients: {c01: "Wilhelmina\\u202e"}\n',
        'clients: {Wilhelmina: "\\u202e"}\n',
        "clients: {Wilhelmina Berg: c01}\n",
        "clients: [Wilhelmina, c01]\n",
        "Wilhelmina: {c01: Berg}\n",
        "clients: {c01: Wilhelmina\n",
        "clients: {c01: *Wilhelmina}\n",
    ],
)
def test_a_name_that_stands_in_the_wrong_place_is_not_repeated(tmp_path: Path, text: str) -> None:
    found = problems(tmp_path, text)
    assert found
    assert "Wilhelmina" not in "".join(map(str, found))
