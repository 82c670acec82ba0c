"""``iop-sched admit``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.completion import complete_waiting
from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import (
    Changes,
    Force,
    Instance,
    NamesFile,
    Previous,
    RecordedPolicy,
    RosterPath,
    Scenarios,
)
from iop_sched.cli.outputs import check_output, one_place

if TYPE_CHECKING:
    from iop_sched.admit.offers import Desk, Offer
    from iop_sched.admit.one_other import OneOther
    from iop_sched.cli.files import RosterOfWeek


@guarded
def admit(
    instance: Instance,
    roster: RosterPath,
    client: Annotated[
        str,
        typer.Option(
            metavar="FILE|ID",
            help="A file with one client as under 'clients' of a program week, or the id of one who waits.",
            autocompletion=complete_waiting,
            show_default=False,
        ),
    ],
    most: Annotated[int, typer.Option(min=1, metavar="N", help="Offers to show, the best first.")] = 8,
    take: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Take offer N, and keep the roster in --out.", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="ROSTER.json", help="Keep the roster with the offer taken.", show_default=False),
    ] = None,
    week_out: Annotated[
        Path | None,
        typer.Option(
            metavar="WEEK.yaml",
            help="Keep the program week too, with a client from a FILE: .yaml, .json or .xlsx.",
            show_default=False,
        ),
    ] = None,
    with_one_other: Annotated[
        bool,
        typer.Option(
            "--with-one-other",
            help="Look too for places that need one other client to change; done anyway if no others exist.",
        ),
    ] = False,
    time_limit: Annotated[
        float, typer.Option(min=0.1, metavar="S", help="Seconds for places with one other client.")
    ] = 20.0,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the offers as JSON.")] = False,
) -> None:
    """Find out which cohorts could take a client, and who would move.

    With nobody else changing, or one other client.

    Every open cohort and every pattern of days with a seat, the best first: the first day, the sessions
    that were found, the hours, and what it costs by tier. All that the roster decides for others stays as it
    is, and each offer is checked against every rule.

    If there is no such place, or with --with-one-other, also those for which one other client would move, to
    another cohort, other days or other session times, the least change first. That client keeps a place
    and every session.

    Exit status 3: no cohort can take the client, and each says why.

    \b
    Examples:
      iop-sched admit week.yaml roster.json --client caller.yaml
      iop-sched admit week.yaml roster.json --client caller.yaml --with-one-other
      iop-sched admit week.yaml roster.json --client c17 --take 1 --out new.json
      iop-sched admit week.yaml roster.json --client caller.yaml --take 1 --out new.json --week-out new.yaml
    """
    from iop_sched.admit.refusals import refusals
    from iop_sched.cli.console import show, show_json
    from iop_sched.cli.files import read_labels, read_roster_of_week
    from iop_sched.report.admission import admission_json, admission_view, one_other_view

    _check(take, out, week_out, (instance, roster, previous, Path(client), *(scenario or ())))
    given = read_roster_of_week(instance, roster, previous, policy, force, scenario, change)
    joined, who = _with_client(given, client, instance)
    desk = _desk(joined, who)
    found = [desk.offer(one) for one in desk.timetables[:most]]
    refused = refusals(desk)
    labels = read_labels(names, joined.week)
    if not json_:
        # before the search: this is the answer for somebody who waits on the phone
        show(admission_view(desk, found, refused, labels))
    moving = _with_one_other(desk, time_limit) if with_one_other or not found else None
    if json_:
        document = admission_json(desk, found, refused, moving, most)
        show_json(json.dumps(document, indent=2, ensure_ascii=False))
    elif moving is not None:
        show(one_other_view(desk, moving, most, labels))
    if not found and (moving is None or not moving.offers):
        raise typer.Exit(ExitCode.INFEASIBLE)
    if take is not None and out is not None:
        _keep(joined, who, _offer(desk, moving, take), take, out, week_out)
        _next_step(given, joined, instance, week_out)


def _check(
    take: int | None, out: Path | None, week_out: Path | None, inputs: tuple[Path | None, ...]
) -> None:
    if (take is None) != (out is None):
        raise BadInputError("--take N and --out ROSTER.json go together: which offer, and where to keep it.")
    if week_out is not None and out is None:
        raise BadInputError("--week-out keeps the week of a roster that is kept: name --take and --out too.")
    if out is not None and week_out is not None and one_place(out, week_out):
        raise BadInputError("--out and --week-out name the same file; the roster and the week need two.")
    check_output("--out", out, inputs, (".json",))
    check_output("--week-out", week_out, inputs, (".yaml", ".yml", ".json", ".xlsx"))


def _with_client(given: RosterOfWeek, client: str, instance: Path) -> tuple[RosterOfWeek, str]:
    """The week with the client in it, and the client's id."""
    from iop_sched.week.client_file import week_with_client
    from iop_sched.week.nearest import nearest

    ids = [one.id for one in given.week.clients]
    if client in ids:
        for placement in given.roster.placements:
            if placement.client == client:
                where = f"in {placement.cohort}" if placement.cohort else "without a cohort"
                raise BadInputError(
                    f"{client} has a place already, {where}. 'iop-sched explain {instance} ROSTER.json"
                    f" --client {client}' says what another would cost."
                )
        return given, client
    if not Path(client).is_file():
        close = nearest(client, ids)
        hint = f" Did you mean {close}?" if close else ""
        raise BadInputError(
            f"--client {client}: there is no such client in {instance}, and no such file.{hint}"
        )
    week, added = week_with_client(given.week, client)
    return replace(given, week=week), added.id


def _desk(given: RosterOfWeek, who: str) -> Desk:
    from iop_sched.admit.offers import BrokenRosterError, Desk

    try:
        return Desk(given.week, given.roster, given.policy, who, given.roster.objective)
    except BrokenRosterError as error:
        rules = ", ".join(sorted({one.rule for one in error.violations}))
        raise BadInputError(
            f"The roster breaks rules as it is ({rules}), so that no offer in it would hold."
            " 'iop-sched check' lists them; solve the week again first."
        ) from error


def _with_one_other(desk: Desk, seconds: float) -> OneOther:
    from iop_sched.admit.one_other import with_one_other
    from iop_sched.cli.step_line import step_line

    with step_line(quiet=False) as line:
        return with_one_other(
            desk, seconds, lambda number, of: line(f"Looking at other clients: {number} of {of}")
        )


def _offer(desk: Desk, moving: OneOther | None, take: int) -> Offer:
    """The offer of a number: first the places for which nobody else changes, all of them, then the others."""
    alone, more = len(desk.timetables), () if moving is None else moving.offers
    if take > alone + len(more):
        hint = "" if moving is not None else " --with-one-other looks for more."
        raise BadInputError(
            f"--take {take}: there are {alone + len(more)} offers. Name a number from 1.{hint}"
        )
    return desk.offer(desk.timetables[take - 1]) if take <= alone else more[take - alone - 1]


def _keep(given: RosterOfWeek, who: str, offer: Offer, take: int, out: Path, week_out: Path | None) -> None:
    from iop_sched.admit.taken import taken
    from iop_sched.tables.saving import save_week
    from iop_sched.week.files import write_roster

    file = taken(given.week, given.policy, given.roster, who, offer)
    if week_out is not None:
        # the week first: a roster whose week could not be written would be of no use
        save_week(week_out, given.week)
    write_roster(out, file)
    say(f"The roster with offer {take} is kept in {out}.")
    if week_out is not None:
        say(f"The week with {who} is kept in {week_out}; go on with these two.")


def _next_step(given: RosterOfWeek, joined: RosterOfWeek, instance: Path, week_out: Path | None) -> None:
    if joined.week is not given.week and week_out is None:
        say(
            f"It belongs to the week with this client: add the record to the end of 'clients' in {instance}"
            " before you show or check the roster, or do this again with --week-out WEEK.yaml, which writes"
            " that week."
        )
