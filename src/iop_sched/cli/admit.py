"""``iop-sched admit``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import Force, Instance, NamesFile, Previous, RecordedPolicy, RosterPath

if TYPE_CHECKING:
    from iop_sched.admit.offers import Desk, Offer
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
            metavar="WEEK.json", help="Keep the program week with a client from a FILE.", show_default=False
        ),
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    force: Force = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the offers as JSON.")] = False,
) -> None:
    """Find out who could take a client, with nobody else changing.

    Every open cohort and every pattern of days with a seat, the best first: the first day, the sessions
    that were found, the hours, and what it costs by tier. All that the roster decides for others stays as it
    is, and each offer is checked against every rule. Exit status 3: no cohort can take the client as the
    roster stands, and each says why.

    \b
    Examples:
      iop-sched admit week.yaml roster.json --client caller.yaml
      iop-sched admit week.yaml roster.json --client c17 --take 1 --out new.json
    """
    from iop_sched.admit.refusals import refusals
    from iop_sched.cli.console import show, show_text
    from iop_sched.cli.files import read_labels, read_roster_of_week
    from iop_sched.report.admission import admission_json, admission_view

    _check(take, out, week_out, (instance, roster, previous, Path(client)))
    given = read_roster_of_week(instance, roster, previous, policy, force)
    joined, who = _with_client(given, client, instance)
    desk = _desk(joined, who)
    found = [desk.offer(one) for one in desk.timetables[: max(most, take or 0)]]
    refused = refusals(desk)
    labels = read_labels(names, joined.week)
    if json_:
        show_text(json.dumps(admission_json(desk, found, refused), indent=2, ensure_ascii=False))
    else:
        show(admission_view(desk, found[:most], refused, labels))
    if not found:
        raise typer.Exit(ExitCode.INFEASIBLE)
    if take is not None and out is not None:
        _keep(joined, who, found, take, out, week_out)
        _next_step(given, joined, instance, week_out)


def _check(
    take: int | None, out: Path | None, week_out: Path | None, inputs: tuple[Path | None, ...]
) -> None:
    if (take is None) != (out is None):
        raise BadInputError("--take N and --out ROSTER.json go together: which offer, and where to keep it.")
    if week_out is not None and out is None:
        raise BadInputError("--week-out keeps the week of a roster that is kept: name --take and --out too.")
    if out is not None and week_out is not None and out.resolve() == week_out.resolve():
        raise BadInputError("--out and --week-out name the same file; the roster and the week need two.")
    for name, path in (("--out", out), ("--week-out", week_out)):
        if path is not None and (path.is_dir() or not path.parent.is_dir()):
            raise BadInputError(f"{name} {path}: there is no such folder, or this is one.")
        if path is not None and any(one is not None and one.resolve() == path.resolve() for one in inputs):
            raise BadInputError(f"{name} {path} would overwrite a file that is read here. Name another file.")


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


def _keep(
    given: RosterOfWeek, who: str, found: list[Offer], take: int, out: Path, week_out: Path | None
) -> None:
    from iop_sched.admit.taken import taken
    from iop_sched.week.files import write_roster, write_text

    if take > len(found):
        raise BadInputError(f"--take {take}: there are {len(found)} offers. Name a number from 1.")
    write_roster(out, taken(given.week, given.policy, given.roster, who, found[take - 1]))
    say(f"The roster with offer {take} is kept in {out}.")
    if week_out is not None:
        text = json.dumps(given.week.model_dump(mode="json"), indent=1, ensure_ascii=False)
        write_text(week_out, f"{text}\n")
        say(f"The week with {who} is kept in {week_out}.")


def _next_step(given: RosterOfWeek, joined: RosterOfWeek, instance: Path, week_out: Path | None) -> None:
    if joined.week is not given.week and week_out is None:
        say(
            f"It belongs to the week with this client: add the record to the end of 'clients' in {instance}"
            " before you show or check the roster."
        )
