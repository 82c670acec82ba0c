"""Reading what a command is given: the week, the roster, its policy, display names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sched.cli.console import say
from iop_sched.cli.guard import BadInputError

if TYPE_CHECKING:
    from iop_sched.report.words import Labels
    from iop_sched.scenario.change import Changed
    from iop_sched.week.policy import Policy
    from iop_sched.week.program import ProgramWeek
    from iop_sched.week.result import RosterFile


_PARTS = {"program": "name", "week_of": "date", "previous": "last week"}
"""Parts of a program week whose field says less to a reader."""


@dataclass(frozen=True)
class RosterOfWeek:
    """A roster with the week and the policy it belongs to."""

    week: ProgramWeek
    policy: Policy
    roster: RosterFile


def read_week(instance: Path, previous: Path | None) -> ProgramWeek:
    """The program week; with ``previous``, looking back on that roster."""
    from iop_sched.week.loading import load_week_with_previous

    return load_week_with_previous(instance, previous)


def changed(
    week: ProgramWeek, policy: Policy, scenarios: Sequence[Path] | None, changes: Sequence[str] | None
) -> Changed:
    """The week and policy after all scenarios, and after all changes in short words, as one scenario."""
    from iop_sched.scenario.change import Changed

    if not scenarios and not changes:
        # the grammar of changes takes a while to import
        return Changed(week, policy)
    from iop_sched.scenario.apply import apply
    from iop_sched.scenario.load import load_scenarios

    return apply(week, policy, load_scenarios(scenarios or (), changes or ()))


def read_labels(names: Path | None, week: ProgramWeek) -> Labels:
    """Ids alone, or with the display names of a names file."""
    from iop_sched.report.words import Labels
    from iop_sched.week.loading import load_names

    return Labels(None if names is None else load_names(names, week))


def read_roster_of_week(
    instance: Path,
    roster_path: Path,
    previous: Path | None,
    policy: str | None,
    force: bool,
    scenarios: Sequence[Path] | None = None,
    changes: Sequence[str] | None = None,
) -> RosterOfWeek:
    """A roster whose hashes match the week and the policy (as ``changed``), or, with ``force``, any.

    Raises ``BadInputError`` when the roster is stale, with what to do about it.
    """
    return read_rosters_of_week(instance, [roster_path], previous, policy, force, scenarios, changes)[0]


def read_rosters_of_week(
    instance: Path,
    roster_paths: Sequence[Path],
    previous: Path | None,
    policy: str | None,
    force: bool,
    scenarios: Sequence[Path] | None = None,
    changes: Sequence[str] | None = None,
) -> list[RosterOfWeek]:
    """Several rosters of one week, each as ``read_roster_of_week`` reads it.

    Raises ``BadInputError`` when any is stale, naming each that is and what to do about it.
    """
    from iop_sched.week.files import read_roster

    week = read_week(instance, previous)
    found = []
    for path in roster_paths:
        roster = read_roster(path)
        now = changed(week, _policy_of(roster, policy), scenarios, changes)
        found.append(RosterOfWeek(now.week, now.policy, roster))
    stale = [
        words
        for path, given in zip(roster_paths, found, strict=True)
        for words in _stale(instance, path, given)
    ]
    if stale and not force:
        one = "a stale roster" if len(roster_paths) == 1 else "stale rosters"
        advice = f"Solve the week again, name the right files, or add --force to go on with {one}."
        raise BadInputError("\n".join([*stale, advice]))
    for words in stale:
        say(f"Warning: {words}")
    return found


def _stale(instance: Path, roster_path: Path, given: RosterOfWeek) -> list[str]:
    """Why a roster does not belong to the week and the policy as they are now."""
    from iop_sched.week.files import canonical_sha256

    week, chosen, roster = given.week, given.policy, given.roster
    stale = []
    if canonical_sha256(week) != roster.provenance.instance_sha256:
        stale.append(
            f"{roster_path} was not made from {instance} as it is now: {_what_changed(week, roster)}."
        )
    if canonical_sha256(chosen) != roster.provenance.policy_sha256:
        stale.append(
            f"{roster_path} was made under the policy {roster.provenance.policy!r}, which has changed since,"
            " or is not the one named with --policy, or has other changes (--scenario, --change)."
        )
    return stale


def _what_changed(week: ProgramWeek, roster: RosterFile) -> str:
    """Which parts of the week are not those that a roster was made from, and what that can come of."""
    from iop_sched.week.files import part_hashes

    before, now = roster.provenance.instance_parts, part_hashes(week)
    parts = [name for name in now if before.get(name) != now[name]] if before else []
    other = [_PARTS.get(name, name.replace("_", " ")) for name in parts]
    if parts == ["previous"]:
        return "it looked back on another previous roster; name that one with --previous"
    changes = "or it was solved with other changes (--scenario, --change)"
    if not other:
        looked = "or the roster looked back on another previous roster (--previous)"
        return f"the program week has changed since, {looked}, {changes}"
    if "previous" in parts:
        changes = f"or it looked back on another previous roster (--previous), {changes}"
    said = other[0] if len(other) == 1 else f"{', '.join(other[:-1])} and {other[-1]}"
    return f"{said} of the program week changed since, {changes}"


def _may_follow(path: str) -> bool:
    """Whether a path that stands in a roster, which may come from anybody, is that of a policy on disk."""
    # two slashes begin the name of another machine, which would be asked for the file
    return path.lower().endswith(".toml") and not path.replace("\\", "/").startswith("//")


def _policy_of(roster: RosterFile, policy: str | None) -> Policy:
    from iop_sched.week.loading import load_policy_file
    from iop_sched.week.policy import policy_names
    from iop_sched.week.problems import InputProblems

    if policy is not None:
        return load_policy_file(policy)
    recorded = roster.provenance.policy
    try:
        if recorded not in policy_names() and not _may_follow(recorded):
            raise InputProblems(())
        return load_policy_file(recorded)
    except InputProblems as error:
        raise BadInputError(
            f"The roster was made under the policy {recorded!r}, which cannot be read here."
            " Name it with --policy NAME or --policy FILE."
        ) from error
