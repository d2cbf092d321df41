"""From a checkpoint to a quantized ONNX model folder. Needs the extra `[quantize]` or `[train]`."""
