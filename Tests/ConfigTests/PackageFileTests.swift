import Config
import Model
import Testing

@Suite struct PackageFileTests {
    @Test func `a package file declares packages with the functions and tasks they have`() async throws {
        let text = Fixtures.package(
            """
            def build(ctx):
                pass

            package(name = "api", build = build, deploy = lambda ctx: None, tasks = {"migrate": build, "a": build})
            package("web", policy = None)
            """)
        let tree = MemoryTree(["services/package.ocu.star": text])
        let file = try await ConfigEvaluator().packageFile(in: "services", of: tree)
        #expect(
            file.declarations == [
                PackageDeclaration(
                    name: "api", path: "services", functions: [.build, .deploy], tasks: ["a", "migrate"], loads: []),
                PackageDeclaration(name: "web", path: "services", functions: [], tasks: [], loads: []),
            ])
        #expect(file["web"]?.readsDeployments == false)
    }

    @Test func `two packages of one name in a file are an error`() async throws {
        let error = try await Fixtures.error(in: Fixtures.package("package('a')\npackage('a')"))
        #expect(error.location == "package.ocu.star:5:8")
        #expect(error.cause.contains("package 'a' is declared twice: first at package.ocu.star:4:8"), "\(error)")
    }

    @Test func `a file that declares nothing is an error`() async throws {
        #expect(try await Fixtures.error(in: "x = 1").cause.contains("declares no package"))
    }

    @Test(arguments: [
        ("package(nme = 'a')", "did you mean"), ("package('a', build = 3)", "build must be a function, got int"),
        ("package('a', tasks = {'x': 1})", "tasks[\"x\"] must be a function, got int"),
        ("package('a', tasks = [])", "tasks must be a dict of functions, got list"), ("package()", "name"),
        ("package(3)", "got int, want string"),
    ])
    func `a wrong argument is an error at the call`(call: String, expected: String) async throws {
        let error = try await Fixtures.error(in: Fixtures.package(call))
        #expect(error.cause.contains(expected), "\(error)")
        #expect(error.location?.hasPrefix("package.ocu.star:4:") == true, "\(error)")
    }

    @Test func `static errors are all reported, each with its place`() async throws {
        let error = try await Fixtures.error(in: Fixtures.package("x = undefined_name\ny = also_undefined\n"))
        #expect(error.description.contains("package.ocu.star:4:5"))
        #expect(error.description.contains("\n  x = undefined_name\n      ^\n"), "\(error)")
        #expect(error.description.contains("package.ocu.star:5:5"))
        #expect(error.description.hasSuffix("\n  y = also_undefined\n      ^"), "\(error)")
    }

    @Test func `an error inside functions has a backtrace`() async throws {
        let error = try await Fixtures.error(
            in: Fixtures.package("def f(x):\n    return x // 0\n\ndef g():\n    return f(1)\n\ng()\npackage('a')"))
        #expect(error.location == "package.ocu.star:5:14")
        #expect(
            error.description.hasSuffix(
                """
                Traceback (most recent call last):
                  package.ocu.star:10:2: in <toplevel>
                    g()
                  package.ocu.star:8:13: in g
                    return f(1)
                  package.ocu.star:5:14: in f
                    return x // 0
                """), "\(error)")
    }

    @Test func `one wrong file leaves the others alone, and the order is kept`() async throws {
        let good = Fixtures.package("package('x')")
        let tree = MemoryTree([
            "a/package.ocu.star": good, "b/package.ocu.star": "syntax error here", "c/package.ocu.star": good,
        ])
        let files = try await ConfigEvaluator().packageFiles(in: ["c", "b", "missing", "a"], of: tree)
        #expect(files.map(\.directory) == ["c", "b", "missing", "a"])
        #expect(files.map { $0.declarations.count } == [1, 0, 0, 1])
        guard case .failure(let error) = files[2].outcome else { throw Fixtures.Unexpected(what: "evaluated") }
        #expect(error.code == .missing)
    }

    @Test(arguments: [
        ("a@b", "contains '@'"), ("a//b", "empty part"), ("my app", "a space"), ("/a", "empty part"),
        ("a\\tb", "U+0009"), ("-a", "begins with '-'"), ("a/../b", "'..'"), ("", "it is empty"),
    ])
    func `a name that no command can address is an error where it stands`(name: String, why: String) async throws {
        let error = try await Fixtures.error(in: Fixtures.package("package('\(name)')"))
        #expect(error.location == "package.ocu.star:4:8")
        #expect(error.cause.contains(why) && error.cause.contains("cannot be the name of a package"), "\(error)")
    }

    @Test func `a package file or a loaded file that is a symbolic link is told so, and others go on`() async throws {
        let good = Fixtures.package("package('x')")
        let tree = MemoryTree(
            [
                "a/package.ocu.star": good, "t.star": "x = 1",
                "c/package.ocu.star": "load('//tools.star', 'x')\n" + good,
            ], links: ["b/package.ocu.star": "../a/package.ocu.star", "tools.star": "t.star"])
        let files = try await ConfigEvaluator().packageFiles(in: ["a", "b", "c"], of: tree)
        #expect(files[0].packages.count == 1)
        let link = #expect(throws: ConfigError.self) { try files[1].outcome.get() }
        #expect(
            link?.description.contains("b/package.ocu.star is a symbolic link to '../a/package.ocu.star'") == true)
        #expect(link?.description.contains("there is no file") == false)
        let load = #expect(throws: ConfigError.self) { try files[2].outcome.get() }
        #expect(load?.location == "c/package.ocu.star:1:6", "\(String(describing: load))")
        #expect(load?.cause.contains("tools.star is a symbolic link to 't.star'") == true)
        #expect(files[2].loads.map(\.path) == ["tools.star"])
    }

    @Test func `what the top level prints is kept up to a bound`() async throws {
        var limits = ConfigLimits()
        limits.outputBytesMax = 100
        let text = Fixtures.package("[print('x' * 9) for _ in range(50)]\npackage('app')")
        let file = try await ConfigEvaluator(limits: limits).packageFile(
            in: "", of: MemoryTree(["package.ocu.star": text]))
        #expect(file.output.hasPrefix("xxxxxxxxx\nxxxxxxxxx\n"))
        #expect(file.output.contains("more bytes were printed"))
        #expect(file.output.utf8.count < 200)
    }

    @Test(arguments: ["[0 for _ in range(100000000)]", "x = ['a' * 1000000 for _ in range(1000000)]"])
    func `a top level without end is stopped`(statement: String) async throws {
        let error = try await Fixtures.error(in: Fixtures.package("\(statement)\npackage('a')"))
        #expect(error.code == .limit, "\(error)")
    }

    @Test func `a file that is too large is refused by its name`() async throws {
        var limits = ConfigLimits()
        limits.fileBytesMax = 100
        let error = try await Fixtures.error(in: String(repeating: "#", count: 200), limits: limits)
        #expect(error.code == .limit)
        #expect(error.description.contains("package.ocu.star: the file is larger than the 100 bytes allowed"))
    }
}
