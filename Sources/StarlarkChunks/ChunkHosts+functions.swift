import Starlark

extension ChunkHosts {
    /// What the assertions are made of.
    static let functions = [report, failure, matches, nearly]

    /// `report(message)`: notes a failed assertion; the program goes on.
    static let report = HostFunction("report", parameters: [.required("message")]) { call in
        if let reporter = call.context as? ChunkReporter {
            reporter.report(call["message"]?.description ?? "", call.callStack)
        }
        return .none
    }

    /// `failure(f)`: calls the function and returns the message it fails with, or None.
    private static let failure = HostFunction("failure", parameters: [.required("f")]) { call in
        guard let function = call["f"] else { return .none }
        do throws(StarlarkError) {
            _ = try call.evaluation.call(function)
            return .none
        } catch {
            return .string(error.summary)
        }
    }

    /// `matches(pattern, text)`: whether the expression is found.
    private static let matches = HostFunction("matches", parameters: [.required("pattern"), .required("text")]) {
        call in
        .bool(ChunkExpectation.matches(try call.string("pattern"), try call.string("text")))
    }

    /// `nearly(x, y)`: whether two numbers are the same, both no number, or neighbours.
    private static let nearly = HostFunction("nearly", parameters: [.required("x"), .required("y")]) { call in
        guard let x = call["x"], let y = call["y"], let one = x.float ?? x.int.map(Double.init),
            let other = y.float ?? y.int.map(Double.init), x.float != nil || y.float != nil
        else { return .bool(false) }
        if one.isNaN || other.isNaN { return .bool(one.isNaN && other.isNaN) }
        return .bool(one == other || one.nextUp == other || one.nextDown == other)
    }

    /// `freeze(x)`: makes a value immutable and returns it.
    static let freeze = HostFunction("freeze", parameters: [.required("x")]) { call in
        guard let value = call["x"] else { return .none }
        try call.evaluation.freeze(value)
        return .reference(value)
    }

    /// `hasfields()`: an object whose every attribute may be set, except those that begin with "no"; a list plus it
    /// is 42.
    static let makeFields = HostFunction("hasfields", parameters: []) { _ in .object(fields) }

    private static let fields = HostType(
        "hasfields",
        assignment: { object, name, value in
            if object.isFrozen { throw StarlarkError(.evaluation, "cannot set field on a frozen hasfields") }
            if name.hasPrefix("no") { return false }
            try object.setField(name, to: value)
            return true
        },
        operation: { _, operation, other, _ in
            operation == "+" && other.typeName == "list" ? .int(42) : nil
        })

    /// `fibonacci`: a sequence that does not end.
    static let sequence = HostType(
        "fib",
        element: { _, index in
            var (one, two) = (0, 1)
            for _ in 0..<index { (one, two) = (two, one &+ two) }
            return .int(one)
        })
}
