"""The data of sweeps over strengths, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.labs.kit.exports import Columns
from visualizer.labs.regularisation.sweeps import Sweeps
from visualizer.labs.regularisation.text import NAMES


def sweep_columns(sweeps: Sweeps, kinds: Sequence[str]) -> Columns:
    """What every net came to, a row for each kind, strength and repeat."""
    rows = [sweeps.kinds[kind] for kind in kinds if kind in sweeps.kinds]
    names = {
        "training loss": "train_loss",
        "validation loss": "validation_loss",
        "test loss": "test_loss",
        "training error": "train_error",
        "test error": "test_error",
        "norm of the weights": "norm",
        "share of weights near 0": "near_zero",
        "stopped at epoch": "stopped",
    }
    repeats = len(rows[0].fits.test_loss) if rows else 0
    return {
        "kind": [NAMES[sweep.kind] for sweep in rows for _ in range(len(sweep.strengths) * repeats)],
        "strength": [value for sweep in rows for value in sweep.strengths.tolist() for _ in range(repeats)],
        "repeat": [repeat for sweep in rows for _ in sweep.strengths for repeat in range(repeats)],
    } | {
        name: [value for sweep in rows for value in getattr(sweep.fits, field).t().flatten().tolist()]
        for name, field in names.items()
    }
