import Foundation

/// Everything that a runner must know to execute one Run: the server's answer to a start.
public struct RunSpec: Sendable, Codable {
    /// The Run.
    public var run: RunID
    /// Which function is called.
    public var kind: Run.Kind
    /// Where the code comes from.
    public var source: Source
    /// The package's name.
    public var package: PackageName
    /// The package's directory from the root of the tree, `""` for the root.
    public var path: String
    /// The Build that is made, or whose function runs.
    public var build: BuildFacts
    /// For deploy and destroy: the deployment.
    public var deployment: DeploymentFacts?
    /// Seconds without a heartbeat after which the server takes the Run back.
    ///
    /// A runner that could not reach the
    /// server for this long must have stopped everything that it started.
    public var leaseSeconds: Int
    /// The log is kept up to this many bytes; what comes after is counted and dropped.
    public var logBytesMax: Int

    /// Makes a value from its parts.
    public init(
        run: RunID, kind: Run.Kind, source: Source, package: PackageName, path: String, build: BuildFacts,
        deployment: DeploymentFacts?, leaseSeconds: Int, logBytesMax: Int
    ) {
        self.run = run
        self.kind = kind
        self.source = source
        self.package = package
        self.path = path
        self.build = build
        self.deployment = deployment
        self.leaseSeconds = leaseSeconds
        self.logBytesMax = logBytesMax
    }

    /// The repository and the tree that the Run works on.
    public struct Source: Sendable, Codable {
        /// The repo's row.
        public var repo: RepoID
        /// The repo's name.
        public var repoName: RepoName
        /// Where it is fetched from.
        public var url: String
        /// The Change's ref.
        public var ref: RefName
        /// The Change's commit.
        public var commit: CommitID
        /// The tree to check out: the commit's, or with the patch applied.
        public var tree: TreeID
        /// The Change's patch; its bytes are at `GET /api/v1/runs/ID/patch`.
        public var patch: ChangePatch?
        /// The commit's message.
        public var message: String

        /// Makes a value from its parts.
        public init(
            repo: RepoID, repoName: RepoName, url: String, ref: RefName, commit: CommitID, tree: TreeID,
            patch: ChangePatch?, message: String
        ) {
            self.repo = repo
            self.repoName = repoName
            self.url = url
            self.ref = ref
            self.commit = commit
            self.tree = tree
            self.patch = patch
            self.message = message
        }
    }

    /// What `ctx.build` shows.
    public struct BuildFacts: Sendable, Codable {
        /// The Build's id.
        public var id: BuildID
        /// Its number in the package.
        public var sequence: Int64
        /// When it was begun.
        public var createdAt: Date
        /// The name it was given.
        public var alias: String?
        /// What the build function recorded; empty for a build.
        public var attributes: JSONObject
        /// What was said of it since.
        public var annotations: JSONObject

        /// Makes a value from its parts.
        public init(
            id: BuildID, sequence: Int64, createdAt: Date, alias: String?, attributes: JSONObject,
            annotations: JSONObject
        ) {
            self.id = id
            self.sequence = sequence
            self.createdAt = createdAt
            self.alias = alias
            self.attributes = attributes
            self.annotations = annotations
        }
    }

    /// What `ctx.deploy` and `ctx.environment` show.
    public struct DeploymentFacts: Sendable, Codable {
        /// The Deployment's id.
        public var id: DeploymentID
        /// Which attempt at its generation this is, from 1.
        public var attempt: Int
        /// The environment's name.
        public var environment: EnvironmentName
        /// The environment's attributes.
        public var environmentAttributes: JSONObject
        /// The inputs, resolved.
        public var inputs: JSONObject
        /// For destroy: what the deployment put out.
        public var outputs: JSONObject

        /// Makes a value from its parts.
        public init(
            id: DeploymentID, attempt: Int, environment: EnvironmentName, environmentAttributes: JSONObject,
            inputs: JSONObject, outputs: JSONObject
        ) {
            self.id = id
            self.attempt = attempt
            self.environment = environment
            self.environmentAttributes = environmentAttributes
            self.inputs = inputs
            self.outputs = outputs
        }
    }
}
