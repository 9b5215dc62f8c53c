"""Arrays from texts: every notation gives the same numbers, and everything else a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from visualizer.inputs.arrays.arrays import MAX_CHARACTERS, Size, read_array
from visualizer.inputs.arrays.text import ArrayError

ANY: tuple[Size, ...] = ((1, 12), (1, 12))
MATRIX = [[1, -2.5], [0.25, 3000]]


@pytest.mark.parametrize(
    "text",
    [
        "1\t-2.5\n0.25\t3000",
        "1\t−2,5\r\n0,25\t3000\r\n",
        "1;-2,5\n0,25;3.000",
        "1; -2.5\n1/4; 3e3;",
        "1,-2.5\n0.25,3000",
        "1, -2.5,\n0.25, 3000,",
        " 1 -2.5 \n .25 3e3",
        "1 -2,5\n0,25 3000",
        "1 -2.5; 0.25 3000",
        "[1 -2.5; 0.25 3000]",
        "W = [1, -2.5; 1/4, 3000];",
        "[1 -2.5\n 0.25 3e3]",
        "[[1, -2.5], [0.25, 3000]]",
        "((1, -2.5), (0.25, 3000))",
        "{{1, -2.5}, {0.25, 3000}}",
        "[[1.00e+00 -2.50e+00]\n [2.50e-01  3.00e+03]]",
        "array([[ 1.0e+00, -2.5e+00],\n       [ 2.5e-01,  3.0e+03]])",
        "np.array([[1, -2.5], [0.25, 3000]], dtype=np.float32)",
        "tensor([[ 1.0000e+00, -2.5000e+00],\n        [ 2.5000e-01,  3.0000e+03]], dtype=torch.float64)",
        "x = torch.tensor([[1., -2.5], [0.25, 3000.]], requires_grad=True)",
        "tensor([[1., -2.5], [0.25, 3000.]], device='cuda:0', grad_fn=<AddmmBackward0>)",
        r"\begin{pmatrix}1 & -2.5\\ \frac{1}{4} & 3000\end{pmatrix}",
        r"$$W = \left[\begin{array}{cc} 1 & - 2{,}5 \\[2pt] \tfrac14 & 3 \cdot 10^{3} \\ \end{array}\right]$$",
        r"\[ \begin{bmatrix} 1 & -2.5 \\ \hline 0.25 & 3\times10^3 \end{bmatrix} \]",
        r"1 & -2.5 \\ 0.25 & 3000",
    ],
)
def test_a_matrix_is_read_in_every_notation(text: str) -> None:
    assert read_array(text, ANY).tolist() == MATRIX


@pytest.mark.parametrize(
    ("text", "sizes", "wanted"),
    [
        ("1,5; 2,5; 3,5", ((1, 20),), [1.5, 2.5, 3.5]),
        ("0,5; 0,1; 0,2", ((1, 20),), [0.5, 0.1, 0.2]),
        ("0,5 0,1", ((1, 20),), [0.5, 0.1]),
        ("0.5, −0.25, 1e-1, 1/3", ((1, 20),), [0.5, -0.25, 0.1, 1 / 3]),
        ("1,2,3", ((1, 20),), [1, 2, 3]),
        ("1, 2, 3", (3, 1), [[1], [2], [3]]),
        ("1\n2\n3", (1, 3), [[1, 2, 3]]),
        ("[1; 2; 3]", ANY, [[1], [2], [3]]),
        ("tensor([1., 2., 3.])", ((1, 20),), [1, 2, 3]),
        ("[0.1 0.2 0.3\n 0.4]", ((1, 20),), [0.1, 0.2, 0.3, 0.4]),
        ("[0,5; 1,5]", (2, 1), [[0.5], [1.5]]),
        ("1,2\n3,4", (2, 2), [[1, 2], [3, 4]]),
        ("1,2\n3,4", (2, 1), [[1.2], [3.4]]),
        ("1,2; 3,4", (2, 2), [[1, 2], [3, 4]]),
        ("1,234\t0,5", ANY, [[1.234, 0.5]]),
        ("1,234\t0.5", ANY, [[1234, 0.5]]),
        ("5", (1, 1), [[5]]),
        ("1 2\n3 4\n\n5 6\n7 8", ((1, 3), *ANY), [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]),
        ("[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]", (2, 2, 2), [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]),
        ("tensor([[[1., 2.],\n         [3., 4.]],\n\n        [[5., 6.],\n         [7., 8.]]])", (2, 2, 2), None),
        ("1 2\n3 4", ((1, 3), *ANY), [[[1, 2], [3, 4]]]),
        ("[[[[1, 2], [3, 4]]]]", ANY, [[1, 2], [3, 4]]),
        ("[[[[1]], [[2]]]]", (1, 2, 1, 1), [[[[1]], [[2]]]]),
    ],
)
def test_the_wanted_sizes_say_how_a_text_is_meant(text: str, sizes: Sequence[Size], wanted: object) -> None:
    assert read_array(text, sizes).tolist() == (wanted or [[[1, 2], [3, 4]], [[5, 6], [7, 8]]])


@pytest.mark.parametrize(
    ("text", "sizes", "message"),
    [
        ("", ANY, "There is nothing in it. Write a row of the matrix in each line, or [[1, 2], [3, 4]]."),
        ("[[], []]", ANY, "A pair of brackets is empty."),
        (
            "exit(__import__('os'))",
            ANY,
            "No matrix is found in it. Write a row of the matrix in each line, or [[1, 2], [3, 4]].",
        ),
        ("1 2 3\n4 5", ANY, "Row 2 has 2 numbers, but row 1 has 3."),
        ("[[1, 2], [3]]", ANY, "Row 2 has 1 number, but row 1 has 2."),
        ("[[1, 2], 3]", ANY, "“3” stands beside a bracket."),
        ("[[1, 2], [[3, 4]]]", ANY, "The brackets do not form a matrix: each row needs as many numbers as the others."),
        ("1 2\n3 x", ANY, "Row 2, column 2 is “x”, not a number."),
        ("1\t2\n\t4", ANY, "Row 2, column 1 is empty."),
        ("[[1,, 2]]", ANY, "Number 2 is empty."),
        ("[[1, 0], [1, nan]]", ANY, "Row 2, column 2 is “nan”; only finite numbers can be computed with."),
        ("[[1, -inf]]", ANY, "Number 2 is “-inf”; only finite numbers can be computed with."),
        ("[[1, 2e6]]", ANY, "Number 2 is 2e6; numbers go from −1,000,000 to 1,000,000."),
        ("[[1, 1/0]]", ANY, "Number 2 is “1/0”, which divides by 0."),
        ("[[[1, 2]], [[3, a]]]", (2, 1, 2), "Matrix 2, row 1, column 2 is “a”, not a number."),
        ("1, 2, oops", ((1, 9),), "Number 3 is “oops”, not a number."),
        ("1 2 3\n4 5 6", (3, 3), "It is 2 × 3; 3 × 3 is wanted here."),
        ("1 2 3", ((1, 2), (1, 2)), "It is 1 × 3; 1 × 1 to 2 × 2 can be used here."),
        ("1 2 3", ((1, 2),), "It is 1 × 3; from 1 to 2 numbers can be used here."),
        ("[1, 2, 3]", (2,), "It is a list of 3 numbers; a list of 2 numbers is wanted here."),
        ("[[1, 2], [3, 4]", ANY, "A bracket is not closed: the end is missing."),
        ("[[1, 2), [3, 4]]", ANY, "A bracket opens with “[” and closes with “)”."),
        ("[[1, 2]] + [[3, 4]]", ANY, "It goes on after its last bracket. Paste one array at a time."),
        ("[[[[[1]]]]]", ANY, "It has more than 4 dimensions."),
        ("[" * 1000, ANY, "It has more than 4 dimensions."),
        (
            "[[1. 2. ... 3.]]",
            ANY,
            "Numbers are left out where it says “…”. Print the whole array: "
            "np.set_printoptions(threshold=sys.maxsize).",
        ),
        (
            "1,2\n3,4",
            ANY,
            "It can be read in two ways, 2 × 2 or 2 × 1 with decimal commas. "
            "Put semicolons between the numbers, or write them with a point.",
        ),
        ("1,234\t1.234", ANY, "Its points and commas can be read in two ways. Leave out the marks between thousands."),
        ("1" * (MAX_CHARACTERS + 1), ANY, "The text has 100,001 characters; at most 100,000 are read."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text: str, sizes: Sequence[Size], message: str) -> None:
    with pytest.raises(ArrayError) as error:
        read_array(text, sizes)

    assert str(error.value) == message


@given(st.text() | st.text("0123456789.,;[](){}\\&-e/ \t\nabegin…"))
def test_any_text_gives_a_matrix_of_the_wanted_size_or_one_printable_line(text: str) -> None:
    try:
        found = read_array(text, ((1, 3), (1, 3)))
    except ArrayError as error:
        assert str(error).isprintable()
        return
    assert found.dtype == torch.float64
    assert found.ndim == 2
    assert max(found.shape) <= 3
    assert bool((found.abs() <= 1e6).all())


@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=4), min_size=1, max_size=4))
def test_what_torch_and_numpy_print_is_read_back(rows: list[list[float]]) -> None:
    width = min(map(len, rows))
    array = torch.tensor([row[:width] for row in rows], dtype=torch.float64)

    for text in (
        str(array.tolist()),
        repr(array.numpy().astype(float).tolist()),
        str(tuple(map(tuple, array.tolist()))),
    ):
        assert torch.equal(read_array(text, ANY), array)
    with torch.no_grad():
        printed = array.to(torch.float32).double()
    assert torch.allclose(read_array(repr(printed), ANY), printed, rtol=1e-3, atol=1e-3)
