"""What is to be said above the walk."""

from __future__ import annotations

from visualizer.lessons.one_hidden_layer.lesson import Lesson
from visualizer.lessons.one_hidden_layer.session import put_notice_away, refused_notice
from visualizer.lessons.one_hidden_layer.walk import overflow_message
from visualizer.ui import frame


def draw_messages(lesson: Lesson) -> None:
    """At most one box for each: what the link got wrong, where numbers end, what an edit could not do."""
    if text := refused_notice():
        frame.say(text, "link", action=("Close", put_notice_away))
    if lesson.refusal:
        frame.say(f"{lesson.refusal} Until then the walk stays as it was.", "refusal")
    if text := overflow_message(lesson.trace, lesson.history.at):
        back = ("Back an iteration", lesson.go_back) if lesson.history.at else None
        frame.say(text, "overflow", action=back)
    if lesson.message:
        frame.say(lesson.message, "walk")
