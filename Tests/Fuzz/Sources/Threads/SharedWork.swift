import Glibc
import Starlark
import Synchronization

/// The module that all threads share, and what they do with it.
final class SharedWork: Sendable {
    private let program: Program
    private let predeclared: FrozenModule
    private let module: FrozenModule
    private let functions: [FunctionReference]
    /// What each function gives; every call must give the same.
    private let answers: [String]
    private let end: ContinuousClock.Instant
    private let current = SignalTable()
    private let called = Atomic<Int>(0)
    private let cancelled = Atomic<Int>(0)

    var calls: Int { called.load(ordering: .relaxed) }
    var cancellations: Int { cancelled.load(ordering: .relaxed) }

    init(seconds: Double) throws {
        predeclared = try FrozenModule(
            name: "host",
            values: [
                "json": .library(.json), "time": .library(.time), "struct": .library(.structure),
                "host": .record(HostRecord(type: "host", fields: [("list", .list([.int(1), .string("two")]))])),
                "twice": .function(
                    HostFunction("twice", parameters: [.required("f")]) { call in
                        guard let function = call["f"] else { return .none }
                        _ = try call.evaluation.call(function)
                        return .reference(try call.evaluation.call(function))
                    }),
            ])
        program = try Program(name: "shared.star", bytes: Array(SharedWork.text.utf8), predeclared: predeclared)
        module = try program.run(predeclared: predeclared) { _ in .empty }
        let module = module
        functions = module.globalNames.compactMap { module.function($0) }
        // A module of its own gives the answers: in the shared one nothing is looked at yet, not even a hash.
        let other = try program.run(predeclared: predeclared) { _ in .empty }
        answers = other.globalNames.compactMap { other.function($0) }.map { SharedWork.answer($0, nil) }
        end = .now + .seconds(seconds)
    }

    private static func answer(_ function: FunctionReference, _ cancellation: Cancellation?) -> String {
        let settings = EvaluationSettings(
            limits: .init(stepsMax: 200_000, bytesMax: 16 << 20, callDepthMax: 100), cancellation: cancellation)
        do throws(StarlarkError) {
            return try Evaluation(settings).call(function).description
        } catch {
            return error.code == .cancelled ? "cancelled" : error.description
        }
    }

    /// What one thread does.
    func callUntilEnd(thread: Int) {
        var number = thread
        while ContinuousClock.now < end {
            number += 1
            let index = number % functions.count
            let name = functions[index].name
            guard module.contains(name), let function = module.function(name) else { Threads.fail("no \(name)") }
            let answer = SharedWork.answer(function, current.next(thread))
            // The cancel may also come when the call has ended and its result is being written.
            if answer == "cancelled" || answer == "<evaluation cancelled>" {
                cancelled.add(1, ordering: .relaxed)
            } else if answer != answers[index] {
                Threads.fail("\(name) gave \(answer), elsewhere \(answers[index])")
            }
            called.add(1, ordering: .relaxed)
            if number % 64 == 0 { runAgain() }
        }
    }

    /// The program is shared too.
    private func runAgain() {
        do throws(StarlarkError) {
            let module = try program.run(predeclared: predeclared) { _ in .empty }
            if module.globalNames != self.module.globalNames { Threads.fail("the globals differ") }
        } catch {
            Threads.fail("\(error)")
        }
    }

    /// What the main thread does.
    func cancelUntilEnd() {
        var thread = 0
        while ContinuousClock.now < end {
            thread = (thread + 1) % SignalTable.count
            current.cancel(thread)
            usleep(500)
        }
    }

    private static let text = """
        table = {"k%d" % i: (i, ("v", i)) for i in range(300)}
        pairs = {(i, "x" * i): [i] for i in range(100)}
        words = ["w%d" % i for i in range(100)]
        names = set(words)
        big = 7 * 1000000007 * 1000000007 * 1000000007 * 1000000007
        part = struct(name = "n", items = words, inner = struct(a = (1, 2), b = words))
        grown = "a" * 100 + "b" + "c"
        def counter(): return len(words)

        def lookups(): return [table["k%d" % (i % 300)] for i in range(500)] == [] or pairs[(7, "x" * 7)]
        def hashes(): return len({v: k for k, v in table.items()}) + len({w: 1 for w in words}) + (part in {part: 1} and 1)
        def sorting(): return sorted(words, key = lambda w: (-len(w), w))[:9]
        def strings(): return grown + "d" + str(big) + grown.upper() + "%s %r" % (words[:3], part.inner)
        def encoding(): return json.encode(part) == json.encode(json.decode(json.encode(part))) and json.encode(words)
        def arithmetic(): return big * big // (big + 1) - big % 97, big == float(big), -big >> 70
        def sets(): return [n for n in names | set(["z"]) if n in names][:5], names & set(words[:7])
        def times(): return str(time.from_timestamp(1700000000).in_location("Europe/Berlin")), time.is_valid_timezone("Asia/Tokyo")
        def failing(): return words[lookups()[0] + 1000000]
        def changing(): words.append("x")
        def deep():
            v = []
            for i in range(2000): v = [v, words]
            return len(str(v)), v == v
        def calling(a = words, *b, **c): return twice(counter), host.list, type(a), b, c
        def endless():
            for i in range(1 << 40): pass
        """
}
