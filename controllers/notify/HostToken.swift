import HostAPI
import Model

/// The token with which a git host is told something; nil when there is none.
///
/// - Parameters:
///   - target: who is told.
///   - stored: the token that the target was added with; nil for a target that is told with a kept credential.
public typealias HostToken =
    @Sendable (_ target: NoticeTarget, _ stored: Secret?) async throws(HostAPIError) -> HostPass?
