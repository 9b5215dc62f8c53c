"""The lab "Regularisation" (slide 12): settings -> runs -> figures and an answer."""

from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.kit.page import LabView, draw_lab
from visualizer.labs.regularisation import settings as regularisation
from visualizer.labs.taught import TAUGHT

VIEWS = {
    regularisation.STRENGTH: LabView(
        "Which regularisation helps most, and how strong should it be?",
        "visualizer.labs.regularisation.strength.view:STRENGTH_SWEEP",
    ),
    regularisation.ALIKE: LabView("Is dropout the same as L2?", "visualizer.labs.regularisation.dropout_l2.view:ALIKE"),
    regularisation.AMOUNT: LabView(
        "How much data does a net need?", "visualizer.labs.regularisation.data_amount.view:AMOUNT"
    ),
}


def refusal_of(view: str, settings: regularisation.RegSettings) -> str:
    """Why the view can't be run with these settings; empty where it can."""
    if view != regularisation.AMOUNT:
        return ""
    from visualizer.labs.regularisation.data_amount import run

    return run.refusal_of(settings)


draw_lab(
    "reg",
    regularisation.ADDRESS,
    regularisation.VIEW,
    VIEWS,
    data=lambda view: draw_data(regularisation.data_of(view)),
    settings=regularisation.draw_settings,
    taught=TAUGHT,
    refusal=refusal_of,
)
