"""What only one of the other views depends on."""

from __future__ import annotations

from visualizer.inputs.arrays.own_layer import MAX_FILTERS
from visualizer.ui.settings import Choice, Integer, Number, Switch

BOTH = Switch(
    "both_ways", "Compare with the flipped kernel", "What the kernel rotated by 180° gives, below.", default=False
)
KERNEL_SHOWN = Integer(
    "kernel_shown", "Numbers of filter", "Which filter's numbers are shown.", 1, MAX_FILTERS, default=1
)
SPEED = Number(
    "learn_rate",
    "Learning rate, as a share of the limit",
    "The limit is the largest learning rate at which the loss still falls on this crop; above 1 it grows.",
    minimum=0.01,
    maximum=2.0,
    step=0.1,
    default=0.9,
)
LEARN_FROM = Choice(
    "learn_from",
    "Learn from",
    "An image of noise, whose pixels are not alike, or the crop.",
    {"noise": "noise", "crop": "the crop"},
    buttons=True,
    default="noise",
)
STEPS = Integer("learn_steps", "Iterations", "How often the kernel is updated.", 1, 2000, default=400)
LEARN_SEED = Integer("learn_seed", "Seed", "Where the kernel starts: drawn with this seed.", 0, 9999, default=0)
IMAGE_SIDE = Integer("image_side", "Image side", "The image has this many rows and columns.", 1, 10_000, default=200)
IMAGE_CHANNELS = Integer("image_channels", "Image channels", "1 for grey, 3 for colour.", 1, 1000, default=1)
UNITS = Integer("hidden_units", "Hidden units", "How many numbers the layer gives.", 1, 100_000_000, default=400_000)
FIELD = Integer("field", "Field side", "A unit sees a square of the image with this side.", 1, 1000, default=10)

VIEW_SETTINGS = (
    *(BOTH, KERNEL_SHOWN),
    *(LEARN_FROM, SPEED, STEPS, LEARN_SEED),
    *(IMAGE_SIDE, IMAGE_CHANNELS, UNITS, FIELD),
)
