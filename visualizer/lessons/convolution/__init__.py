"""The lesson "Convolution": what its page is put together from."""

from visualizer.lessons.convolution.panel import draw_own_arrays, draw_settings
from visualizer.lessons.convolution.settings import VIEW, WALK
from visualizer.lessons.convolution.state import ConvolutionLesson, changed_kernels
from visualizer.lessons.convolution.views import draw_other_view, refusal_in

__all__ = [
    "VIEW",
    "WALK",
    "ConvolutionLesson",
    "changed_kernels",
    "draw_other_view",
    "draw_own_arrays",
    "draw_settings",
    "refusal_in",
]
