import Foundation
import Model
import Store
import TestSupport
import Testing

@testable import DispatchController

@Suite struct DispatchTests {
    private let machine = MachineIdentity()

    private func run(_ state: Run.State) -> Run {
        Run(
            id: RunID(rawValue: 1), kind: .build, repo: RepoID(rawValue: 1), build: BuildID(rawValue: 1),
            deployment: nil, state: state, attempt: 1, error: nil, createdAt: Date(), startedAt: nil, finishedAt: nil)
    }

    private func launcher(_ executable: String, _ directory: String) -> LocalLauncher {
        LocalLauncher(
            executable: executable, arguments: [], environment: ["PATH": "/usr/bin:/bin"],
            outputDirectory: directory)
    }

    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "ocuroot-dispatch-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await body(directory)
    }

    /// Writes an executable script and returns its path.
    private func script(_ text: String, in directory: String) throws -> String {
        let path = directory + "/runner"
        try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test func `a queued run is started, an ended one left alone, a running one watched where it was launched`() {
        let here = RunLaunch(host: machine.host, boot: machine.boot, pid: 77, startTicks: 5)
        let elsewhere = RunLaunch(host: "elsewhere", boot: "x", pid: 77, startTicks: 5)
        #expect(DispatchPlan.make(run: run(.queued), launch: nil, here: machine) == .start)
        #expect(DispatchPlan.make(run: run(.succeeded), launch: here, here: machine) == .nothing)
        #expect(DispatchPlan.make(run: run(.running), launch: elsewhere, here: machine) == .nothing)
        #expect(DispatchPlan.make(run: run(.running), launch: nil, here: machine) == .nothing)
        let watched = ProcessIdentity(boot: machine.boot, pid: 77, startTicks: 5)
        #expect(DispatchPlan.make(run: run(.running), launch: here, here: machine) == .watch(watched))
    }

    @Test func `the runner is told its run and token, and what it last wrote explains its end`() async throws {
        try await withDirectory { directory in
            let path = try script("echo \"$1 $2 $OCUROOT_RUN_TOKEN\"; exit 3", in: directory)
            let end = try await launcher(path, directory).launch(RunID(rawValue: 9), token: "t0ken") { _ in }
            #expect(end.sentence.contains("status 3") && end.sentence.contains("run r9 t0ken"))
        }
    }

    @Test func `nothing that a runner started lives on when it was killed`() async throws {
        try await withDirectory { directory in
            let path = try script("sleep 600 & echo $! > \(directory)/child; kill -9 $$", in: directory)
            let end = try await launcher(path, directory).launch(RunID(rawValue: 9), token: "t") { _ in }
            #expect(end.sentence.contains("signal 9"))
            let text = try String(contentsOfFile: directory + "/child", encoding: .utf8)
            let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            try await waitUntil("the child is gone") { ProcessStatus(pid: child)?.isZombie ?? true }
        }
    }

    @Test func `strays of a lost runner are found by their mark, whatever session they are in`() async throws {
        try await withDirectory { directory in
            let child = """
                export OCUROOT_RUN_MARK=$$.$(cut -d' ' -f22 /proc/$$/stat).x
                setsid sh -c 'echo $$ > \(directory)/child; exec sleep 600' >/dev/null 2>&1 &
                until [ -s \(directory)/child ]; do sleep 0.01; done; kill -9 $$
                """
            let path = try script(child, in: directory)
            let end = try await launcher(path, directory).launch(RunID(rawValue: 9), token: "t") { _ in }
            let text = try String(contentsOfFile: directory + "/child", encoding: .utf8)
            let stray = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(ProcessStatus(pid: stray)?.isZombie == false, "it left the session that was killed")
            let process = try #require(end.process)
            let later = ProcessIdentity(boot: process.boot, pid: process.pid, startTicks: process.startTicks + 1)
            machine.killStrays(of: later)
            #expect(ProcessStatus(pid: stray)?.isZombie == false)
            machine.killStrays(of: process)
            try await waitUntil("the stray is gone") { ProcessStatus(pid: stray)?.isZombie ?? true }
        }
    }

    @Test func `a process that cannot be recorded is ended`() async throws {
        struct Refused: Error {}
        try await withDirectory { directory in
            let path = try script("exec sleep 600", in: directory)
            await #expect(throws: Refused.self) {
                _ = try await launcher(path, directory).launch(RunID(rawValue: 9), token: "t") { _ in throw Refused() }
            }
        }
    }

    @Test func `a pid that was given to another process is not taken for the runner`() throws {
        let own = try #require(machine.identity(ofProcess: getpid()))
        #expect(machine.isAlive(own))
        let older = ProcessIdentity(boot: own.boot, pid: own.pid, startTicks: own.startTicks - 1)
        #expect(!machine.isAlive(older))
        machine.killSession(of: older)
        #expect(!machine.isAlive(ProcessIdentity(boot: "another boot", pid: own.pid, startTicks: own.startTicks)))
    }
}
