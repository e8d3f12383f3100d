import Foundation

/// A delivery as a git host publishes it, with its real headers, kept as a file: header lines, an empty line, the body.
///
/// Those with an HMAC over the body, a token or a password were signed with ``secret``, those of Standard Webhooks with
/// ``standardSecret``, by a few lines of Python, so that our own code is not held against itself.
public struct WebhookFixture: Sendable {
    /// The secret of GitHub's documentation.
    public static let secret = "It's a Secret to Everybody"
    /// The secret of the Standard Webhooks specification's example.
    public static let standardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    /// When those that carry a time were signed, in seconds since 1970.
    public static let signedAt = Date(timeIntervalSince1970: 1_780_000_000)

    /// What it is called.
    public let name: String
    /// By name, in lower case.
    public let headers: [String: String]
    /// What follows the headers, byte by byte.
    public let body: [UInt8]

    /// Reads one.
    ///
    /// - Throws: when there is no such file, or it has no empty line.
    public init(_ name: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: Self.directory + "/" + name + ".http"))
        guard let gap = data.range(of: Data("\n\n".utf8)) else { throw CocoaError(.fileReadCorruptFile) }
        var headers: [String: String] = [:]
        for line in String(decoding: data[..<gap.lowerBound], as: UTF8.self).split(separator: "\n") {
            guard let colon = line.range(of: ": ") else { throw CocoaError(.fileReadCorruptFile) }
            headers[line[..<colon.lowerBound].lowercased()] = String(line[colon.upperBound...])
        }
        self.name = name
        self.headers = headers
        body = Array(data[gap.upperBound...])
    }

    /// All that there are, by name.
    public static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory)
            .filter { $0.hasSuffix(".http") }.map { String($0.dropLast(5)) }.sorted()
    }

    private static var directory: String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return root.path + "/Tests/GitHostsTests/Fixtures"
    }
}
