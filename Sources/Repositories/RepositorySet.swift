import Git
import Model

/// The mirrors of a server's repos: one directory for each, `DIRECTORY/ID.git`, opened when first asked for.
public actor RepositorySet {
    private let directory: String
    private let access: RemoteAccess
    private let readersPerRepo: Int
    private var mirrors: [RepoID: Mirror] = [:]
    private var pools: [RepoID: ReaderPool] = [:]

    /// Makes a set; nothing is touched before a mirror is asked for.
    ///
    /// - Parameters:
    ///   - directory: holds the mirrors; made when missing.
    ///   - access: credentials, trust and bounds for every remote.
    ///   - readersPerRepo: how many reads of one repo go on at once, each on a thread of its own.
    public init(directory: String, access: RemoteAccess = RemoteAccess(), readersPerRepo: Int = 4) {
        self.directory = directory
        self.access = access
        self.readersPerRepo = readersPerRepo
    }

    /// The mirror of a repo.
    ///
    /// - Throws: `invalidURL`.
    public func mirror(of repo: RepoID, url: String) throws(GitError) -> Mirror {
        let url = try RemoteURL(url)
        if let mirror = mirrors[repo], mirror.url == url { return mirror }
        let mirror = Mirror(directory: path(of: repo), url: url, access: access)
        mirrors[repo] = mirror
        return mirror
    }

    /// The object database of a repo's mirror, to read from at any time.
    public func readers(of repo: RepoID) -> ReaderPool {
        if let pool = pools[repo] { return pool }
        let pool = ReaderPool(path: path(of: repo), count: readersPerRepo)
        pools[repo] = pool
        return pool
    }

    private func path(of repo: RepoID) -> String {
        "\(directory)/\(repo).git"
    }
}
