import Model

/// What a delivery claims to have happened: reason enough to look, and nothing else.
public struct WebhookHint: Hashable, Sendable {
    /// How many refs are kept; a push may move thousands.
    public static let refsMax = 200
    /// How many names of the repository are kept.
    private static let repositoriesMax = 8
    private static let textBytesMax = 2048

    /// What it is about.
    public internal(set) var kind: WebhookDelivery.Kind
    /// What the host calls that.
    public internal(set) var event: String
    /// What the host calls the delivery, the same when it is sent again; nil when it says nothing that can be kept.
    public internal(set) var deliveryID: String?
    /// The repository's URLs and names, as the host writes them.
    public internal(set) var repositories: [String] = []
    /// What it says of refs, at most ``refsMax``.
    public internal(set) var refs: [WebhookRefMove] = []
    /// How many refs it names beyond those, or under names that git would not allow.
    public internal(set) var refsLeftOut = 0
    /// Who pushed, as the host names them.
    public internal(set) var pusher: String?
    /// Why it could not be read.
    public internal(set) var problem: String?

    init(_ kind: WebhookDelivery.Kind, event: String, deliveryID: String?) {
        self.kind = kind
        self.event = event
        self.deliveryID = deliveryID
    }

    mutating func add(repository name: String?) {
        guard let name, !name.isEmpty, name.utf8.count <= Self.textBytesMax, !repositories.contains(name),
            repositories.count < Self.repositoriesMax
        else { return }
        repositories.append(name)
    }

    mutating func name(pusher name: String?) {
        guard pusher == nil, let name, !name.isEmpty else { return }
        pusher = String(name.prefix(200))
    }

    /// Adds what is said of a ref; an id of zeros stands for none, as git has it.
    mutating func add(ref: String?, old: String?, new: String?, isDeleted: Bool = false) {
        guard let ref else { return }
        let name = RefName(ref)
        guard refs.count < Self.refsMax, RefNameRule.problem(with: name) == nil else {
            refsLeftOut += 1
            return
        }
        refs.append(
            WebhookRefMove(
                ref: name, old: Self.object(old), new: Self.object(new), isDeleted: isDeleted || Self.isZero(new)))
    }

    /// Adds what an object says of a ref, under these keys.
    mutating func addRef(
        in walk: inout JSONWalk, ref refKey: String, old oldKey: String, new newKey: String
    ) throws(JSONWalk.Malformed) {
        var ref: String?
        var old: String?
        var new: String?
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case refKey: ref = try walk.string()
            case oldKey: old = try walk.string()
            case newKey: new = try walk.string()
            default: break
            }
        }
        add(ref: ref, old: old, new: new)
    }

    /// Adds what is said of a branch or tag by its short name.
    mutating func add(_ type: String?, named name: String?, old: String?, new: String?, isDeleted: Bool = false) {
        guard let name else { return }
        let isTag = type?.hasSuffix("tag") == true
        add(ref: (isTag ? "refs/tags/" : "refs/heads/") + name, old: old, new: new, isDeleted: isDeleted)
    }

    private static func isZero(_ id: String?) -> Bool {
        id.map { !$0.isEmpty && $0.utf8.allSatisfy { $0 == UInt8(ascii: "0") } } ?? false
    }

    private static func object(_ id: String?) -> ObjectID? {
        isZero(id) ? nil : id.flatMap { ObjectID(hex: $0) }
    }
}
