/// The order in which the files of a graph are evaluated: what is loaded before what loads it.
struct LoadOrder: Sendable {
    /// The loaded files, each after all that it loads.
    private(set) var paths: [String] = []
    /// For each load that closes a cycle: the file, the file that it loads, and the cycle file by file.
    private(set) var cycles: [String: [String: String]] = [:]

    /// One file on the way down.
    private struct Step {
        let path: String
        let loaded: [String]
        var next = 0
    }

    /// Orders all that `roots` load; the roots themselves are left out unless another file loads them.
    init(roots: [String], graph: LoadGraph) {
        var done: Set<String> = []
        for root in roots {
            for path in graph.program(root)?.filePaths ?? [] where !done.contains(path) {
                visit(path, graph: graph, done: &done)
            }
        }
    }

    /// Walks down from one file without recursion, since loads may nest deep.
    private mutating func visit(_ start: String, graph: LoadGraph, done: inout Set<String>) {
        var stack = [Step(path: start, loaded: graph.program(start)?.filePaths ?? [])]
        var open: Set<String> = [start]
        while var step = stack.last {
            guard step.next < step.loaded.count else {
                stack.removeLast()
                open.remove(step.path)
                done.insert(step.path)
                paths.append(step.path)
                continue
            }
            let path = step.loaded[step.next]
            step.next += 1
            stack[stack.count - 1] = step
            if open.contains(path) {
                let members = stack.map(\.path).drop { $0 != path } + [path]
                cycles[step.path, default: [:]][path] = members.joined(separator: " → ")
            } else if !done.contains(path) {
                open.insert(path)
                stack.append(Step(path: path, loaded: graph.program(path)?.filePaths ?? []))
            }
        }
    }
}
