import Git
import Model

/// The mirrors of a server's repos: one directory for each, `DIRECTORY/ID.git`, opened when first asked for.
///
/// A preview has none of its own: ask for that of `Repo.mirror`.
///
/// Source brings them up to date; whoever reads one that is missing or damaged has it fetched anew.
public actor RepositorySet {
    private let directory: String
    private let access: Mirror.AccessSource
    private let readersPerRepo: Int
    private var mirrors: [RepoID: Mirror] = [:]
    private var pools: [RepoID: ReaderPool] = [:]

    /// Makes a set; nothing is touched before a mirror is asked for.
    ///
    /// - Parameters:
    ///   - directory: holds the mirrors; made when missing.
    ///   - access: finds credentials and trust for a remote, asked whenever one is talked to.
    ///   - readersPerRepo: how many reads of one repo go on at once, each on a thread of its own.
    public init(
        directory: String, readersPerRepo: Int = 4,
        access: @escaping Mirror.AccessSource = { _ in RemoteAccess() }
    ) {
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
    ///
    /// - Parameter commits: what is going to be read; fetched when the mirror turns out not to have it.
    /// - Throws: `invalidURL`.
    public func reader(
        of repo: RepoID, url: String, needing commits: [CommitID]
    ) throws(GitError) -> RepositoryReader {
        let mirror = try mirror(of: repo, url: url)
        let pool = pools[repo] ?? ReaderPool(path: mirror.path, count: readersPerRepo)
        pools[repo] = pool
        return RepositoryReader(pool, mirror: mirror, commits: commits)
    }

    private func path(of repo: RepoID) -> String {
        "\(directory)/\(repo).git"
    }
}
