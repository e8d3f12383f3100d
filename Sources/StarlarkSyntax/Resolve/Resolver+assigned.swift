extension Resolver {
    /// Notes that a slot has a value from now on.
    mutating func markAssigned(_ binding: Binding) {
        let slot = Int(binding.index)
        let last = scopes.count - 1
        switch binding.scope {
        case .global:
            if !globals.variables[slot].isAssigned {
                globals.variables[slot].isAssigned = true
                scopes[last].journal.append(~binding.index)
            }
        case .local, .cell:
            if !scopes[last].isAssigned[slot] {
                scopes[last].isAssigned[slot] = true
                scopes[last].journal.append(binding.index)
            }
        case .free, .predeclared, .universal: break
        }
    }

    /// Where the journal is, to be taken back to.
    var journalMark: Int { scopes[scopes.count - 1].journal.count }

    /// Forgets what was assigned since the mark; returns it.
    @discardableResult
    mutating func takeBack(to mark: Int) -> [Int32] {
        let last = scopes.count - 1
        guard scopes[last].journal.count > mark else { return [] }
        let slots = Array(scopes[last].journal[mark...])
        scopes[last].journal.removeLast(slots.count)
        for slot in slots { set(slot, isAssigned: false) }
        return slots
    }

    /// Notes what every one of several branches assigned.
    mutating func markCommon(of branches: [[Int32]]) {
        guard let first = branches.first, !first.isEmpty else { return }
        var counts: [Int32: Int] = [:]
        for branch in branches {
            for slot in branch { counts[slot, default: 0] += 1 }
        }
        for slot in first where counts[slot] == branches.count {
            set(slot, isAssigned: true)
            scopes[scopes.count - 1].journal.append(slot)
        }
    }

    private mutating func set(_ slot: Int32, isAssigned: Bool) {
        if slot < 0 {
            globals.variables[Int(~slot)].isAssigned = isAssigned
        } else {
            scopes[scopes.count - 1].isAssigned[Int(slot)] = isAssigned
        }
    }
}
