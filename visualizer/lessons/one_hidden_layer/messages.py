"""What is to be said above the walk."""

from __future__ import annotations

from visualizer.lessons.one_hidden_layer.state import NetLesson
from visualizer.lessons.one_hidden_layer.walk import overflow_message
from visualizer.ui import frame
from visualizer.ui.messages import draw_refusals


def draw_messages(lesson: NetLesson) -> None:
    """At most one box for each: what the link got wrong, where numbers end, what an edit could not do."""
    draw_refusals(lesson, lesson.refusal)
    if text := overflow_message(lesson.trace, lesson.history.at):
        back = ("Back an iteration", lesson.go_back) if lesson.history.at else None
        frame.say(text, "overflow", action=back)
    if lesson.message:
        frame.say(lesson.message, "walk")
