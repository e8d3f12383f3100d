/// Between these instructions an iterator is open in these registers: it is closed when an error leaves the frame.
struct CodeLoop {
    let start: UInt32
    let end: UInt32
    let register: UInt16
}
