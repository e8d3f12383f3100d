/// A `for` loop whose body is being compiled.
struct LoopCode {
    /// The registers of its state.
    let state: Int
    let isRange: Bool
    /// The register that takes each element.
    let variable: Int
    let body: Label
    let next: Label
    let exit: Label
    /// The first instruction of the body.
    let start: Int
}
