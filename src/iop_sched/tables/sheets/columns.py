"""Columns that several sheets have."""

from __future__ import annotations

from iop_sched.tables.layout import Column, Role


def of(header: str) -> Column:
    """The column that names the item around."""
    return Column(header, role=Role.PARENT)


def window(*more: Column) -> tuple[Column, ...]:
    """Weekdays and times, further columns, and a note."""
    return (
        Column("Weekdays", "days"),
        Column("From (HH:MM)", "start"),
        Column("Until (HH:MM)", "end"),
        *more,
        Column("Note", "why"),
    )


def band(header: str, path: str, unit: str) -> tuple[Column, ...]:
    """The least and the most of something."""
    return (
        Column(f"{header}, least ({unit})", f"{path}.min"),
        Column(f"{header}, most ({unit})", f"{path}.max"),
    )


def staff(*more: Column) -> tuple[Column, ...]:
    """Who is needed, and how many."""
    return (
        Column("Roles (any of)", "roles"),
        Column("How many (people)", "count", shown=True),
        Column("Credentials (all of)", "credentials"),
        Column("Modalities (all of)", "modalities"),
        *more,
    )
