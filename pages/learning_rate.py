"""The lab "Learning rate" (slide 11): settings -> runs -> figures and an answer."""

from visualizer.labs.kit.data_panel import draw_data
from visualizer.labs.kit.page import LabView, draw_lab
from visualizer.labs.learning_rate import settings as learning_rate
from visualizer.labs.taught import TAUGHT

VIEWS = {
    learning_rate.SWEEP: LabView(
        "How large should the learning rate be?", "visualizer.labs.learning_rate.rates.view:SWEEP"
    ),
    learning_rate.SCHEDULES: LabView(
        "Does it help to turn the learning rate down while training?",
        "visualizer.labs.learning_rate.schedules:SCHEDULES",
    ),
    learning_rate.RANGE_TEST: LabView(
        "Can one run with a growing rate find a good learning rate?",
        "visualizer.labs.learning_rate.range_test.view:RANGE_TEST",
    ),
    learning_rate.OPTIMISERS: LabView(
        "Which optimiser does best: at its default learning rate, and at its best one?",
        "visualizer.labs.learning_rate.optimisers:OPTIMISERS",
    ),
}

draw_lab(
    "rate",
    learning_rate.ADDRESS,
    learning_rate.VIEW,
    VIEWS,
    data=lambda view: draw_data(learning_rate.DATA),
    settings=learning_rate.draw_settings,
    taught=TAUGHT,
    refusal=lambda view, settings: learning_rate.refusal_of(settings),
)
