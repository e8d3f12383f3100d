/// A time zone in 32 bits: UTC, a fixed offset, or an entry of the zone table.
struct ZoneID: Hashable, Sendable {
    let rawValue: Int32

    static let utc = ZoneID(rawValue: 0)

    /// Fixed offsets stand around this number.
    private static let fixedBase: Int32 = -1 << 30

    /// A zone that is always so many seconds ahead of UTC; less than a day.
    static func fixed(offset: Int) -> ZoneID {
        ZoneID(rawValue: fixedBase + Int32(truncatingIfNeeded: max(-86_399, min(86_399, offset))))
    }

    /// The rules of an entry of the table, counted from 1; nil for UTC and fixed offsets.
    private var rules: ZoneRules? { rawValue > 0 ? ZoneTable.shared.rules(Int(rawValue) - 1) : nil }

    /// What applies at a moment.
    func state(at seconds: Int) -> ZoneState {
        if rawValue < 0 { return ZoneState(offset: Int(rawValue - ZoneID.fixedBase), abbreviation: "") }
        return rules?.state(at: seconds) ?? ZoneState(offset: 0, abbreviation: "UTC")
    }

    /// The moment at which clocks of the zone show a time.
    ///
    /// Of two such moments either may be given; a time that is skipped is moved by the gap.
    func seconds(showing civil: Int) -> Int {
        let first = civil - state(at: civil).offset
        let second = civil - state(at: first).offset
        if second == first { return first }
        let offset = state(at: second).offset
        return civil - offset == second ? second : first
    }
}
