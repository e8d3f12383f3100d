import Foundation
import Model

/// The calls that set a commit's status, by the rules that each host publishes.
public enum StatusCall {
    /// The call for a host; nil for one that has no commit statuses.
    ///
    /// - Parameter link: the page that tells more; a host that demands one is given its own base when there is none.
    public static func make(
        _ status: CommitStatus, at place: HostPlace, of host: GitHost, link: String?
    ) -> HostCall? {
        switch host {
        case .github: github(status, place, link)
        case .gitlab: gitlab(status, place, link)
        case .gitea: gitea(status, place, link)
        case .bitbucket: bitbucket(status, place, link)
        case .bitbucketDataCenter: dataCenter(status, place, link)
        case .azure, .generic: nil
        }
    }

    /// See <https://docs.github.com/en/rest/commits/statuses>.
    private static func github(_ status: CommitStatus, _ place: HostPlace, _ link: String?) -> HostCall {
        .post(
            "\(place.api)/repos/\(HostCall.path(place.project))/statuses/\(status.commit.hex)",
            place.headers(of: .github),
            [
                "state": .string(fourWords(status.state)), "context": .string(status.context),
                "description": .string(status.description), "target_url": link.map(JSONValue.string),
            ])
    }

    /// See <https://docs.gitlab.com/api/commits/#set-commit-pipeline-status>.
    private static func gitlab(_ status: CommitStatus, _ place: HostPlace, _ link: String?) -> HostCall {
        let state =
            switch status.state {
            case .pending: "pending"
            case .running: "running"
            case .success: "success"
            case .failure, .error: "failed"
            case .canceled: "canceled"
            }
        return .post(
            "\(place.api)/projects/\(PercentEncoding.encode(place.project))/statuses/\(status.commit.hex)",
            place.headers(of: .gitlab),
            [
                "state": .string(state), "name": .string(status.context),
                "description": .string(status.description), "target_url": link.map(JSONValue.string),
            ])
    }

    /// See <https://docs.gitea.com/api/1.24/#tag/repository/operation/repoCreateStatus>.
    private static func gitea(_ status: CommitStatus, _ place: HostPlace, _ link: String?) -> HostCall {
        .post(
            "\(place.api)/repos/\(HostCall.path(place.project))/statuses/\(status.commit.hex)",
            place.headers(of: .gitea),
            [
                "state": .string(fourWords(status.state)), "context": .string(status.context),
                "description": .string(status.description), "target_url": link.map(JSONValue.string),
            ])
    }

    /// See <https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/>.
    private static func bitbucket(_ status: CommitStatus, _ place: HostPlace, _ link: String?) -> HostCall {
        .post(
            "\(place.api)/repositories/\(HostCall.path(place.project))/commit/\(status.commit.hex)/statuses/build",
            ["Authorization": bitbucketAuthorization(place.token)],
            [
                "key": .string(StatusKey.bounded(status.context)), "name": .string(status.context),
                "state": .string(bitbucketState(status.state)), "description": .string(status.description),
                "url": .string(link ?? "https://bitbucket.org/\(HostCall.path(place.project))"),
            ])
    }

    /// See <https://developer.atlassian.com/server/bitbucket/how-tos/updating-build-status-for-commits/>.
    private static func dataCenter(_ status: CommitStatus, _ place: HostPlace, _ link: String?) -> HostCall {
        .post(
            "\(place.api)/build-status/1.0/commits/\(status.commit.hex)",
            ["Authorization": bitbucketAuthorization(place.token)],
            [
                "key": .string(status.context), "name": .string(status.context),
                // The older versions know three states.
                "state": .string(status.state == .canceled ? "FAILED" : bitbucketState(status.state)),
                "description": .string(status.description), "url": .string(link ?? place.api),
            ])
    }

    /// GitHub and Gitea have four states.
    private static func fourWords(_ state: CommitStatus.State) -> String {
        switch state {
        case .pending, .running: "pending"
        case .success: "success"
        case .failure: "failure"
        case .error, .canceled: "error"
        }
    }

    private static func bitbucketState(_ state: CommitStatus.State) -> String {
        switch state {
        case .pending, .running: "INPROGRESS"
        case .success: "SUCCESSFUL"
        case .failure, .error: "FAILED"
        case .canceled: "STOPPED"
        }
    }

    /// An access token goes by itself; a user's password for apps stands behind the user's name and a colon.
    private static func bitbucketAuthorization(_ token: Secret) -> String {
        token.text.utf8.contains(UInt8(ascii: ":"))
            ? "Basic \(Data(token.text.utf8).base64EncodedString())" : "Bearer \(token.text)"
    }
}
