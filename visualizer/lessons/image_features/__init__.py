"""The lesson "Image features by hand": what its page is put together from."""

from visualizer.lessons.image_features.settings import ADDRESS, VIEW, WALK
from visualizer.lessons.image_features.settings_panel import draw_settings
from visualizer.lessons.image_features.views import draw_other_view, two_columns
from visualizer.lessons.image_features.walk import HogLesson, agreement, close_walk, open_walk

__all__ = [
    "ADDRESS",
    "VIEW",
    "WALK",
    "HogLesson",
    "agreement",
    "close_walk",
    "draw_other_view",
    "draw_settings",
    "open_walk",
    "two_columns",
]
