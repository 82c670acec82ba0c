"""The common ground of every type read from or written to a file."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Immutable, refuses unknown fields, and never echoes a client's values in an error."""

    # built when first used: most types are only ever part of another, and need no validator of their own
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


def _quarter(hours: float) -> float:
    if (hours * 4) != int(hours * 4):
        raise ValueError("not a multiple of a quarter of an hour; write 9, 9.25, 9.5 or 9.75")
    return hours


Hours = Annotated[float, Field(ge=0, le=168), AfterValidator(_quarter)]


def minutes(hours: float) -> int:
    """Hours as whole minutes."""
    return round(hours * 60)


class Band(Frozen):
    """A closed range of whole numbers; the unit stands where it is used."""

    min: Annotated[int, Field(ge=0, description="smallest value allowed")]
    max: Annotated[int, Field(ge=0, description="largest value allowed")]


class HourBand(Frozen):
    """A closed range of hours, in quarter hours."""

    min: Annotated[Hours, Field(description="floor, in hours")]
    max: Annotated[Hours, Field(description="ceiling, in hours")]

    @property
    def floor(self) -> int:
        """Floor in minutes."""
        return minutes(self.min)

    @property
    def ceiling(self) -> int:
        """Ceiling in minutes."""
        return minutes(self.max)
