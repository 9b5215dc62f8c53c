"""The views of the lesson, each with its question."""

from __future__ import annotations

from visualizer.inputs.images.panel import Chosen
from visualizer.lessons.retrieval.gallery.uploads import draw_notes
from visualizer.lessons.retrieval.map_view import draw_map
from visualizer.lessons.retrieval.nearest.view import draw_nearest
from visualizer.lessons.retrieval.precision.view import draw_precision
from visualizer.lessons.retrieval.session import open_gallery, open_query
from visualizer.lessons.retrieval.settings import MAP, NEAREST, PRECISION, RetrievalSettings
from visualizer.lessons.retrieval.settings_panel import ask_with
from visualizer.ui import frame

QUESTIONS = {
    NEAREST: "Which images are like this one?",
    PRECISION: "Which features find the same thing most often?",
    MAP: "Which images lie together?",
}


def draw_contents(settings: RetrievalSettings, chosen: Chosen) -> None:
    """The chosen view of the chosen gallery, or why there is none."""
    gallery = open_gallery(settings.gallery)
    draw_notes()
    if settings.query > len(gallery) > 0:
        words = f"The gallery has {len(gallery)} images, so there is no image {settings.query}"
        frame.say(f"{words}: the image chosen under “Image” is the query.", "retrieval-query")
    if not len(gallery):
        frame.say(
            "There is nothing in this gallery yet. Upload images with the button “Your images”.", "retrieval-none"
        )
        return
    if settings.view == PRECISION:
        draw_precision(gallery, settings.measure, settings.count, settings.stage)
        return
    query = open_query(gallery, settings.query, chosen, settings.look)
    if len(gallery) == 1:
        one = f"A gallery of one, “{gallery.entries[0].name}”, has nothing to rank"
        frame.say(f"{one}. Upload at least one more image.", "retrieval-one")
        return
    if settings.view == MAP:
        draw_map(gallery, query, settings.map_by, settings.stage, settings.method, ask_with)
    else:
        draw_nearest(gallery, query, settings.count, settings.measure, settings.stage, ask_with)
