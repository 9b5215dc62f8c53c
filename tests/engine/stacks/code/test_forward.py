"""A pasted forward: chains are read, what is no chain is refused by its line, and nothing is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.stacks.code.written import CLASS, forward, words
from visualizer.engine.stacks.code.pasted import pasted_stack
from visualizer.engine.stacks.code.pasted_text import MAX_CHARACTERS, read_code


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("return self.conv(x)",), "conv4k3"),
        (("x = self.conv(x)", "x = self.pool(x)", "return x"), "conv4k3 max2"),
        (("return self.pool(self.pool(self.conv(x)))",), "conv4k3 max2 max2"),
        (("return self.both(self.pool(x))",), "max2 relu fc4"),
        (("out = self.conv(x)", "y = out", "return self.pool(y)"), "conv4k3 max2"),
        (("'so far'", "n = 2 * 3", "x = F.max_pool2d(x, n)", "return x"), "max6"),
        (("return self.conv(x).relu().flatten(1).tanh()",), "conv4k3 relu flatten tanh"),
        (("y = 3", "y = self.conv(x)", "return y"), "conv4k3"),
    ],
)
def test_the_ways_to_write_a_chain(lines: tuple[str, ...], said: str) -> None:
    assert words(forward(*lines)) == said


def test_the_size_of_the_batch_may_have_a_name() -> None:
    assert words(forward("n = x.size(0)", "x = self.conv(x)", "return x.view(n, -1)")) == "conv4k3 flatten"
    with pytest.raises(ValueError, match="line 12: a view must make rows of the batch"):
        forward("n = x.size(0)", "n = 5", "return x.view(n, -1)")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("return self.conv(x) + x",), "line 10: a sum or product of tensors, such as a residual x + …, can't be read"),
        (("y = self.conv(x)", "y += x", "return y"), "line 11: a sum or product of tensors"),
        (("y = self.pool(x)", "return self.both(x)"), "line 11: x is used here when the chain has gone on from it"),
        (("y = self.pool(x)", "return x"), "line 11: x is used here when the chain has gone on"),
        (("if x: return x", "return x"), "line 10: a branch can't be read: forward is read as one chain"),
        (("return x if x else x",), "line 10: a branch can't be read"),
        (("for i in range(3): x = self.pool(x)", "return x"), "line 10: a loop can't be read"),
        (("while True: pass",), "line 10: a loop can't be read"),
        (("x = [self.pool(y) for y in x]", "return x"), "line 10: a loop can't be read"),
        (("x = x[0]", "return x"), "line 10: a part of a tensor or of a list of layers can't be read"),
        (("return x, x",), "line 10: several values at once can't be read"),
        (("x, y = self.pool(x)", "return x"), "line 10: several values at once can't be read"),
        (("f = lambda y: y(x)", "return x"), "line 10: a function of its own can't be read"),
        (("def f(): pass", "return x"), "line 10: a function of its own can't be read"),
        (("with x: pass", "return x"), "line 10: this can't be read"),
        (("x = (y := self.pool(x))", "return y"), "line 10: this can't be read"),
        (("x: int = self.pool(x)", "return x"), "line 10: this can't be read"),
        (("self.y = self.pool(x)", "return x"), "line 10: this can't be read"),
        (("self.pool(x)", "return x"), "line 10: what this gives isn't used"),
        (("return self.pool(x)", "return x"), "line 10: return must stand once, at the end"),
        (("x = self.pool(x)",), "line 10: return must stand once, at the end"),
        (("return",), "line 10: return must stand once, at the end"),
        (("return y",), "line 10: y is no tensor set above"),
        (("return self.nothing(x)",), "line 10: self.nothing is no layer set in __init__"),
        (("return self.side(x)",), "line 10: self.side is no layer set in __init__"),
        (("return self.both.conv(x)",), "line 10: self.both.conv is no layer set in __init__"),
        (("return self.both[0](x)",), "line 10: there is no function of that kind here"),
        (("return self.helper(x)",), "line 10: self.helper is a method, and only forward is read"),
        (("return self(x)",), "line 10: self is no layer"),
        (("return self.conv(x, x)",), "line 10: self.conv must get one tensor"),
        (("return self.conv(x=x)",), "line 10: self.conv must get one tensor"),
        (("return self.conv(self.conv(x))",), "line 10: self.conv is called a second time, after line 10"),
        (("x = self.both(x)", "return self.both(x)"), "line 11: self.both is called a second time, after line 10"),
        (("return self.conv.weight",), "line 10: this can't be read"),
        (("return x",), "the network holds no layer"),
        (tuple(["x = self.pool(x)"] * 101 + ["return x"]), "line 110: layers must be at most 100"),
    ],
)
def test_what_is_no_chain_is_refused_with_its_line(lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}") as refusal:
        forward(*lines)
    assert len(str(refusal.value)) < 500


@pytest.mark.parametrize("given", ["self", "self, x, y", "self, x=None", "self, *x", "self, x, **y", "this, x", ""])
def test_a_forward_has_one_input(given: str) -> None:
    with pytest.raises(ValueError, match=r"^line 9: forward must take self and one input"):
        read_code(CLASS.replace("forward(self, x)", f"forward({given})") + "        return x")


def test_the_rows_that_a_view_asks_for_must_be_there() -> None:
    code = CLASS + "        return self.pool(self.conv(x)).view(-1, {})"
    stack, notes = pasted_stack(code.format("4 * 5 * 5"), (1, 28, 28))
    assert stack.takes == (1, 12, 12)
    assert notes[-1] == "the input is taken to be 1 × 12 × 12"
    said = "line 10: the view makes rows of 99 numbers, but gets 676, for an input of 1 × 28 × 28; no square one"
    with pytest.raises(ValueError, match=said):
        pasted_stack(code.format(99), (1, 28, 28))


def test_nothing_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    act = f"__import__('pathlib').Path({str(trap)!r}).touch()"
    for line in (
        *(act, f"return {act}", f"x = {act}", f"return F.relu({act})", f"return F.max_pool2d(x, {act})"),
        *(f"return x.view({act}, -1)", f"return self.conv({act})", f"return ({act}).relu()", f"n = 1 + {act}"),
        *(f"return [{act} for _ in x]", f"return (lambda: {act})()", f"return F.dropout(x, training={act})"),
        f"return F.relu(x).__class__({act})",
    ):
        with pytest.raises(ValueError, match=r"^line 10: "):
            forward(line, "return x")
    assert not trap.exists()


@pytest.mark.parametrize(
    "line",
    [
        "return " + "F.relu(" * 150 + "x" + ")" * 150,
        "return x" + ".relu()" * 2500,
        "return x" + ".relu" * 3000 + "()",
        "n = " + "1+" * 9000 + "1",
        "n = 2" + "**2" * 4000,
        "x = x.view(x.size(0)" + ".size" * 3000 + "(0), -1)",
        "return x.view" + "(0)" * 5000,
        "return self" + ".a" * 8000 + "(x)",
        "return self." + "a" * 19_000 + "(x)",
        "return " + "a" * 19_000,
    ],
)
def test_deep_and_long_texts_are_refused_in_words(line: str) -> None:
    assert len(CLASS + line) < MAX_CHARACTERS
    with pytest.raises(ValueError, match=r"nested|line|Python") as refusal:
        forward(line, "return x")
    assert len(str(refusal.value)) < 500


@given(st.text("xyself.()=+F1,[]:* \n", max_size=60))
def test_any_forward_is_read_or_refused_in_words(line: str) -> None:
    try:
        found = forward(line, "return self.pool(x)")
    except ValueError as refusal:
        assert str(refusal)
    else:
        assert found.layers
