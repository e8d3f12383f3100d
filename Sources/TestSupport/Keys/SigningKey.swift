import Foundation

/// A key that ssh-keygen made, and signs with; its files are removed with the object.
public final class SigningKey: Sendable {
    /// The private key's file; git takes it as `user.signingKey`.
    public let path: String
    /// `TYPE KEY`, as a line of allowed signers ends.
    public let publicKey: String
    private let directory: String

    /// Makes a key.
    ///
    /// - Parameter type: as ssh-keygen's `-t` takes it.
    public init(_ type: String = "ed25519", bits: Int? = nil) throws {
        directory = NSTemporaryDirectory() + "ocuroot-signing-" + UUID().uuidString
        path = directory + "/key"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Self.keygen(
            ["-q", "-N", "", "-C", "", "-f", path, "-t", type] + (bits.map { ["-b", "\($0)"] } ?? []))
        publicKey = try String(contentsOfFile: path + ".pub", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// The fingerprint as ssh-keygen shows it.
    public func fingerprint() throws -> String {
        let line = try Self.keygen(["-l", "-f", path + ".pub"])
        return line.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    }

    /// A signature in its text form.
    public func sign(_ message: [UInt8], namespace: String = "git", _ options: [String] = []) throws -> String {
        let file = directory + "/message-" + UUID().uuidString
        try Data(message).write(to: URL(fileURLWithPath: file))
        try Self.keygen(["-Y", "sign", "-q", "-f", path, "-n", namespace] + options + [file])
        return try String(contentsOfFile: file + ".sig", encoding: .utf8)
    }

    /// Who made a signature, in ssh-keygen's opinion; nil when it does not fit or nobody of these did.
    public static func principal(
        of signature: String, message: [UInt8], namespace: String = "git", allowedSigners: String
    ) throws -> String? {
        let directory = NSTemporaryDirectory() + "ocuroot-signing-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for (name, text) in [("sig", Data(signature.utf8)), ("allowed", Data(allowedSigners.utf8))] {
            try text.write(to: URL(fileURLWithPath: directory + "/" + name))
        }
        try Data(message).write(to: URL(fileURLWithPath: directory + "/message"))
        let files = ["-f", directory + "/allowed", "-s", directory + "/sig"]
        guard let found = try? keygen(["-Y", "find-principals"] + files) else { return nil }
        for name in found.split(separator: "\n").map(String.init) {
            let verify = ["-Y", "verify", "-n", namespace, "-I", name] + files
            if (try? keygen(verify, input: directory + "/message")) != nil { return name }
        }
        return nil
    }

    @discardableResult
    private static func keygen(_ arguments: [String], input: String = "/dev/null") throws -> String {
        String(decoding: try Tool.run("/usr/bin/ssh-keygen", arguments, input: input), as: UTF8.self)
    }
}
