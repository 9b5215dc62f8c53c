"""Every page: its title, its address, what it shows, and the slides of the lecture that it follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from visualizer import FOLDER as APP


@dataclass(frozen=True)
class Slide:
    """A slide of the lecture, what it teaches, and the link into the lesson that shows it."""

    number: str
    teaches: str
    link: Mapping[str, str]


@dataclass(frozen=True)
class LessonPage:
    """A page that teaches: its script, its address, what it shows, and the slides that it follows."""

    script: str
    title: str
    url_path: str
    about: str
    picture: str
    slides: tuple[Slide, ...]

    def page(self) -> st.Page:
        return st.Page(script(self.script), title=self.title, url_path=self.url_path)

    def image(self) -> str:
        """The picture as SVG."""
        return (APP / "site" / "static" / self.picture).read_text(encoding="utf-8")


LESSONS = (
    LessonPage(
        script="one_hidden_layer.py",
        title="One hidden layer",
        url_path="one-hidden-layer",
        about="A net with one hidden layer, forward and backward, one number at a time: where every activation and "
        "every gradient comes from, and what an update does to them.",
        picture="one-hidden-layer.svg",
        slides=(
            Slide("5", "A net with one hidden layer", {"preset": "training"}),
            Slide("6", "Forward propagation", {"preset": "training", "step": "1"}),
            Slide("7", "Back-propagation: output weights", {"preset": "training", "step": "13"}),
            Slide("8", "Back-propagation: hidden weights", {"preset": "training", "step": "26"}),
        ),
    ),
    LessonPage(
        script="convolution.py",
        title="Convolution",
        url_path="convolution",
        about="A kernel slides over a picture of yours: how one output pixel is made of all channels and the bias, and "
        "how the gradient goes back to the kernel and the pixels.",
        picture="convolution.svg",
        slides=(
            Slide("21", "A convolution layer, by counting weights", {"view": "sharing"}),
            Slide("22", "Parameter sharing: the same net, untied and tied", {"view": "sharing", "channels": "grey"}),
        ),
    ),
    LessonPage(
        script="pooling.py",
        title="Pooling",
        url_path="pooling",
        about="The largest number of each window, or their mean: what pooling keeps, where the gradient goes, and how "
        "much slack it gives a detector.",
        picture="pooling.svg",
        slides=(Slide("23", "Pooling: a detector need not fire at the exact place", {"pool_view": "invariance"}),),
    ),
    LessonPage(
        script="recurrent.py",
        title="RNN & LSTM",
        url_path="recurrent",
        about="A recurrent net reads a text of yours, unrolled in time: every gate, every state, and the gradient that "
        "comes back through time, one number at a time.",
        picture="recurrent.svg",
        slides=(
            Slide("30", "Recurrent nets, unrolled in time", {"cell": "rnn"}),
            Slide("30", "LSTMs and their gates", {"cell": "lstm"}),
        ),
    ),
)

LABS = (
    LessonPage(
        script="playground.py",
        title="Playground",
        url_path="playground",
        about="Train a net of your choice and wind back and forth through its training: the border it draws, what "
        "every unit sees, its weights, and the losses.",
        picture="playground.svg",
        slides=(Slide("10", "Fully connected: try wider, try deeper", {}),),
    ),
    LessonPage(
        script="architecture.py",
        title="Architecture",
        url_path="architecture",
        about="When does a wider or a deeper net help? The test error over the width and over the depth at equal "
        "parameters, with learned features and with random ones, and what they see.",
        picture="architecture.svg",
        slides=(
            Slide("10", "Fully connected: wider, and learned against random features", {"arch_view": "wider"}),
            Slide("10", "When do deeper nets help?", {"arch_view": "deeper"}),
        ),
    ),
    LessonPage(
        script="initialisation.py",
        title="Initialisation",
        url_path="initialisation",
        about="How large should the first weights be? Activations and gradients layer by layer, and what training "
        "comes to from every scale: a sensitivity analysis.",
        picture="initialisation.svg",
        slides=(
            Slide("11", "Choose the scale by a sensitivity analysis", {"init_view": "sensitivity"}),
            Slide("11", "Initialise so that gradients are not zero", {"init_view": "symmetry"}),
        ),
    ),
    LessonPage(
        script="learning_rate.py",
        title="Learning rate",
        url_path="learning-rate",
        about="Many rates at once: where training is too slow, where it works and where it diverges; what schedules "
        "add, what the range test suggests, and how optimisers do with their defaults.",
        picture="learning-rate.svg",
        slides=(
            Slide("11", "A learning rate set by hand", {"rate_view": "sweep"}),
            Slide("11", "… and turned down when learning slows", {"rate_view": "schedules"}),
            Slide("11", "What the defaults of a framework do", {"rate_view": "optimisers"}),
        ),
    ),
    LessonPage(
        script="regularisation.py",
        title="Regularisation",
        url_path="regularisation",
        about="L2, L1, dropout, early stopping or nothing: training and test loss over the strength, where dropout is "
        "the same as L2 and where it is only alike, and how much data it takes.",
        picture="regularisation.svg",
        slides=(
            Slide("12", "L2, and dropout, which acts much like it", {"reg_view": "alike"}),
            Slide("12", "Does it need much data?", {"reg_view": "amount"}),
        ),
    ),
    LessonPage(
        script="gradient_descent.py",
        title="Gradient descent",
        url_path="gradient-descent",
        about="What theory promises of gradient descent, and what it does: smoothness measured, steps to a small "
        "gradient against the bound, and the path on the surface of the loss.",
        picture="gradient-descent.svg",
        slides=(Slide("13", "A point with ‖∇L‖² ≤ ε in O(1/ε) steps", {}),),
    ),
)

VISION = (
    LessonPage(
        script="image_features.py",
        title="Image features by hand",
        url_path="image-features",
        about="SIFT, HOG, spin image, RIFT, textons and GLOH on a picture of yours, each from pixels to numbers; "
        "HOG number by number; keypoints matched; what each is invariant to.",
        picture="image-features.svg",
        slides=(
            Slide("16", "SIFT, spin image and HOG", {"feature": "sift"}),
            Slide("17", "RIFT, textons and GLOH", {"feature": "rift"}),
        ),
    ),
    LessonPage(
        script="detector.py",
        title="Scanning with a detector",
        url_path="detector",
        about="A classifier of patches is laid on every window of a picture: a template that you cut out, a classifier "
        "trained on the spot, or a ConvNet; what it finds, what it takes for it, and why a scan is a convolution.",
        picture="detector.svg",
        slides=(
            Slide(
                "18", "A detector scans: a template", {"det_kind": "template", "sample": "coins", "crop": "36,8,32,32"}
            ),
            Slide("18", "… a classifier of faces", {"det_kind": "faces"}),
            Slide("18", "… a ConvNet", {"det_kind": "net"}),
        ),
    ),
    LessonPage(
        script="convnet.py",
        title="ConvNet",
        url_path="convnet",
        about="A ConvNet reads a digit that you draw: every map of every layer, forward and backward, each number with "
        "its walk; trained in view, and what its units have learned to look for.",
        picture="convnet.svg",
        slides=(
            Slide("19", "Learned features: what a unit looks for", {"convnet_view": "units"}),
            Slide(
                "22",
                "Tied, untied and fully connected, trained",
                {"convnet_view": "train", "convnet_train_nets": "all"},
            ),
            Slide("24", "Convolution, ReLU, pooling, and again", {"convnet_at": "conv2.3.7.7"}),
            Slide("25", "Traffic signs and house numbers: results", {"convnet_view": "results"}),
        ),
    ),
    LessonPage(
        script="counting_desk.py",
        title="Counting desk",
        url_path="counting-desk",
        about="A table of layers that you change: shape, parameters, multiply-adds, memory and receptive field, each "
        "with its formula; where a net's parameters are, and where its work; PyTorch code, out and in.",
        picture="counting-desk.svg",
        slides=(
            Slide("21", "400,000 hidden units, fully connected", {"desk_preset": "slide21_full"}),
            Slide("22", "… and with shared weights", {"desk_preset": "slide21_shared"}),
            Slide("26", "The 2012 net, row by row", {"desk_view": "table2012"}),
            Slide("27", "… and what it reached", {"desk_view": "table2012"}),
        ),
    ),
    LessonPage(
        script="retrieval.py",
        title="Find images like this one",
        url_path="retrieval",
        about="A picture of yours, what a net that learned on ImageNet sees in it, and the nearest images of a "
        "gallery: by its last hidden layer, by raw pixels, by colours and by gradients, side by side and on a map.",
        picture="retrieval.svg",
        slides=(
            Slide("28", "One test image and the images nearest to it", {"retrieval_view": "nearest"}),
            Slide("29", "… by the features of the last hidden layer", {"retrieval_view": "precision"}),
        ),
    ),
)
SECTIONS = {"Lessons": LESSONS, "Vision": VISION, "Labs": LABS}
PAGES = (*LESSONS, *VISION, *LABS)


def script(name: str) -> Path:
    """The file of a page."""
    return APP.parent / "pages" / name
