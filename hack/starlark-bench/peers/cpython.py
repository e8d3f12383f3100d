"""Runs the same files as Python, as the benchmark does with every peer:

    cpython.py FILE            runs a file
    cpython.py --parse FILE    stops after compiling it
    cpython.py --packages DIR  runs every p*.star of DIR; defs.star, which they load, once
"""

import glob
import os
import sys
import types


def compiled(path):
    with open(path, "rb") as file:
        return compile(file.read(), path, "exec")


def target(**kwargs):
    return kwargs


def names():
    return {"struct": types.SimpleNamespace, "target": target}


def run_packages(directory):
    loaded = {}

    def module(name):
        if name not in loaded:
            loaded[name] = names()
            exec(compiled(os.path.join(directory, name)), loaded[name])
        return loaded[name]

    files = sorted(glob.glob(os.path.join(directory, "p*.star")))
    targets = arguments = 0
    for path in files:
        variables = names()

        def load(name, *symbols):
            source = module(name)
            for symbol in symbols:
                variables[symbol] = source[symbol]

        variables["load"] = load
        exec(compiled(path), variables)
        for entry in variables["targets"]:
            targets += 1
            arguments += len(entry)
    print(len(files), targets, arguments)


def main(arguments):
    match arguments:
        case ["--parse", path]:
            compiled(path)
        case ["--packages", directory]:
            run_packages(directory)
        case [path]:
            exec(compiled(path), names())
        case _:
            sys.exit("usage: cpython.py [--parse] FILE | --packages DIR")


# Digits of large integers are limited by default.
sys.set_int_max_str_digits(0)
main(sys.argv[1:])
