import Foundation
import Testing

/// The memory of a program is that of the process: measured from outside, on the built binary.
@Suite(.serialized) struct StarlarkMemoryTests {
    private static let limitMebibytes = 32.0

    /// Each fills the memory in another way.
    private static let programs = [
        "l = []\nfor i in range(1 << 40): l.append(i << 70)", "l = []\nfor i in range(1 << 40): l.append([i])",
        "l = []\nfor i in range(1 << 40): l.append((i, i))", "l = []\nfor i in range(1 << 40): l.append(\"%d\" % i)",
        "l = []\nfor i in range(1 << 40): l.append({i: i})", "l = []\nfor i in range(1 << 40): l.append(set([i]))",
        "l = []\nfor i in range(1 << 40): l.append(struct(a = i))",
        "l = []\nfor i in range(1 << 40): l.append(i * 0.5)",
        "l = []\nfor i in range(1 << 40): l.append(lambda: i)",
        "l = []\nfor i in range(1 << 40): l.append(\"x\".upper)",
        "d = {}\nfor i in range(1 << 40): d[i] = i", "d = {}\nfor i in range(1 << 40): d[str(i)] = i",
        "s = set()\nfor i in range(1 << 40): s.add(i)", "s = \"ab\"\nfor i in range(40): s = s + s",
        "s = \"ab\"\nfor i in range(40): s = s.replace(\"a\", \"aa\").replace(\"b\", \"bb\")",
        "s = [1]\nfor i in range(40): s += s", "s = [1]\nfor i in range(40): s = s * 3",
        "l = []\nfor i in range(1 << 40): l.append((i << 500) * (i << 500))",
        "l = []\nfor i in range(1 << 40): l.append(json.encode(list(range(i))))",
        "l = []\nfor i in range(1 << 40): l.append(sorted(range(i)))",
        "l = []\nfor i in range(1 << 40): l.append(\",\".join([\"x\"] * i).split(\",\"))",
        "def f(*a): return f(*(a + a + (1,)))\nf()",
        // Blocks of ever new sizes, most of them dropped: where they were no later one fits.
        """
        def drop(kept, size, count):
            for i in range(count):
                x = [0] * size
                if i % 60 == 0: kept.append(x)
        def main(kept, size):
            for i in range(22):
                drop(kept, size, 5242880 // size)
                size = size * 13 // 10
            for i in range(1 << 40): kept.append(i << 70)
        main([], 4200)
        """,
    ]

    @Test(arguments: programs)
    func `no program makes the process grow by more than it was allowed`(_ program: String) async throws {
        // Runs the same code: a process's size is also that of its code that was read, megabytes in a debug build.
        let small = try await peak(program, mebibytes: 1)
        let full = try await peak(program, mebibytes: Int(Self.limitMebibytes))
        #expect(full.errors.contains("memory"), "\(full.errors)")
        // A tenth for what the allocator rounds up.
        let growth = full.mebibytes - small.mebibytes
        #expect(growth < Self.limitMebibytes * 1.1, "\(growth)")
    }

    @Test func `what is allowed can be used`() async throws {
        let program = "l = []\nfor i in range(1 << 40): l.append(i << 70)"
        let empty = try await peak("pass", mebibytes: 256)
        let full = try await peak(program, mebibytes: 256)
        #expect(full.mebibytes - empty.mebibytes > 200)
    }

    /// Runs a program and gives the process's greatest resident size.
    private func peak(_ program: String, mebibytes: Int) async throws -> (mebibytes: Double, errors: String) {
        // A small process starts it: Linux counts the size of whoever starts a program as the program's own.
        let measure = """
            import resource, subprocess, sys
            subprocess.run(sys.argv[2:], input=sys.argv[1].encode())
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
            """
        let options = [
            "--option", "toplevel,recursion,reassign", "--memory", "\(mebibytes)M", "--steps", "1000000000000",
        ]
        let end = try await Command(
            "/usr/bin/env", ["python3", "-c", measure, program, Binary.path, "starlark"] + options + ["-"]
        ).end()
        let kibibytes = try #require(Double(end.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        return (kibibytes / 1024, end.errors)
    }
}
