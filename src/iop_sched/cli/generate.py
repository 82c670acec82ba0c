"""``iop-sched generate``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.console import say
from iop_sched.cli.exits import ExitCode
from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.outputs import check_output, one_place

if TYPE_CHECKING:
    from iop_sched.generate.build import Generated
    from iop_sched.generate.settings import Settings


class TightnessChoice(StrEnum):
    """How scarce something is."""

    low = "low"
    medium = "medium"
    high = "high"


@guarded
def generate(
    clients: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Clients, those who wait among them; 20 to 600 a site.", show_default=False
        ),
    ] = None,
    sites: Annotated[int, typer.Option(metavar="S", help="Sites; clients are shared out evenly.")] = 1,
    tightness: Annotated[
        TightnessChoice,
        typer.Option(metavar="HOW", help="How scarce staff, seats and rooms are: low, medium or high."),
    ] = TightnessChoice.medium,
    seed: Annotated[int, typer.Option(metavar="K", help="Another seed, another week.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the week here, .yaml or .json.", show_default=False),
    ] = None,
    planted: Annotated[
        Path | None,
        typer.Option(metavar="ROSTER.json", help="Write the planted roster here.", show_default=False),
    ] = None,
    staff: Annotated[
        TightnessChoice | None,
        typer.Option(metavar="HOW", help="How scarce clinicians' hours are.", show_default="as --tightness"),
    ] = None,
    seats: Annotated[
        TightnessChoice | None,
        typer.Option(metavar="HOW", help="How scarce seats in cohorts are.", show_default="as --tightness"),
    ] = None,
    rooms: Annotated[
        TightnessChoice | None,
        typer.Option(metavar="HOW", help="How scarce rooms and offices are.", show_default="as --tightness"),
    ] = None,
    jobs: Annotated[float, typer.Option(metavar="PART", help="Part of the clients who have a job.")] = 0.45,
    school: Annotated[float, typer.Option(metavar="PART", help="Part who go to school.")] = 0.10,
    services: Annotated[
        float, typer.Option(metavar="TIMES", help="How often services are prescribed, against the usual.")
    ] = 1.0,
    same: Annotated[
        float, typer.Option(metavar="PART", help="Part of last week that the planted roster keeps.")
    ] = 0.85,
    waiting: Annotated[
        float | None,
        typer.Option(
            metavar="PART",
            help="Part of the clients who wait and get no seat in the planted roster.",
            show_default="by seats: 0, 0.06 or 0.14",
        ),
    ] = None,
    admissions: Annotated[
        float, typer.Option(metavar="PART", help="Part of the seats that new clients take.")
    ] = 0.15,
    grid: Annotated[int, typer.Option(metavar="MINUTES", help="15 or 30 minutes between starts.")] = 30,
    series: Annotated[
        Path | None,
        typer.Option(
            metavar="SERIES.toml",
            help="Make every week of a series, and compare each with the SHA-256 listed there.",
            show_default=False,
        ),
    ] = None,
    out_dir: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="With --series: the folder for the weeks.", show_default=False),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No table and no messages.")] = False,
) -> None:
    """Make a synthetic week around a roster that is known to hold.

    A roster is planted first and the facts are drawn around it, so that the week is never impossible and as
    many people can be placed as the planted roster places. The same options give the same bytes everywhere.

    \b
    Examples:
      iop-sched generate --clients 96 --tightness high --seed 3 --out week.yaml --planted planted.json
      iop-sched generate --series instances/series/series.toml --out-dir weeks
    """
    if series is not None:
        if out_dir is None or clients is not None or out is not None or planted is not None:
            raise BadInputError(
                "--series makes its own weeks: name --out-dir, and none of --clients, --out, --planted."
            )
        raise typer.Exit(_series(series, out_dir, quiet))
    if clients is None or out is None:
        raise BadInputError(
            "Say how many clients the week has and where it goes: --clients 48 --out week.yaml."
        )
    if out_dir is not None:
        raise BadInputError("--out-dir goes with --series; name a file with --out.")
    from iop_sched.generate.settings import Settings, Tightness

    def tight(own: TightnessChoice | None) -> Tightness:
        return Tightness((own or tightness).value)

    try:
        settings = Settings(
            clients=clients,
            sites=sites,
            seed=seed,
            staff=tight(staff),
            seats=tight(seats),
            rooms=tight(rooms),
            jobs=jobs,
            school=school,
            services=services,
            same=same,
            waiting=waiting,
            admissions=admissions,
            grid=grid,
        )
    except ValueError as error:
        raise BadInputError(f"{error}.") from None
    _one(settings, out, planted, quiet)


def _one(settings: Settings, out: Path, planted: Path | None, quiet: bool) -> None:
    from iop_sched.generate import build
    from iop_sched.generate.planted import roster_file
    from iop_sched.generate.text import week_text
    from iop_sched.week.files import write_roster, write_text
    from iop_sched.week.policy import load_policy

    check_output("--out", out, suffixes=(".yaml", ".yml", ".json"))
    check_output("--planted", planted, suffixes=(".json",))
    if planted is not None and one_place(planted, out):
        raise BadInputError("--out and --planted are one file. Name two.")
    generated = build.generate(settings)
    roster = roster_file(generated.week, generated.roster, load_policy("standard"), settings.seed)
    write_text(out, week_text(generated, out.suffix.lower() == ".json"))
    say(f"The week is in {out}.", quiet=quiet)
    if planted is not None:
        write_roster(planted, roster)
        say(f"The planted roster is in {planted}.", quiet=quiet)
    if not quiet:
        _report(generated)


def _report(generated: Generated) -> None:
    from rich.console import Group

    from iop_sched.cli.console import show
    from iop_sched.generate.scarcity import scarcity
    from iop_sched.report.sheet import Sheet, section
    from iop_sched.report.words import count

    rows = [
        (one.name, f"{one.asked:.0f}", f"{one.used:.0f}", f"{one.there:.0f}", one.unit, f"{one.percent} %")
        for one in scarcity(generated)
    ]
    titles = ("Resource", ">Asked", ">Planted", ">There is", "", ">Planted of it")
    wanting = len(generated.week.treated)
    placed = len(generated.roster.placements)
    missing = count(generated.missing, "service")
    note = f"planted: {placed} of {wanting} placed, {missing} missing"
    show(Group(section(generated.settings.name, Sheet(titles, rows), note=note)))


def _series(path: Path, folder: Path, quiet: bool) -> ExitCode:
    """Make every week; those that differ from what is listed are named, and the status is 1."""
    from iop_sched.generate.series import entries, load_series, sha256
    from iop_sched.week.files import write_text

    series = load_series(path)
    if not folder.is_dir():
        raise BadInputError(f"--out-dir {folder}: there is no such folder. Make it first.")
    try:
        weeks = list(entries(series))
    except ValueError as error:
        raise BadInputError(f"{path}: {error}.") from None
    others = 0
    for week in weeks:
        text = week.text()
        write_text(folder / week.name, text)
        found, listed = sha256(text), series.sha256.get(week.name)
        if not quiet:
            typer.echo(f"{found}  {week.name}")
        if listed is not None and listed != found:
            others += 1
            say(f"{week.name} is not the file that {path} lists: {listed}.")
    return ExitCode.VIOLATIONS if others else ExitCode.OK
