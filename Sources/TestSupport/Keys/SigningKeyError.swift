/// ssh-keygen did not do what it was asked for.
struct SigningKeyError: Error, CustomStringConvertible {
    let arguments: [String]

    var description: String { "ssh-keygen \(arguments.joined(separator: " ")) failed" }
}
