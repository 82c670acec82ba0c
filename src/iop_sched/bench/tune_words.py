"""What a tuning showed, in plain words."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from iop_sched.bench.comparing import better_roster, better_run, settled
from iop_sched.bench.report.statistics import LEVEL, wilson
from iop_sched.bench.row import Row
from iop_sched.bench.study import USUAL
from iop_sched.bench.tune import Tuning, candidate
from iop_sched.solve.settings import SolverSettings

Pairs = Sequence[tuple[Row, Row]]


def is_clear(pairs: Pairs) -> bool:
    """Whether the choice wins so often that luck is no good explanation."""
    wins, losses = count(pairs)
    return wilson(wins, wins + losses).low > 0.5


def count(pairs: Pairs) -> tuple[int, int]:
    """Seeds on which the choice was better, and on which the usual settings were."""
    found = [better_run(choice, usual) for choice, usual in pairs]
    return found.count(1), found.count(-1)


def chosen(tuning: Tuning) -> SolverSettings:
    """What goes into the settings file: the usual settings unless something is clearly better."""
    return candidate(tuning.choice if is_clear(tuning.pairs) else USUAL)


def verdict(tuning: Tuning) -> str:
    """What was best, by how much, over how many seeds, and how sure that is."""
    wins, losses = count(tuning.pairs)
    seeds = len(tuning.pairs)
    ties = seeds - wins - losses
    tried = len({row.settings_name for row in tuning.rows.rows} - {USUAL})
    selected = f"{tried} settings were tried on {_seeds(tuning.selecting_seeds)}; the best was"
    against = (
        f"Against the usual settings, on {_seeds(seeds)} that had no say in that choice, it was better on"
        f" {wins}, worse on {losses} and as good on {ties}."
    )
    lines = [f"{selected} '{tuning.choice}' ({_plainly(candidate(tuning.choice))}).", against]
    lines += [_by_how_much(tuning.pairs), _how_sure(wins, losses)]
    if is_clear(tuning.pairs):
        lines.append(f"So '{tuning.choice}' is clearly better for this week.")
    else:
        lines.append("So no setting is clearly better than the usual ones; the file keeps the usual ones.")
    return "\n".join(line for line in lines if line)


def _plainly(settings: SolverSettings) -> str:
    return ", ".join(f"{name.removeprefix('cpsat.')} = {value}" for name, value in settings.record().items())


def _seeds(number: int) -> str:
    return f"{number} seed{'s' * (number != 1)}"


def _by_how_much(pairs: Pairs) -> str:
    both = [(choice, usual) for choice, usual in pairs if choice.ok and usual.ok]
    missing = [sum(not row.ok for row in side) for side in zip(*pairs, strict=True)]
    words = []
    if any(missing):
        words.append(f"It found no roster in {missing[0]} runs, the usual settings in {missing[1]}.")
    if not both:
        return " ".join(words)
    if any(better_roster(choice, usual) for choice, usual in both):
        words.append(_by_value(both))
    else:
        first, second = (median(map(settled, side)) for side in zip(*both, strict=True))
        words.append(
            f"Both came to equally good rosters: it in {first:.1f} s, the usual settings in {second:.1f} s"
            " (medians)."
        )
    return " ".join(words)


def _by_value(pairs: Pairs) -> str:
    """Medians of the first figure that differs, which is the one that decides."""
    names = list(pairs[0][0].figures)
    name = next(
        name
        for name in names
        if any(one.figures[name].value != two.figures[name].value for one, two in pairs)
    )
    first, second = (median(row.figures[name].value for row in side) for side in zip(*pairs, strict=True))
    scale = pairs[0][0].figures[name].scale
    return (
        f"Its rosters have {first:g} in '{name}', those of the usual settings {second:g} (medians; lower is"
        f" better), a difference of {abs(first - second) / scale:.2%} of what is at stake."
    )


def _how_sure(wins: int, losses: int) -> str:
    decided = wins + losses
    if not decided:
        return "No seed told the two apart."
    found = wilson(wins, decided)
    return (
        f"How sure: of all seeds that tell them apart it is better on {found.low:.0%} to {found.high:.0%}"
        f" ({LEVEL:.0%} interval from {_seeds(decided)})."
    )


def comment(tuning: Tuning) -> str:
    """The head of the settings file."""
    asked = tuning.asked
    about = (
        f"Settings for {asked.week.name} (week {asked.week.sha256[:12]}), policy {asked.policy_name}:"
        f" {asked.options.time_limit:g} s a run, {asked.options.workers} workers,"
        f" objective {asked.options.objective}."
    )
    return f"{about}\n{verdict(tuning)}"


def next_step(instance: Path, out: Path, tuning: Tuning) -> str:
    """The command that uses the file."""
    options = tuning.asked.options
    words = ["iop-sched", "solve", str(instance), "--params", str(out), "--workers", str(options.workers)]
    words += ["--policy", tuning.asked.policy_name] * (tuning.asked.policy_name != "standard")
    words += ["--objective", options.objective] * (options.objective != "lexicographic")
    return f"Next: {shlex.join(words)}"
