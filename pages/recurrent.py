"""The lesson "Recurrent nets and LSTM" (slide 30): settings -> engine -> player, or one of the other views."""

from visualizer.lessons.recurrent.numbers_panel import draw_numbers
from visualizer.lessons.recurrent.panel import draw_settings
from visualizer.lessons.recurrent.settings import SETTINGS, VIEW, WALK
from visualizer.lessons.recurrent.state import RecurrentLesson
from visualizer.lessons.recurrent.views import draw_other_view, enter_walk
from visualizer.ui import frame
from visualizer.ui.layout import draw_view, wide_page
from visualizer.ui.messages import draw_refusal, draw_walk
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import draw_share

PLAYER = "recurrent_walk"

RecurrentLesson.check_link()
enter_walk()
with frame.toolbar():
    view = draw_view(VIEW)
    cell = draw_view(SETTINGS["cell"])
    with Panel("Settings", key="recurrent_settings"):
        settings, beside = draw_settings(cell)
    lesson = RecurrentLesson.open(settings, None)
    draw_refusal(lesson.refusal, beside)
    draw_numbers(lesson)
    draw_share(lesson.address, lesson.edits, lambda: lesson.trace, own_picture=False)
if view == WALK:
    lesson.check_step()
    draw_walk(lesson, PLAYER, None if lesson.looks_into else lesson.refusal)
else:
    with wide_page():
        lesson.address.draw_notice()
        draw_other_view(view, lesson, settings)
