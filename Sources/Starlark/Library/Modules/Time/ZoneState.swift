/// What applies in a zone for some time.
struct ZoneState: Sendable {
    /// Seconds ahead of UTC.
    let offset: Int

    /// `CET`, `CEST`, …; empty when there is none.
    let abbreviation: String
}
