"""Shell completion: policies, changes, rules, and ids of the week and the roster named earlier on the line.

Each press of the key is a process of its own, so that files are read as plain data and not checked. Where a
file has something wrong, nothing is offered.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

import typer

Complete = Callable[[typer.Context, str], list[str]]


def complete_policy(incomplete: str) -> list[str]:
    """Names of the policies that come with the program."""
    from iop_sched.week.policy import policy_names

    return [name for name in policy_names() if name.startswith(incomplete)]


def complete_change(incomplete: str) -> list[str]:
    """The words with which a change begins."""
    from iop_sched.scenario.forms import complete_change

    return complete_change(incomplete)


def complete_rule(incomplete: str) -> list[str]:
    """Rules that a pin may set aside."""
    from iop_sched.week.pins import Overridable

    return [rule for rule in get_args(Overridable) if rule.startswith(incomplete)]


def _ids(find: Callable[[typer.Context], Iterable[object]]) -> Complete:
    """Completion with the ids that ``find`` yields."""

    def complete(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            found = [one for one in find(ctx) if isinstance(one, str)]
        except Exception:  # a shell shows whatever is said in the middle of the line; the command will say it
            return []
        return [one for one in dict.fromkeys(found) if one.startswith(incomplete)]

    return complete


def _of_week(section: str) -> Callable[[typer.Context], Iterator[object]]:
    """Ids in a section of the program week."""

    def find(ctx: typer.Context) -> Iterator[object]:
        return (one["id"] for one in _data(_given(ctx, "instance"))[section])

    return find


def _placed(ctx: typer.Context) -> Iterator[object]:
    return (one["client"] for one in _data(_given(ctx, "roster"))["placements"])


def _waiting(ctx: typer.Context) -> Iterator[object]:
    placed = set(_placed(ctx))
    clients = _data(_given(ctx, "instance"))["clients"]
    return (one["id"] for one in clients if one.get("prescription") and one["id"] not in placed)


complete_client = _ids(_of_week("clients"))
complete_placed = _ids(_placed)
"""Clients with a place in the roster."""
complete_waiting = _ids(_waiting)
"""Clients of the week who are to be treated and have none."""
complete_cohort = _ids(_of_week("cohorts"))
complete_clinician = _ids(_of_week("clinicians"))
complete_service = _ids(_of_week("services"))


def _given(ctx: typer.Context, argument: str) -> str:
    """The file named for an argument.

    An option without its value, which is what is being completed, ends the parsing: all arguments are left
    over then.
    """
    given = ctx.params.get(argument)
    if given is None:
        arguments = [one.name for one in ctx.command.params if one.param_type_name == "argument"]
        given = ctx.args[arguments.index(argument)]
    return os.path.expanduser(str(given))


def _data(path: str) -> Any:
    """A file as plain data; raises ``InputProblems``, or ``ValueError`` for what is no JSON."""
    from iop_sched.week.reading import read_document, read_text

    if path.lower().endswith(".json"):
        # without the positions, which take longer than all else
        return json.loads(read_text(path))
    return read_document(path).data
