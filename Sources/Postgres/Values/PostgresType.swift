/// A PostgreSQL data type, by its object id.
public struct PostgresType: RawRepresentable, Hashable, Sendable {
    /// The object id, as in `pg_type.oid`.
    public let rawValue: UInt32

    /// Names the type with an object id.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// `boolean`.
    public static let bool = PostgresType(rawValue: 16)
    /// `bytea`.
    public static let bytea = PostgresType(rawValue: 17)
    /// `"char"`, one byte.
    public static let char = PostgresType(rawValue: 18)
    /// `name`, the type of identifiers in the system catalogues.
    public static let name = PostgresType(rawValue: 19)
    /// `bigint`.
    public static let int8 = PostgresType(rawValue: 20)
    /// `smallint`.
    public static let int2 = PostgresType(rawValue: 21)
    /// `integer`.
    public static let int4 = PostgresType(rawValue: 23)
    /// `text`.
    public static let text = PostgresType(rawValue: 25)
    /// `oid`.
    public static let oid = PostgresType(rawValue: 26)
    /// `json`.
    public static let json = PostgresType(rawValue: 114)
    /// `real`.
    public static let float4 = PostgresType(rawValue: 700)
    /// `double precision`.
    public static let float8 = PostgresType(rawValue: 701)
    /// `character(n)`.
    public static let bpchar = PostgresType(rawValue: 1042)
    /// `character varying`.
    public static let varchar = PostgresType(rawValue: 1043)
    /// `timestamp with time zone`.
    public static let timestamptz = PostgresType(rawValue: 1184)
    /// `interval`.
    public static let interval = PostgresType(rawValue: 1186)
    /// `numeric`.
    public static let numeric = PostgresType(rawValue: 1700)
    /// `uuid`.
    public static let uuid = PostgresType(rawValue: 2950)
    /// `jsonb`.
    public static let jsonb = PostgresType(rawValue: 3802)

    /// The types that a `String` cannot be read from: their binary form is not text.
    static let notText: Set<PostgresType> = [
        .bool, .bytea, .int8, .int2, .int4, .oid, .float4, .float8, .timestamptz, .interval, .numeric, .uuid,
    ]

    private static let arrays: [PostgresType: UInt32] = [
        .bool: 1000, .bytea: 1001, .char: 1002, .name: 1003, .int2: 1005, .int4: 1007, .text: 1009, .int8: 1016,
        .varchar: 1015, .bpchar: 1014, .float4: 1021, .float8: 1022, .oid: 1028, .timestamptz: 1185, .interval: 1187,
        .numeric: 1231, .json: 199, .jsonb: 3807, .uuid: 2951,
    ]

    /// Whether values of the type are certainly no arrays.
    var isKnownScalar: Bool { Self.arrays[self] != nil }

    /// The type of arrays of this type; the unknown type if it is not one of those above.
    public var array: PostgresType {
        PostgresType(rawValue: Self.arrays[self] ?? 0)
    }
}

extension PostgresType: CustomStringConvertible {
    private static let names: [PostgresType: String] = [
        .bool: "boolean", .bytea: "bytea", .char: "\"char\"", .name: "name", .int8: "bigint", .int2: "smallint",
        .int4: "integer", .text: "text", .oid: "oid", .json: "json", .float4: "real", .float8: "double precision",
        .bpchar: "character", .varchar: "character varying", .timestamptz: "timestamp with time zone",
        .interval: "interval", .numeric: "numeric", .uuid: "uuid", .jsonb: "jsonb",
    ]

    /// The name in SQL, or the object id.
    public var description: String {
        if let name = Self.names[self] { return name }
        if let element = Self.arrays.first(where: { $0.value == rawValue })?.key { return "\(element)[]" }
        return "type \(rawValue)"
    }
}
