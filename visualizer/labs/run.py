"""An experiment's run, as the labs know it."""

from __future__ import annotations

from visualizer.run import Progress, Run, finished_run

__all__ = ["Progress", "Run", "finished_run"]
