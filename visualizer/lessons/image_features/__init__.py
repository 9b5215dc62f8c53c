"""The lesson "Image features by hand": what its page is put together from."""

from visualizer.lessons.image_features.settings_panel import draw_settings
from visualizer.lessons.image_features.table import ADDRESS, VIEW, WALK
from visualizer.lessons.image_features.views import draw_other_view, two_columns
from visualizer.lessons.image_features.walk import agreement, walk

__all__ = ["ADDRESS", "VIEW", "WALK", "agreement", "draw_other_view", "draw_settings", "two_columns", "walk"]
