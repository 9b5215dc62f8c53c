from __future__ import annotations

from tests.labs.initialisation.made import SETTINGS, settings_with
from visualizer.engine.experiments.scale_sweep import Start
from visualizer.labs.initialisation.settings import ADDRESS, DATA, unlike
from visualizer.labs.kit.cost import MAX_SECONDS


def test_settings_come_to_a_net_and_its_starts() -> None:
    assert SETTINGS.shape.sizes == (2, 6, 6, 6, 1)
    assert list(SETTINGS.seeds) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert settings_with(kind="he", scale=0.5).start == Start("he", 0.5)
    assert settings_with(kind="zeros", scale=0.5).start == Start("zeros")
    assert SETTINGS.equal == Start("equal", 1 / 6)
    assert settings_with() == SETTINGS and hash(SETTINGS) == hash(settings_with())


def test_what_would_run_for_minutes_costs_more_than_is_allowed() -> None:
    assert settings_with(units=64, hidden_layers=6, epochs=2000).cost(38, 41).seconds > MAX_SECONDS
    assert settings_with(units=16, epochs=200).cost(38, 41).seconds < 5


def test_starts_are_told_apart_by_kind_and_scale() -> None:
    assert unlike([Start("he"), Start("he", 1.0), Start("he", 2.0)]) == (Start("he"), Start("he", 2.0))


def test_names_in_the_address_are_the_labs_own() -> None:
    assert all(setting.name.startswith("init_") for setting in ADDRESS.table if setting not in DATA.table)
    assert len({setting.name for setting in ADDRESS.table}) == len(ADDRESS.table)
