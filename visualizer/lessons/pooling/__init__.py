"""The lesson "Pooling": what its page is put together from."""

from visualizer.lessons.pooling.invariance_view import draw_invariance
from visualizer.lessons.pooling.lesson import Lesson
from visualizer.lessons.pooling.session import close_lesson, open_lesson
from visualizer.lessons.pooling.settings import ADDRESS, INVARIANCE, VIEW
from visualizer.lessons.pooling.settings_panel import draw_own_arrays, draw_settings

__all__ = [
    "ADDRESS",
    "INVARIANCE",
    "VIEW",
    "Lesson",
    "close_lesson",
    "draw_invariance",
    "draw_own_arrays",
    "draw_settings",
    "open_lesson",
]
