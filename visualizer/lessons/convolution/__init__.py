"""The lesson "Convolution": what its page is put together from."""

from visualizer.lessons.convolution.lesson import Lesson
from visualizer.lessons.convolution.session import changed_kernels, close_lesson, open_lesson
from visualizer.lessons.convolution.settings import ADDRESS, VIEW, WALK
from visualizer.lessons.convolution.settings_panel import draw_own_arrays, draw_settings
from visualizer.lessons.convolution.views import draw_other_view, refusal_in

__all__ = [
    "ADDRESS",
    "VIEW",
    "WALK",
    "Lesson",
    "changed_kernels",
    "close_lesson",
    "draw_other_view",
    "draw_own_arrays",
    "draw_settings",
    "open_lesson",
    "refusal_in",
]
