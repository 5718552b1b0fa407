"""What a shell offers where a scenario is to be named."""

from pathlib import Path

from tabletop.scenario.source import shipped


def scenario_names(incomplete: str) -> list[str]:
    """The shipped scenarios, then folders and scenario files, whose names begin so."""
    folder, _, start = incomplete.rpartition("/")
    found = [name for name in shipped() if name.startswith(incomplete)]
    try:
        there = sorted(Path(f"{folder}/" if folder or incomplete.startswith("/") else ".").iterdir())
    except OSError:
        return found
    for path in there:
        if path.name.startswith(start) and not path.name.startswith("."):
            written = f"{folder}/{path.name}" if folder or incomplete.startswith("/") else path.name
            if path.is_dir():
                found.append(f"{written}/")
            elif path.suffix in (".yaml", ".yml"):
                found.append(written)
    return found
