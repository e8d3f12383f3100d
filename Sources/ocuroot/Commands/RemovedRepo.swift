import Model
import Server

/// What `ocuroot repo remove --json` prints: the repository, its webhook, and what its host said to that.
struct RemovedRepo: Encodable {
    let repo: Repo
    let reply: RepoRemovalReply

    func encode(to encoder: any Encoder) throws {
        try repo.encode(to: encoder)
        try reply.encode(to: encoder)
    }
}
