"""The cheapest way to give each row of a table a column of its own."""

from __future__ import annotations

from collections.abc import Sequence

Costs = Sequence[Sequence[int]]


def assign(costs: Costs) -> list[int]:
    """The column of each row in an assignment of least total cost; ``costs[row][column]``.

    The Hungarian method, in O(rows² × columns). Among assignments of equal cost, the table's order decides.
    Raises ``ValueError`` when there are fewer columns than rows.
    """
    columns = len(costs[0]) if costs else 0
    if len(costs) > columns:
        raise ValueError(f"{len(costs)} rows cannot have a column each among {columns}")
    search = _Search(costs, columns)
    for row in range(len(costs)):
        search.give(row)
    found = [0] * len(costs)
    for column, row in enumerate(search.owner[:-1]):
        if row is not None:
            found[row] = column
    return found


class _Search:
    """Columns given so far, and the potentials of rows and columns.

    One column is added behind the others: it is where the row in hand stands until it has a column.
    """

    def __init__(self, costs: Costs, columns: int) -> None:
        self.costs = costs
        self.columns = columns
        self.of_row = [0] * len(costs)
        self.of_column = [0] * (columns + 1)
        self.owner: list[int | None] = [None] * (columns + 1)

    def give(self, row: int) -> None:
        """Give one more row a column, along the cheapest path of exchanges."""
        here = self.columns
        self.owner[here] = row
        came_from = [here] * self.columns
        least: list[int | None] = [None] * self.columns
        seen: list[int] = []
        while (holder := self.owner[here]) is not None:
            seen.append(here)
            for column in set(range(self.columns)).difference(seen):
                reduced = self.costs[holder][column] - self.of_row[holder] - self.of_column[column]
                known = least[column]
                if known is None or reduced < known:
                    least[column], came_from[column] = reduced, here
            step, here = min(
                (value, column)
                for column, value in enumerate(least)
                if value is not None and column not in seen
            )
            self._shift(seen, least, step)
        while here != self.columns:
            self.owner[here] = self.owner[came_from[here]]
            here = came_from[here]
        self.owner[here] = None

    def _shift(self, seen: list[int], least: list[int | None], step: int) -> None:
        for column in seen:
            holder = self.owner[column]
            if holder is not None:
                self.of_row[holder] += step
            self.of_column[column] -= step
        for column, value in enumerate(least):
            if value is not None and column not in seen:
                least[column] = value - step
