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


def test_many_new_clients_are_counted_too() -> None:
    [five] = tried("surge 5 like c12").sentences
    assert five == ("c12-like-1, c12-like-2, c12-like-3, c12-like-4 and c12-like-5 are admitted, like c12.")
    many = tried("surge 500 like c12")
    assert many.sentences == ("c12-like-1, c12-like-2, c12-like-3 and 497 more are admitted, like c12.",)
    assert many.week.clients[-1].id == "c12-like-500"
    [six] = tried("admit 6 evening").sentences
    assert six.startswith("evening-new-1, evening-new-2, evening-new-3 and 3 more are admitted, wanting")


def test_nothing_is_nothing() -> None:
    assert condensed(()) == []
