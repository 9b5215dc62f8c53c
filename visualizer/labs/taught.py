"""What the lecture says where each lab answers it (slides 10 to 13), as Markdown by the lab or its view."""

from __future__ import annotations

from visualizer.labs.architecture import settings as architecture
from visualizer.labs.initialisation import settings as initialisation
from visualizer.labs.learning_rate import settings as learning_rate
from visualizer.labs.regularisation import settings as regularisation

DESCENT = r"""**Theorem** (slide 13). Batch gradient descent steps $w \leftarrow w - \eta\,\nabla L(w)$.
Let $L$ be *R-smooth*, $\lVert\nabla L(w)-\nabla L(w')\rVert \le R\,\lVert w-w'\rVert$ for all $w, w'$, and *bounded
below*, $L(w) \ge L^*$. Then with $\eta = 1/R$

$$\min_{t<T}\ \lVert\nabla L(w_t)\rVert^2 \;\le\; \frac{2R\,(L(w_0)-L^*)}{T},$$

so $O(1/\varepsilon)$ steps find a point with $\lVert\nabla L\rVert^2 \le \varepsilon$."""

_ELSEWHERE = (
    "Structure helps to choose an architecture: a [ConvNet](/convnet) shares its weights over the image. In "
    "[recurrent nets](/recurrent), optimisation decides: an LSTM is built so that its gradients do not vanish."
)
PLAYGROUND = (
    f"**Slide 10.** Hidden units are *features* that the net learns. Try *wider* first; *deeper* helps where features "
    f"are made of features. {_ELSEWHERE}"
)
_START = (
    "**Slide 11.** Training finds a local optimum near its start: start *not too far from a good local optimum*, and "
    "initialise so that the gradients are not zero. "
)
_DATA = "**Slide 12.** Does a net need much data? Sometimes, as for MusicNet: notes from raw audio. "
_RATE = "**Slide 11.** The learning rate is set by hand, and *turned down when learning slows*. "

TAUGHT = {
    architecture.WIDER: "**Slide 10.** Fully connected: try *wider* first. Do learned features beat *random features*, "
    f"where only the output layer is trained? {_ELSEWHERE}",
    architecture.DEEPER: f"**Slide 10.** Fully connected: try wider first; *when do deeper nets help?* {_ELSEWHERE}",
    architecture.FEATURES: f"**Slide 10.** Hidden units are *features*: learned ones, or *random* ones under an output "
    f"layer that alone is trained. {_ELSEWHERE}",
    initialisation.SENSITIVITY: f"{_START}Which scale that needs is found by a *sensitivity analysis*: try them all.",
    initialisation.LAYERS: f"{_START}Through many layers, signals and gradients shrink or grow by a factor each.",
    initialisation.SYMMETRY: f"{_START}With equal weights, all units of a layer get the same gradient and stay equal.",
    learning_rate.SWEEP: f"{_RATE}Too small, and training crawls; too large, and it diverges.",
    learning_rate.SCHEDULES: f"{_RATE}Here a schedule does that: in steps, along a cosine, or when the loss stalls.",
    learning_rate.RANGE_TEST: f"{_RATE}A range test suggests where to begin: the rate grows while the net trains.",
    learning_rate.OPTIMISERS: f"{_RATE}A framework's optimisers come with default rates; are these good ones?",
    regularisation.STRENGTH: f"{_DATA}Otherwise it is regularised: *L2* (weight decay), L1, *dropout*, which acts much "
    "like L2, or early stopping.",
    regularisation.ALIKE: "**Slide 12.** *Dropout acts much like weight decay, L2*: dropping inputs at random adds, on "
    "average, a penalty on the squared weights. For linear regression that is exact.",
    regularisation.AMOUNT: f"{_DATA}It depends on what the net has to learn, and on what it knows from the start.",
}
