/// What an instruction does. `r[x]` is a register, `k[x]` a constant, `g[x]` a global.
enum Opcode: UInt8 {
    /// r[a] = r[b]
    case move
    /// r[a] = k[wide]
    case constant
}
