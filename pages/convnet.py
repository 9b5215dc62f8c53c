"""The lesson "A ConvNet and what it has learned" (slides 19, 24, 25): image -> every layer -> one number's walk."""

from visualizer.engine.data.labelled_images import labelled_images
from visualizer.lessons.convnet.input.panel import draw_input, draw_refusal
from visualizer.lessons.convnet.session import close_lesson, data_name, open_lesson
from visualizer.lessons.convnet.settings import ADDRESS, DATA, VIEW, WALK
from visualizer.lessons.convnet.views import draw_page
from visualizer.lessons.convnet.walk.view import draw_walk, open_walk
from visualizer.ui import frame
from visualizer.ui.layout import draw_view, wide_page
from visualizer.ui.share_panel import draw_share

ADDRESS.check(close_lesson)
with frame.toolbar():
    view = draw_view(VIEW)
    data = labelled_images(data_name(draw_view(DATA)), "test")
    chosen = draw_input(data)
    lesson = open_lesson(data, chosen.input)
    walk = open_walk(lesson)
    start = walk.step if view == WALK else 0
    draw_share(ADDRESS, {}, lambda: walk.trace, start=start, own_picture=chosen.input.number is None)
if view == WALK:
    ADDRESS.check_step(len(walk.trace))
    draw_walk(walk, chosen.refusal)
else:
    with wide_page():
        ADDRESS.draw_notice()
        draw_refusal(chosen)
        draw_page(view, lesson, data)
