"""The lab "Wider, deeper, random features" (slide 10): settings -> runs -> figures and an answer."""

from visualizer.labs.architecture import settings as architecture
from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.kit.page import LabView, draw_lab
from visualizer.labs.taught import TAUGHT

VIEWS = {
    architecture.WIDER: LabView(
        "When does a wider net help, and do learned features beat random ones?",
        "visualizer.labs.architecture.wider.view:WIDER",
    ),
    architecture.DEEPER: LabView(
        "When does a deeper net help, with no more parameters?",
        "visualizer.labs.architecture.deeper.view:DEEPER",
    ),
    architecture.FEATURES: LabView(
        "What do learned features see that random ones don't?",
        "visualizer.labs.architecture.features.view:FEATURES",
    ),
}

draw_lab(
    "arch",
    architecture.ADDRESS,
    architecture.VIEW,
    VIEWS,
    data=lambda view: draw_data(architecture.DATA, loss=architecture.LOSS),
    settings=architecture.draw_settings,
    taught=TAUGHT,
    refusal=lambda view, settings: architecture.refusal_of(settings),
)
