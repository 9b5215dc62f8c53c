"""Every page: its title, its address, what it shows, and the slides of the lecture that it covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from visualizer import FOLDER as APP
from visualizer import SCRIPTS


@dataclass(frozen=True)
class Slide:
    """A slide of the lecture, what it teaches, and the link into the lesson that shows it."""

    number: str
    teaches: str
    link: Mapping[str, str]


@dataclass(frozen=True)
class LessonPage:
    """A page that teaches: its script, its address, what it shows, and the slides that it covers."""

    script: str
    title: str
    url_path: str
    about: str
    picture: str
    slides: tuple[Slide, ...]

    def page(self) -> st.Page:
        return st.Page(script(self.script), title=self.title, url_path=self.url_path)

    def image(self) -> str:
        """The image as SVG."""
        return (APP / "site" / "static" / self.picture).read_text(encoding="utf-8")


LESSONS = (
    LessonPage(
        script="one_hidden_layer.py",
        title="One hidden layer",
        url_path="one-hidden-layer",
        about="A net with one hidden layer, forward and backward, one number at a time: where every activation and "
        "every gradient comes from, and what an update changes.",
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
        about="A kernel slides over your own image: how one output pixel is computed from all channels and the bias, "
        "and how the gradient flows back to the kernel and the pixels.",
        picture="convolution.svg",
        slides=(
            Slide("21", "Convolution layers: counting the weights", {"view": "sharing"}),
            Slide(
                "22",
                "Parameter sharing: the same net, untied and tied weights",
                {"view": "sharing", "channels": "grey"},
            ),
        ),
    ),
    LessonPage(
        script="pooling.py",
        title="Pooling",
        url_path="pooling",
        about="The largest value of each window, or the mean: what pooling keeps, where the gradient goes, and how "
        "well a detector then tolerates small shifts.",
        picture="pooling.svg",
        slides=(Slide("23", "Pooling: tolerance to small shifts", {"pool_view": "invariance"}),),
    ),
    LessonPage(
        script="recurrent.py",
        title="RNN & LSTM",
        url_path="recurrent",
        about="A recurrent net reads your own text, unrolled in time: every gate, every state, and the gradient that "
        "flows back through time, one number at a time.",
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
        about="Train a net of your choice and scrub through its training: the decision boundary, the output of every "
        "unit, the weights, and the losses.",
        picture="playground.svg",
        slides=(Slide("10", "Fully connected nets: try wider, try deeper", {}),),
    ),
    LessonPage(
        script="architecture.py",
        title="Architecture",
        url_path="architecture",
        about="When does a wider or a deeper net help? Test error against width, and against depth at an equal number "
        "of parameters, with learned and with random features, and what these features are.",
        picture="architecture.svg",
        slides=(
            Slide("10", "Wider nets, and learned versus random features", {"arch_view": "wider"}),
            Slide("10", "When do deeper nets help?", {"arch_view": "deeper"}),
        ),
    ),
    LessonPage(
        script="initialisation.py",
        title="Initialisation",
        url_path="initialisation",
        about="How large should the initial weights be? Activations and gradients layer by layer, and the result of "
        "training from every scale: a sensitivity analysis.",
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
        about="Many learning rates at once: where training is too slow, where it works and where it diverges; what "
        "schedules add, what the range test suggests, and how optimisers perform with their defaults.",
        picture="learning-rate.svg",
        slides=(
            Slide("11", "A learning rate set by hand", {"rate_view": "sweep"}),
            Slide("11", "… and lowered when learning slows", {"rate_view": "schedules"}),
            Slide("11", "The default settings of a framework", {"rate_view": "optimisers"}),
        ),
    ),
    LessonPage(
        script="regularisation.py",
        title="Regularisation",
        url_path="regularisation",
        about="L2, L1, dropout, early stopping or none: training and test loss against strength, where dropout equals "
        "L2 and where it is only similar, and how much data is needed.",
        picture="regularisation.svg",
        slides=(
            Slide("12", "L2, and dropout, which has a similar effect", {"reg_view": "alike"}),
            Slide("12", "Does it need much data?", {"reg_view": "amount"}),
        ),
    ),
    LessonPage(
        script="gradient_descent.py",
        title="Gradient descent",
        url_path="gradient-descent",
        about="What theory guarantees for gradient descent, and what happens: the smoothness measured, the number of "
        "steps to a small gradient against the bound, and the path on the loss surface.",
        picture="gradient-descent.svg",
        slides=(Slide("13", "A point with ‖∇L‖² ≤ ε in O(1/ε) steps", {}),),
    ),
)

VISION = (
    LessonPage(
        script="image_features.py",
        title="Image features by hand",
        url_path="image-features",
        about="SIFT, HOG, spin image, RIFT, textons and GLOH on your own image, each from pixels to numbers; HOG "
        "number by number; matched keypoints; what each descriptor is invariant to.",
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
        about="A patch classifier is applied to every window of an image: a template that you cut out, a classifier "
        "trained on the spot, or a ConvNet; its hits and false positives, and why a scan is a convolution.",
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
        about="A ConvNet reads a digit that you draw: every feature map of every layer, forward and backward, each "
        "number with its walk; training as you watch, and what the units have learned to look for.",
        picture="convnet.svg",
        slides=(
            Slide("19", "Learned features: what a unit looks for", {"convnet_view": "units"}),
            Slide(
                "22",
                "Tied, untied and fully connected layers, trained",
                {"convnet_view": "train", "convnet_train_nets": "all"},
            ),
            Slide("24", "Convolution, ReLU, pooling, and again", {"convnet_at": "conv2.3.7.7"}),
            Slide("25", "Traffic signs and house numbers: results", {"convnet_view": "results"}),
        ),
    ),
    LessonPage(
        script="counting_desk.py",
        title="Layer calculator",
        url_path="counting-desk",
        about="An editable table of layers: shape, parameters, multiply-adds, memory and receptive field, each with "
        "its formula; which layers hold the parameters and which take the work; PyTorch code, exported and imported.",
        picture="counting-desk.svg",
        slides=(
            Slide("21", "400,000 hidden units, fully connected", {"desk_preset": "slide21_full"}),
            Slide("22", "… and with shared weights", {"desk_preset": "slide21_shared"}),
            Slide("26", "The 2012 net, row by row", {"desk_view": "table2012"}),
            Slide("27", "… and its results", {"desk_view": "table2012"}),
        ),
    ),
    LessonPage(
        script="retrieval.py",
        title="Find images like this one",
        url_path="retrieval",
        about="Your own image, what a net trained on ImageNet sees in it, and the nearest images of a gallery: by its "
        "last hidden layer, by raw pixels, by colours and by gradients, side by side and on a map.",
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
    return SCRIPTS / name
