import Model

/// Files of one tree and what they load, through any depth; compiled, not yet evaluated.
struct LoadGraph: Sendable {
    /// One path of the graph.
    enum File: Sendable {
        /// A file that was compiled.
        case program(SourceProgram)
        /// No file; the text says what exists there.
        case missing(String)
        /// Something that is not read, such as a symbolic link; the text says what.
        case obstructed(String)
    }

    /// What was found at each path that was asked for or is loaded.
    private(set) var files: [String: File] = [:]

    /// The compiled file at a path; nil when there is none.
    func program(_ path: String) -> SourceProgram? {
        if case .program(let program) = files[path] { program } else { nil }
    }

    /// Every file that the file at `path` loads, directly or through others, each with its shortest chain.
    ///
    /// Files that do not exist are listed too, since making them changes what the file means.
    func loads(of path: String, countMax: Int) -> [LoadedFile] {
        var found: [LoadedFile] = []
        var seen: Set<String> = [path]
        var queue: [(path: String, chain: [String])] = [(path, [path])]
        var next = 0
        while next < queue.count, found.count < countMax {
            let (path, chain) = queue[next]
            next += 1
            for loaded in program(path)?.filePaths ?? [] where seen.insert(loaded).inserted {
                found.append(LoadedFile(path: loaded, chain: chain))
                queue.append((loaded, chain + [loaded]))
            }
        }
        return found
    }

    /// Adds files that were read and compiled, or found missing.
    fileprivate mutating func add(_ path: String, _ file: File) {
        files[path] = file
    }
}

extension LoadGraph {
    /// Reads and compiles files and everything that they load, one round of reading per depth of `load`.
    static func read(
        _ paths: [String], in tree: some SourceTree, cache: ModuleCache, library: SDKLibrary, limits: ConfigLimits
    ) async throws(ConfigError) -> LoadGraph {
        var graph = LoadGraph()
        var wanted = paths
        while !wanted.isEmpty {
            let found = try await compile(wanted, in: tree, cache: cache, library: library, limits: limits)
            var next: [String] = []
            var seen: Set<String> = []
            for (path, program) in zip(wanted, found) {
                if let program {
                    graph.add(path, .program(program))
                } else {
                    graph.add(path, try await whatExists(path, in: tree))
                }
            }
            for program in found {
                for path in program?.filePaths ?? [] where graph.files[path] == nil && seen.insert(path).inserted {
                    next.append(path)
                }
            }
            guard graph.files.count + next.count <= paths.count + limits.graphFilesMax else {
                throw ConfigError(
                    .limit, operation: "load", subject: next.first ?? "",
                    cause: "the config files load more than \(limits.graphFilesMax) files")
            }
            wanted = next
        }
        return graph
    }

    private static func compile(
        _ paths: [String], in tree: some SourceTree, cache: ModuleCache, library: SDKLibrary, limits: ConfigLimits
    ) async throws(ConfigError) -> [SourceProgram?] {
        var programs: [SourceProgram?] = []
        programs.reserveCapacity(paths.count)
        for start in stride(from: 0, to: paths.count, by: limits.readBatchMax) {
            let batch = Array(paths[start..<min(start + limits.readBatchMax, paths.count)])
            let contents = try await reading(batch[0]) { try await tree.read(batch) }
            let files = zip(batch, contents).map { (path: $0, bytes: $1) }
            programs += await files.concurrentMap { file in
                file.bytes.map { bytes in
                    bytes.count > limits.fileBytesMax
                        ? SourceProgram(path: file.path, tooLargeFor: limits)
                        : cache.program(path: file.path, bytes: bytes, library: library)
                }
            }
        }
        return programs
    }

    /// What a message says of a path where there is no regular file.
    private static func whatExists(_ path: String, in tree: some SourceTree) async throws(ConfigError) -> File {
        if let obstacle = try await reading(path, { try await tree.obstacle(at: path) }) {
            return .obstructed(obstacle.sentence(reading: path))
        }
        let directory = RepoPath.directory(of: path)
        let names = try await reading(directory) { try await tree.list(directory) }
        let place = directory.isEmpty ? "the root of the repo" : directory
        guard !names.isEmpty else { return .missing("there is no file \(path); \(place) is no directory") }
        let files = names.filter { $0.hasSuffix(".star") }
        let hint = Suggestion.clause(for: RepoPath.name(of: path), among: files)
        let listed = files.isEmpty ? "has no .star file" : "has \(Suggestion.list(files))"
        return .missing("there is no file \(path)\(hint); \(place) \(listed)")
    }

    private static func reading<Result>(
        _ subject: String, _ work: () async throws -> Result
    ) async throws(ConfigError) -> Result {
        do {
            return try await work()
        } catch let error as ConfigError {
            throw error
        } catch is CancellationError {
            throw ConfigError(.canceled, operation: "read", subject: subject, cause: "the evaluation was canceled")
        } catch {
            throw ConfigError(.unreadable, operation: "read", subject: subject, cause: "\(error)")
        }
    }
}
