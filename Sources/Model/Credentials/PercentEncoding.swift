import Foundation

/// The percent-encoding of URLs (RFC 3986, 2.1), for one part of a path.
public enum PercentEncoding {
    /// Undoes it; nil when a `%` is not followed by two digits, or the bytes are no UTF-8.
    static func decode(_ text: some StringProtocol) -> String? { text.removingPercentEncoding }

    /// Encodes everything that is not a letter or digit of ASCII or one of `-._~`.
    public static func encode(_ text: String) -> String {
        // Of what is not ASCII nothing is left as it is, whatever the set says.
        var unreserved = CharacterSet.alphanumerics
        unreserved.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? text
    }
}
