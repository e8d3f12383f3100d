import Config
import Model
import Testing

@Suite struct DeployCallTests {
    private func text(_ function: String, _ body: String) -> String {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        return Fixtures.package(
            "def \(function)(ctx):\n\(lines.joined(separator: "\n"))\n\npackage('app', \(function) = \(function))")
    }

    @Test func `a deploy reads its inputs and fills outputs and annotations`() async throws {
        let build = try Fixtures.build(
            attributes: ["image": .string("web:7")],
            annotations: ["kept": .int(1), "changed": .int(1), "removed": .int(1)], alias: "v1")
        let result = try await Fixtures.runDeploy(
            text(
                "deploy",
                """
                ctx.deploy.outputs["url"] = "http://%s/%s" % (ctx.environment.name, ctx.deploy.inputs["path"])
                ctx.build.annotations["changed"] = 2
                ctx.build.annotations["new"] = ctx.build.attributes["image"] + ctx.build.alias + ctx.deploy.id
                ctx.build.annotations.pop("removed")
                return {"outputs": {"type": ctx.environment.attributes["type"]}}
                """), build: build, deployment: Fixtures.deployment(inputs: ["path": .string("shop")]))
        #expect(result.outputs == ["url": .string("http://production/shop"), "type": .string("prod")])
        #expect(
            result.annotations == ["changed": .int(2), "new": .string("web:7v1d8"), "removed": .null])
        #expect(result.alias == nil)
    }

    @Test func `a destroy sees what the deployment put out`() async throws {
        let host = RecordingHost()
        _ = try await Fixtures.runDeploy(
            text("destroy", "print(ctx.deploy.outputs['url'], ctx.deploy.inputs_secret)"), kind: .destroy, host: host,
            deployment: Fixtures.deployment(outputs: ["url": .string("http://x")]))
        #expect(host.contents.printed == ["http://x {}"])
    }

    @Test func `secret outputs are not available yet`() async throws {
        let error = try await Fixtures.failure {
            _ = try await Fixtures.runDeploy(text("deploy", "ctx.deploy.outputs_secret['key'] = 'x'"))
        }
        #expect(error.cause.contains("ctx.deploy.outputs_secret is not available yet"), "\(error)")
    }

    @Test(arguments: ["ctx.build.attributes['a'] = 1", "ctx.build.attributes['list'].append(1)"])
    func `a deploy cannot change the build's attributes`(change: String) async throws {
        let build = try Fixtures.build(attributes: ["list": .array([])])
        let error = try await Fixtures.failure {
            _ = try await Fixtures.runDeploy(text("deploy", change), build: build)
        }
        #expect(error.cause.contains("frozen"), "\(error)")
    }

    @Test func `a deploy cannot rename the build`() async throws {
        let error = try await Fixtures.failure {
            _ = try await Fixtures.runDeploy(text("deploy", "ctx.build.set_alias('x')"))
        }
        #expect(error.cause.contains("set_alias"), "\(error)")
    }
}
