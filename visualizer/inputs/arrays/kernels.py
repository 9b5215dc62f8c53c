"""The kernels that the lesson knows by name, in the sizes that each of them has.

As everywhere in deep learning they are laid on the image as they stand, not flipped: Sobel x is positive on the right,
so it answers to brightness that grows to the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from visualizer.inputs.images.pictures import hundredths_of

LARGEST = 11
SLOTS = 12
"""How many different kernels a layer can hold here: 4 filters of 3 channels."""

_ALL = tuple(range(1, LARGEST + 1))
_ODD = _ALL[::2]
_FROM_3 = _ALL[2:]
_ODD_FROM_3 = _ODD[1:]

OWN, RANDOM, GABOR = "own", "random", "gabor"


@dataclass(frozen=True)
class KernelOptions:
    """What some kernels depend on besides their size.

    Gabor: `angle` in degrees, the direction in which the stripes follow each other, from the rows to the right towards
    the columns downwards; `wavelength` in pixels, from stripe to stripe. Random: `seed`, and the `slot` of the layer.
    """

    angle: float = 0.0
    wavelength: float = 4.0
    seed: int = 0
    slot: int = 0


@dataclass(frozen=True)
class NamedKernel:
    """A kernel: what it is called, what it does, the sizes that it has, and how it is made (size, options)."""

    label: str
    about: str
    sizes: tuple[int, ...]
    make: Callable[[int, KernelOptions], Tensor]

    def values(self, size: int, options: KernelOptions) -> Tensor:
        """The kernel (size, size), float64. Raises: ValueError where there is none of this size."""
        if size not in self.sizes:
            raise ValueError(f"size must be one of {self.sizes}, got {size}")
        return self.make(size, options)

    @property
    def sizes_in_words(self) -> str:
        if len(self.sizes) == 1:
            return _square(self.sizes[0])
        step = self.sizes[1] - self.sizes[0]
        if len(self.sizes) == 2:
            return f"{_square(self.sizes[0])} and {_square(self.sizes[1])}"
        return f"{_square(self.sizes[0])} to {_square(self.sizes[-1])}{', odd' if step == 2 else ''}"

    def nearest(self, size: int) -> tuple[int, ...]:
        """The size that is closest to one that it does not have, or both where two are."""
        distance = min(abs(known - size) for known in self.sizes)
        return tuple(known for known in self.sizes if abs(known - size) == distance)


def _square(size: int) -> str:
    return f"{size}×{size}"


def _identity(size: int, _options: KernelOptions) -> Tensor:
    kernel = torch.zeros(size, size, dtype=torch.float64)
    kernel[size // 2, size // 2] = 1.0
    return kernel


def _box(size: int, _options: KernelOptions) -> Tensor:
    return torch.full((size, size), 1 / size**2, dtype=torch.float64)


def _binomial(count: int) -> Tensor:
    """The row of Pascal's triangle that has `count` numbers."""
    return torch.tensor([math.comb(count - 1, k) for k in range(count)], dtype=torch.float64)


def _gaussian(size: int, _options: KernelOptions) -> Tensor:
    row = _binomial(size)
    return torch.outer(row, row) / float(4 ** (size - 1))


def _sharpen(size: int, options: KernelOptions) -> Tensor:
    if size == 3:
        return torch.tensor([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], dtype=torch.float64)
    return 2 * _identity(size, options) - _gaussian(size, options)


def _sobel_x(size: int, _options: KernelOptions) -> Tensor:
    step = torch.tensor([[[-1.0, 1.0]]], dtype=torch.float64)
    smooth = _binomial(size - 1)[None, None]
    difference: Tensor = functional.conv1d(smooth, step.flip(2), padding=1)[0, 0]
    return torch.outer(_binomial(size), difference)


def _sobel_y(size: int, options: KernelOptions) -> Tensor:
    return _sobel_x(size, options).T.contiguous()


def _laplacian(size: int, _options: KernelOptions) -> Tensor:
    if size == 3:
        return torch.tensor([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=torch.float64)
    rows = [[0, 0, 1, 0, 0], [0, 1, 2, 1, 0], [1, 2, -16, 2, 1], [0, 1, 2, 1, 0], [0, 0, 1, 0, 0]]
    return torch.tensor(rows, dtype=torch.float64)


def _emboss(size: int, options: KernelOptions) -> Tensor:
    steps = torch.arange(size, dtype=torch.float64) - size // 2
    return steps[:, None] + steps[None, :] + _identity(size, options)


def _gabor(size: int, options: KernelOptions) -> Tensor:
    """A wave under a bell, without its mean, in hundredths, so that it can be copied by hand.

    Source: Daugman 1985; the bell is as high as it is wide, with σ a fifth of the kernel.
    """
    places = torch.arange(size, dtype=torch.float64) - (size - 1) / 2
    angle = math.radians(options.angle)
    along = places[None, :] * math.cos(angle) + places[:, None] * math.sin(angle)
    bell = torch.exp(-(places[:, None] ** 2 + places[None, :] ** 2) / (2 * (size / 5) ** 2))
    wave = bell * torch.cos(2 * math.pi * along / options.wavelength)
    return hundredths_of(wave - bell * wave.sum() / bell.sum())


def _random(size: int, options: KernelOptions) -> Tensor:
    """From −1 to 1 in hundredths. The largest layer is drawn and cut, so that a number stays as others come and go."""
    generator = torch.Generator().manual_seed(options.seed)
    drawn = torch.randint(-100, 101, (SLOTS, LARGEST, LARGEST), generator=generator)
    return drawn[options.slot, :size, :size].double() / 100


def _own(size: int, _options: KernelOptions) -> Tensor:
    return torch.zeros(size, size, dtype=torch.float64)


KERNELS: Mapping[str, NamedKernel] = {
    "identity": NamedKernel("identity", "Gives the image back: 1 in the middle.", _ODD, _identity),
    "box": NamedKernel("box", "The mean of the window: blurs.", _ALL, _box),
    "gaussian": NamedKernel("Gaussian", "A mean that weighs the middle more: blurs softly.", _ALL, _gaussian),
    "sharpen": NamedKernel("sharpen", "What differs from its neighbours stands out more.", _ODD_FROM_3, _sharpen),
    "sobel_x": NamedKernel(
        "Sobel x", "Answers to vertical edges: how brightness grows to the right.", (3, 5), _sobel_x
    ),
    "sobel_y": NamedKernel("Sobel y", "Answers to horizontal edges: how brightness grows downwards.", (3, 5), _sobel_y),
    "laplacian": NamedKernel("Laplacian", "Answers to spots and thin lines; 0 on even ground.", (3, 5), _laplacian),
    "emboss": NamedKernel("emboss", "Light from the top left makes a relief.", _ODD_FROM_3, _emboss),
    GABOR: NamedKernel("Gabor", "Answers to stripes of one direction and width.", _FROM_3, _gabor),
    RANDOM: NamedKernel("random", "Drawn with the seed, as a layer that has learned nothing yet.", _ALL, _random),
    OWN: NamedKernel("own", "Yours: click a number in the figure and type.", _ALL, _own),
}
"""By the name in the program; the label is what links hold."""

FIXED = tuple(name for name in KERNELS if name not in (OWN, RANDOM))


def size_missing(name: str, size: int) -> str:
    """Why a kernel does not come in a size, with the nearest that it has; empty where it does."""
    kernel = KERNELS[name]
    if size in kernel.sizes:
        return ""
    sizes = " or ".join(map(str, kernel.nearest(size)))
    return (
        f"The kernel {kernel.label} comes in {kernel.sizes_in_words}, not in {size}×{size}: "
        f"set the kernel size to {sizes}, or choose another kernel."
    )
