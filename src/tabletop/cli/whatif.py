"""`tabletop whatif`: levers on sliders and measures as bands, on a page of this machine."""

import webbrowser
from contextlib import closing
from typing import Annotated

import typer

from tabletop.cli.missing import check_class
from tabletop.cli.options import ScenarioFile
from tabletop.scenario.load import load


def whatif(
    scenario: ScenarioFile,
    lever: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PILLAR.LEVER",
            help="A lever on a slider, as detection.analysts; may be repeated. By default those of the "
            "decision form, or up to eight that have a price.",
        ),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A measure to show; up to three. By default the first primary ones."
        ),
    ] = None,
    mix: Annotated[
        str | None, typer.Option(metavar="NAME", help="The mix to start from; by default the baseline.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Seed of all luck; by default the file's.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8000,
    browser: Annotated[
        bool, typer.Option("--browser", help="Open the page in this machine's browser as well.")
    ] = False,
) -> None:
    """Move levers on sliders, and see at once what they change: ranges of measures, beside the baseline.

    The page is for this machine alone. There are 20 worlds first, then 60, then 200; the luck is the same
    whatever the sliders say. Nothing is written. Ctrl-C stops it.
    """
    check_class("a page cannot be served")
    from tabletop.serve.address import LOOPBACK
    from tabletop.serve.server import listening, serve_what_if
    from tabletop.serve.whatif import Setup

    setup = Setup.of(
        load(scenario), mix=mix, levers=tuple(lever or ()), measures=tuple(measure or ()), seed=seed
    )

    def tell(address: str) -> None:
        typer.echo(f"What if, on this machine alone:  {address}")
        typer.echo("Ctrl-C stops it.")
        if browser:
            webbrowser.open(address)

    with closing(listening(LOOPBACK, port)) as sock:
        serve_what_if(setup, sock, begun=tell)
