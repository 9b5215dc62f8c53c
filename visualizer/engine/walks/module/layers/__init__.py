"""The layers that can be walked: a file for each family, each layer a rule of a few lines."""

from visualizer.engine.walks.module.layers import (
    activation as activation,
)
from visualizer.engine.walks.module.layers import (
    attention as attention,
)
from visualizer.engine.walks.module.layers import (
    convolution as convolution,
)
from visualizer.engine.walks.module.layers import (
    linear as linear,
)
from visualizer.engine.walks.module.layers import (
    normalisation as normalisation,
)
from visualizer.engine.walks.module.layers import (
    pooling as pooling,
)
from visualizer.engine.walks.module.layers import (
    recurrent as recurrent,
)
