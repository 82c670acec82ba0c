"""No trial may end by the clock: the tests ask what is so, not how fast the machine is."""

from __future__ import annotations

import pytest

from iop_sched.repairs import trials


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "MOST_SECONDS", 600.0)
