"""What the benchmark beside ConvNetJS does where it can't run it."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import convnet_training


@pytest.mark.parametrize("there", [(), ("npm",), ("node",)])
def test_without_node_or_the_package_it_says_so(
    there: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unused: Any = None
    monkeypatch.delenv("CONVNETJS", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: name if name in there else None)
    assert list(convnet_training.measure(unused, unused)) == []
    assert "ConvNetJS is not measured: that takes node" in capsys.readouterr().err
