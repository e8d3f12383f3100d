"""Runs Starlark with starlark-rust, through PyPI's starlark-pyo3, as the benchmark does with every peer:

    rust.py FILE            runs a file
    rust.py --parse FILE    stops after parsing it: starlark-rust compiles only to run
    rust.py --packages DIR  runs every p*.star of DIR; defs.star, which they load, once

Functions of Python's are slow to call from there and cannot be given to a module that is to be frozen, so that
`target` is a function in Starlark, which the packages get from defs.star: see the benchmark's `StarlarkPackages.swift`.
"""

import glob
import os
import sys

import starlark

GLOBALS = starlark.Globals.extended_by([starlark.LibraryExtension.StructType, starlark.LibraryExtension.Print])
DIALECT = starlark.Dialect.extended()


def parse(path):
    with open(path, encoding="utf-8") as file:
        return starlark.parse(path, file.read(), DIALECT)


def run_packages(directory):
    loaded = {}

    def load(name):
        if name not in loaded:
            module = starlark.Module()
            starlark.eval(module, parse(os.path.join(directory, name)), GLOBALS)
            loaded[name] = module.freeze()
        return loaded[name]

    loader = starlark.FileLoader(load)
    files = sorted(glob.glob(os.path.join(directory, "p*.star")))
    for path in files:
        starlark.eval(starlark.Module(), parse(path), GLOBALS, loader)
    print(len(files))


def main(arguments):
    # Starlark's print writes to standard error.
    os.dup2(1, 2)
    match arguments:
        case ["--parse", path]:
            parse(path)
        case ["--packages", directory]:
            run_packages(directory)
        case [path]:
            starlark.eval(starlark.Module(), parse(path), GLOBALS)
        case _:
            sys.exit("usage: rust.py [--parse] FILE | --packages DIR")


main(sys.argv[1:])
