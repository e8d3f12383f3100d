/// What an instruction does.
///
/// `r[x]` is a register, `k[x]` a constant, `g[x]` a global; `rk[x]` is `k[x]` when bit 0 of the flag is set, else
/// `r[x]`. `near` is `c` as a signed jump distance, `wide` is `b` and `c` as one signed number. A jump counts from
/// the instruction after it. An instruction with an extension is followed by one more word.
enum Opcode: UInt8 {
    /// r[a] = r[b]
    case move
    /// r[a] = k[wide]
    case constant
    /// r[a] = wide
    case small
    /// r[a] = g[wide], which must be bound
    case global
    /// g[wide] = r[a]
    case setGlobal
    /// r[a] becomes unbound
    case clear
    /// r[a] must be bound
    case checkLocal
    /// r[a] = a new unbound cell
    case newCell
    /// r[a] = a new cell that holds r[a]
    case wrapCell
    /// r[a] = what the cell r[b] holds, which must be bound
    case getCell
    /// the cell r[a] holds r[b]
    case setCell
    /// r[a] = what captured cell b holds, which must be bound
    case getFree
    /// r[a] = a closure of function b with defaults from r[c] on
    case closure

    /// r[a] = r[b] + rk[c], and so on; further bits of the flag: `Instruction.leftIsFresh`, `.rightIsFresh`
    case add
    case subtract
    case multiply
    case divide
    case floorDivide
    case modulo
    case and
    case or
    case xor
    case shiftLeft
    case shiftRight
    /// r[a] = r[b] += rk[c]: extends a list in place
    case addInPlace
    /// r[a] = r[b] |= rk[c]: updates a dict or set in place
    case orInPlace

    /// r[a] = r[b] == rk[c], and so on
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
    case isIn
    case isNotIn
    /// r[a] = not r[b]
    case not
    case negate
    case plus
    case invert

    /// pc += wide
    case jump
    /// pc += wide, charging a step: backwards
    case loop
    /// if r[a] is true: pc += wide
    case jumpIf
    case jumpIfNot
    /// if r[a] == rk[b] (when bit 1 of the flag is set: if not): pc += near
    case jumpEqual
    case jumpLess
    case jumpLessOrEqual
    case jumpGreater
    case jumpGreaterOrEqual

    /// r[a] = r[b][rk[c]]
    case index
    /// r[a][r[b]] = r[c]
    case setIndex
    /// r[a] = r[b][r[c] : r[c+1] : r[c+2]], None where a bound is not given
    case slice
    /// r[a] = r[b].k[c]; extension: a = method number
    case attribute
    /// r[a].k[b] = r[c]
    case setAttribute

    /// r[a] = list of the c registers from r[b] on
    case list
    /// r[a] = list of the items of the tuple k[wide]
    case constantList
    /// the c registers from r[b] on are appended to the list r[a]
    case extendList
    /// the items of the tuple k[wide] are appended to the list r[a]
    case extendConstants
    /// r[b] is appended to the list r[a], which nobody else has
    case append
    /// r[a] = tuple of the c registers from r[b] on
    case tuple
    /// r[a] = tuple of the items of the list r[b]
    case listToTuple
    /// r[a] = empty dict with room for wide entries
    case dict
    /// r[a][r[b]] = r[c]; with flag 1 the key must be new
    case insert
    /// r[a]…r[a+c-1] = the items of r[b], which must have c
    case unpack

    /// r[a]…r[a+3] = iterator over r[b]
    case iterate
    /// r[b] = next of the iterator r[a] and pc += near; else the next instruction, and the iterator is closed
    case next
    /// the same, but at the end pc += 1: a wide jump back follows
    case nextWide
    /// closes the iterator r[a] of a loop that is left early
    case endIteration
    /// r[a]…r[a+2] = state of a loop over range(r[b], …) with flag arguments
    case range
    /// r[b] = next of the range state r[a] and pc += near
    case rangeNext
    /// the same, but at the end pc += 1: a wide jump back follows
    case rangeNextWide

    /// r[a] = r[c](flag arguments from r[b] on)
    case call
    /// r[a] = g[c](flag arguments from r[b] on)
    case callGlobal
    /// r[a] = r[b].k[c](flag arguments from r[b+1] on); extension: a = method number, wide = names or -1
    case callMethod
    /// r[a] = r[c](flag arguments from r[b] on, then the named ones); extension: wide = names
    case callNamed
    /// r[a] = g[c](flag arguments from r[b] on, then the named ones); extension: wide = names
    case callGlobalNamed
    /// r[a] = r[c](flag arguments from r[b] on, the named ones, *r, **r);
    /// extension: flag = 1 if `*`, 2 if `**`; wide = names or -1
    case callSpread
    /// returns r[a]
    case `return`
    /// returns None
    case returnNone
    /// carries out entry wide of the program's table of loads
    case load
    /// r[a] = r[b] as text, by repr with flag 1
    case text
    /// r[a] = the c strings from r[b] on, joined
    case join
    /// r[a] must be of type k[b]; flag: what it is; k[c]: its name
    case checkType
}
