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
    by_row = {row: column for column, row in search.owner.items()}
    return [by_row[row] for row in range(len(costs))]


class _Search:
    """The row that has each column so far, and a potential of every row and column."""

    def __init__(self, costs: Costs, columns: int) -> None:
        self.costs = costs
        self.columns = columns
        self.owner: dict[int, int] = {}
        self.of_row = [0] * len(costs)
        self.of_column = [0] * columns

    def give(self, row: int) -> None:
        """Give one more row a column, along the cheapest path of exchanges."""
        ahead: dict[int, int] = {}  # by column not yet reached: the least reduced cost to reach it
        came_from: dict[int, int | None] = {}
        reached: list[int] = []
        here: int | None = None
        holder = row
        while True:
            for column in range(self.columns):
                reduced = self.costs[holder][column] - self.of_row[holder] - self.of_column[column]
                if column not in reached and reduced < ahead.get(column, reduced + 1):
                    ahead[column], came_from[column] = reduced, here
            step, here = min((reduced, column) for column, reduced in ahead.items())
            self._shift(row, reached, step)
            ahead = {column: reduced - step for column, reduced in ahead.items() if column != here}
            reached.append(here)
            if here not in self.owner:
                break
            holder = self.owner[here]
        self._exchange(row, here, came_from)

    def _shift(self, row: int, reached: list[int], step: int) -> None:
        self.of_row[row] += step
        for column in reached:
            self.of_row[self.owner[column]] += step
            self.of_column[column] -= step

    def _exchange(self, row: int, column: int, came_from: dict[int, int | None]) -> None:
        while (before := came_from[column]) is not None:
            self.owner[column] = self.owner[before]
            column = before
        self.owner[column] = row
