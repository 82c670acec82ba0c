"""What the four commands that change a roster by hand have in common."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

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
    from iop_sched.week.program import ProgramWeek
    from iop_sched.week.times import Day

T = TypeVar("T")
_MOST_REASON = 200


@dataclass(frozen=True)
class Files:
    """What an edit reads and writes; ``scenarios`` and ``changes`` made the week that the roster is of."""

    instance: Path
    roster: Path
    out: Path | None
    previous: Path | None
    policy: str | None
    names: Path | None
    scenarios: list[Path] | None
    changes: list[str] | None
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
    from iop_sched.week.visible import on_one_line

    if not rules:
        if because is not None or pins is not None:
            raise BadInputError("--because and --pins go with --override RULE.")
        return None
    known = get_args(Overridable)
    wrong = [unknown("rule that can be set aside", one, known) for one in rules if one not in known]
    if wrong:
        raise BadInputError("\n".join(wrong))
    reason = on_one_line(because or "")
    if not reason:
        raise BadInputError('Rules are set aside with a reason only; add --because "…".')
    if len(reason) > _MOST_REASON:
        raise BadInputError(f"--because: at most {_MOST_REASON} letters; say it more briefly.")
    return Override(client, tuple(rules), reason, pins)


def parsed(option: str, text: str, parse: Callable[[str], T]) -> T:
    """An option's text as what it means; raises ``BadInputError``."""
    try:
        return parse(text)
    except ValueError as error:
        raise BadInputError(f"{option} {text}: {error}.") from None


def read_days(days: str | None) -> tuple[Day, ...]:
    """``mon,wed,thu`` as days in week order; raises ``BadInputError``."""
    from iop_sched.week.times import parse_day, sort_days

    if days is None:
        return ()
    words = days.replace(",", " ").split()
    found = parsed("--days", days, lambda _: sort_days(tuple(map(parse_day, words))))
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
    from iop_sched.revise.asking import CannotReviseError
    from iop_sched.revise.effect import effect_of
    from iop_sched.revise.pinning import with_pins

    _check_outputs(files, setting_aside)
    given = read_roster_of_week(
        files.instance,
        files.roster,
        files.previous,
        files.policy,
        files.force,
        files.scenarios,
        files.changes,
    )
    labels = read_labels(files.names, given.week)
    try:
        edited = change(_to_change(given, setting_aside), given.policy)
        aside = None if setting_aside is None else _aside(given.week, edited, setting_aside)
    except CannotReviseError as error:
        raise BadInputError(str(error)) from None
    overriding = None if aside is None else with_pins(given.week, [aside.pin])
    effect = effect_of(given.week, given.roster, edited.roster, given.policy, overriding)
    _show(edited, effect, labels, files.as_json)
    if files.out is None:
        say("Nothing is written; add --out EDITED.json to keep this.")
    else:
        from iop_sched.revise.edited_file import edited_file
        from iop_sched.week.files import write_roster

        week = given.week if overriding is None else overriding
        file = edited_file(given.roster, week, given.policy, edited.roster, edited.words, effect.after)
        write_roster(files.out, file)
        say(f"The changed roster is in {files.out}.")
    if aside is not None:
        _hand_over(aside, files.out)
    return ExitCode.OK if effect.after.holds else ExitCode.VIOLATIONS


def _check_outputs(files: Files, setting_aside: Override | None) -> None:
    from iop_sched.cli.outputs import check_output

    pins = setting_aside.pins if setting_aside is not None else None
    inputs = (files.instance, files.roster, files.previous, files.names, *(files.scenarios or ()))
    check_output("--out", files.out, inputs, (".json",))
    check_output("--pins", pins, inputs, (".yaml", ".yml"))


def _to_change(given: RosterOfWeek, setting_aside: Override | None) -> Schedule:
    """The roster in its week; days and sessions are chosen with the rules set aside that are to be."""
    from iop_sched.revise.pinning import waiving
    from iop_sched.rules import Schedule

    schedule = well_formed(given)
    if setting_aside is None:
        return schedule
    wanted = setting_aside
    return Schedule.of(waiving(given.week, wanted.client, wanted.rules, wanted.because), given.roster)


def well_formed(given: RosterOfWeek) -> Schedule:
    """The roster joined with its week; raises ``BadInputError`` when it does not belong to it at all."""
    from iop_sched.rules import Schedule
    from iop_sched.rules.facts import Facts
    from iop_sched.rules.structure import check_structure

    wrong = [one.message for one in check_structure(Facts(given.week), given.roster)]
    if wrong:
        raise BadInputError("\n".join([*wrong, "The roster does not belong to this week."]))
    return Schedule.of(given.week, given.roster)


@dataclass(frozen=True)
class _Aside:
    """The pin of an override; the scenario file it goes to, if any, and that file's new text."""

    pin: Pin
    path: Path | None
    text: str


def _aside(week: ProgramWeek, edited: Edited, wanted: Override) -> _Aside:
    """All that could be wrong with a scenario file comes up here, before anything is written."""
    from iop_sched.revise.pinning import PinIds, overriding_pin
    from iop_sched.revise.scenario_file import appended, pin_ids, scenario_text

    path = wanted.pins
    exists = path is not None and path.exists()
    ids = PinIds([*(pin.id for pin in week.pins), *(pin_ids(path) if path is not None and exists else ())])
    placement = next(one for one in edited.roster.placements if one.client == wanted.client)
    pin = overriding_pin(week, placement, wanted.rules, wanted.because, ids)
    if path is None:
        return _Aside(pin, None, "")
    purpose = "Rules set aside by hand, with the reason for each."
    return _Aside(pin, path, appended(path, [pin]) if exists else scenario_text(path.stem, purpose, [pin]))


def _hand_over(aside: _Aside, out: Path | None) -> None:
    """Say where the pin goes; it is written only together with the roster that it is for."""
    from iop_sched.revise.scenario_file import pin_lines
    from iop_sched.week.files import write_text

    if aside.path is not None and out is not None:
        write_text(aside.path, aside.text)
        say(f"The pin that sets the rules aside is in {aside.path}.")
    else:
        say("The pin that sets the rules aside, for the end of the list 'pins' of the program week:")
        say(pin_lines([aside.pin]).rstrip())
    if out is not None:
        say(f"{out} belongs to the program week with this pin; give that one to check and show.")


def _show(edited: Edited, effect: Effect, labels: Labels, as_json: bool) -> None:
    from iop_sched.cli.console import show, show_json
    from iop_sched.report.effect import effect_json, effect_view

    if as_json:
        show_json(json.dumps(effect_json(edited, effect), indent=2, ensure_ascii=False))
    else:
        show(effect_view(edited, effect, labels))
