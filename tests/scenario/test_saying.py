"""Many pins are said in one sentence, where the first of them stood."""

from __future__ import annotations

from iop_sched.scenario.saying import condensed
from scenario.trying import tried


def said(pins: int) -> tuple[str, ...]:
    """What a closed Friday, so many pins and an absence say, as changes of the quickstart."""
    held = [
        {"change": "pin", "pin": {"id": f"hold-{at}", "place": {"client": f"c0{at + 1}"}}}
        for at in range(pins)
    ]
    return tried("close fri", *held, "out t-ana thu").sentences


def test_a_handful_is_said_one_by_one() -> None:
    assert condensed(said(5)) == list(said(5))
    assert "Pin hold-4 holds." in said(5)


def test_more_are_counted() -> None:
    first, *_, last = said(6)
    assert condensed(said(6)) == [
        first,
        "6 pins hold: hold-0, hold-1, hold-2 and 3 more.",
        last,
    ]


def test_nothing_is_nothing() -> None:
    assert condensed(()) == []
