"""No solve may end by the clock: the tests ask what is so, not how fast the machine is."""

from __future__ import annotations

import pytest

from iop_sched.explain import trials


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "STEP_SECONDS", 600.0)
