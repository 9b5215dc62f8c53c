"""What only one of the views "Gradient flow", "What matters", "Maps" and "Explore" depends on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from visualizer.figures.coloured_text import MAX_PIECES
from visualizer.ui.declared import Declared
from visualizer.ui.number_settings import Integer, Slider
from visualizer.ui.settings import Choice, Switch

SALIENCY_TIME = Integer(
    "saliency_time",
    "Output time s",
    "The time step whose prediction is asked about. Only inputs up to it can matter.",
    0,
    2000,
    automatic="the last",
    default=0,
)
MAP_TIME = Integer("map_time", "Step t", "The step whose numbers are shown.", 1, 2000, default=1)
MAP_UNIT = Integer("map_unit", "Unit", "The hidden unit whose numbers are shown.", 1, 512, default=1)
STATE = Choice(
    "explorer_state",
    "Value",
    "The cell state c, which an LSTM keeps to itself, or the hidden state h, which the output layer sees.",
    {"c": "cell c", "h": "hidden h"},
    buttons=True,
    default="c",
)
UNIT = Integer("explorer_unit", "Unit", "The hidden unit that colours the text.", 1, 512, default=1)
FROM = Integer("explorer_from", "From character", "The first character of the stretch.", 1, MAX_PIECES, default=1)
TO = Integer("explorer_to", "to", "The last character of the stretch.", 1, MAX_PIECES, default=4)
THRESHOLD = Slider(
    "explorer_threshold",
    "Threshold",
    "A unit is on where its value is above this.",
    minimum=-1.0,
    maximum=3.0,
    step=0.05,
    default=0.3,
)
VIEW_SETTINGS = (SALIENCY_TIME, MAP_TIME, MAP_UNIT, STATE, UNIT, FROM, TO, THRESHOLD)


@dataclass(frozen=True, kw_only=True)
class FlowSettings:
    """What the view "Gradient flow" shows: two nets, how long the input is, and where the gradient is clipped."""

    radius: Annotated[
        float,
        Slider(
            "flow_radius",
            "Spectral radius of the RNN's U (weight_hh)",
            "The recurrent matrix is scaled so that its largest |eigenvalue| is this. Each step back multiplies by the "
            "matrix: roughly, below 1 the gradient fades, above 1 it can grow.",
            minimum=0.1,
            maximum=2.0,
            step=0.05,
        ),
    ] = 0.9
    forget_bias: Annotated[
        float,
        Slider(
            "flow_forget_bias",
            "Forget-gate bias of the LSTM",
            "Added to the pre-activation of every forget gate. Large, the gates stay near 1 and the cell keeps its "
            "gradient.",
            minimum=-3.0,
            maximum=5.0,
            step=0.25,
        ),
    ] = 1.0
    length: Annotated[
        float,
        Slider(
            "flow_length",
            "Length T",
            "How many steps there are; a shorter input is repeated.",
            minimum=5.0,
            maximum=100.0,
            step=1.0,
        ),
    ] = 30.0
    clip: Annotated[
        bool,
        Switch(
            "flow_clip",
            "Clip the gradient",
            "Where the gradient of all weights of a net together is longer than the limit, it is scaled down to it.",
        ),
    ] = False
    clip_limit: Annotated[
        float,
        Slider(
            "flow_clip_limit",
            "Limit of the norm",
            "The longest gradient of all weights that is let through.",
            minimum=0.1,
            maximum=10.0,
            step=0.1,
        ),
    ] = 1.0

    @property
    def limit(self) -> float | None:
        """The longest gradient that is let through; None where nothing is clipped."""
        return self.clip_limit if self.clip else None


FLOW_SETTINGS = Declared(FlowSettings)
