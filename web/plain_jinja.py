"""Jinja without what our templates never ask for: a page is hundreds of macros and a thousand values.

All of them are escaped, no function asks for Jinja's context, and no macro takes arguments that it does not name: to
find that out each time cost a third of what a page did.
"""

from collections.abc import MutableMapping
from keyword import iskeyword
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # one has no public name


class PlainMacro(Macro):
    """A macro that takes what it names, and a caller if it has one."""

    def __call__(self, *args: Any, **kwargs: Any) -> Markup:  # Any: as above
        """Return what the macro makes of these."""
        given = [*args, *[kwargs.pop(name, missing) for name in self.arguments[len(args) :]]]
        if self.caller and not self.explicit_caller:
            caller = kwargs.pop("caller", None)
            given.append(caller or self._environment.undefined("No caller defined", name="caller"))
        if kwargs or len(args) > self._argument_count:
            raise TypeError(f"macro {self.name!r} takes {self.arguments}, not {args} and {kwargs}")
        # What it is made of was escaped. Markup's own constructor would first ask whether it is markup already.
        return str.__new__(Markup, self._func(*given))


def shown(value: object) -> str:
    """Return a value as it stands on a page."""
    if type(value) is Markup:
        return value
    # Most are words. What comes of them goes straight into the page, and need not first be made markup itself.
    return _escape_inner(value) if type(value) is str else escape(value)


class PlainCode(CodeGenerator):
    """Templates as Python: what is written for each value and each macro."""

    def _output_child_pre(
        self,
        node: nodes.Expr,  # noqa: ARG002 - as Jinja calls it
        frame: Frame,  # noqa: ARG002
        finalize: CodeGenerator._FinalizeInfo,
    ) -> None:
        assert finalize.src is None, "nothing is done to values but to escape them"
        self.write("environment.shown(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - Jinja's own
        """Write a call as one of Python's: what a template calls is given its arguments, and no context of Jinja's."""
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        assert node.dyn_args is None, "what is given without a name is counted"
        for named in node.kwargs:
            # A word of Python's is no name there.
            self.write(f"**{{{named.key!r}: " if iskeyword(named.key) else f"{named.key}=")
            self.visit(named.value, frame)
            self.write("}, " if iskeyword(named.key) else ", ")
        if node.dyn_kwargs is not None:
            self.write("**")
            self.visit(node.dyn_kwargs, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002 - as Jinja calls it
        """Write the definition of a macro."""
        assert not macro_ref.accesses_kwargs, "a macro takes what it names"
        assert not macro_ref.accesses_varargs, "a macro takes what it names"
        name = getattr(macro_ref.node, "name", None)
        arguments = [each.name for each in macro_ref.node.args]
        self.write(
            f"environment.macro(environment, macro, {name!r}, {arguments!r}, False, False,"
            f" {macro_ref.accesses_caller!r}, True)"
        )


class PlainEnvironment(Environment):
    """What all templates share."""

    code_generator_class = PlainCode
    macro = PlainMacro
    shown = staticmethod(shown)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> dict[str, Any]:
        """Give a template the names that all know.

        One dictionary: Jinja puts one in front of the other, and looks into both for each name at each import.
        """
        return {**self.globals, **(d or {})}
