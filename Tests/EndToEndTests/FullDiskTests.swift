import Foundation
import Model
import TestSupport
import Testing

/// What an object store without space does to a run and to a person, and what it leaves alone.
@Suite(.serialized) struct FullDiskTests {
    /// A small disk that takes the place of an installation's object store.
    private struct Disk {
        private let server: ScriptedServer
        private let path: String

        init() throws {
            server = try ScriptedServer("disk.py", "size=1m")
            path = server["path"]
        }

        func mount(in installation: Installation) throws {
            try FileManager.default.createDirectory(atPath: path + "/objects", withIntermediateDirectories: true)
            try FileManager.default.createDirectory(
                atPath: installation.directory, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755])
            try FileManager.default.createSymbolicLink(
                atPath: installation.directory + "/objects", withDestinationPath: path + "/objects")
        }

        /// Writes until nothing more fits.
        func fill() {
            let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            defer { close(descriptor) }
            let page = [UInt8](repeating: 0, count: 4096)
            while write(descriptor, page, page.count) > 0 {}
        }

        func free() throws { try FileManager.default.removeItem(atPath: path + "/filler") }
    }

    /// A deploy that prints, waits until the test says so, and prints again.
    private static let deploy = """
            host.shell("echo before the gate", mute = False)
            host.shell("touch $WORLD/waits; until [ -e $WORLD/gate ]; do sleep 0.02; done")
            host.shell("echo behind the gate", mute = False)
        """

    @Test func `a disk that is full while a deploy runs costs its log, is said on the run, and nothing else`()
        async throws
    {
        let disk = try Disk()
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", deploy: Self.deploy),
            ])
        try await Installation.with(repos: [remote.url], prepare: disk.mount) { shop in
            try await waitUntil(timeout: .seconds(60), "the first line is kept and the deploy waits") {
                try await shop.run("log", "api@prod").output.contains("before the gate")
                    && FileManager.default.fileExists(atPath: shop.world + "/waits")
            }
            disk.fill()
            _ = FileManager.default.createFile(atPath: shop.world + "/gate", contents: nil)
            let (status, report) = try await shop.settle()
            #expect(status == 0, "the deploy does not depend on its log")
            #expect(try report.element("api", "prod").deployed?.build.sequence == 1)
            let log = try await shop.run("log", "api@prod").output
            #expect(log.contains("before the gate") && !log.contains("behind the gate"))
            #expect(log.contains("more bytes were not kept") && log.contains("the log is not complete"), "\(log)")
            #expect(log.contains("No space left"), "\(log)")
            let deploys = try await shop.runs(package: "api").filter { $0.run.kind == .deploy }
            #expect(deploys.count == 1 && deploys[0].run.state == .succeeded)
            #expect(deploys[0].logError?.contains("No space left") == true)
            #expect(deploys[0].logBytesDropped > 0)
            let events = try await shop.run("log").output.split(separator: "\n")
            #expect(events.count { $0.contains("run.log_incomplete") } == 1, "\(events)")

            try disk.free()
            try remote.commit("second", ["api/change.txt": "1"])
            let (again, second) = try await shop.settle()
            #expect(again == 0)
            #expect(try second.element("api", "prod").deployed?.build.sequence == 2)
            let whole = try await shop.run("log", "api@prod").output
            #expect(whole.contains("behind the gate") && !whole.contains("not complete"), "\(whole)")
            #expect(try shop.deployments("api@prod") == ["1", "2"])
        }
    }

    @Test func `a patch that finds no space is refused with what was not recorded and what to do`() async throws {
        let disk = try Disk()
        let checkout = try RepositoryBuilder(isBare: false)
        try checkout.commit(
            "first",
            ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api")])
        try await Installation.with(repos: [checkout.url], prepare: disk.mount) { shop in
            #expect(try await shop.settle().status == 0)
            disk.fill()
            try checkout.write("api/note.txt", "only here")
            let refused = try await shop.run("deliver", workingDirectory: checkout.path)
            #expect(refused.status == 1)
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains("error: the uncommitted changes were not kept and no Change was recorded"))
            #expect(refused.errors.contains("no space left"))
            #expect(refused.errors.contains("hint: free space on the server's object store"))
            let events = try await shop.run("log", "--json").output
            #expect(events.components(separatedBy: "change.recorded").count == 2, "the first commit's alone")
            try disk.free()
            let delivered = try await shop.run("deliver", workingDirectory: checkout.path)
            #expect(delivered.status == 0, "\(delivered.errors)")
            #expect(try await shop.settle().report.element("api", "prod").deployed?.build.sequence == 2)
        }
    }
}
