"""From a study to jobs, in an order in which an interrupted study is worth something."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from iop_sched.bench.job import Job
from iop_sched.bench.peers import contender
from iop_sched.bench.study import USUAL, Generated, Study, policy_path, week_files, without
from iop_sched.solve.settings import SolverSettings
from iop_sched.week.files import canonical_sha256
from iop_sched.week.loading import load_policy_file, load_week
from iop_sched.week.policy import Policy
from iop_sched.week.problems import InputProblems, Problem
from iop_sched.week.reading import is_tables
from iop_sched.week.week_text import week_text

CALIBRATION = "quickstart.yaml"
CALIBRATION_SECONDS = 20.0


@dataclass(frozen=True)
class Instance:
    """A week as a file's text, under its name in the study."""

    name: str
    suffix: str
    text: str
    sha256: str
    clients: int

    @classmethod
    def of(cls, path: Path, name: str) -> Instance:
        """Read and check a week; raises ``InputProblems``."""
        week = load_week(path)
        if is_tables(path):
            text, suffix = week_text(week, as_json=True), ".json"
        else:
            text, suffix = path.read_text(encoding="utf-8-sig"), path.suffix
        return cls(name, suffix, text, canonical_sha256(week), len(week.clients))


def jobs(study: Study, folder: Path, cache: Path) -> list[Job]:
    """All runs of a study; ``folder`` is the study's own, ``cache`` is for generated weeks.

    Seeds come first, so that whatever has been run when a study is interrupted has been run for all.
    Raises ``InputProblems`` about instances.
    """
    weeks = _instances(study, folder, cache)
    policies = list(_policies(study, folder))
    wanted = product(study.seeds, weeks, policies, study.objectives, study.time_limits, study.workers)
    found: dict[str, Job] = {}
    for seed, week, policy, objective, limit, workers in wanted:
        for name, settings_name in product(study.contenders, study.settings):
            job = make_job(
                study.name,
                week,
                policy,
                name,
                (settings_name, study.settings[settings_name]),
                objective=objective,
                workers=1 if study.deterministic else workers,
                seed=seed,
                time_limit=limit,
                deterministic=study.deterministic,
            )
            found.setdefault(job.key, job)
    return list(found.values())


def _policies(study: Study, folder: Path) -> Iterator[tuple[str, Policy]]:
    """Policies with their names, each followed by itself without each rule that the study leaves out."""
    for name in study.policies:
        policy = load_policy_file(policy_path(name, folder))
        yield name, policy
        for rule in study.without_rules:
            yield f"{Path(name).stem} without {rule}", without(policy, rule)


def make_job(
    study: str,
    week: Instance,
    policy: tuple[str, Policy],
    name: str,
    settings: tuple[str, SolverSettings],
    **options: object,
) -> Job:
    """One run; what means nothing to the contender is set to one value, so that it is run once."""
    chosen = contender(name)
    settings_name, solver = settings if chosen.takes_settings else (USUAL, SolverSettings())
    if chosen.repeats:
        options |= {"workers": 1, "seed": 0}
    return Job.model_validate(
        {
            "study": study,
            "instance": week.name,
            "instance_sha256": week.sha256,
            "clients": week.clients,
            "suffix": week.suffix,
            "text": week.text,
            "policy": Path(policy[0]).stem,
            "policy_sha256": canonical_sha256(policy[1]),
            "policy_facts": policy[1],
            "contender": name,
            "settings_name": settings_name,
            "settings": solver.record(),
            "solver": solver,
            **options,
        }
    )


def calibration() -> Job | None:
    """The fixed solve that makes machines comparable; None where the shipped instances are not at hand."""
    path = Path(__file__).resolve().parents[3] / "instances" / CALIBRATION
    if not path.is_file():
        return None
    return make_job(
        "calibration",
        Instance.of(path, CALIBRATION),
        ("standard", load_policy_file("standard")),
        "full",
        (USUAL, SolverSettings()),
        objective="weighted",
        workers=1,
        seed=1,
        time_limit=CALIBRATION_SECONDS,
        deterministic=True,
    )


def _instances(study: Study, folder: Path, cache: Path) -> list[Instance]:
    paths = [path for pattern in study.instances for path in week_files(folder, pattern)]
    makers: list[Callable[[], Instance]] = [
        *(partial(Instance.of, path, _name(path, paths)) for path in dict.fromkeys(paths)),
        *(partial(_generated, one, cache) for one in study.generated),
    ]
    found, problems = [], list[Problem]()
    for make in makers:
        try:
            found.append(make())
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise InputProblems(problems)
    return found


def _name(path: Path, among: list[Path]) -> str:
    """The file's name, with its folder's where two files share it."""
    same = {other.resolve() for other in among if other.name == path.name}
    return path.name if len(same) == 1 else f"{path.resolve().parent.name}/{path.name}"


def _generated(week: Generated, cache: Path) -> Instance:
    # JSON is read many times faster than YAML
    path = cache / f"{week.name}.json"
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}")
        _generate(week, temporary)
        temporary.replace(path)
    return Instance.of(path, week.name)


def _generate(week: Generated, out: Path) -> None:
    """Have ``iop-sched generate`` write a week; raises ``InputProblems`` with its own words."""
    options = [f"--{name}={value}" for name, value in week.model_dump().items()]
    command = [sys.executable, "-m", "iop_sched", "generate", *options, "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not out.is_file():
        words = done.stderr.strip().splitlines()[-1:] or ["it wrote nothing"]
        what = f"iop-sched generate could not make it ({words[0]})"
        raise InputProblems([Problem(week.name, 0, 0, "", what, "see iop-sched generate --help")])
