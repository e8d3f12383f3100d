/// Where a new closure finds a cell it captures: in a register of the function that makes it, or among the cells
/// which that function captured itself.
struct CodeCapture {
    let isFree: Bool
    let index: Int32
}
