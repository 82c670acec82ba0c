"""Studies: what a file may say, every mistake in it, and the runs that come of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.conftest import study_text
from iop_sched.bench import plan
from iop_sched.bench.job import Job
from iop_sched.bench.plan import jobs
from iop_sched.bench.study import Generated, load_study, require_contenders
from iop_sched.solve.settings import IDEAS
from iop_sched.week.problems import InputProblems
from report.harbour import WEEK, WEEK_FILE

pytestmark = pytest.mark.usefixtures("fake_contenders")


def planned(folder: Path, **changed: str) -> list[Job]:
    path = folder / "study.toml"
    path.write_text(study_text(**changed))
    return jobs(load_study(path), folder, folder / "weeks")


def problems(folder: Path, text: str) -> list[str]:
    path = folder / "study.toml"
    path.write_text(text)
    with pytest.raises(InputProblems) as caught:
        load_study(path)
    return [str(one).removeprefix(f"{path}:") for one in caught.value.problems]


SETTINGS = "[settings.usual]\n[settings.lin2.cpsat]\nlinearization_level = 2\n"


def test_every_list_is_crossed_with_every_other(tmp_path: Path) -> None:
    found = planned(
        tmp_path,
        contenders='["fake-good", "fake-sure"]',
        policies='["standard", "continuity-first"]',
        workers="[1, 2]",
        seeds="[3, 4]",
        time_limits="[1, 2.5]",
        tables=SETTINGS,
    )
    assert len(found) == 2 * 2 * 2 * 2 * 2 * 2
    assert len({job.key for job in found}) == len(found)
    # seeds come first: half of the runs are a whole study with fewer seeds
    assert [job.seed for job in found] == [3] * 32 + [4] * 32
    assert {job.time_limit for job in found} == {1.0, 2.5}
    assert {job.policy for job in found} == {"standard", "continuity-first"}
    assert found[0].settings_name == "usual"
    assert found[1].settings == {"cpsat.linearization_level": 2}


def test_rules_are_left_out_one_at_a_time(tmp_path: Path) -> None:
    found = planned(
        tmp_path, policies='["standard", "continuity-first"]', tables='without_rules = ["balance", "cost"]\n'
    )
    assert list(dict.fromkeys(job.policy for job in found)) == [
        "standard",
        "standard without balance",
        "standard without cost",
        "continuity-first",
        "continuity-first without balance",
        "continuity-first without cost",
    ]
    modes = {job.policy: job.policy_facts.mode("balance") for job in found}
    assert modes["standard"] == modes["standard without cost"] == "soft"
    assert modes["standard without balance"] == modes["continuity-first without balance"] == "off"
    assert len({job.policy_sha256 for job in found}) == 6


def test_rules_that_cannot_be_left_out(tmp_path: Path) -> None:
    text = study_text(tables='without_rules = ["balanse", "rooms"]\n')
    unknown, needed = problems(tmp_path, text)
    assert "there is no rule balanse; did you mean 'balance'?" in unknown
    assert "rooms cannot be off" in needed


def test_what_makes_no_difference_is_run_once(tmp_path: Path) -> None:
    axes = {"workers": "[1, 2]", "seeds": "[3, 4]", "tables": SETTINGS}
    assert len(planned(tmp_path, contenders='["hand-rule"]', **axes)) == 1
    plain = planned(tmp_path, contenders='["cpsat-default"]', **axes)
    assert {(job.workers, job.seed, job.settings_name) for job in plain} == {
        (workers, seed, "usual") for workers in (1, 2) for seed in (3, 4)
    }


def test_both_objectives_and_determinism(tmp_path: Path) -> None:
    found = planned(
        tmp_path,
        contenders='["full"]',
        objectives='["weighted", "lexicographic"]',
        deterministic="true",
        workers="[8]",
    )
    assert [(job.objective, job.workers, job.deterministic) for job in found] == [
        ("weighted", 1, True),
        ("lexicographic", 1, True),
    ]
    assert found[0].options().objective == "weighted"


def test_a_star_names_several_weeks(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(WEEK_FILE.read_text())
    found = planned(tmp_path, instances='["*.yaml"]')
    # the two are one week: what is asked is the same
    assert [job.instance for job in found] == ["a.yaml"]


def test_a_generated_week_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Generated] = []

    def generate(week: Generated, out: Path) -> None:
        made.append(week)
        out.write_text(json.dumps(WEEK.model_dump(mode="json")))

    monkeypatch.setattr(plan, "_generate", generate)
    tables = '[[generated]]\nclients = 24\nseed = 3\n[[generated]]\nclients = 48\ntightness = "high"\n'
    text = tables + SETTINGS
    first = planned(tmp_path, instances="[]", tables=text)
    again = planned(tmp_path, instances="[]", tables=text)
    assert [job.key for job in first] == [job.key for job in again]
    assert made == [Generated(clients=24, seed=3), Generated(clients=48, tightness="high")]
    assert (tmp_path / "weeks/24-clients-1-sites-medium-3.json").is_file()
    assert first[0].instance == "24-clients-1-sites-medium-3"


def test_a_week_that_cannot_be_generated_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan.sys, "executable", "/bin/false")
    with pytest.raises(InputProblems, match="generate could not make it"):
        planned(tmp_path, instances="[]", tables="[[generated]]\nclients = 24\n")


MISTAKES = [
    ("name = 3\n", "1:1: name"),
    ('instances = ["none.yaml"]\n', "there is no file none.yaml"),
    ("seeds = []\n", "seeds"),
    ("seeds = [1, 1]\n", "twice"),
    ("seeds = [-1]\n", "seeds"),
    ("workers = [0]\n", "workers"),
    ("time_limits = [0.0]\n", "time_limits"),
    ('contenders = ["hand-rul"]\n', "did you mean 'hand-rule'?"),
    ('objectives = ["best"]\n', "objectives"),
    ("seed = [1]\n", "there is no such field; write 'seeds'"),
    ('policies = ["standrd"]\n', "did you mean 'standard'?"),
    ("[settings.a.cpsat]\nlinearization_levl = 1\n", "settings, a, cpsat, linearization_levl"),
    ("[settings.a]\ncpsatt = 1\n", "settings, a: there is no such field; write 'cpsat'"),
    ('[[generated]]\nclients = 24\ntightness = "tight"\n', "tightness"),
]


@pytest.mark.parametrize(("line", "words"), MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, line: str, words: str) -> None:
    key = line.partition(" =")[0]
    text = "".join(f"{one}\n" for one in study_text().splitlines() if not one.startswith(f"{key} "))
    found = problems(tmp_path, text + line if line.startswith("[") else line + text)
    assert len(found) == 1, found
    assert words in found[0]


def test_a_peer_that_cannot_do_an_objective(tmp_path: Path) -> None:
    found = problems(tmp_path, study_text(contenders='["cpsat-default"]', objectives='["lexicographic"]'))
    assert "cpsat-default cannot minimise lexicographic; it can do weighted" in found[0]


def test_a_contender_that_lacks_something_stops_a_run_only(tmp_path: Path) -> None:
    path = tmp_path / "study.toml"
    path.write_text(study_text(contenders='["fake-absent"]'))
    with pytest.raises(InputProblems, match="install nothing: it never runs"):
        require_contenders(load_study(path), path)


def test_all_mistakes_at_once_with_their_lines(tmp_path: Path) -> None:
    text = study_text(contenders='["ful"]', seeds="[-1]", tables="[settings.a.cpsat]\nnum_workers = 2\n")
    lines = text.splitlines()
    found = problems(tmp_path, text)
    numbers = [int(one.partition(":")[0]) for one in found]
    keys = ["contenders", "seeds", "num_workers"]
    assert numbers == [next(n for n, line in enumerate(lines, 1) if line.startswith(key)) for key in keys]


def test_no_week_at_all(tmp_path: Path) -> None:
    assert "no week to solve" in problems(tmp_path, study_text(instances="[]"))[0]


def test_a_week_with_mistakes_is_told_as_validate_does(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("program: 3\n")
    with pytest.raises(InputProblems, match=r"bad\.yaml:1:10"):
        planned(tmp_path, instances='["bad.yaml"]')


def test_the_calibration_is_always_the_same_run() -> None:
    job = plan.calibration()
    assert job is not None
    assert (job.instance, job.workers, job.deterministic) == ("quickstart.yaml", 1, True)


SHIPPED = sorted((Path(__file__).resolve().parents[2] / "benchmarks/studies").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_studies_are_in_order(path: Path) -> None:
    assert load_study(path).name == path.stem


def test_the_ablation_leaves_out_every_idea_once() -> None:
    (path,) = (path for path in SHIPPED if path.stem == "ablation")
    left_out = [list(one.staged.without) for one in load_study(path).settings.values()]
    # the weighted sum needs no guide; its weeks are too small for parts and too large for the last two
    others = [[idea] for idea in IDEAS if idea not in ("guide", "parts", "alone", "destructive")]
    assert sorted(left_out) == sorted([[], *others])
