"""Which numbers the pair model and the encoder compute with on this machine."""

from __future__ import annotations

from typing import Literal, get_args

from argmap.errors import InputError

Precision = Literal["fp32", "bf16", "int8"]

PRECISIONS: tuple[Precision, ...] = get_args(Precision)


def choose_precision(wanted: str | None, *, device: str = "cpu") -> Precision:
    """The precision that was asked for, or the fastest whose decisions stay those of float32.

    On a graphics card and on a processor with bfloat16 products that is bf16; elsewhere it is
    float32, the reference. int8 is taken only when it is asked for: see docs/speed.md.

    Raises:
        InputError: there is no such precision.
    """
    if wanted in (None, "auto"):
        return "bf16" if device == "cuda" or has_bf16() else "fp32"
    found = next((known for known in PRECISIONS if known == wanted), None)
    if found is None:
        raise InputError(f"There is no precision “{wanted}”. Choose auto, {', '.join(PRECISIONS)}.")
    return found


def has_bf16() -> bool:
    """Whether the processor multiplies bfloat16 itself; where it does not, that is slow."""
    import torch

    return bool(torch.backends.cpu.get_cpu_capability().startswith("AVX512")) and (
        _supported("_is_avx512_bf16_supported") or _supported("_is_amx_tile_supported")
    )


def capability() -> tuple[str, int]:
    """The processor's vector instructions as torch names them, and the threads that torch uses."""
    import torch

    return str(torch.backends.cpu.get_cpu_capability()), int(torch.get_num_threads())


def choose_device() -> str:
    """``"cuda"`` where torch finds a graphics card, else ``"cpu"``."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def _supported(name: str) -> bool:
    # What torch.cpu knows of the processor has no public name yet, and may be gone tomorrow.
    import torch

    check = getattr(torch.cpu, name, None)
    return bool(check()) if callable(check) else False
