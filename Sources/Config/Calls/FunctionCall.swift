import Model

/// What a build, deploy or destroy function is called with.
public struct FunctionCall: Sendable {
    /// Which function is called.
    public var kind: Run.Kind
    /// What `ctx.build` shows.
    public var build: RunSpec.BuildFacts
    /// What `ctx.commit` shows to a build.
    public var commit: CommitFacts
    /// What `ctx.deploy` and `ctx.environment` show to a deploy or destroy; nil for a build.
    public var deployment: RunSpec.DeploymentFacts?

    /// Makes a value from its parts.
    public init(
        kind: Run.Kind, build: RunSpec.BuildFacts, commit: CommitFacts, deployment: RunSpec.DeploymentFacts?
    ) {
        self.kind = kind
        self.build = build
        self.commit = commit
        self.deployment = deployment
    }

    /// What the Run that a server described is called with.
    public init(spec: RunSpec) {
        self.init(
            kind: spec.kind, build: spec.build, commit: CommitFacts(source: spec.source), deployment: spec.deployment)
    }
}
