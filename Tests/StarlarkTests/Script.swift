import Starlark
import StarlarkSyntax

/// Short ways to run Starlark text in tests.
enum Script {
    /// Everything that is off by default, on.
    static var fullDialect: DialectOptions {
        var dialect = DialectOptions()
        dialect.whileLoops = true
        dialect.recursion = true
        dialect.topLevelControl = true
        dialect.globalReassignment = true
        dialect.fStrings = true
        return dialect
    }

    static func run(
        _ text: String, dialect: DialectOptions = fullDialect, settings: EvaluationSettings = .init(),
        predeclared: FrozenModule = .empty, load: (LoadRequest) throws -> FrozenModule = { _ in throw NoModule() }
    ) throws(StarlarkError) -> FrozenModule {
        let program = try Program(
            name: "test.star", bytes: Array(text.utf8), dialect: dialect, predeclared: predeclared)
        return try program.run(settings, predeclared: predeclared, load: load)
    }

    /// The value of the global `x` after running the text.
    static func x(_ text: String, settings: EvaluationSettings = .init()) throws -> StarlarkData {
        try run(text, settings: settings).data("x") ?? .none
    }

    /// `repr` of an expression.
    static func repr(_ expression: String) throws -> String {
        guard case .string(let text) = try x("x = repr((\(expression)))") else { return "" }
        return text
    }

    /// What the text fails with.
    static func failure(
        _ text: String, dialect: DialectOptions = fullDialect, limits: EvaluationLimits = .init()
    ) -> StarlarkError? {
        do throws(StarlarkError) {
            _ = try run(text, dialect: dialect, settings: .init(limits: limits))
            return nil
        } catch {
            return error
        }
    }

    struct NoModule: Error {}
}
