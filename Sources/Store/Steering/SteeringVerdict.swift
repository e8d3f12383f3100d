import Model

/// What comes of an order.
enum SteeringVerdict: Sendable {
    /// It counts; the sentence says what it did, and to what.
    case applied(String, SteeredPlaces = SteeredPlaces())
    /// It changes nothing, and never will; the sentence says why.
    case refused(String)
    /// It names what does not exist; what is not delivered yet may bring it.
    case unknown(String)
}

/// What an order concerns, for its event.
struct SteeredPlaces: Sendable {
    /// No event names more.
    private static let namesMax = 100

    /// As people name them.
    var names: [String] = []
    /// The one package; nil for several.
    var package: PackageID?
    /// The one environment; nil for several.
    var environment: EnvironmentID?
    /// The Build.
    var build: BuildID?
    /// Whose key signed the order, where that had to be so.
    var signer: String?

    init() {}

    init(_ placements: [SteeredPlacement], build: BuildID? = nil, signer: String? = nil) {
        self.signer = signer
        names = placements.prefix(Self.namesMax).map(\.name)
        let packages = Set(placements.map(\.package))
        let environments = Set(placements.map(\.environment))
        package = packages.count == 1 ? packages.first : nil
        environment = environments.count == 1 ? environments.first : nil
        self.build = build
    }

    /// The names in a sentence, at most five.
    static func list(_ placements: [SteeredPlacement]) -> String {
        let names = placements.prefix(5).map(\.name).joined(separator: ", ")
        return placements.count > 5 ? "\(names) and \(placements.count - 5) more" : names
    }
}

/// A placement that an order names, its row locked.
struct SteeredPlacement: Sendable {
    var id: PlacementID
    var package: PackageID
    var environment: EnvironmentID
    /// `package@environment`.
    var name: String
    /// Whether package and environment exist.
    var isLive: Bool
    /// Whether something runs there.
    var isDeployed: Bool
    var isPinned: Bool
    var isHeld: Bool
    /// Whether it is in the environment of a preview.
    var isPreview: Bool
}
