"""The command and its groups; the modules beside this one add the commands."""

from __future__ import annotations

import errno
import os
import time
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from argmap import __version__, logs
from argmap.cli.terminal import fail
from argmap.errors import ArgmapError


class _Commands(TyperGroup):
    """Commands whose failures are one plain line, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        logs.configure()
        begun, code = time.monotonic(), 0
        try:
            return self._invoke(ctx)
        except typer.Exit as end:
            code = end.exit_code
            raise
        except TyperException as error:
            code = getattr(error, "exit_code", 2)
            raise
        finally:
            seconds = round(time.monotonic() - begun, 3)
            logs.event("command", command=ctx.invoked_subcommand, seconds=seconds, code=code)

    def _invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TyperException):
            raise
        except ArgmapError as error:
            fail([str(error)])
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output went away
                raise
            where = "" if error.filename is None else f"{os.fsdecode(error.filename)}: "
            fail([f"{where}{error.strerror or error}"])
        except KeyboardInterrupt:
            fail(["Stopped."], code=130)
        except Exception as error:
            found = logs.fault(error, command=ctx.invoked_subcommand)
            fail(
                [
                    f"A fault in the program stopped this ({type(error).__name__}); it is named "
                    f"{found}. Its trace, without your text, is in {logs.folder()}. Report it "
                    "with what “argmap doctor” says."
                ]
            )


app = typer.Typer(
    name="argmap",
    help="Map policy debates: who says what, for or against which motion.",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(
    help="The models that judge sentences.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(models_app, name="models")
train_app = typer.Typer(
    help="Make the models again by their recipes.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(train_app, name="train")
eval_app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
app.add_typer(eval_app, name="eval")
bench_app = typer.Typer(
    help="How fast it is on this machine.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(bench_app, name="bench")
users_app = typer.Typer(
    help="Who may sign in to a shared server.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(users_app, name="users")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"argmap {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass
