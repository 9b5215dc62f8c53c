"""Nets that everyone counts: from the lecture and from the papers, as stacks."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.engine.geometry import Pair
from visualizer.engine.stacks.stack import Stack
from visualizer.engine.stacks.text import parse_stack

SLIDE_2012, LITERAL_2012, PAPER_2012 = "imagenet2012_slide", "imagenet2012_labels", "imagenet2012"
SMALL = "small"
SLIDE_21 = ("slide21_full", "slide21_local", "slide21_shared")


@dataclass(frozen=True)
class Preset:
    """A stack with its name for people, where it comes from, and where we differ."""

    name: str
    label: str
    stack: Stack
    about: str


def lesson_net(side: int = 28, channels: int = 1, maps: Pair = (8, 16), kernel: int = 5, classes: int = 10) -> Stack:
    """A net for digits: twice convolution, ReLU and pooling, then fully connected. Its padding keeps the size."""
    around = f"k{kernel}p{kernel // 2}"
    convolutions = " ".join(f"conv{count}{around} relu max2" for count in maps)
    return parse_stack(f"{channels}x{side}x{side} {convolutions} flatten fc{classes}")


_LENET = "1x32x32 conv6k5 tanh avg2 conv16k5 tanh avg2 conv120k5 tanh flatten fc84 tanh fc10"
_LENET_ABOUT = (
    "LeCun, Bottou, Bengio & Haffner 1998. Where this differs: their 16 maps of the second convolution see 3, 4 or all "
    "6 maps below (1,516 parameters), here all 6 (2,416); their subsampling learns a factor and a bias a map "
    "(12 and 32 parameters), a mean learns none; their last layer measures distances to fixed patterns, here it is "
    "fully connected (850). So they have 60,000 parameters."
)

_PAPER = (
    "3x227x227 conv96k11s4 relu lrn5 max3s2 conv256k5p2g2 relu lrn5 max3s2 conv384k3p1 relu conv384k3p1g2 relu "
    "conv256k3p1g2 relu max3s2 flatten fc4096 relu dropout0.5 fc4096 relu dropout0.5 fc1000 softmax"
)
_PAPER_ABOUT = (
    "Krizhevsky, Sutskever & Hinton 2012: on two graphics cards, so that the second, fourth and fifth convolution are "
    "in two groups. The paper's text says 224×224; with its kernel of 11×11 and stride 4 only 227×227 (or a padding) "
    "gives the 55×55 places that it goes on with."
)


def _2012_by_slide(second: str, fifth: str) -> str:
    """The slide's layers, without biases as the slide counts; the words for the second and the fifth convolution."""
    return (
        f"3x227x227 conv96k11s4b0 relu lrn5 max2 {second} relu lrn5 max2 conv384k3p1b0 relu conv384k3p1b0 relu "
        f"{fifth} relu max2 flatten fc4096b0 relu fc4096b0 relu fc1000b0"
    )


_SLIDE_ABOUT = (
    "Slide 26, read so that it gives its own numbers: a kernel of 5×5 where 11×11 is printed, and two groups in the "
    "second and the fifth convolution only. The slide counts weights, not biases. Its local contrast normalisation "
    "stands here as local response normalisation, which learns nothing either."
)
_LABELS_ABOUT = (
    "Slide 26, its labels taken literally: 11×11 in the second convolution too, padded by 5 so that 27×27 stays, "
    "and no groups, as none are printed. The counts are then not the printed ones."
)


def _vgg() -> str:
    stages = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
    body = " ".join(" ".join([f"conv{maps}k3p1 relu"] * times + ["max2"]) for maps, times in stages)
    return f"3x224x224 {body} flatten fc4096 relu dropout0.5 fc4096 relu dropout0.5 fc1000 softmax"


_LITE_STAGES = (
    *((1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3)),
    *((6, 5, 1, 112, 3), (6, 5, 2, 192, 4), (6, 3, 1, 320, 1)),
)
"""Expansion, kernel, stride of the first block, maps and number of blocks: Tan & Le 2019, table 1."""


def _efficientnet_lite() -> str:
    blocks = [
        f"mbconv{maps}k{kernel}s{stride if block == 0 else 1}e{expansion}"
        for expansion, kernel, stride, maps, times in _LITE_STAGES
        for block in range(times)
    ]
    stem, head = "conv32k3s2p1b0 bn relu6", "conv1280k1b0 bn relu6 adapt1 flatten dropout0.2 fc1000 softmax"
    return f"3x224x224 {stem} {' '.join(blocks)} {head}"


_LITE_ABOUT = (
    "EfficientNet-B0 (Tan & Le 2019, table 1) in its Lite variant for small devices (Liu 2020): no squeeze-and-"
    "excitation, ReLU6. Where this differs: padding is the same on both sides, with the same counts at 224×224. Its "
    "authors' table says 407 M multiply-adds; products of convolutions and the last layer alone are 385 M."
)

_TEXTS = (
    (
        SMALL,
        "a small net to walk through",
        "1x8x8 conv2k3 relu max2 flatten fc3",
        "Two feature maps over a crop of 8×8, and three classes: small enough that every number can be followed.",
    ),
    (
        SLIDE_2012,
        "2012 ImageNet net, the slide's numbers",
        _2012_by_slide("conv256k5p2g2b0", "conv256k3p1g2b0"),
        _SLIDE_ABOUT,
    ),
    (PAPER_2012, "2012 ImageNet net, the paper", _PAPER, _PAPER_ABOUT),
    (
        LITERAL_2012,
        "2012 ImageNet net, the slide's labels",
        _2012_by_slide("conv256k11p5b0", "conv256k3p1b0"),
        _LABELS_ABOUT,
    ),
    ("lenet5", "LeNet-5 (1998)", _LENET, _LENET_ABOUT),
    ("vgg16", "VGG-16 (2014)", _vgg(), "Simonyan & Zisserman 2014, configuration D."),
    (
        "resnet_blocks",
        "ResNet basic blocks (2015)",
        "64x56x56 basic64 basic128s2",
        "He, Zhang, Ren & Sun 2015: the basic block of ResNet-18 and -34, over 64 maps of 56×56. The first adds its "
        "input as it is; the second halves the size, so its input first goes through a convolution of 1×1.",
    ),
    ("efficientnet_lite0", "EfficientNet-Lite0 (2020)", _efficientnet_lite(), _LITE_ABOUT),
    (
        SLIDE_21[0],
        "200×200 image, fully connected",
        "1x200x200 flatten fc400000b0",
        "Slide 21: 400,000 hidden units, each joined to every pixel. Weights only.",
    ),
    (
        SLIDE_21[1],
        "200×200 image, locally connected",
        "1x200x200 local10k10psameb0",
        "Slide 21: 400,000 hidden units, ten at each pixel, each with a field of 10×10 of its own. Weights only.",
    ),
    (
        SLIDE_21[2],
        "200×200 image, convolution",
        "1x200x200 conv10k10psameb0",
        "Slides 21 and 22: the same 400,000 hidden units as ten maps, each with one kernel of 10×10. Weights only.",
    ),
)
PRESETS: dict[str, Preset] = {
    name: Preset(name, label, parse_stack(text), about) for name, label, text, about in _TEXTS
}
PRESETS["lesson"] = Preset(
    "lesson", "the app's net for digits", lesson_net(), "A net of LeNet's size: 28×28 digits, ten classes."
)
