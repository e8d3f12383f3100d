import Foundation

/// Writes what a browser sends for HTTP Basic.
enum Base64Text {
    static func encode(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
