"""Functions in a pasted forward: each is the layer that does the same."""

from __future__ import annotations

import re

import pytest

from tests.engine.stacks.code.written import forward, words


@pytest.mark.parametrize(
    ("call", "word"),
    [
        ("F.relu(x)", "relu"),
        ("F.relu(x, inplace=True)", "relu"),
        ("F.relu(input=x)", "relu"),
        ("torch.relu(x)", "relu"),
        ("nn.functional.relu(x)", "relu"),
        ("torch.nn.functional.relu(x)", "relu"),
        ("functional.relu6(x)", "relu6"),
        ("relu(x)", "relu"),
        ("x.relu()", "relu"),
        ("torch.tanh(x)", "tanh"),
        ("F.sigmoid(x)", "sigmoid"),
        ("F.gelu(x)", "gelu"),
        ("F.silu(x)", "silu"),
        ("F.elu(x)", "elu"),
        ("F.leaky_relu(x, 0.2)", "leakyrelu0.2"),
        ("F.leaky_relu(x, negative_slope=0.1)", "leakyrelu0.1"),
        ("F.softmax(x, dim=1)", "softmax"),
        ("torch.softmax(x, -1)", "softmax"),
        ("x.log_softmax(dim=1)", "logsoftmax"),
        ("F.dropout(x, 0.25, self.training)", "dropout0.25"),
        ("F.dropout(x, p=0.25, training=self.training)", "dropout0.25"),
        ("F.dropout(x, training=True)", "dropout0.5"),
        ("F.max_pool2d(x, 2)", "max2"),
        ("F.max_pool2d(x, 3, 2, 1)", "max3s2p1"),
        ("F.max_pool2d(x, (3, 2), stride=(2, 1))", "max3x2s2x1"),
        ("F.max_pool2d(x, 3, None, 1, 1, True)", "max3p1c1"),
        ("F.max_pool2d(x, kernel_size=self.side)", "max4"),
        ("F.avg_pool2d(x, 2, ceil_mode=True)", "avg2c1"),
        ("F.adaptive_avg_pool2d(x, (1, 1))", "adapt1"),
        ("torch.flatten(x, 1)", "flatten"),
        ("torch.flatten(x, start_dim=1)", "flatten"),
        ("x.flatten(1, -1)", "flatten"),
        ("x.view(-1, 16 * 5 * 5)", "flatten"),
        ("x.view(-1, self.side)", "flatten"),
        ("x.view((-1, 400))", "flatten"),
        ("x.view(x.size(0), -1)", "flatten"),
        ("x.view(x.shape[0], 400)", "flatten"),
        ("x.view(x.size()[0], -1)", "flatten"),
        ("x.reshape(len(x), -1)", "flatten"),
        ("torch.reshape(x, (-1, 400))", "flatten"),
        ("torch.reshape(x, (x.shape[0], -1))", "flatten"),
    ],
)
def test_a_function_is_a_layer(call: str, word: str) -> None:
    assert words(forward(f"return {call}")).replace("dropout0.5", "dropout") == word.replace("dropout0.5", "dropout")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("torch.flatten(x)", "Flatten: start_dim must be 1 here, got 0"),
        ("x.flatten()", "Flatten: start_dim must be 1 here, got 0"),
        ("F.softmax(x, dim=0)", "dim must be 1 here, got 0"),
        ("F.dropout(x, 0.5, False)", "training must be self.training or True"),
        ("F.dropout(x, 2)", "share must be a number from 0 up to below 1"),
        ("F.max_pool2d(x)", "missing a required argument: 'kernel_size'"),
        ("F.max_pool2d(x, 2, return_indices=True)", "return_indices must be False here"),
        ("F.max_pool2d(x, 2, size=3)", "max_pool2d takes kernel_size, stride, padding"),
        ("F.max_pool2d(x, 2, kernel_size=3)", "max_pool2d takes kernel_size, stride, padding"),
        ("F.max_pool2d(x, **{})", "max_pool2d takes kernel_size"),
        ("F.relu(x, True, 3)", "relu takes inplace after its input, each once"),
        ("F.relu()", "the function has no input"),
        ("F.relu(*x)", "this can't be read"),
        ("F.conv2d(x, w)", "there is no function F.conv2d here: functions are relu"),
        ("torch.cat([x, x], 1)", "there is no function torch.cat here: functions are relu"),
        ("torch.elu(x)", "there is no function torch.elu here"),
        ("my.relu(x)", "there is no function my.relu here"),
        ("print(x)", "there is no function print here"),
        ("x.elu()", "there is no method elu here"),
        ("x.mean(dim=(2, 3))", "there is no method mean here: functions are relu"),
        ("x.view(-1, 1, 28, 28)", "a view must make rows of the batch, such as x.view(-1, 400)"),
        ("x.view(400)", "a view must make rows"),
        ("x.view(-1, -1)", "a view must make rows"),
        ("x.view(1, -1)", "a view must make rows"),
        ("x.view(x.size(1), -1)", "a view must make rows"),
        ("x.view(-1, self.helper(x))", "a view must make rows"),
        ("x.view(-1, n)", "n is not set to a number above"),
        ("x.view(-1, 10**10**10)", "numbers must be at most"),
    ],
)
def test_a_function_that_can_not_be_read_is_said_with_its_line(call: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^line 10: .*{re.escape(said)}"):
        forward(f"return {call}")
