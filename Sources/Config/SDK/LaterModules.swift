import Starlark

/// Modules of which most waits for a later version: schedule, secrets, forms; and sleep, which works.
enum LaterModules {
    /// `sleep(duration)`.
    static let sleep = SDKFunction.make(
        "sleep", module: "sleep.star", allowedIn: .runner, [.required("duration")]
    ) { call, session in
        try session.requireHost("sleep").sleep(try call.duration("duration"))
        return .none
    }

    /// `schedule`.
    static var schedule: HostValue { .structure([("after", .function(scheduleAfter))]) }

    private static let scheduleAfter = SDKFunction.unavailable(
        "schedule.after", module: "schedule.star", allowedIn: .deployAndTask,
        [.required("duration"), .required("task")])

    /// `secret(name)` of v0, `secret(value)` of v0.1-alpha.
    static func secret(_ parameter: String) -> HostFunction {
        SDKFunction.unavailable("secret", module: "secrets.star", allowedIn: .runner, [.required(parameter)])
    }

    /// `load_secret(name)` of v0.1-alpha.
    static let loadSecret = SDKFunction.unavailable(
        "load_secret", module: "secrets.star", allowedIn: .runner, [.required("name")])

    /// The functions of forms.star of v0.1-alpha.
    static let forms: [String: HostFunction] = [
        "form": form("form", .packageFile, [.required("func")]),
        "markdown": form("markdown", .declarations, [.required("text")]),
        "text_field": form(
            "text_field", .declarations, [.required("label"), .required("name"), .optional("default")]),
        "submit": form("submit", .declarations, [.required("title")]),
        "get_form": form("get_form", .policy, [.required("id"), .required("form"), .optional("notify")]),
    ]

    private static func form(_ name: String, _ allowedIn: AllowedIn, _ parameters: [HostParameter]) -> HostFunction {
        SDKFunction.unavailable(name, module: "forms.star", allowedIn: allowedIn, parameters)
    }
}
