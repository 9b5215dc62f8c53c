"""The settings of the lab: their names belong to it, and what they come to."""

from visualizer.engine.data.data_sets import DATA_SETS
from visualizer.labs.gradient_descent.settings import ADDRESS, SETTINGS, DescentSettings


def test_names_are_the_labs_own() -> None:
    names = [setting.name for setting in ADDRESS.table]
    assert len(set(names)) == len(names) and all(name.startswith("descent_") for name in names)


def test_defaults_are_the_dataclass() -> None:
    assert SETTINGS.of({}) == DescentSettings()


def test_values_become_settings() -> None:
    found = SETTINGS.of({"descent_problem": "net", "descent_epsilon": -6.0, "descent_c": 1.7, "descent_second": 9})
    assert (found.problem, found.epsilon, found.factor, found.weights) == ("net", 1e-6, 1.7, (1, 9))


def test_two_classes_in_the_plane_are_on_offer() -> None:
    assert list(SETTINGS["data"].options) == ["circles", "xor", "gaussians_2", "spirals", "moons", "checkerboard"]
    assert all(len(DATA_SETS[name].classes) == 2 for name in SETTINGS["data"].options)
