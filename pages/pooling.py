"""The lesson "Pooling" (slide 23): image and settings -> engine -> player, or what pooling does to a moving image."""

from visualizer.inputs.images.panel import draw_picture
from visualizer.lessons.pooling import INVARIANCE, VIEW, PoolingLesson, draw_invariance, draw_own_arrays, draw_settings
from visualizer.ui import frame
from visualizer.ui.layout import draw_view, wide_page
from visualizer.ui.messages import draw_messages, draw_refusal, draw_walk
from visualizer.ui.panel import Panel
from visualizer.ui.share_panel import draw_share

PLAYER = "pooling_walk"

PoolingLesson.check_link()
with frame.toolbar():
    view = draw_view(VIEW)
    own, beside_own = draw_own_arrays(detector=view == INVARIANCE)
    chosen = draw_picture(side=8, replaced=own["own_image"] is not None)
    with Panel("Settings", key="pooling_settings"):
        settings, beside = draw_settings(own, detector=view == INVARIANCE)
    lesson = PoolingLesson.open(settings, chosen.numbers(settings.own_image, colour=settings.colour))
    draw_refusal(lesson.refusal, {**beside, "numbers": beside_own})
    start = lesson.start if view != INVARIANCE else 0
    draw_share(lesson.address, lesson.edits, lambda: lesson.trace, start=start, own_picture=chosen.own)
if view == INVARIANCE:
    with wide_page():
        draw_messages(lesson, lesson.refusal)
        draw_invariance(lesson.settings, chosen)
else:
    lesson.check_step()
    draw_walk(lesson, PLAYER, lesson.refusal)
