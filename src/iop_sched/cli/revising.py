"""What the four commands that change a roster by hand have in common."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek
    from iop_sched.report.words import Labels
    from iop_sched.revise.edits import Edited
    from iop_sched.revise.effect import Effect
    from iop_sched.rules import Schedule
    from iop_sched.week.pins import Pin
    from iop_sched.week.policy import Policy
    from iop_sched.week.times import Day

_MOST_REASON = 200


@dataclass(frozen=True)
class Files:
    """What an edit reads and writes."""

    instance: Path
    roster: Path
    out: Path | None
    previous: Path | None
    policy: str | None
    names: Path | None
    force: bool
    as_json: bool


@dataclass(frozen=True)
class Override:
    """Rules to set aside for ``client``, why, and the scenario file that the pin goes to."""

    client: str
    rules: tuple[str, ...]
    because: str
    pins: Path | None


def override(client: str, rules: list[str] | None, because: str | None, pins: Path | None) -> Override | None:
    """The override asked for, if any; raises ``BadInputError`` when it is incomplete."""
    from iop_sched.revise.asking import unknown
    from iop_sched.week.pins import Overridable

    if not rules:
        if because is not None or pins is not None:
            raise BadInputError("--because and --pins go with --override RULE.")
        return None
    known = get_args(Overridable)
    wrong = [unknown("rule that can be set aside", one, known) for one in rules if one not in known]
    if wrong:
        raise BadInputError("\n".join(wrong))
    reason = (because or "").strip()
    if not reason:
        raise BadInputError('Rules are set aside with a reason only; add --because "…".')
    if len(reason) > _MOST_REASON:
        raise BadInputError(f"--because: at most {_MOST_REASON} letters; say it more briefly.")
    return Override(client, tuple(rules), reason, pins)


def read_days(days: str | None) -> tuple[Day, ...]:
    """``mon,wed,thu`` as days in week order; raises ``BadInputError``."""
    from iop_sched.week.times import parse_day, sort_days

    if days is None:
        return ()
    try:
        found = sort_days(
            tuple(parse_day(word.strip()) for word in days.replace(" ", ",").split(",") if word)
        )
    except ValueError as error:
        raise BadInputError(f"--days {days}: {error}; write mon,wed,thu.") from None
    if not found:
        raise BadInputError("--days names no day; write mon,wed,thu.")
    return found


def edit_roster(
    files: Files, change: Callable[[Schedule, Policy], Edited], setting_aside: Override | None = None
) -> ExitCode:
    """Make a change, show what it does, and write the roster where there is a file for it.

    Raises ``BadInputError`` when the change makes no sense.
    """
    from iop_sched.cli.files import read_labels, read_roster_of_week
    from iop_sched.cli.outputs import check_output
    from iop_sched.revise.asking import CannotReviseError
    from iop_sched.revise.effect import effect_of
    from iop_sched.revise.pinning import with_pins

    pins = setting_aside.pins if setting_aside is not None else None
    check_output("--out", files.out, (files.instance, files.roster, files.previous, files.names), (".json",))
    check_output("--pins", pins, (files.instance, files.roster, files.names), (".yaml", ".yml"))
    given = read_roster_of_week(files.instance, files.roster, files.previous, files.policy, files.force)
    schedule = well_formed(given)
    labels = read_labels(files.names, given.week)
    try:
        edited = change(schedule, given.policy)
        pin = None if setting_aside is None else _pin(schedule, edited, setting_aside)
    except CannotReviseError as error:
        raise BadInputError(str(error)) from None
    week = given.week if pin is None else with_pins(given.week, [pin])
    overriding = None if pin is None else week
    effect = effect_of(given.week, given.roster, edited.roster, given.policy, overriding)
    _show(edited, effect, labels, files.as_json)
    if files.out is None:
        say("Nothing is written; add --out EDITED.json to keep this.")
    else:
        from iop_sched.revise.edited_file import edited_file
        from iop_sched.week.files import write_roster

        write_roster(
            files.out,
            edited_file(given.roster, week, given.policy, edited.roster, edited.words, effect.after),
        )
        say(f"The changed roster is in {files.out}.")
    if pin is not None:
        _hand_over(pin, setting_aside, files)
    return ExitCode.OK if effect.after.holds else ExitCode.VIOLATIONS


def well_formed(given: RosterOfWeek) -> Schedule:
    """The roster joined with its week; raises ``BadInputError`` when it does not belong to it at all."""
    from iop_sched.rules import Schedule
    from iop_sched.rules.facts import Facts
    from iop_sched.rules.structure import check_structure

    wrong = [one.message for one in check_structure(Facts(given.week), given.roster)]
    if wrong:
        raise BadInputError("\n".join([*wrong, "The roster does not belong to this week."]))
    return Schedule.of(given.week, given.roster)


def _pin(schedule: Schedule, edited: Edited, wanted: Override) -> Pin:
    from iop_sched.revise.pinning import PinIds, overriding_pin
    from iop_sched.revise.scenario_file import pin_ids

    elsewhere = pin_ids(wanted.pins) if wanted.pins is not None and wanted.pins.exists() else []
    ids = PinIds([*(pin.id for pin in schedule.facts.week.pins), *elsewhere])
    placement = next(one for one in edited.roster.placements if one.client == wanted.client)
    return overriding_pin(schedule.facts.week, placement, wanted.rules, wanted.because, ids)


def _hand_over(pin: Pin, wanted: Override | None, files: Files) -> None:
    """Say where the pin goes; write it only together with the roster that it is for."""
    from iop_sched.revise.scenario_file import pin_lines

    target = wanted.pins if wanted is not None else None
    if target is None or files.out is None:
        say("The pin that sets the rules aside, for the end of the list 'pins' of the program week:")
        say(pin_lines([pin]).rstrip())
    else:
        write_pins(target, [pin], "Rules set aside by hand, with the reason for each.")
        say(f"The pin that sets the rules aside is in {target}.")
    if files.out is not None:
        say(f"{files.out} belongs to the program week with this pin; give that one to check and show.")


def write_pins(path: Path, pins: list[Pin], description: str) -> None:
    """Add pins to a scenario file, which is begun if there is none."""
    from iop_sched.revise.scenario_file import appended, scenario_text
    from iop_sched.week.files import write_text

    exists = path.exists()
    write_text(path, appended(path, pins) if exists else scenario_text(path.stem, description, pins))


def _show(edited: Edited, effect: Effect, labels: Labels, as_json: bool) -> None:
    from iop_sched.cli.console import show, show_text
    from iop_sched.report.effect import effect_json, effect_view

    if as_json:
        show_text(json.dumps(effect_json(edited, effect), indent=2, ensure_ascii=False))
    else:
        show(effect_view(edited, effect, labels))
