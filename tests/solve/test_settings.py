"""Settings files: TOML in and out, every mistake with its place, and what reaches the solver."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from ortools.sat.python import cp_model

from iop_sched.solve import parameters
from iop_sched.solve.outcome import SolveOptions
from iop_sched.solve.parameters import Budget, configure, hurry, record
from iop_sched.solve.settings import SolverSettings, load_settings, to_toml, write_settings
from iop_sched.week.problems import InputProblems

EVERY_TYPE = """
[cpsat]
linearization_level = 2
use_lns = false
search_branching = "PORTFOLIO_SEARCH"
mip_max_bound = 1e6
ignore_subsolvers = ["quick_restart", "no_lp"]
subsolver_params = [{ name = "mine", linearization_level = 0 }]
extra_subsolvers = ["mine"]

[staged]
without = ["cuts"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text)
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, EVERY_TYPE))
    kept = tmp_path / "kept.toml"
    write_settings(kept, settings, "Two lines\nof comment")
    assert load_settings(kept) == settings
    assert kept.read_text().startswith("# Two lines\n# of comment\n\n[cpsat]\n")
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_no_settings_are_a_file_too(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, "# as usual\n")) == SolverSettings()
    assert to_toml(SolverSettings(), "as usual") == "# as usual\n"


def test_they_reach_the_solver_which_keeps_its_own() -> None:
    settings = SolverSettings(
        cpsat={
            "linearization_level": 2,
            "use_lns": False,
            "search_branching": "LP_SEARCH",
            "ignore_subsolvers": ["no_lp"],
        }
    )
    solver = cp_model.CpSolver()
    configure(solver, SolveOptions(workers=3, seed=5, settings=settings), Budget(7.0, False))
    found = solver.parameters
    assert (found.linearization_level, found.use_lns, list(found.ignore_subsolvers)) == (2, False, ["no_lp"])
    assert found.search_branching == type(found).LP_SEARCH
    assert (found.num_workers, found.random_seed, found.max_time_in_seconds) == (3, 5, 7.0)
    assert not found.catch_sigint_signal


@pytest.mark.parametrize(("cores", "searching"), [(2, {"max_lp"}), (4, {"max_lp", "core", "default_lp"})])
def test_who_searches_for_a_proof(monkeypatch: pytest.MonkeyPatch, cores: int, searching: set[str]) -> None:
    """In CP-SAT's own words: it keeps one thread for neighbourhoods, whatever is asked for."""
    monkeypatch.setattr(parameters, "cores", lambda: cores)
    model, solver, log = cp_model.CpModel(), cp_model.CpSolver(), list[str]()
    # enough of a problem to get as far as a search
    sizes = [7 * number % 31 + 5 for number in range(24)]
    taken = [[model.new_bool_var("") for _ in range(3)] for _ in sizes]
    for bins in taken:
        model.add_exactly_one(bins)
    loads = [sum(size * one[bin_] for size, one in zip(sizes, taken, strict=True)) for bin_ in range(3)]
    most = model.new_int_var(0, sum(sizes), "most")
    for load in loads:
        model.add(load <= most)
    model.minimize(100 * most + sum(one[0] for one in taken))
    configure(solver, SolveOptions(workers=8), Budget(10.0, False))
    hurry(solver, "proof")
    solver.parameters.log_search_progress = True
    solver.parameters.log_to_stdout = False
    solver.log_callback = log.append
    solver.solve(model)
    (words,) = [line for line in log if "full problem subsolver" in line]
    assert set(words.split("[")[1].split("]")[0].split(", ")) == searching


def test_the_record_names_them_and_nothing_else() -> None:
    settings = SolverSettings.model_validate({"cpsat": {"use_lns": False, "subsolvers": ["core"]}})
    plain, full = record(SolveOptions()), record(SolveOptions(settings=settings))
    assert {key: full[key] for key in full.keys() - plain.keys()} == {
        "cpsat.use_lns": False,
        "cpsat.subsolvers": '["core"]',
    }
    assert {key: full[key] for key in plain} == plain


WRONG = [
    ("linearization_levl = 2", "2:1: cpsat, linearization_levl", "did you mean 'linearization_level'?"),
    ("num_workers = 2", "num_workers: the program sets this itself", "--workers"),
    ("random_seed = 2", "random_seed: the program sets this itself", "--seed"),
    ("max_time_in_seconds = 2.0", "the program sets this itself", "--time-limit"),
    ("catch_sigint_signal = true", "the program sets this itself", "Ctrl-C"),
    ("log_search_progress = true", "the program sets this itself", ""),
    ("relative_gap_limit = 0.1", "the program sets this itself", "would not mean"),
    ("use_feasibility_jump = true", "the program sets this itself", "end the whole program"),
    ("num_violation_ls = 1", "the program sets this itself", "end the whole program"),
    ("use_ls_only = true", "the program sets this itself", "end the whole program"),
    ("linearization_level = 2.0", "takes other values", "write a whole number"),
    ("linearization_level = true", "takes other values", "write a whole number"),
    ("linearization_level = 3000000000", "takes other values", "write a whole number"),
    ("linearization_level = -1", "the solver refuses this value", "non-negative"),
    ("use_lns = 1", "takes other values", "write true or false"),
    ("mip_max_bound = nan", "takes other values", "write a number"),
    ('search_branching = "BEST"', "takes other values", "PORTFOLIO_SEARCH"),
    ('subsolvers = "core"', "takes other values", "write a list, each a text"),
    ('subsolvers = ["cores"]', "the solver refuses this value", "'cores' is not valid"),
    ("subsolver_params = [{ use_lnss = true }]", "subsolver_params #1, use_lnss", "'use_lns'"),
    ("subsolver_params = 3", "takes other values", "a list of tables"),
]


@pytest.mark.parametrize(("line", "what", "right"), WRONG)
def test_a_mistake_has_its_place_and_what_would_be_right(
    tmp_path: Path, line: str, what: str, right: str
) -> None:
    with pytest.raises(InputProblems) as caught:
        load_settings(written(tmp_path, f"[cpsat]\n{line}\n"))
    assert len(caught.value.problems) == 1
    assert what in str(caught.value)
    assert right in str(caught.value)


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    text = "[cpsat]\nuse_lnss = true\nnum_workers = 2\n[staged]\nwithot = []\n[cpsatt]\n"
    with pytest.raises(InputProblems) as caught:
        load_settings(written(tmp_path, text))
    assert [problem.line for problem in caught.value.problems] == [2, 3, 5, 6]


def test_settings_cannot_be_made_wrong_in_code() -> None:
    with pytest.raises(ValueError, match="did you mean 'use_lns'"):
        SolverSettings(cpsat={"use_lnss": True})
