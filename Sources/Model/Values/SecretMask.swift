/// Takes secrets out of what others say.
public enum SecretMask {
    /// A text without what it may not show, be it as it is or as a string of JSON.
    ///
    /// By bytes: what ends where an accent follows does not end with the same character.
    ///
    /// - Parameter mark: what stands in its place.
    public static func masked(_ text: String, hiding hidden: [String], as mark: String = "***") -> String {
        let forms = Set(hidden.flatMap(forms)).sorted { $0.count > $1.count }
        return forms.reduce(text) { text, form in
            let bytes = Array(text.utf8)
            guard let first = form.first, bytes.count >= form.count else { return text }
            var masked: [UInt8] = []
            var (position, end) = (0, 0)
            while let found = bytes[position...].firstIndex(of: first) {
                position = found + 1
                guard bytes[found...].starts(with: form) else { continue }
                masked += bytes[end..<found] + Array(mark.utf8)
                end = found + form.count
                position = end
            }
            return end == 0 ? text : String(decoding: masked + bytes[end...], as: UTF8.self)
        }
    }

    private static func forms(of secret: String) -> [[UInt8]] {
        let inJSON = (try? JSONText.encode(secret)).map { String(decoding: $0.dropFirst().dropLast(), as: UTF8.self) }
        let escaped = (inJSON ?? secret).utf8.flatMap { $0 == UInt8(ascii: "/") ? Array(#"\/"#.utf8) : [$0] }
        return [Array(secret.utf8), Array((inJSON ?? secret).utf8), escaped]
    }
}
