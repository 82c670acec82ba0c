"""``iop-sched report``."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sched.cli.guard import BadInputError, guarded
from iop_sched.cli.options import (
    Changes,
    Force,
    Instance,
    NamesFile,
    Previous,
    RecordedPolicy,
    Redact,
    Scenarios,
)

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek
    from iop_sched.report.words import Labels
    from iop_sched.upward.model import WeekReport

Given = Sequence[tuple[Path, "RosterOfWeek"]]


@guarded
def report(
    instance: Instance,
    rosters: Annotated[
        list[Path],
        typer.Argument(
            metavar="ROSTER.json…", help="Rosters of the week, and of every --week.", show_default=False
        ),
    ],
    week: Annotated[
        list[Path] | None,
        typer.Option(
            "--week",
            metavar="INSTANCE",
            help="A further program week; may be given several times. Each roster is counted to the week that"
            " it was made from.",
            show_default=False,
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="Write one page, to read or to print.", show_default=False),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Write tidy tables, one row a week and figure.", show_default=False
        ),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the whole report as JSON.")] = False,
    redact: Redact = False,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
) -> None:
    """Report a week, or several, to those above.

    Use of rooms and clinicians, fill and waitlist, hours prescribed, authorised and scheduled, group share,
    what was kept, billable program days and days at risk, authorisations running out. Several rosters of a
    week stand side by side; several weeks (--week) are added up as well. Without --html, --csv or --json,
    tables are printed. A week that was solved looking back on another one's roster is reported like that.
    With --week, --scenario and --change cannot be given.

    \b
    Examples:
      iop-sched report week.yaml roster.json
      iop-sched report week.yaml roster.json --html report.html --csv report --redact
      iop-sched report march-3.yaml march-3.json march-10.json --week march-10.yaml
    """
    from iop_sched.cli.console import say, show, show_json
    from iop_sched.cli.files import read_rosters_of_week
    from iop_sched.cli.redacted import redacted, without_names
    from iop_sched.cli.weeks import read_by_week
    from iop_sched.report import upward

    without_names(redact, names)
    _check((instance, *(week or ())), rosters, html, csv, (previous, names), (scenario, change))
    given = read_by_week(
        [instance, *(week or ())],
        rosters,
        previous,
        lambda one, mine, back: read_rosters_of_week(one, mine, back, policy, force, scenario, change),
    )
    _refuse_misfits(given)
    _warn_of_broken(given)
    paths = [path for path, _ in given]
    titles = _labels(given, redact)
    labels = _names(names, given)
    if redact:
        shown, labels, _ = redacted([one for _, one in given])
        given = list(zip(paths, shown, strict=True))
    reports = _reports(given, titles, labels)
    if html is not None:
        from iop_sched.export.upward.page import html as page
        from iop_sched.week.files import write_text

        write_text(html, page(reports, labels))
        say(f"Wrote {html}.")
    if csv is not None:
        from iop_sched.export.upward.tables import write_tables

        for path in write_tables(reports, labels, csv):
            say(f"Wrote {path}.")
    if json_:
        show_json(_json(reports))
    elif html is None and csv is None:
        show(upward.render(reports, labels))


def _check(
    weeks: Sequence[Path],
    rosters: Sequence[Path],
    html: Path | None,
    csv: Path | None,
    others: Sequence[Path | None],
    of_one_week: Sequence[object],
) -> None:
    """Raise ``BadInputError`` for what does not go together, before anything is read."""
    from iop_sched.cli.outputs import check_apart, check_folder, check_output, check_tables
    from iop_sched.export.upward.tables import COLUMNS

    inputs, tables = (*weeks, *rosters, *others), [f"{name}.csv" for name in COLUMNS]
    check_output("--html", html, inputs, (".html", ".htm"))
    check_folder("--csv", csv, inputs)
    check_tables("--csv", csv, tables)
    check_apart({"--html": html}, {"--csv": (csv, tables)})
    if len(weeks) > 1 and any(of_one_week):
        raise BadInputError(
            "--scenario and --change change one week; with --week there are several."
            " Report that week by itself."
        )
    twice = [path for path, number in Counter(map(os.path.realpath, rosters)).items() if number > 1]
    if twice:
        raise BadInputError(f"Named twice: {', '.join(twice)}. Name each roster once.")


def _refuse_misfits(given: Given) -> None:
    from iop_sched.compare.figures import misfits

    wrong = [f"{path}: {reason}" for path, one in given for reason in misfits(one.week, one.roster)]
    if wrong:
        raise BadInputError(
            "\n".join([*wrong, "It does not belong to its week; there is nothing to report."])
        )


def _warn_of_broken(given: Given) -> None:
    from iop_sched.cli.console import say
    from iop_sched.rules import evaluate

    for path, one in given:
        if evaluate(one.week, one.roster, one.policy).violations:
            say(f"Warning: {path} breaks hard rules. 'iop-sched check' lists them.")


def _labels(given: Given, redact: bool) -> list[str]:
    """``week of 2025-03-03``, and which roster of it where there are several; numbers under ``--redact``."""
    dates = [one.week.week_of for _, one in given]
    order = list(dict.fromkeys(dates))
    stems = Counter(path.stem for path, _ in given)
    found = []
    for number, ((path, _), when) in enumerate(zip(given, dates, strict=True)):
        label = f"week {order.index(when) + 1}" if redact else f"week of {when.isoformat()}"
        if dates.count(when) > 1:
            which = path.stem if stems[path.stem] == 1 else str(path)
            label += f", roster {number - dates.index(when) + 1}" if redact else f", {which}"
        found.append(label)
    return found


def _names(names: Path | None, given: Given) -> Labels:
    """Labels for ids of all the weeks: a names file may name whoever is in one of them."""
    from iop_sched.cli.files import read_labels
    from iop_sched.week.names import KINDS

    weeks = [one.week for _, one in given]
    everything = {kind: tuple(item for week in weeks for item in getattr(week, kind)) for kind in KINDS}
    return read_labels(names, weeks[0].model_copy(update=everything))


def _reports(given: Given, titles: Sequence[str], labels: Labels) -> list[WeekReport]:
    from iop_sched.upward.build import week_report

    dates = list(dict.fromkeys(one.week.week_of for _, one in given))
    return [
        week_report(one.week, one.roster, title, dates.index(one.week.week_of) + 1, labels.dates)
        for (_, one), title in zip(given, titles, strict=True)
    ]


def _json(reports: Sequence[WeekReport]) -> str:
    import json

    weeks = [one.model_dump(mode="json") for one in reports]
    return json.dumps({"weeks": weeks}, indent=1, ensure_ascii=False)
