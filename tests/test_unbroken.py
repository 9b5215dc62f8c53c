import pytest
from streamlit.runtime.scriptrunner import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from visualizer.unbroken import unbroken


def test_a_callback_that_nothing_breaks_off_runs_once() -> None:
    taken: list[int] = []
    unbroken(taken.append)(3)
    assert taken == [3]


def test_a_callback_broken_off_by_the_next_request_is_run_again_and_the_request_goes_on() -> None:
    requests = [RerunException(RerunData()), RerunException(RerunData())]
    left = list(requests)
    taken: list[int] = []

    def callback(value: int) -> None:
        if left:
            raise left.pop(0)
        taken.append(value)

    with pytest.raises(RerunException) as raised:
        unbroken(callback)(3)
    assert taken == [3]
    assert raised.value is requests[-1]
