"""To the lesson and back the net stays the same."""

from __future__ import annotations

import pytest
import torch

from tests.labs.playground.made import data_of, recorded, settings
from visualizer.bridges.playground_to_walk import walk_of, why_not, why_not_back
from visualizer.bridges.walk_to_playground import settings_for
from visualizer.film.film import Film, Subject, film_of
from visualizer.labs.playground.settings import PlaygroundSettings
from visualizer.lessons.one_hidden_layer.settings import settings_of
from visualizer.lessons.one_hidden_layer.state import NetLesson


def film(wanted: PlaygroundSettings) -> Film:
    chosen = wanted.chosen
    subject = Subject("run", wanted.epochs, chosen.inputs, chosen.classes)
    return film_of(recorded(wanted).run, wanted.shape, wanted.data, chosen.loss, subject)


@pytest.mark.parametrize("name", ["circles", "gaussians_3", "sine", "ripple"])
def test_the_walk_computes_what_the_playground_does(name: str) -> None:
    wanted = settings(name, epochs=5)
    shown = film(wanted)
    lesson = walk_of(wanted, shown, 3)
    parameters = shown.parameters[3].double()
    weights, biases = wanted.shape.weights(parameters), wanted.shape.biases(parameters)
    hidden = torch.tanh(wanted.data.train_x[:1] @ weights[0].T + biases[0])
    sums = hidden @ weights[1].T + biases[1]
    expected = {"logistic": torch.sigmoid(sums), "softmax": sums.softmax(dim=1), "squared": sums}[wanted.chosen.loss]
    torch.testing.assert_close(lesson.trace["out"], expected, rtol=1e-4, atol=1e-5)
    assert lesson.trace.replay() < 1e-9
    assert lesson.settings.batch == "one"
    assert len(lesson.numbers.x) == 8
    assert "after 3 epochs, with the first 8 of its 20 examples" in lesson.message


def test_nets_that_the_walk_is_too_small_for_are_refused_in_words() -> None:
    deep = settings(layers=2, epochs=5)
    assert why_not(deep, torch.zeros(deep.shape.count)) == "The walk is through one hidden layer; this net has 2."
    digits = settings("digits", epochs=5)
    assert "at most 4 inputs; here are 64" in why_not(digits, torch.zeros(digits.shape.count))
    small = settings()
    assert "past that" in why_not(small, torch.full((small.shape.count,), torch.nan))
    with pytest.raises(ValueError, match="one hidden layer"):
        walk_of(deep, film(deep), 0)


def test_back_it_goes_on_with_the_data_that_it_came_from() -> None:
    before = settings(epochs=5, rate=0.2)
    lesson = walk_of(before, film(before), 2)
    found = settings_for(lesson, before)
    assert found == before


def test_a_net_from_elsewhere_gets_data_that_fit_it() -> None:
    lesson = NetLesson(settings_of({"preset": "line"}))
    found = settings_for(lesson, settings())
    assert (found.chosen.choice.data, found.hidden, found.activation) == ("sine", (2,), "identity")
    assert settings_for(NetLesson(settings_of({"preset": "xor"})), None).chosen.choice.data == "circles"


def test_nets_that_the_playground_does_not_train_are_refused_in_words() -> None:
    assert "The playground trains nets whose output is" in why_not_back(NetLesson(settings_of({"preset": "textbook"})))
    assert why_not_back(NetLesson(settings_of({}))) == ""
    with pytest.raises(ValueError, match="The playground trains"):
        settings_for(NetLesson(settings_of({"preset": "textbook"})), None)


def test_the_data_of_the_tests_are_those_of_the_page() -> None:
    assert data_of() == settings().chosen
