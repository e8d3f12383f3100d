/// From this instruction on, errors are reported at this byte offset of the source.
struct CodePosition {
    let instruction: UInt32
    let offset: UInt32
}
