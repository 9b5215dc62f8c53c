"""The lesson "Scanning with a detector" (slide 18): image and classifier -> scores -> boxes, or one score's walk."""

import streamlit as st

from visualizer.engine.walks.detector import Walk
from visualizer.inputs.images.panel import draw_picture
from visualizer.lessons.detector.lesson import (
    draw_scan_view,
    draw_sharing,
    draw_words,
    first_example,
    open_lesson,
    player_key,
)
from visualizer.lessons.detector.session import close_scan
from visualizer.lessons.detector.settings import ADDRESS, CROP, MAP, SCAN, TEMPLATE, VIEW
from visualizer.lessons.detector.settings_panel import draw_settings
from visualizer.player.player import player
from visualizer.ui import frame
from visualizer.ui.layout import draw_view, wide_page
from visualizer.ui.refusal import Refusal
from visualizer.unattended import note_refusal


@st.fragment
def play(walk: Walk, key: str) -> None:
    """The walk. It stands alone, without the toolbar."""
    with frame.walk_page():
        player(walk.trace, key=key, start=walk.start)


ADDRESS.check(close_scan)
toolbar = frame.toolbar()
with toolbar:
    view = draw_view(VIEW)
    first_example()
    chosen = draw_picture(side=32, setting=CROP)
if view == SCAN:
    with wide_page():
        content, panel = st.columns([5, 2], gap="medium")
else:
    with toolbar:
        panel = st.popover("Settings", key="detector_settings")
    content = st.container()
with panel:
    choice, beside = draw_settings()
    asked = MAP.draw() if view != SCAN and choice.kind != TEMPLATE else 0
lesson = open_lesson(choice, chosen)
walk = lesson.walk(asked)
key = player_key(lesson, asked)
with toolbar:
    draw_sharing(lesson, walk if isinstance(walk, Walk) else None)
with content:
    draw_words(lesson, beside, scan=view == SCAN)
    if view == SCAN:
        draw_scan_view(lesson, beside)
    elif isinstance(walk, Refusal):
        note_refusal(walk.text)
        frame.say(walk.text, "refusal")
if view != SCAN and isinstance(walk, Walk):
    ADDRESS.check_step(len(walk.trace))
    play(walk, key)
