import Config
import Model
import Testing

@Suite struct LoadTests {
    private func file(_ files: [String: String]) async throws -> EvaluatedPackageFile {
        try await ConfigEvaluator().packageFile(in: "app", of: MemoryTree(files))
    }

    private func error(_ files: [String: String]) async throws -> ConfigError {
        guard case .failure(let error) = try await file(files).outcome else {
            throw Fixtures.Unexpected(what: "the file evaluated")
        }
        return error
    }

    private func package(loading text: String, _ names: String = "\"x\"") -> String {
        "load(\"github.com/ocuroot/sdk/v0/package.star\", \"package\")\nload(\"\(text)\", \(names))\npackage(\"app\")\n"
    }

    @Test func `loads through any depth are listed with the shortest chain`() async throws {
        let file = try await file([
            "app/package.ocu.star": package(loading: "./a.star"),
            "app/a.star": "load(\"//tools/b.star\", \"y\")\nload(\"../c.star\", \"z\")\nx = y + z",
            "tools/b.star": "load(\"//c.star\", \"z\")\ny = z", "c.star": "z = 1",
        ])
        #expect(
            file.loads == [
                LoadedFile(path: "app/a.star", chain: ["app/package.ocu.star"]),
                LoadedFile(path: "tools/b.star", chain: ["app/package.ocu.star", "app/a.star"]),
                LoadedFile(path: "c.star", chain: ["app/package.ocu.star", "app/a.star"]),
            ])
        #expect(file.declarations.map(\.loads) == [file.loads])
    }

    @Test func `a missing file is an error at the load that lists what exists, and is watched`() async throws {
        let files = [
            "app/package.ocu.star": package(loading: "//tools/goo.star"), "tools/go.star": "x = 1",
            "tools/README": "",
        ]
        let error = try await error(files)
        #expect(error.location?.hasPrefix("app/package.ocu.star:2:") == true, "\(error)")
        #expect(error.cause.contains("there is no file tools/goo.star (did you mean 'go.star'?); tools has 'go.star'"))
        #expect(try await file(files).loads.map(\.path) == ["tools/goo.star"])
    }

    @Test func `a name that the file does not export is an error that lists those it does`() async throws {
        let error = try await error([
            "app/package.ocu.star": package(loading: "./a.star", "\"setup\""), "app/a.star": "setupp = 1\nother = 2",
        ])
        #expect(error.cause == "'./a.star' has no 'setup' (did you mean 'setupp'?); it has 'other', 'setupp'")
        #expect(error.location?.hasPrefix("app/package.ocu.star:2:") == true, "\(error)")
    }

    @Test(arguments: [
        ("github.com/ocuroot/sdk/v0/packages.star", "did you mean 'package.star'?"),
        ("github.com/ocuroot/sdk/v7/package.star", "the SDK's versions are 'v0', 'v0.1-alpha'"),
        ("../../outside.star", "the path leaves the repo"), ("plain.star", "'./relative.star'"),
    ])
    func `a load of nothing that exists says what does`(text: String, expected: String) async throws {
        let error = try await error(["app/package.ocu.star": package(loading: text)])
        #expect(error.cause.contains(expected), "\(error)")
        #expect(error.location?.hasPrefix("app/package.ocu.star:2:") == true, "\(error)")
    }

    @Test func `a load cycle is named file by file`() async throws {
        let error = try await error([
            "app/package.ocu.star": package(loading: "//a.star"), "a.star": "load(\"//b.star\", \"x\")\n",
            "b.star": "load(\"//a.star\", \"x\")\n",
        ])
        #expect(error.cause == "load cycle: a.star → b.star → a.star")
        #expect(error.location?.hasPrefix("b.star:1:") == true)
        #expect(error.backtrace.count == 2, "\(error)")
    }

    @Test func `a file that loads itself is a cycle`() async throws {
        let error = try await error(["app/package.ocu.star": package(loading: "./package.ocu.star")])
        #expect(error.cause.contains("load cycle: app/package.ocu.star → app/package.ocu.star"), "\(error)")
    }

    @Test func `an error in a loaded file names its own place and who loads it`() async throws {
        let error = try await error([
            "app/package.ocu.star": package(loading: "//a.star"), "a.star": "load(\"//b.star\", \"y\")\nx = y",
            "b.star": "y = 1 // 0",
        ])
        #expect(error.location == "b.star:1:7")
        #expect(error.backtrace.first?.hasPrefix("app/package.ocu.star:2:") == true, "\(error)")
        #expect(error.backtrace.contains { $0.hasPrefix("a.star:1:") }, "\(error)")
    }

    @Test func `a chain of loads a thousand deep is evaluated`() async throws {
        var files = ["app/package.ocu.star": package(loading: "//f0.star"), "f1000.star": "x = 1"]
        for number in 0..<1000 { files["f\(number).star"] = "load(\"//f\(number + 1).star\", _y = \"x\")\nx = _y" }
        let file = try await file(files)
        #expect(file.declarations.count == 1)
        #expect(file.loads.count == 1001)
    }

    @Test func `packages that load the same file read and evaluate it once`() async throws {
        var files = ["tools.star": "print(\"tools\")\nx = 1"]
        let directories = (0..<300).map { "p\($0)" }
        for directory in directories { files["\(directory)/package.ocu.star"] = package(loading: "//tools.star") }
        let tree = MemoryTree(files)
        let evaluator = ConfigEvaluator()
        let evaluated = try await evaluator.packageFiles(in: directories, of: tree)
        #expect(evaluated.allSatisfy { $0.declarations.count == 1 })
        #expect(tree.readCount("tools.star") == 1)
    }

    @Test func `a changed file is seen through unchanged ones`() async throws {
        let evaluator = ConfigEvaluator()
        func names(_ name: String) async throws -> [PackageName] {
            let tree = MemoryTree([
                "app/package.ocu.star": """
                load("github.com/ocuroot/sdk/v0/package.star", "package")
                load("//a.star", "name")
                package(name)
                """,
                "a.star": "load(\"//b.star\", _n = \"name\")\nname = _n", "b.star": "name = '\(name)'",
            ])
            return try await evaluator.packageFile(in: "app", of: tree).declarations.map(\.name)
        }
        #expect(try await names("one") == ["one"])
        #expect(try await names("two") == ["two"])
        #expect(try await names("one") == ["one"])
    }

    @Test func `a function of a loaded file may declare the packages`() async throws {
        let file = try await file([
            "app/package.ocu.star": "load(\"//macro.star\", \"service\")\nservice(\"api\")",
            "macro.star": """
            load("github.com/ocuroot/sdk/v0/package.star", "package")

            def service(name):
                package(name = name, build = lambda ctx: None)
            """,
        ])
        #expect(file.declarations.map(\.name) == ["api"])
        #expect(file.declarations.map(\.functions) == [[.build]])
    }
}
