import StarlarkSyntax

/// Writes a tree as nested parentheses, for tests to compare.
struct Outline {
    let tree: SyntaxTree

    static func of(_ text: String, _ options: DialectOptions = .init()) -> String {
        do {
            let tree = try SyntaxTree.parse(SourceFile(name: "t", text: text), options: options)
            guard case .block(let block) = tree[SyntaxTree.topLevel].body else { return "?" }
            return Outline(tree: tree).block(block)
        } catch {
            return error.errors.map { "\($0)" }.joined(separator: "; ")
        }
    }

    func block(_ block: Block) -> String { tree[block].map { statement($0) }.joined(separator: " ") }

    func statement(_ id: StatementID) -> String {
        switch tree[id] {
        case .expression(let value): expression(value)
        case .assign(let target, let value): "(= \(expression(target)) \(expression(value)))"
        case .annotatedAssign(let target, let type, let value):
            "(= \(expression(target)):\(expression(type)) \(expression(value)))"
        case .augmentedAssign(let operation, let target, let value):
            "(\(operation.text)= \(expression(target)) \(expression(value)))"
        case .if(let branches, let otherwise): conditional(branches, otherwise)
        case .for(let loop):
            "(for \(expression(tree[loop].target)) \(expression(tree[loop].iterable)) [\(block(tree[loop].body))])"
        case .while(let condition, let body): "(while \(expression(condition)) [\(block(body))])"
        case .define(let function): self.function(function)
        case .return(let value): value.map { "(return \(expression($0)))" } ?? "return"
        case .break: "break"
        case .continue: "continue"
        case .pass: "pass"
        case .load(let load): self.load(load)
        }
    }

    private func conditional(_ branches: NodeList<ConditionalBranch>, _ otherwise: Block) -> String {
        let parts = tree[branches].map { "\(expression($0.condition)) [\(block($0.body))]" }
        return "(if \(parts.joined(separator: " "))" + (otherwise.isEmpty ? ")" : " else [\(block(otherwise))])")
    }

    private func load(_ id: LoadID) -> String {
        let items = tree[tree[id].items].map { "\(tree.text(of: $0.local))=\(tree.text(of: $0.exported))" }
        return "(load \(tree.string(of: tree[id].module)) \(items.joined(separator: " ")))"
    }

    private func function(_ id: FunctionID) -> String {
        let function = tree[id]
        let parameters = tree[function.parameters].map { parameter in
            let star =
                switch parameter.kind {
                case .positional: ""
                case .keywordOnly: "kw "
                case .star: "*"
                case .doubleStar: "**"
                }
            let type = parameter.type.map { ":" + expression($0) } ?? ""
            let value = parameter.defaultValue.map { "=" + expression($0) } ?? ""
            return star + tree.text(of: parameter.name) + type + value
        }
        let list = "(\(parameters.joined(separator: ", ")))"
        let result = function.returnType.map { "->" + expression($0) } ?? ""
        switch function.body {
        case .expression(let value): return "(lambda \(list) \(expression(value)))"
        case .block(let body):
            return "(def \(function.name.map { tree.text(of: $0) } ?? "")\(list)\(result) [\(block(body))])"
        }
    }

    func expression(_ id: ExpressionID) -> String {
        switch tree[id] {
        case .name(let name): tree.text(of: name)
        case .integer(let value): "\(value)"
        case .bigInteger(let id): "big\(tree[id].radix):" + String(decoding: tree[id].digits, as: UTF8.self)
        case .float(let value): "\(value)"
        case .string(let text): "'\(tree.string(of: text))'"
        case .bytes(let text): "b\(Array(tree.bytes(of: text)))"
        case .formatted(let parts): "(f\(tree[parts].map { part($0) }.joined()))"
        case .tuple(let items): "(tuple\(list(items)))"
        case .list(let items): "[\(list(items))]"
        case .dictionary(let items): "{\(list(items))}"
        case .comprehension(let id): comprehension(tree[id])
        case .lambda(let id): function(id)
        case .unary(let operation, let operand): "(\(operation.text) \(expression(operand)))"
        case .binary(let operation, let left, let right):
            "(\(operation.text) \(expression(left)) \(expression(right)))"
        case .conditional(let condition, let then, let otherwise):
            "(cond \(expression(condition)) \(expression(then)) \(expression(otherwise)))"
        case .call(let callee, let arguments):
            "(call \(expression(callee))\(tree[arguments].map { argument($0) }.joined()))"
        case .attribute(let base, let attribute): "(. \(expression(base)) \(tree.text(of: attribute)))"
        case .index(let base, let index): "(at \(expression(base)) \(expression(index)))"
        case .slice(let id): slice(tree[id])
        }
    }

    private func list(_ items: NodeList<ExpressionID>) -> String { tree[items].map { " " + expression($0) }.joined() }

    private func slice(_ slice: SliceBounds) -> String {
        let bounds = [slice.low, slice.high, slice.step].map { $0.map { expression($0) } ?? "_" }
        return "(slice \(expression(slice.base)) \(bounds.joined(separator: " ")))"
    }

    private func argument(_ argument: Argument) -> String {
        let value = expression(argument.value)
        return switch argument.kind {
        case .positional: " \(value)"
        case .named(let symbol): " \(tree.text(of: symbol))=\(value)"
        case .star: " *\(value)"
        case .doubleStar: " **\(value)"
        }
    }

    private func part(_ part: FormattedPart) -> String {
        switch part {
        case .text(let text): " '\(tree.string(of: text))'"
        case .value(let value, let repr): " \(expression(value))\(repr ? "!r" : "")"
        }
    }

    private func comprehension(_ comprehension: Comprehension) -> String {
        let clauses = tree[comprehension.clauses].map { clause in
            switch clause {
            case .loop(let target, let iterable): " for \(expression(target)) \(expression(iterable))"
            case .condition(let condition): " if \(expression(condition))"
            }
        }
        let body =
            switch comprehension.body {
            case .list(let element): expression(element)
            case .dictionary(let key, let value): "\(expression(key)): \(expression(value))"
            }
        return "(comp \(body)\(clauses.joined()))"
    }
}
