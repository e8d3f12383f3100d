import Foundation

/// Small package files that load one file of definitions; each makes ten calls with keyword arguments.
struct StarlarkPackages {
    private static let count = 5_000

    /// Whether `target` is loaded from the definitions, instead of being given by the host.
    let loadsTarget: Bool

    /// Writes the files to a new directory.
    func write(to directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try definitions.write(toFile: directory + "/defs.star", atomically: false, encoding: .utf8)
        for number in 0..<Self.count {
            let name = "p" + String(repeating: "0", count: 4 - "\(number)".count) + "\(number)"
            try package(number).write(toFile: "\(directory)/\(name).star", atomically: false, encoding: .utf8)
        }
    }

    private var definitions: String {
        let target = loadsTarget ? "\ndef target(**kwargs):\n    return kwargs\n" : ""
        return """
            VERSION = "1.4"

            def library(name, srcs, deps = [], visibility = "private"):
                return target(
                    kind = "library",
                    name = name,
                    srcs = srcs,
                    deps = deps + ["//base:all"],
                    visibility = visibility,
                )
            \(target)
            """
    }

    private func package(_ number: Int) -> String {
        var text = "load(\"defs.star\", \"VERSION\", \"library\"\(loadsTarget ? ", \"target\"" : ""))\n\n"
        text += "NAME = \"package-\(number)\"\n\ntargets = [\n"
        for place in 0..<5 {
            let first = (number * 7 + place) % Self.count
            let second = (number * 13 + place) % Self.count
            text += """
                    library(
                        name = NAME + "/lib\(place)",
                        srcs = ["source\(place).go", "other\(number % 10).go", "\(number).go"],
                        deps = ["//package-\(first):lib", "//package-\(second):lib"],
                    ),
                    target(
                        kind = "test",
                        name = NAME + "/test\(place)",
                        size = \(place * 10 + number % 7),
                        env = {"A": "\(number)", "B": VERSION},
                        flaky = False,
                    ),

                """
        }
        return text + "]\n"
    }
}
