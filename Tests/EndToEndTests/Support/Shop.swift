import Model
import TestSupport

/// Texts of config files that many tests share.
enum Shop {
    /// A repo with these environments.
    static func repo(_ name: String = "shop", _ environments: [String] = ["staging", "prod"]) -> FixtureFile {
        let declarations = environments.map { "environment(\"\($0)\")" }.joined(separator: "\n")
        return """
            load("github.com/ocuroot/sdk/v0/repo.star", "repo")
            load("github.com/ocuroot/sdk/v0/environments.star", "environment")
            repo("\(name)")
            \(declarations)
            """
    }

    /// A package that builds at once and whose deploy and destroy write to `$WORLD/PACKAGE@ENVIRONMENT`.
    ///
    /// - Parameters:
    ///   - policy: the body of the policy function, indented by four.
    ///   - deploy: more statements at the end of the deploy function, indented by four.
    ///   - build: statements of the build function, indented by four.
    ///   - destroy: more statements at the beginning of the destroy function, indented by four.
    static func package(
        _ name: String, policy: String = "    return ready()", deploy: String = "", build: String = "    pass",
        destroy: String = ""
    ) -> FixtureFile {
        """
        load("github.com/ocuroot/sdk/v0/package.star", "package")
        load("github.com/ocuroot/sdk/v0/policy.star", "ready", "later", "skip", "static", "dependency")
        load("github.com/ocuroot/sdk/v0/machine.star", "host")

        def build(ctx):
        \(build)

        def policy(ctx):
        \(policy)

        def place(ctx):
            return host.env_var("WORLD") + "/\(name)@" + ctx.environment.name

        def deploy(ctx):
            host.shell("echo %d >> '%s'" % (ctx.build.sequence, place(ctx)))
        \(deploy)

        def destroy(ctx):
        \(destroy)
            host.shell("rm '%s'" % place(ctx))

        package("\(name)", build = build, policy = policy, deploy = deploy, destroy = destroy)
        """
    }
}
