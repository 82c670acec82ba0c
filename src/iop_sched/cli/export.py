"""``iop-sched export``."""

from __future__ import annotations

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
    RosterPath,
    Scenarios,
)

if TYPE_CHECKING:
    from iop_sched.cli.files import RosterOfWeek
    from iop_sched.compare.comparison import Comparison
    from iop_sched.export.subject import Subject
    from iop_sched.report.words import Labels


@guarded
def export(
    instance: Instance,
    roster: RosterPath,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write one page for screens and for the wall: a .html file.",
            show_default=False,
        ),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="OTHER.json",
            help="Say what changed since this roster, such as the one on the wall now.",
            show_default=False,
        ),
    ] = None,
    previous: Previous = None,
    policy: RecordedPolicy = None,
    names: NamesFile = None,
    scenario: Scenarios = None,
    change: Changes = None,
    force: Force = False,
) -> None:
    """Write a roster in the forms that people use.

    --html: one page that needs no network and nothing beside it. It shows the week, the cohorts, everybody's
    own week, the rooms, who waits and why, and how good the roster is; it filters, and prints as wall charts.
    Files are about people in treatment: only their owner may read them.

    \b
    Examples:
      iop-sched export week.yaml roster.json --html week.html
      iop-sched export week.yaml tuesday.json --compare monday.json --html week.html
    """
    from iop_sched.cli.files import read_labels, read_roster_of_week
    from iop_sched.cli.outputs import check_output

    if html is None:
        raise BadInputError("There is nothing to write. Name what you want: --html FILE.")
    check_output("--html", html, (instance, roster, compare, previous, names), (".html", ".htm"))
    given = read_roster_of_week(instance, roster, previous, policy, force, scenario, change)
    _refuse_misfits(roster, given)
    found = None
    if compare is not None:
        earlier = _earlier(instance, compare, previous, policy, force, scenario, change)
        _refuse_misfits(compare, earlier)
        found = _compared(earlier, given)
    _write_page(html, _subject(given, read_labels(names, given.week), found))


def _subject(given: RosterOfWeek, labels: Labels, found: Comparison | None) -> Subject:
    from iop_sched.cli.console import say
    from iop_sched.export.subject import Subject

    subject = Subject(given.week, given.roster, given.policy, labels, found)
    if subject.evaluation.violations:
        say("Warning: this roster breaks rules. 'iop-sched check' lists them.")
    return subject


def _write_page(path: Path, subject: Subject) -> None:
    from iop_sched.cli.console import say
    from iop_sched.export.page.build import page
    from iop_sched.export.page.render import html
    from iop_sched.week.files import write_text

    write_text(path, html(page(subject)), private=True)
    say(f"The page is kept in {path}.")


def _refuse_misfits(path: Path, given: RosterOfWeek) -> None:
    """Raise ``BadInputError`` when a (stale) roster has no place in the week at all."""
    from iop_sched.compare.figures import misfits

    wrong = misfits(given.week, given.roster)
    if wrong:
        raise BadInputError("\n".join([*wrong, f"{path} does not belong to this week; it cannot be shown."]))


def _earlier(
    instance: Path,
    path: Path,
    previous: Path | None,
    policy: str | None,
    force: bool,
    scenarios: Sequence[Path] | None,
    changes: Sequence[str] | None,
) -> RosterOfWeek:
    """The other roster, made from the week with the same changes, or before there were any."""
    from iop_sched.cli.files import read_roster_of_week, read_week
    from iop_sched.week.files import canonical_sha256, read_roster

    made_from = read_roster(path).provenance.instance_sha256
    if canonical_sha256(read_week(instance, previous)) == made_from:
        return read_roster_of_week(instance, path, previous, policy, force)
    return read_roster_of_week(instance, path, previous, policy, force, scenarios, changes)


def _compared(earlier: RosterOfWeek, given: RosterOfWeek) -> Comparison:
    from iop_sched.compare.comparison import compare

    return compare(earlier.week, given.policy, earlier.roster, given.roster, given.week)
