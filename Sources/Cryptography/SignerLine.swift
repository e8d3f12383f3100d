import Foundation

/// Reads one line of a file of allowed signers: `PRINCIPALS [OPTIONS] TYPE KEY [COMMENT]`.
///
/// By scalars, as ssh-keygen does by bytes: a quote or a blank with an accent on it is one.
struct SignerLine {
    private var rest: Substring.UnicodeScalarView

    private struct Options {
        var namespaces: [String]?
        var validAfter: Date?
        var validBefore: Date?
    }

    init(_ line: Substring) {
        rest = line.unicodeScalars
    }

    /// What it says; nil for an empty line and a comment.
    consuming func signer(line: Int) throws(SSHLineMistake) -> AllowedSigner? {
        skipBlanks()
        guard let first = rest.first, first != "#" else { return nil }
        guard !rest.contains(where: { ($0.value < 0x20 && $0 != "\t" && $0 != "\r") || $0.value == 0x7F }) else {
            throw SSHLineMistake("it has a control character: give a text file")
        }
        let principals = Self.list(try principalsText())
        skipBlanks()
        var options = Options()
        if !word().isEmpty, !Self.isKeyType(word()) {
            options = try self.options()
            skipBlanks()
        }
        let signer = AllowedSigner(
            line: line, principals: principals, key: try key(), namespaces: options.namespaces,
            validAfter: options.validAfter, validBefore: options.validBefore)
        try Self.check(signer)
        return signer
    }

    private static func check(_ signer: AllowedSigner) throws(SSHLineMistake) {
        guard signer.principals.allSatisfy({ !$0.isEmpty && $0 != "!" }) else {
            throw SSHLineMistake("its principals have an empty name: separate names by single commas")
        }
        guard !signer.names.isEmpty else {
            throw SSHLineMistake("its principals exclude everyone: name somebody without '!'")
        }
        if let after = signer.validAfter, let before = signer.validBefore, before <= after {
            throw SSHLineMistake("its 'valid-before' is not later than its 'valid-after'")
        }
    }

    private mutating func principalsText() throws(SSHLineMistake) -> Substring.UnicodeScalarView {
        guard rest.first == "\"" else {
            let word = word()
            rest = rest[word.endIndex...]
            return word.unicodeScalars
        }
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "\"") else {
            throw SSHLineMistake("its principals begin with a quote that does not end")
        }
        defer { rest = rest[rest.index(after: end)...] }
        return rest[..<end]
    }

    private mutating func key() throws(SSHLineMistake) -> SSHPublicKey {
        let type = word()
        guard Self.isKeyType(type) else {
            throw SSHLineMistake(
                type.isEmpty
                    ? "it has no key: each line is PRINCIPALS [OPTIONS] TYPE KEY"
                    : "'\(type.prefix(60))' is neither an option nor a kind of key: write TYPE KEY, as in a .pub file")
        }
        rest = rest[type.endIndex...]
        skipBlanks()
        guard let blob = Base64.decode(String(word())), !blob.isEmpty else {
            throw SSHLineMistake("its key is not in Base64: copy it whole from the .pub file")
        }
        do throws(CryptographyError) {
            let key = try SSHPublicKey(blob: blob)
            guard key.type == type else {
                throw SSHPublicKey.invalid("it is a \(key.type) key, not the \(type) that stands before it")
            }
            return key
        } catch {
            throw SSHLineMistake("its key cannot be used: \(error.cause)")
        }
    }

    private mutating func options() throws(SSHLineMistake) -> Options {
        var options = Options()
        while true {
            let name = Substring(rest.prefix { $0.isASCII && ($0.properties.isAlphabetic || $0 == "-") })
            rest = rest[name.endIndex...]
            switch name.lowercased() {
            case "cert-authority":
                throw SSHLineMistake("'cert-authority' is not supported: list the keys themselves")
            case "namespaces":
                guard options.namespaces == nil else { throw Self.repeated(name) }
                let namespaces = Self.list(try value(of: name).unicodeScalars[...])
                guard namespaces.allSatisfy({ !$0.isEmpty && $0 != "!" }) else {
                    throw SSHLineMistake("its 'namespaces' have an empty name: write namespaces=\"git\"")
                }
                options.namespaces = namespaces
            case "valid-after":
                guard options.validAfter == nil else { throw Self.repeated(name) }
                options.validAfter = try time(of: name)
            case "valid-before":
                guard options.validBefore == nil else { throw Self.repeated(name) }
                options.validBefore = try time(of: name)
            default: throw Self.unknown(name + word())
            }
            guard rest.first == "," else { break }
            rest = rest.dropFirst()
        }
        guard rest.first.map(Self.isBlank) ?? true else { throw Self.unknown(word()) }
        return options
    }

    private mutating func value(of name: Substring) throws(SSHLineMistake) -> String {
        guard rest.starts(with: "=\"".unicodeScalars) else {
            throw SSHLineMistake("write \(name)=\"VALUE\", with quotes")
        }
        rest = rest.dropFirst(2)
        var value = String.UnicodeScalarView()
        while let letter = rest.popFirst() {
            if letter == "\"" { return String(value) }
            if letter == "\\", rest.first == "\"", let quote = rest.popFirst() {
                value.append(quote)
            } else {
                value.append(letter)
            }
        }
        throw SSHLineMistake("its '\(name)' begins with a quote that does not end")
    }

    private mutating func time(of name: Substring) throws(SSHLineMistake) -> Date {
        let text = try value(of: name)
        guard let date = SSHTime.date(text) else {
            throw SSHLineMistake("its '\(name)' is no time: write YYYYMMDD or YYYYMMDDHHMM[SS], then Z for UTC")
        }
        return date
    }

    /// What stands before the next blank.
    private func word() -> Substring { Substring(rest.prefix { !Self.isBlank($0) }) }

    private mutating func skipBlanks() { rest = rest.drop(while: Self.isBlank) }

    private static func isBlank(_ letter: Unicode.Scalar) -> Bool { letter == " " || letter == "\t" || letter == "\r" }

    private static func list(_ text: Substring.UnicodeScalarView) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
    }

    private static func isKeyType(_ word: Substring) -> Bool {
        ["ssh-", "ecdsa-", "sk-"].contains { word.hasPrefix($0) }
    }

    private static func repeated(_ name: Substring) -> SSHLineMistake {
        SSHLineMistake("it has '\(name)' twice: write it once")
    }

    private static func unknown(_ text: Substring) -> SSHLineMistake {
        SSHLineMistake(
            "'\(text.prefix(60))' is neither an option nor a kind of key; options are namespaces=\"…\", "
                + "valid-after=\"…\" and valid-before=\"…\", separated by commas")
    }
}
