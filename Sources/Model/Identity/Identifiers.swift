/// Names a ``Repo``, such as `o3`.
public typealias RepoID = Identifier<Repo>
/// Names a ``Change``, such as `c17`.
public typealias ChangeID = Identifier<Change>
/// Names a ``Package``, such as `p5`.
public typealias PackageID = Identifier<Package>
/// Names an ``Environment``, such as `e2`.
public typealias EnvironmentID = Identifier<Environment>
/// Names a ``Build``, such as `b42`.
public typealias BuildID = Identifier<Build>
/// Names a ``Placement``, such as `l9`.
public typealias PlacementID = Identifier<Placement>
/// Names a ``Target``, such as `t12`.
public typealias TargetID = Identifier<Target>
/// Names a ``Deployment``, such as `d8`.
public typealias DeploymentID = Identifier<Deployment>
/// Names a ``Run``, such as `r31`.
public typealias RunID = Identifier<Run>
/// Names a ``StoredCredential``, such as `k4`.
public typealias CredentialID = Identifier<StoredCredential>
/// Names an ``Event``, such as `v1024`.
public typealias EventID = Identifier<Event>
/// Names a ``WebhookDelivery``, such as `w7`.
public typealias WebhookDeliveryID = Identifier<WebhookDelivery>
/// Names a ``NoticeTarget``, such as `nt2`.
public typealias NoticeTargetID = Identifier<NoticeTarget>
/// Names a ``Notice``, such as `n77`.
public typealias NoticeID = Identifier<Notice>

/// What `repo(id)` in repo.ocu.star declares.
public typealias RepoName = Name<Repo>
/// What `package(name)` declares, unique in its repo.
public typealias PackageName = Name<Package>
/// What `environment(name)` declares, unique over all repos.
public typealias EnvironmentName = Name<Environment>
/// A full ref, such as `refs/heads/main`.
public typealias RefName = Name<Change>
/// Refs that are delivered: a full ref in which `*` and `?` are wildcards, such as `refs/heads/release/*`.
public typealias RefPattern = Name<NameGlob>
