"""The layers that torch does not have, as modules. The code that a stack is exported as holds their source."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class LocallyConnected2d(nn.Module):
    """As Conv2d, but untied: every place has kernels and biases of its own. `in_size` is (rows, columns)."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        in_size: tuple[int, int],
        kernel_size: tuple[int, int],
        stride: tuple[int, int] = (1, 1),
        padding: tuple[int, int] | str = (0, 0),
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.kernel_size, self.stride = kernel_size, stride
        if isinstance(padding, str):  # "same": where it can't be equal on both sides, the end has one zero more
            top, left = ((size - 1) // 2 for size in kernel_size)
            bottom, right = (size // 2 for size in kernel_size)
        else:
            (top, left), (bottom, right) = padding, padding
        self.padding = (left, right, top, bottom)
        rows = (in_size[0] + top + bottom - kernel_size[0]) // stride[0] + 1
        columns = (in_size[1] + left + right - kernel_size[1]) // stride[1] + 1
        self.out_size = (rows, columns)
        inputs = in_channels * kernel_size[0] * kernel_size[1]
        self.weight = nn.Parameter(torch.randn(out_channels, rows * columns, inputs) / inputs**0.5)
        self.bias = nn.Parameter(torch.zeros(out_channels, rows * columns)) if bias else None

    def forward(self, x: Tensor) -> Tensor:
        fields = functional.unfold(functional.pad(x, self.padding), self.kernel_size, stride=self.stride)
        y = torch.bmm(fields.permute(2, 0, 1), self.weight.permute(1, 2, 0)).permute(1, 2, 0)  # place by place
        return (y if self.bias is None else y + self.bias).reshape(len(x), -1, *self.out_size)


class BasicBlock(nn.Module):
    """Two 3x3 convolutions with the block's input added (He et al. 2016)."""

    def __init__(self, in_channels: int, out_channels: int, stride: int = 1) -> None:
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
        )
        self.shortcut = nn.Sequential()
        if stride != 1 or in_channels != out_channels:
            self.shortcut.append(nn.Conv2d(in_channels, out_channels, 1, stride, bias=False))
            self.shortcut.append(nn.BatchNorm2d(out_channels))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(self.main(x) + self.shortcut(x))


class DepthwiseSeparable(nn.Sequential):
    """A convolution of each channel by itself, then one of 1x1 across channels (Howard et al. 2017)."""

    def __init__(self, in_channels: int, out_channels: int, kernel_size: int = 3, stride: int = 1) -> None:
        super().__init__(
            nn.Conv2d(in_channels, in_channels, kernel_size, stride, kernel_size // 2, groups=in_channels, bias=False),
            nn.BatchNorm2d(in_channels),
            nn.ReLU(),
            nn.Conv2d(in_channels, out_channels, 1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )


class InvertedResidual(nn.Module):
    """Expand 1x1, convolve each channel, project 1x1; the input is added where it fits (Sandler et al. 2018)."""

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: int = 3, stride: int = 1, expansion: int = 6
    ) -> None:
        super().__init__()
        wide = in_channels * expansion
        self.main = nn.Sequential()
        if expansion != 1:
            self.main.extend([nn.Conv2d(in_channels, wide, 1, bias=False), nn.BatchNorm2d(wide), nn.ReLU6()])
        self.main.extend(
            [
                nn.Conv2d(wide, wide, kernel_size, stride, kernel_size // 2, groups=wide, bias=False),
                nn.BatchNorm2d(wide),
                nn.ReLU6(),
                nn.Conv2d(wide, out_channels, 1, bias=False),
                nn.BatchNorm2d(out_channels),
            ]
        )
        self.adds_input = stride == 1 and in_channels == out_channels

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.main(x)
        return x + y if self.adds_input else y


BLOCKS: dict[str, type[nn.Module]] = {
    each.__name__: each for each in (LocallyConnected2d, BasicBlock, DepthwiseSeparable, InvertedResidual)
}


def module_class(name: str) -> type[nn.Module]:
    """The module of that name: one of ours, or torch's."""
    found: type[nn.Module] = BLOCKS.get(name) or getattr(nn, name)
    return found
