"""The lesson "One hidden layer": what its page is put together from."""

from visualizer.lessons.one_hidden_layer.messages import draw_messages
from visualizer.lessons.one_hidden_layer.panels.file import draw_share
from visualizer.lessons.one_hidden_layer.panels.gradient import draw_gradient_check
from visualizer.lessons.one_hidden_layer.panels.numbers import draw_numbers
from visualizer.lessons.one_hidden_layer.panels.settings import draw_settings
from visualizer.lessons.one_hidden_layer.state import NetLesson

__all__ = [
    "NetLesson",
    "draw_gradient_check",
    "draw_messages",
    "draw_numbers",
    "draw_settings",
    "draw_share",
]
