"""The lesson "Pooling": what its page is put together from."""

from visualizer.lessons.pooling.invariance_view import draw_invariance
from visualizer.lessons.pooling.panel import draw_own_arrays, draw_settings
from visualizer.lessons.pooling.settings import INVARIANCE, VIEW
from visualizer.lessons.pooling.state import PoolingLesson

__all__ = [
    "INVARIANCE",
    "VIEW",
    "PoolingLesson",
    "draw_invariance",
    "draw_own_arrays",
    "draw_settings",
]
