extension Resolver {
    /// Reports what is no type in an annotation; its names are looked up nowhere else.
    mutating func checkType(_ id: ExpressionID) {
        var node = id
        while case .binary(.orBits, let left, let right) = tree[node] {
            checkMember(right)
            node = left
        }
        checkMember(node)
    }

    private mutating func checkMember(_ id: ExpressionID) {
        switch tree[id] {
        case .name(let name): checkTypeName(name)
        case .binary(.orBits, _, _): checkType(id)
        case .index(let base, let index):
            guard case .name(let name) = tree[base] else { return reportNoType(id) }
            var parts = [index]
            if case .tuple(let items) = tree[index] { parts = Array(tree[items]) }
            let text = tree.text(of: name)
            guard AnnotationType.names[text] != nil else { return checkTypeName(name) }
            guard AnnotationType.takes(parts.count, text) else { return reportNoType(id) }
            for part in parts { checkType(part) }
        default: reportNoType(id)
        }
    }

    private mutating func checkTypeName(_ name: NameID) {
        let text = tree.text(of: name)
        guard AnnotationType.names[text] == nil else { return }
        let nearest = Spelling.nearest(to: text, in: AnnotationType.names.keys.sorted())
        report(
            "there is no type \(text)", at: tree.names[name.index].position,
            suggestion: nearest.map { "did you mean \($0)?" })
    }

    private mutating func reportNoType(_ id: ExpressionID) {
        report("not a type that can be checked", at: tree.position(of: id))
    }
}
