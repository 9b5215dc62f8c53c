"""A figure to reach, and the table that shows what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Figure:
    """Repeated measurements of one thing. `reach` is what the `percentile` of them has to stay at or under."""

    name: str
    unit: str
    samples: Sequence[float]
    reach: float
    percentile: int

    def at(self, percentile: int) -> float:
        """The value that `percentile` % of the samples stay at or under."""
        samples = self.samples if len(self.samples) > 1 else [*self.samples] * 2
        return quantiles(samples, n=100, method="inclusive")[percentile - 1]

    @property
    def reached(self) -> bool:
        return self.at(self.percentile) <= self.reach

    def row(self) -> tuple[str, ...]:
        reach = f"p{self.percentile} ≤ {self.reach:g} {self.unit}"
        reached = "yes" if self.reached else "no"
        return (self.name, reach, f"{self.at(50):.1f}", f"{self.at(95):.1f}", str(len(self.samples)), reached)


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = [("figure", "reach", "p50", "p95", "n", "reached"), *(figure.row() for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines.insert(1, " | ".join("-" * width for width in widths))
    return "\n".join(f"| {line} |" for line in lines)
