"""The lesson "Image features by hand": what its page is put together from."""

from visualizer.lessons.image_features.settings_panel import draw_settings
from visualizer.lessons.image_features.table import ADDRESS, VIEW, WALK
from visualizer.lessons.image_features.views import draw_other_view, two_columns
from visualizer.lessons.image_features.walk import refusal, walk

__all__ = ["ADDRESS", "VIEW", "WALK", "draw_other_view", "draw_settings", "refusal", "two_columns", "walk"]
