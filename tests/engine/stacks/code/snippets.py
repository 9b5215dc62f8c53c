"""Networks as people paste them, with the stack that they are and the call that makes one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Snippet:
    code: str
    text: str
    makes: str = "Net()"


BLITZ = """
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):

    def __init__(self):
        super(Net, self).__init__()
        # 1 input image channel, 6 output channels, 5x5 square convolution
        # kernel
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        # an affine operation: y = Wx + b
        self.fc1 = nn.Linear(16 * 5 * 5, 120)  # 5*5 from image dimension
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, input):
        # Convolution layer C1: 1 input image channel, 6 output channels,
        # 5x5 square convolution, it uses RELU activation function
        c1 = F.relu(self.conv1(input))
        # Subsampling layer S2: 2x2 grid, purely functional,
        s2 = F.max_pool2d(c1, (2, 2))
        c3 = F.relu(self.conv2(s2))
        s4 = F.max_pool2d(c3, 2)
        # Flatten operation: purely functional, outputs a (N, 400) Tensor
        s4 = torch.flatten(s4, 1)
        f5 = F.relu(self.fc1(s4))
        f6 = F.relu(self.fc2(f5))
        output = self.fc3(f6)
        return output


net = Net()
print(net)
"""
CIFAR = """
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = torch.flatten(x, 1) # flatten all dimensions except batch
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        x = self.fc3(x)
        return x


net = Net()
"""

MNIST = """
from __future__ import print_function
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
from torchvision import datasets, transforms
from torch.optim.lr_scheduler import StepLR


class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, 1)
        self.conv2 = nn.Conv2d(32, 64, 3, 1)
        self.dropout1 = nn.Dropout(0.25)
        self.dropout2 = nn.Dropout(0.5)
        self.fc1 = nn.Linear(9216, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.conv1(x)
        x = F.relu(x)
        x = self.conv2(x)
        x = F.relu(x)
        x = F.max_pool2d(x, 2)
        x = self.dropout1(x)
        x = torch.flatten(x, 1)
        x = self.fc1(x)
        x = F.relu(x)
        x = self.dropout2(x)
        x = self.fc2(x)
        output = F.log_softmax(x, dim=1)
        return output
"""

FASHION = """
class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28*28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10)
        )

    def forward(self, x):
        x = self.flatten(x)
        logits = self.linear_relu_stack(x)
        return logits

model = NeuralNetwork()
"""

VIEWS = '''
"""A net with everything written out in another way."""
classes = 10


class Net(torch.nn.Module):
    """Two parts."""

    def __init__(self, maps: int = 8, hidden=32, *, share=0.5):
        """Set the layers."""
        super().__init__()
        double = 2 * maps
        self.flat = double * 7 ** 2
        self.features = nn.Sequential(
            nn.Conv2d(1, maps, 3, padding=1, bias=False), nn.BatchNorm2d(maps), nn.ReLU(inplace=True),
            nn.AvgPool2d(2),
            nn.Conv2d(maps, double, 3, padding=1), nn.LeakyReLU(0.2),
        )
        self.share = share
        self.classifier = nn.Linear(self.flat, hidden)
        self.out = nn.Linear(hidden, classes)
        nn.init.xavier_uniform_(self.out.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """One chain."""
        batch = x.size(0)
        y = F.avg_pool2d(self.features(x), kernel_size=2)
        y = torch.tanh(self.classifier(y.view(batch, self.flat)))
        y = F.dropout(y, 0.5, self.training)
        return self.out(F.elu(y)).softmax(dim=-1)

    def num_flat_features(self, x):
        return x.shape[1:].numel()


model = Net(4, hidden=16)
x = torch.randn(1, 1, 28, 28)
y = model(x)
print(y.shape)
'''

ADAPTIVE = """
class Net(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, kernel_size=3, stride=2, padding=1)
        self.act = nn.SiLU()
        self.fc = nn.Linear(16, num_classes)

    def forward(self, x):
        out = F.gelu(self.conv(x))
        out = self.act(torch.sigmoid(out))
        out = F.adaptive_avg_pool2d(out, 1)
        out = self.act(out.flatten(1))
        return F.log_softmax(self.fc(out), 1)

Net()
x = torch.zeros(1, 3, 20, 30)
"""

OLD_MNIST = """
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.conv1 = nn.Conv2d(1, 10, kernel_size=5)
        self.conv2 = nn.Conv2d(10, 20, kernel_size=5)
        self.conv2_drop = nn.Dropout2d()
        self.fc1 = nn.Linear(320, 50)
        self.fc2 = nn.Linear(50, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 2))
        x = F.relu(F.max_pool2d(self.conv2_drop(self.conv2(x)), 2))
        x = x.view(-1, 320)
        x = F.relu(self.fc1(x))
        x = F.dropout(x, training=self.training)
        x = self.fc2(x)
        return F.log_softmax(x, dim=1)
"""

_LENET = "conv6k5 relu max2 conv16k5 relu max2 flatten fc120 relu fc84 relu fc10"
SNIPPETS = {
    "blitz": Snippet(BLITZ, f"1x32x32 {_LENET}"),
    "cifar": Snippet(CIFAR, f"3x32x32 {_LENET}"),
    "mnist": Snippet(
        MNIST, "1x28x28 conv32k3 relu conv64k3 relu max2 dropout0.25 flatten fc128 relu dropout0.5 fc10 logsoftmax"
    ),
    "old_mnist": Snippet(
        OLD_MNIST,
        "1x28x28 conv10k5 max2 relu conv20k5 dropout0.5 max2 relu flatten fc50 relu dropout0.5 fc10 logsoftmax",
    ),
    "fashion": Snippet(FASHION, "1x28x28 flatten fc512 relu fc512 relu fc10", "NeuralNetwork()"),
    "views": Snippet(
        VIEWS,
        "1x28x28 conv4k3p1b0 bn relu avg2 conv8k3p1 leakyrelu0.2 avg2 flatten fc16 tanh dropout0.5 elu fc10 softmax",
        "Net(4, hidden=16)",
    ),
    "adaptive": Snippet(ADAPTIVE, "3x20x30 conv16k3s2p1 gelu sigmoid silu adapt1 flatten silu fc10 logsoftmax"),
}
