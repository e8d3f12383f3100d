/// Thrown after a mistake was recorded, to leave the statement it is in.
struct ParseFailure: Error {}
