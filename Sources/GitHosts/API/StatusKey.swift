import Cryptography

/// The key of a status where a host bounds its length.
enum StatusKey {
    /// What Bitbucket Cloud takes, in characters.
    static let charactersMax = 40
    private static let digestDigits = 12

    /// The context itself where it fits; else its beginning and a part of its digest, the same for every commit.
    static func bounded(_ context: String) -> String {
        guard context.count > charactersMax else { return context }
        let digest = (try? SHA256.digest(of: context).hex) ?? ""
        return context.prefix(charactersMax - digestDigits - 1) + "-" + digest.prefix(digestDigits)
    }
}
