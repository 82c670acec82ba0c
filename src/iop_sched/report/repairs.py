"""What it would take, in sentences: the cheapest changes that were tried and work, and whom each affects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from iop_sched.compare.difference import differences
from iop_sched.compare.views import client_views, clinician_views
from iop_sched.report.change_words import client_lines, clinician_words
from iop_sched.report.sheet import bullets, paragraph, section
from iop_sched.report.words import Labels, count
from iop_sched.scenario.contradicting import contradicts

if TYPE_CHECKING:
    from iop_sched.repairs.question import Question
    from iop_sched.repairs.search import Repair, Repairs, Tried
    from iop_sched.scenario.scenario import Scenario

SHOWN = 8
"""Repairs shown; JSON has them all."""

AFFECTED = 4
"""Lines about others for each."""

_WANTED = {
    "week": "that a roster exists",
    "place": "that {client} has a place, and nobody loses one",
    "sessions": "that {client} has every session of {service}, and nobody else loses a session or an hour",
    "hours": "that {client} has the hours aimed at, and nobody else loses a session or an hour",
}


def repairs_view(found: Repairs, labels: Labels, given: Sequence[Scenario] = ()) -> RenderableType:
    """The section "What would it take", of a week that ``given`` scenarios have changed already."""
    question = found.question
    parts: list[RenderableType] = []
    for number, repair in enumerate(found.found[:SHOWN], 1):
        parts += [Text(f"{number}. {_head(repair)}", style="bold"), bullets(_lines(repair, question, labels))]
    if not found.found:
        parts.append(paragraph(_none(found)))
    parts.append(paragraph(_tried(found)))
    parts += [paragraph(line) for line in _rest(found)]
    if found.found and found.found[0].texts:
        parts.append(paragraph(_to_try(found.found[0], given)))
    return section("What would it take", *parts, note=wanted(question, labels))


def wanted(question: Question, labels: Labels) -> str:
    """What a repair has to achieve."""
    client, service = labels(question.client), labels(question.service)
    return _WANTED[question.about].format(client=client, service=service)


def _head(repair: Repair) -> str:
    what = " and ".join(repair.texts) or "Nothing: the week can stay as it is"
    return f"{what}  ({count(repair.points, 'point')})"


def _lines(repair: Repair, question: Question, labels: Labels) -> Iterator[str]:
    if repair.says:
        yield labels.text(" ".join(repair.says))
    if question.roster is None:
        yield _without_roster(repair, question)
        return
    lines = list(_others(repair, question, labels))
    yield from lines[:AFFECTED]
    more = len(lines) - AFFECTED
    if more > 0:
        yield f"and {count(more, 'line')} more about others (--json has them all)"
    if lines and not repair.works.least:
        yield "perhaps fewer need change: the search for the fewest was not finished"


def _without_roster(repair: Repair, question: Question) -> str:
    """Of an impossible week there is nothing to compare with but last week, and who could not be placed."""
    kept, waiting = repair.works.disturbs
    treated = len(question.week.treated)
    placed = len(repair.works.roster.placements)
    words = f"{placed} of {count(treated, 'client')} would have a place"
    if waiting and not repair.works.least:
        words += ", or more: the search for more was not finished"
    return f"{words}; somebody would lose last week's place, or a meeting is not held" if kept else words


def _others(repair: Repair, question: Question, labels: Labels) -> Iterator[str]:
    assert question.roster is not None
    found = differences(question.roster, repair.works.roster)
    views = client_views(found)
    own = [view for view in views if view.client == question.client]
    others = [view for view in views if view.client != question.client]
    yield from client_lines(own, labels)
    yield from client_lines(others, labels)
    if not others:
        yield "no other client's week changes"
    # what staff do for the client was said with the client
    for one in clinician_views(found):
        theirs = [change for change in one.sessions if change.clients != {question.client}]
        rest = one.model_copy(update={"sessions": tuple(theirs), "primary_of": ()})
        if rest != type(one)(clinician=one.clinician):
            yield clinician_words(rest, labels)


def _none(found: Repairs) -> str:
    which = "change or pair of changes" if found.pairs else "single change"
    if found.not_tried or found.not_known or found.left_out:
        return f"No {which} of the catalogue that was tried works."
    return f"No {which} of the catalogue works."


def _tried(found: Repairs) -> str:
    words = [f"Each one shown was verified by solving the changed week; {count(found.tried, 'change')} tried"]
    if not found.found:
        words = [f"{count(found.tried, 'change').capitalize()} tried"]
    if found.pairs:
        words.append("pairs too, as no single change was found" if found.found else "pairs too")
    more = len(found.found) - SHOWN
    if more > 0:
        words.append(f"{more} more that work are in --json")
    return f"{'; '.join(words)}."


def _rest(found: Repairs) -> Iterator[str]:
    open_ = [
        (len(found.not_known), "not known (the solve took too long)"),
        (len(found.not_tried), f"not tried ({'interrupted' if found.interrupted else 'the time was over'})"),
        (found.left_out if not found.found else 0, "pairs left out (the dearest)"),
    ]
    words = [f"{number} {what}" for number, what in open_ if number]
    if words:
        sure = (
            "nothing cheaper than the first is among them"
            if found.found and found.cheapest_is_certain
            else "a cheaper one may be among them"
            if found.found
            else "one that works may be among them"
        )
        longer = "" if found.interrupted else " Give it longer with --repair-time."
        yield f"{', '.join(words).capitalize()}: {sure}.{longer}"
    elif not found.found:
        yield "All of them were tried."


def _to_try(repair: Repair, given: Sequence[Scenario]) -> str:
    """The options of ``solve``, beside those given; all changes in short words are one scenario."""
    options = " ".join(f'--change "{text}"' for text in repair.texts)
    words = [change for one in given if one.in_short_words for change in one.changes]
    if contradicts(words, [change for one in repair.candidates for change in one.changes]):
        return "The first one takes back part of a --change given here: change that one, and solve."
    beside = "the same changes and " if given else ""
    return f"To try the first one: solve with {beside}{options}."


def repairs_json(found: Repairs) -> dict[str, Any]:
    """The same as plain data, with every repair and the roster's differences in full."""
    question = found.question
    return {
        "wanted": question.about,
        "client": question.client,
        "service": question.service,
        "repairs": [_repair_json(one, question) for one in found.found],
        "cheapest_is_certain": found.cheapest_is_certain,
        "pairs_tried": found.pairs,
        "tried": found.tried,
        "not_known": _texts(found.not_known),
        "not_tried": _texts(found.not_tried),
        "pairs_left_out": found.left_out,
        "interrupted": found.interrupted,
        "solves": found.solves,
    }


def _repair_json(repair: Repair, question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {
        "changes": list(repair.texts),
        "kinds": [one.kind.name for one in repair.candidates],
        "points": repair.points,
        "says": list(repair.says),
        "least_disruption_proven": repair.works.least,
        "placed": len(repair.works.roster.placements),
    }
    if question.roster is None:
        kept, waiting = repair.works.disturbs
        return {**data, "kept": kept, "points_waiting": waiting}
    found = differences(question.roster, repair.works.roster)
    return {**data, "disruption": repair.works.disturbs[0], "difference": found.model_dump(mode="json")}


def _texts(some: Sequence[Tried]) -> list[list[str]]:
    return [[text for one in tried for text in one.texts] for tried in some]
