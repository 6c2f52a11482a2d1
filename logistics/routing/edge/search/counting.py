"""Tells the compiler that no index is negative.

In Python ``row[-1]`` is the last one, so compiled code asks of every index whether it is below zero and adds the length
if so. Our kernels count from zero, nowhere from the end, and spend up to a third of their time on that question. Here
indices are taken for numbers without a sign, which leaves it out. The price: what is negative by mistake is no longer
the last one but outside, so the tests run the kernels with their limits watched (``NUMBA_BOUNDSCHECK=1``).
"""

from __future__ import annotations

from typing import Any

from numba.core import compiler, compiler_machinery, ir, typed_passes, types
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import FunctionPass

# What the compiler's stubs do not list.
_types: Any = types
_step: Any = compiler_machinery.register_pass
_usual_steps: Any = compiler.DefaultPassBuilder


@_step(mutates_CFG=False, analysis_only=False)
class CountFromZero(FunctionPass):
    """Takes the indices of arrays for unsigned; runs when all types are known."""

    _name = "logistics_count_from_zero"

    def __init__(self) -> None:
        """Set nothing up: the step is made once for all functions."""

    def run_pass(self, state: Any) -> bool:
        """Change how items of arrays are read and written; tell whether anything was."""
        changed = False
        for block in state.func_ir.blocks.values():
            for statement in block.body:
                what = statement.value if isinstance(statement, ir.Assign) else statement
                if isinstance(what, ir.SetItem) or (isinstance(what, ir.Expr) and what.op == "getitem"):
                    changed |= _count_from_zero(state.calltypes, what)
        return changed


class Compiler(CompilerBase):
    """Numba's usual steps, and that one."""

    def define_pipelines(self) -> list[Any]:
        """Return the steps."""
        steps = _usual_steps.define_nopython_pipeline(self.state)
        steps.add_pass_after(CountFromZero, typed_passes.NopythonTypeInference)
        steps.finalize()
        return [steps]


def _count_from_zero(signatures: dict[Any, Any], item: Any) -> bool:
    signature = signatures[item]
    table, index, *value = signature.args
    if not isinstance(table, _types.Array):
        return False
    del signatures[item]  # it may be written once only
    signatures[item] = signature.replace(args=(table, _unsigned(index), *value))
    return True


def _unsigned(index: Any) -> Any:
    if isinstance(index, _types.BaseTuple):
        return _types.Tuple([_unsigned(one) for one in index])
    is_signed = isinstance(index, _types.Integer) and not isinstance(index, _types.Literal) and index.signed
    return _types.uintp if is_signed else index
