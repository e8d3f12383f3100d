/// Header fields in the order they were added; names compare without regard to case.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The fields, in order, repeated names included.
    public private(set) var fields: [HTTPHeaderField]

    /// Makes headers from fields.
    public init(_ fields: [HTTPHeaderField] = []) { self.fields = fields }

    /// Makes headers from names and values in the written order.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { HTTPHeaderField(name: $0.0, value: $0.1) }
    }

    /// The first value of `name`, or nil.
    ///
    /// Setting replaces every value of it; setting nil removes it.
    public subscript(name: String) -> String? {
        get { fields.first { $0.isNamed(name) }?.value }
        set {
            fields.removeAll { $0.isNamed(name) }
            if let newValue { fields.append(HTTPHeaderField(name: name, value: newValue)) }
        }
    }

    /// Every value of `name`, in order.
    public func values(of name: String) -> [String] { fields.filter { $0.isNamed(name) }.map(\.value) }

    /// Adds a field and keeps those of the same name.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(HTTPHeaderField(name: name, value: value))
    }

    /// The same headers with only those fields that `isKept` answers true for.
    func filtered(_ isKept: (HTTPHeaderField) -> Bool) -> HTTPHeaders { HTTPHeaders(fields.filter(isKept)) }
}
