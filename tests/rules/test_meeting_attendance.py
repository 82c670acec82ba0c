"""meeting-attendance: 6 to 12 people in the room, block by block."""

from __future__ import annotations

from builder import WORKDAYS, Raw, block, group, level, person, seat, small_raw, small_roster
from solving import best, broken, off, soft

RULE = "meeting-attendance"


def room(
    *clients: Raw, days: tuple[str, ...] = WORKDAYS, least: int = 0, most: int = 1, **more: object
) -> Raw:
    """Cohort ``red`` whose one block holds ``least`` to ``most`` clients."""
    agenda = {"id": "talk", "blocks": [block("talk", 0, 60, attendance={"min": least, "max": most})]}
    return small_raw(*clients, agendas=[agenda], cohorts=[group("red", days)], **more)


def two() -> tuple[Raw, Raw]:
    return person("ana"), person("ben")


def current(days: str = "") -> Raw:
    """Both were in red last week, on these days: they start on monday, on whatever days."""
    places = [{"client": name, "cohort": "red", "days": days.split()} for name in ("ana", "ben")]
    return {"placements": places}


def test_two_clients_on_other_days() -> None:
    raw = room(*two(), days=(*WORKDAYS, "sat"), previous=current())
    decided = small_roster(raw, seat("ana", "mon tue wed"), seat("ben", "thu fri sat"))
    assert broken(raw, decided) == set()
    # Six days for twice three: both are placed.
    assert best(raw).values["placed"] == 0


def test_two_clients_on_one_day() -> None:
    raw = room(*two(), previous=current())
    decided = small_roster(raw, seat("ana", "mon tue wed"), seat("ben", "wed thu fri"))
    assert broken(raw, decided) == {RULE}
    # Five seats a week for twice three: one client is left out.
    assert best(raw).values["placed"] == 20
    assert best(raw, off(RULE)).values["placed"] == 0


def test_soft_seats_them_at_a_price() -> None:
    raw = room(*two(), previous=current())
    # 3 + 3 attendances in 5 meetings: one is above the cap at 300; five meetings at 60.
    assert best(raw, soft(RULE)).values["cost"] == 300 + 5 * 60
    assert best(raw, off(RULE)).values["cost"] == 5 * 60
    decided = small_roster(raw, seat("ana", "mon tue wed"), seat("ben", "wed thu fri"))
    assert broken(raw, decided, soft(RULE)) == set()


def test_a_new_client_is_present_from_the_start_on() -> None:
    # Five seats a week are enough when ben starts on thu and misses wed, the first day of his pattern.
    raw = room(*two())
    decided = small_roster(raw, seat("ana", "mon tue wed"), seat("ben", "wed thu fri", start="thu"))
    assert broken(raw, decided) == set()
    assert best(raw).values["placed"] == 0


def test_an_empty_chair_costs() -> None:
    raw = room(person("ana"), least=2, most=3)
    # Three meetings lack one client, two lack two, at 10; five meetings at 60.
    assert best(raw).values["cost"] == (3 * 1 + 2 * 2) * 10 + 5 * 60
    assert best(raw, off(RULE)).values["cost"] == 5 * 60


def test_a_closed_day_lacks_nobody_and_seats_nobody() -> None:
    # Wed is closed: ana keeps it as a pattern day; two meetings lack one and two lack two of two clients.
    ana = person("ana", weekdays=("mon", "wed", "fri"))
    raw = room(ana, least=2, most=2, closures=[{"day": "wed"}])
    assert best(raw).values["cost"] == (2 * 1 + 2 * 2) * 10 + 4 * 60
    # Ben's wed is lost as well: they meet nowhere.
    ben = person("ben", weekdays=("tue", "wed", "thu"))
    raw = room(ana, ben, closures=[{"day": "wed"}], previous=current())
    decided = small_roster(raw, seat("ana", "mon wed fri"), seat("ben", "tue wed thu"))
    assert broken(raw, decided) == set()
    assert best(raw).values["placed"] == 0
    assert best(raw | {"closures": []}).values["placed"] == 20


def test_first_and_last_day_of_the_week() -> None:
    # A weekend program: all three days are both clients' days.
    raw = room(*two(), days=("mon", "sat", "sun"), previous=current())
    decided = small_roster(raw, seat("ana", "mon sat sun"), seat("ben", "mon sat sun"))
    assert broken(raw, decided) == {RULE}
    assert best(raw).values["placed"] == 20
    assert best(raw, soft(RULE)).values["cost"] == 3 * 300 + 3 * 60


def test_inherited_clients_keep_their_days_and_no_others() -> None:
    days = ("mon", "tue", "wed")
    raw = room(*two(), days=days, previous=current("mon tue wed"))
    decided = small_roster(raw, seat("ana", "mon tue wed"), seat("ben", "mon tue wed"))
    assert broken(raw, decided) == set()
    assert best(raw).values["kept"] == 0
    # Last week they came on tue to thu: on mon the cap is 1, and this week there is no thu.
    raw = room(*two(), days=days, previous=current("tue wed thu"))
    assert broken(raw, decided) == {RULE}
    assert best(raw).values["kept"] == 1
    assert best(raw, off(RULE)).values["kept"] == 0


def test_only_own_blocks_are_attended() -> None:
    band = {"min": 0, "max": 1}
    blocks = [block("talk", 0, 60), block("late", 60, 60, levels=["php"], attendance=band)]
    raw = small_raw(
        *two(),
        levels=[level("iop"), level("php")],
        cohorts=[group("red", ("mon", "tue", "wed"), levels=["iop", "php"])],
        previous=current(),
        agendas=[{"id": "talk", "blocks": blocks}],
    )
    for client, placed in (("iop", 0), ("php", 20)):
        for one in raw["clients"]:
            one["level"] = client
        decided = small_roster(raw, seat("ana", "mon tue wed"), seat("ben", "mon tue wed"))
        assert broken(raw, decided) == ({RULE} if placed else set())
        assert best(raw).values["placed"] == placed


def test_an_overriding_pin_is_not_counted() -> None:
    pin = {"id": "p", "place": {"client": "ben"}, "overrides": [RULE], "reason": "one week only"}
    raw = room(*two(), days=("mon", "tue", "wed"), pins=[pin], previous=current())
    decided = small_roster(raw, seat("ana", "mon tue wed"), seat("ben", "mon tue wed"))
    assert broken(raw, decided) == set()
    assert best(raw).values["placed"] == 0
