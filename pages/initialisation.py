"""The lab "Initialisation" (slide 11): weights to start from -> runs -> figures and an answer."""

from visualizer.labs.initialisation import settings as initialisation
from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.kit.page import LabView, draw_lab
from visualizer.labs.taught import TAUGHT

VIEWS = {
    initialisation.SENSITIVITY: LabView(
        "From which scale of random weights does a net learn, and why not from zeros?",
        "visualizer.labs.initialisation.sensitivity.view:SENSITIVITY",
    ),
    initialisation.LAYERS: LabView(
        "Do signals and gradients keep their size on their way through the layers?",
        "visualizer.labs.initialisation.signals.view:LAYERS",
    ),
    initialisation.SYMMETRY: LabView(
        "Why do weights have to differ at the start?",
        "visualizer.labs.initialisation.symmetry.view:SYMMETRY",
    ),
}

draw_lab(
    "init",
    initialisation.ADDRESS,
    initialisation.VIEW,
    VIEWS,
    data=lambda view: draw_data(initialisation.DATA),
    settings=initialisation.draw_settings,
    taught=TAUGHT,
)
