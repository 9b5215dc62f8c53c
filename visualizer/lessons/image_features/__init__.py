"""The lesson "Image features by hand": what its page is put together from."""

from visualizer.lessons.image_features.settings import VIEW, WALK
from visualizer.lessons.image_features.settings_panel import draw_settings
from visualizer.lessons.image_features.views import draw_other_view, two_columns
from visualizer.lessons.image_features.walk import HogLesson, HogSettings, agreement

__all__ = [
    "VIEW",
    "WALK",
    "HogLesson",
    "HogSettings",
    "agreement",
    "draw_other_view",
    "draw_settings",
    "two_columns",
]
