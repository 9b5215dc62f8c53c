"""Makes the results that come with the app: those of every lab's default settings, and those on vision.

`make results`, some minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from visualizer.labs.architecture import settings as architecture
from visualizer.labs.initialisation import settings as initialisation
from visualizer.labs.kit.experiment_state import Bench
from visualizer.labs.learning_rate import settings as learning_rate
from visualizer.labs.regularisation import settings as regularisation
from visualizer.lessons.convnet.train.run import SHIPPED, train_versions
from visualizer.lessons.convnet.train.settings import TrainSettings
from visualizer.lessons.retrieval.gallery.shipped import SHIPPED as RETRIEVAL
from visualizer.lessons.retrieval.gallery.shipped import StoredGallery, stored
from visualizer.lessons.retrieval.shared import CHANGED, SHARED
from visualizer.ui.run import Progress, Run
from visualizer.ui.settings import Choice
from visualizer.ui.shipped import FOLDER, ship

MAIN = Path(__file__).parent.parent / "visualizer" / "site" / "main.py"
VIEWS: dict[str, Choice | None] = {
    "playground": None,
    "gradient_descent": None,
    "architecture": architecture.VIEW,
    "initialisation": initialisation.VIEW,
    "learning_rate": learning_rate.VIEW,
    "regularisation": regularisation.VIEW,
}
"""The pages of the labs, and the setting by which each chooses its experiment."""


@dataclass(frozen=True)
class Default:
    """An experiment with a page's default settings: its name, the settings, and what begins a run with them."""

    name: str
    settings: Hashable
    start: Callable[[], Iterator[Progress[Any]]]

    def fresh(self) -> Any:
        """The result of a run to the end."""
        run = Run[Any](self.settings, self.start())
        run.go_on(float("inf"))
        if run.failure or run.result is None:
            raise ValueError(f"{self.name} has no result with its default settings: {run.failure}")
        return run.result


def places() -> list[tuple[str, str]]:
    """Every lab's page, with each of its views; a page with one experiment has the view ""."""
    return [(page, name) for page, view in VIEWS.items() for name in (view.options if view else [""])]


def opened(page: str, view: str) -> AppTest:
    """A lab's page as it opens with this view."""
    app = AppTest.from_file(str(MAIN), default_timeout=60).run()
    if setting := VIEWS[page]:
        app.query_params[setting.name] = view
    return app.switch_page(f"../../pages/{page}.py").run()


def default_of(app: AppTest) -> Default:
    """What the page runs that was just opened, where nobody has chosen anything."""
    kept = app.session_state._state._state.filtered_state.values()
    bench = next(each for each in kept if isinstance(each, Bench))
    if bench.run is None:
        raise ValueError(f"{bench.name} runs nothing with its default settings")
    return Default(bench.name, bench.run.settings, bench.start)


def trainings() -> list[Default]:
    """The runs that the ConvNet's view Train opens with, one for each set of images."""
    asked = [TrainSettings().wanted(data) for data in ("digits", "fashion", "signs")]
    return [Default(SHIPPED, each, partial(train_versions, each)) for each in asked]


def gallery() -> Default:
    """The gallery that the page on retrieval opens with, each image described by the net."""

    def describe() -> Iterator[Progress[StoredGallery]]:
        yield Progress(1.0, "", stored(SHARED[CHANGED].describe()))

    return Default(RETRIEVAL, CHANGED, describe)


def main() -> None:
    for old in FOLDER.glob("*.npz"):
        old.unlink()
    for default in (*(default_of(opened(*place)) for place in places()), *trainings(), gallery()):
        path = ship(default.name, default.settings, default.fresh())
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
