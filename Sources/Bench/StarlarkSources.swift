import Foundation

/// The files of the Starlark benchmark: those of the repository, and large ones that are made here.
struct StarlarkSources {
    /// A program that does nothing.
    let empty: StarlarkProgram
    /// What is measured.
    let rows: [StarlarkProgram]

    /// How large the literal and the source to parse are.
    private static let bytesMin = 4 << 20

    /// Writes the large files below `root`; `programs` holds the small ones.
    init(root: String, programs: String) throws {
        try "".write(toFile: root + "/empty.star", atomically: false, encoding: .utf8)
        empty = StarlarkProgram("an empty program", [root + "/empty.star"])
        try Self.literal().write(toFile: root + "/literal.star", atomically: false, encoding: .utf8)
        try Self.source().write(toFile: root + "/source.star", atomically: false, encoding: .utf8)
        try StarlarkPackages(loadsTarget: false).write(to: root + "/packages")
        try StarlarkPackages(loadsTarget: true).write(to: root + "/packages-loading-target")
        rows =
            Self.small.map { StarlarkProgram($0.name, ["\(programs)/\($0.file).star"]) } + [
                StarlarkProgram("literal of 4 MB", [root + "/literal.star"]),
                StarlarkProgram("parse 4 MB", ["--parse", root + "/source.star"], printsResult: false),
                StarlarkProgram(
                    "5,000 package files", ["--packages", root + "/packages"],
                    loadingTarget: ["--packages", root + "/packages-loading-target"], printsResult: false),
            ]
    }

    private static let small: [(name: String, file: String)] = [
        ("recursion, fib 27", "recursion"),
        ("integer loop, 10 M", "integer-loop"),
        ("64-bit arithmetic", "64-bit-arithmetic"),
        ("big integers", "big-integers"),
        ("float loop, 3 M", "float-loop"),
        ("list append and index, 1 M", "list-append-index"),
        ("dict of integers, 1 M", "dict-integer-keys"),
        ("dict of strings, 1 M", "dict-string-keys"),
        ("strings, 200 k", "strings"),
        ("sort by key, 200 k", "sort-key"),
        ("comprehensions", "comprehensions"),
        ("calls, 2 M", "calls"),
        ("closures", "closures"),
        ("sieve, 2 M", "sieve"),
        ("struct fields", "struct-fields"),
    ]

    /// One list of dicts of everything that can be written down.
    private static func literal() -> String {
        var text = "DATA = [\n"
        var number = 0
        while text.utf8.count < bytesMin {
            text += """
                    {"name": "entry-\(number)", "size": \(number * 37), "tags": ["a\(number % 10)", "b\(number % 7)", "c"],
                     "ratio": \(number % 100).5, "next": None, "ok": \(number % 2 == 0 ? "True" : "False"),
                     "pair": (\(number), -\(number % 9))},

                """
            number += 1
        }
        return text + "]\n\nprint(len(DATA), DATA[1000][\"size\"])\n"
    }

    /// Functions such as macros of build files have.
    private static func source() -> String {
        var text = ""
        var number = 0
        while text.utf8.count < bytesMin {
            text += """
                def rule_\(number)(name, srcs, deps = [], limit = \(number % 100), **options):
                    \"""Makes the parts of package \(number).\"""
                    result = []
                    for index, source in enumerate(srcs):
                        if source.endswith(".go") and index < limit:
                            result.append(struct(name = name + "_" + source[:-3], kind = "lib", index = index * \(number % 13)))
                        elif not deps or source in deps:
                            continue
                        else:
                            # Everything else is copied as it is.
                            result += [(source, options.get("mode", 0o644), -index)]
                    names = {entry: len(entry) for entry in srcs if entry != name}
                    return [x for x in result if x] or names or (lambda a, b = 2: a % b)


                """
            number += 1
        }
        return text
    }
}
