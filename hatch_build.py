"""The build of the compiled engine, where there is a C compiler; without one the package is pure Python."""

import sysconfig
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
MODULE = "tabletop.compiled.loop"
SOURCE = HERE / "src/tabletop/compiled"
OLDEST = (3, 11)
"""The oldest Python that the stable interface reaches: one binary serves it and all that follow."""
ARGUMENTS = {
    # a product and a sum are rounded one after the other, as Python rounds them
    "unix": ["-O3", "-ffp-contract=off"],
    "msvc": ["/O2", "/fp:precise"],
}


class CompiledEngine(BuildHookInterface[Any]):
    """Compiles the extension in place, so that a wheel and an editable installation find it alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's)
        """Build it, or say in one sentence why there is none."""
        for stale in (*SOURCE.glob("loop.*.so"), *SOURCE.glob("loop*.pyd")):
            stale.unlink()
        try:
            binary = built()
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            self.app.display_warning(
                f"The compiled engine was not built ({error}); tabletop runs on SimPy, many times slower."
            )
            return
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["pure_python"] = False
        build_data["tag"] = f"cp{OLDEST[0]}{OLDEST[1]}-abi3-{platform}"
        build_data["artifacts"].append(str(binary.relative_to(HERE)))


def built(source: Path = SOURCE, arguments: Mapping[str, list[str]] = ARGUMENTS) -> Path:
    """The extension, compiled beside its sources; raises what the compiler raises."""
    # here, so that what is missing of them stops no installation
    from Cython.Build import cythonize  # noqa: PLC0415
    from setuptools import Distribution, Extension  # noqa: PLC0415
    from setuptools.command.build_ext import build_ext  # noqa: PLC0415

    class Command(build_ext):
        def build_extensions(self) -> None:
            for extension in self.extensions:
                given = arguments.get(self.compiler.compiler_type, [])
                extension.extra_compile_args = given
                extension.extra_link_args = [word for word in given if word.startswith("-fsanitize")]
            super().build_extensions()

    scratch = mkdtemp()
    try:
        extension = Extension(
            MODULE,
            [str(source / "loop.pyx")],
            define_macros=[
                ("CYTHON_LIMITED_API", "1"),
                ("Py_LIMITED_API", f"0x{OLDEST[0]:02X}{OLDEST[1]:02X}0000"),
            ],
            py_limited_api=True,
        )
        extensions = cythonize(
            [extension], include_path=[str(source / "declarations")], build_dir=scratch, quiet=True
        )
        command = Command(Distribution({"name": "tabletop", "ext_modules": extensions}))
        command.build_lib = command.build_temp = scratch
        command.ensure_finalized()
        command.run()
        made = Path(command.get_ext_fullpath(MODULE))
        return made.replace(source / made.name)
    finally:
        rmtree(scratch)
