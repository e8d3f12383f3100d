import Testing

@testable import Starlark

@Suite struct LoaderTimeTests {
    /// Loads `a`, which loads `b`, while the clock is set forward before `b` begins.
    private func error(after passed: Duration) -> StarlarkError? {
        final class Holder { var loader: ModuleLoader? }
        let holder = Holder()
        let settings = EvaluationSettings(limits: EvaluationLimits(timeout: .seconds(600)))
        let loader = ModuleLoader(settings: settings) { request in
            holder.loader?.start -= passed
            return .bytes(name: request.module, Array("b = [i for i in range(10)]".utf8))
        }
        holder.loader = loader
        defer { holder.loader = nil }
        do throws(StarlarkError) {
            _ = try loader.load(name: "a", bytes: Array("load(\"b\", \"b\")".utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func `time runs from the start of the outermost file`() throws {
        #expect(error(after: .seconds(1)) == nil)
        let late = try #require(error(after: .seconds(601)))
        #expect(late.code == .deadline)
        #expect(late.message == "evaluation took too long: the limit is 600.0 seconds")
    }
}
