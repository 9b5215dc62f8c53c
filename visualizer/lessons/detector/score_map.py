"""A score map as an image: grey by the score, what reaches the threshold in colour."""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.inputs.images.images import Picture

_ABOVE = torch.tensor([255.0, 176.0, 84.0])


def map_picture(scores: Tensor, threshold: float, name: str) -> tuple[Picture, str]:
    """The image, and how numbers became greys, in words. Shape: scores (rows, columns)."""
    least, most = float(scores.min()), float(scores.max())
    share = ((scores - least) / max(most - least, 1e-12)).float()
    grey = (share[..., None] * 255).expand(-1, -1, 3)
    above = (scores >= threshold)[..., None]
    coloured = torch.where(above, _ABOVE * (0.4 + 0.6 * share[..., None]), grey)
    pixels = coloured.round().to(torch.uint8).numpy()
    pixels.flags.writeable = False
    scale = f"Black is {least:.2f}, white {most:.2f}; orange reaches the threshold.".replace("-", "−")
    return Picture(name, pixels), scale
