import TestSupport

/// Random edits over few names, so that files, directories and symlinks often take each other's place.
enum RandomTree {
    static func edits(count: Int, _ random: inout SplitMix) -> [String: FixtureFile] {
        let names = ["a", "a.b", "a-b", "a0", "b", "lib", "lib.c", "z"]
        var files: [String: FixtureFile] = [:]
        for _ in 0..<count {
            let depth = Int.random(in: 1...4, using: &random)
            let path = (0..<depth).map { _ in names.randomElement(using: &random) ?? "a" }.joined(separator: "/")
            files = files.filter { !$0.key.hasPrefix(path + "/") && !path.hasPrefix($0.key + "/") }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: files[path] = .symlink(to: "x")
            case 1: files[path] = .executable("\(Int.random(in: 0..<3, using: &random))")
            default: files[path] = .text("\(Int.random(in: 0..<3, using: &random))")
            }
        }
        return files
    }
}
