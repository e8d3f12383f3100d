/// The id of one kind of git object, so that a tree's id is never passed for a commit's.
public struct GitID<Kind>: Hashable, Sendable {
    /// The object's id.
    public let object: ObjectID

    /// Says that the object with this id is of this kind.
    public init(_ object: ObjectID) {
        self.object = object
    }

    /// Reads 40 or 64 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        guard let object = ObjectID(hex: hex) else { return nil }
        self.object = object
    }

    /// The lower-case hexadecimal form.
    public var hex: String { object.hex }

    /// The first 12 digits, for people.
    public var short: String { object.short }
}

/// Marks a ``GitID`` as a commit's.
public enum CommitKind {}
/// Marks a ``GitID`` as a tree's.
public enum TreeKind {}

/// The id of a git commit.
public typealias CommitID = GitID<CommitKind>
/// The id of a git tree.
public typealias TreeID = GitID<TreeKind>

extension GitID: CustomStringConvertible {
    /// The lower-case hexadecimal form.
    public var description: String { hex }
}

extension GitID: Codable {
    /// Decodes the hexadecimal form.
    public init(from decoder: any Decoder) throws {
        self.init(try ObjectID(from: decoder))
    }

    /// Encodes the hexadecimal form.
    public func encode(to encoder: any Encoder) throws {
        try object.encode(to: encoder)
    }
}
