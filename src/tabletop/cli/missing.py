"""What is told of libraries that are missing, before anybody waits for what needs them."""

import typer

from tabletop.report.paper import missing


def tell_missing(*modules: str) -> None:
    """A line on standard error, if one of these libraries is missing."""
    if told := missing(*modules):
        typer.echo(told, err=True)
