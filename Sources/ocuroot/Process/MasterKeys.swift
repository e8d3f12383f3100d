import Cryptography
import Foundation

/// Where the master keys come from.
enum MasterKeys {
    /// Reads the file of `ocuroot up`, making it with one new key when there is none.
    static func readOrMake(_ path: String) throws -> KeyRing {
        if !FileManager.default.fileExists(atPath: path) {
            let key = Hex.encode(try SecureRandom.bytes(SymmetricKey.byteCount))
            try WholeFile.write(Data((key + "\n").utf8), to: path, permissions: 0o600)
        }
        return try read(path)
    }

    /// The keys that `ocuroot server` was given, as a file or in `OCUROOT_MASTER_KEY`; nil when it was given none.
    static func given(file: String?, _ surroundings: Surroundings) throws -> KeyRing? {
        if let file { return try read(file) }
        guard let text = surroundings["OCUROOT_MASTER_KEY"] else { return nil }
        return try ring(text, from: "OCUROOT_MASTER_KEY")
    }

    /// Reads a file that somebody else made.
    static func read(_ path: String) throws -> KeyRing {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError(
                "cannot read the master keys from \(path)", hint: "check that the file is there and may be read")
        }
        return try ring(String(decoding: data, as: UTF8.self), from: path)
    }

    private static func ring(_ text: String, from place: String) throws -> KeyRing {
        do throws(CryptographyError) {
            return try KeyRing(text: text)
        } catch {
            throw CommandError(
                "\(place) does not hold master keys: \(error.cause)",
                hint: "give one key a line, the one that seals first, each as 64 hexadecimal digits or Base64")
        }
    }
}
