import Foundation
import HTTPTypes
import Model

extension HTTPRequest {
    /// Whether its body may be held back until it is asked for (RFC 9110, 10.1.1).
    ///
    /// - Throws: a ``Problem`` when anything else is expected, which is nothing that can be met.
    func expectsContinue() throws(Problem) -> Bool {
        guard let expectation = headerFields[.expect] else { return false }
        for member in expectation.split(separator: ",") {
            let word = member.trimmingCharacters(in: .whitespaces)
            guard word.isEmpty || word.lowercased() == "100-continue" else {
                throw Problem(
                    status: 417, code: "expectation_failed", detail: "'Expect: \(word)' cannot be met",
                    hint: "send it without, or with 'Expect: 100-continue'")
            }
        }
        return true
    }
}
