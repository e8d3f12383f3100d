import Foundation

/// Reads one line of a file of allowed signers: `PRINCIPALS [OPTIONS] TYPE KEY [COMMENT]`.
struct SignerLine {
    private var rest: Substring

    private struct Options {
        var namespaces: [String]?
        var validAfter: Date?
        var validBefore: Date?
    }

    init(_ line: Substring) {
        rest = line
    }

    /// What it says; nil for an empty line and a comment.
    consuming func signer(line: Int) throws(SSHLineMistake) -> AllowedSigner? {
        skipBlanks()
        guard let first = rest.first, first != "#" else { return nil }
        guard !rest.utf8.contains(where: { ($0 < 0x20 && $0 != 0x09 && $0 != 0x0D) || $0 == 0x7F }) else {
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

    private mutating func principalsText() throws(SSHLineMistake) -> Substring {
        guard rest.first == "\"" else {
            let word = word()
            rest = rest.dropFirst(word.count)
            return word
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
        rest = rest.dropFirst(type.count)
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
            let name = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
            rest = rest.dropFirst(name.count)
            switch name.lowercased() {
            case "cert-authority":
                throw SSHLineMistake("'cert-authority' is not supported: list the keys themselves")
            case "namespaces":
                guard options.namespaces == nil else { throw Self.repeated(name) }
                let namespaces = Self.list(try value(of: name)[...])
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
        guard rest.hasPrefix("=\"") else { throw SSHLineMistake("write \(name)=\"VALUE\", with quotes") }
        rest = rest.dropFirst(2)
        var value = ""
        while let letter = rest.popFirst() {
            if letter == "\"" { return value }
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
    private func word() -> Substring { rest.prefix { !Self.isBlank($0) } }

    private mutating func skipBlanks() { rest = rest.drop(while: Self.isBlank) }

    private static func isBlank(_ letter: Character) -> Bool { letter == " " || letter == "\t" || letter == "\r" }

    private static func list(_ text: Substring) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
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
