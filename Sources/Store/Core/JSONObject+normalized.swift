import Foundation
import Model

extension [String: JSONValue] {
    /// The object as it reads back from the database, where a float without a fraction is a whole number.
    var normalized: JSONObject {
        guard let data = try? JSONEncoder().encode(self) else { return self }
        return (try? JSONDecoder().decode(JSONObject.self, from: data)) ?? self
    }
}
