"""What stands in place of the walk when another view is chosen."""

from __future__ import annotations

from visualizer.inputs.images.images import Picture
from visualizer.lessons.convolution.settings import LEARN, SHARING, WHOLE
from visualizer.lessons.convolution.state import ConvolutionLesson
from visualizer.ui.refusal import Refusal


def refusal_in(view: str, lesson: ConvolutionLesson, picture: Picture) -> Refusal | None:
    """Why what was chosen can't be shown: on the whole image there is room for more than on the crop."""
    if view != WHOLE:
        return lesson.refusal
    from visualizer.lessons.convolution.whole_image.view import picture_refusal

    return picture_refusal(lesson, picture)


def draw_other_view(view: str, lesson: ConvolutionLesson, picture: Picture) -> None:
    """Each view's code is loaded when it is first looked at: the walk has no use for it."""
    if view == WHOLE:
        from visualizer.lessons.convolution.whole_image.view import draw_whole_image

        draw_whole_image(lesson, picture)
    elif view == SHARING:
        from visualizer.lessons.convolution.sharing_view import draw_sharing

        draw_sharing(lesson)
    elif view == LEARN:
        from visualizer.lessons.convolution.learn.view import draw_learn

        draw_learn(lesson)
