"""The API reference has every public name, and explains whatever it lists."""

import ast
import importlib
import re
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

import tabletop

sys.path.append(str(Path(__file__).parents[2] / "docs"))
api_reference = importlib.import_module("api_reference")

HOMES = {name: tabletop._HOMES[name] for names in api_reference.PUBLIC.values() for name in names} | {
    name: f"tabletop.{module}" for module, names in api_reference.FURTHER.items() for name in names
}
INTERNAL = {"Tally", "Window"}
"""What a replication counts in while it runs: no public name gives one to a program."""
DEFINED = {name: api_reference.definition(name, home) for name, home in HOMES.items()}
CLASSES = {name: node for name, node in DEFINED.items() if isinstance(node, ast.ClassDef)}


def annotations(name):
    node = DEFINED[name]
    match node:
        case ast.FunctionDef():
            return api_reference.signature(node)
        case ast.ClassDef():
            kinds = [kind for _, kind, _ in api_reference.attributes_of(node, HOMES[name])]
            return " ".join([*kinds, *map(api_reference.signature, api_reference.methods_of(node))])
        case _:
            return ast.unparse(node)


def test_every_exported_name_has_its_entry_and_no_other_is_called_public():
    listed = [name for names in api_reference.PUBLIC.values() for name in names]
    assert sorted(listed) == sorted(tabletop.__all__)


@pytest.mark.parametrize("name", CLASSES)
def test_no_private_name_is_listed(name):
    members = [member for member, *_ in api_reference.attributes_of(CLASSES[name], HOMES[name])]
    members += [method.name for method in api_reference.methods_of(CLASSES[name])]
    assert [member for member in members if member.startswith("_")] == []


@pytest.mark.parametrize("name", CLASSES)
def test_every_attribute_and_method_is_explained(name):
    members = {
        **{member: says for member, _, says in api_reference.attributes_of(CLASSES[name], HOMES[name])},
        **{
            method.name: api_reference.docstring(method) for method in api_reference.methods_of(CLASSES[name])
        },
    }
    summary = api_reference.docstring(CLASSES[name])
    assert [member for member, says in members.items() if not says and f"`{member}`" not in summary] == []


@pytest.mark.parametrize("name", tabletop.__all__)
def test_every_type_that_an_entry_names_has_an_entry_too(name):
    module = importlib.import_module(HOMES[name])
    named = {word: getattr(module, word, None) for word in re.findall(r"\b[A-Z]\w+", annotations(name))}
    ours = {word for word, kind in named.items() if getattr(kind, "__module__", "").startswith("tabletop")}
    in_a_file = {word for word in ours if issubclass(named[word], BaseModel)}
    assert sorted(ours - in_a_file - set(HOMES) - INTERNAL) == []


def test_a_signature_says_how_a_function_is_called():
    node = ast.parse("def f(self, a: int, b: str = 'x', *, c: bool = False) -> 'Best': ...").body[0]
    assert api_reference.signature(node) == "f(a: int, b: str = 'x', *, c: bool = False) -> Best"


def test_a_long_signature_has_a_parameter_a_line():
    parameters = ", ".join(f"parameter_{n}: int = {n}" for n in range(5))
    node = ast.parse(f"def f({parameters}) -> None: ...").body[0]
    assert api_reference.signature(node).splitlines()[1] == "    parameter_0: int = 0,"
