"""What an encoder says does not depend on the processor that it runs on."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from bot.adapters.encoder_file import _has_exact_products, _session

INPUTS = 64


@pytest.mark.parametrize("rows", [1, 8])
def test_products_of_eight_bits_are_exact(rows: int, tmp_path: Path) -> None:
    """The largest sums: processors without VNNI cut them off unless they are told not to."""
    weights = np.full((INPUTS, 32), 127, np.int8)
    path = tmp_path / "product.onnx"
    onnx.save(_product(weights), str(path))
    given = np.full((rows, INPUTS), 255, np.uint8)
    found = _session(path).run(None, {"given": given})[0]
    assert (found == 255 * 127 * INPUTS).all()


@pytest.mark.parametrize(
    ("flags", "exact"),
    [
        ("fpu sse2 avx2 avx512f avx512_vnni", True),
        ("fpu sse2 avx2 avx_vnni", True),
        ("fpu sse2 avx2 avx512f", False),
        ("", False),
    ],
)
def test_only_a_processor_that_says_it_has_vnni_may_add_up_the_quick_way(
    flags: str, exact: bool, tmp_path: Path
) -> None:
    about = tmp_path / "cpuinfo"
    about.write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t: avx_vnni_not\n")
    assert _has_exact_products(about) is exact


def test_a_processor_that_nothing_is_known_of_takes_the_exact_way(tmp_path: Path) -> None:
    assert not _has_exact_products(tmp_path / "nothing")


def _product(weights: "np.typing.NDArray[np.int8]") -> onnx.ModelProto:
    node = helper.make_node("MatMulInteger", ["given", "weights"], ["found"])
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("given", TensorProto.UINT8, ["rows", weights.shape[0]])],
        [helper.make_tensor_value_info("found", TensorProto.INT32, ["rows", weights.shape[1]])],
        [numpy_helper.from_array(weights, "weights")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
