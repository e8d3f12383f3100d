/// One step of the database's schema, forward only: never changed once it was released.
struct Migration: Sendable {
    /// Counts from 1 without gaps.
    let number: Int
    /// What it brings, in a few words.
    let name: String
    /// The statements, run as one transaction.
    let script: String

    /// All steps in order; the last one's number is the schema that this binary needs.
    static let all: [Migration] = [
        Migration(
            number: 1, name: "the first schema",
            script: [
                FirstSchema.repos, FirstSchema.packages, FirstSchema.placements, FirstSchema.runs, FirstSchema.work,
            ]
            .joined(separator: "\n")),
        Migration(number: 2, name: "names that are in use, forgotten deployments", script: SecondSchema.script),
        Migration(number: 3, name: "webhooks", script: ThirdSchema.script),
        Migration(number: 4, name: "pins, holds and the trailers of commits", script: FourthSchema.script),
        Migration(number: 5, name: "credentials, announced pushes", script: FifthSchema.script),
        Migration(number: 6, name: "deliveries that lock nothing in common", script: SixthSchema.script),
        Migration(number: 7, name: "notices", script: SeventhSchema.script),
        Migration(number: 8, name: "previews", script: EighthSchema.script),
        Migration(number: 9, name: "GitHub Apps", script: NinthSchema.script),
        Migration(number: 10, name: "previews that ended", script: TenthSchema.script),
        Migration(number: 11, name: "signers of commits that steer", script: EleventhSchema.script),
        Migration(number: 12, name: "previews that ended are cleared away", script: TwelfthSchema.script),
        Migration(number: 13, name: "webhooks that are known again", script: ThirteenthSchema.script),
    ]
}
