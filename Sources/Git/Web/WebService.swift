import CLibGit2

/// The two requests of git's smart HTTP that a fetch consists of.
enum WebService {
    /// What refs there are.
    case list
    /// Objects, for a list of wants and haves.
    case objects

    /// Nil for a push.
    init?(_ service: git_smart_service_t) {
        switch service {
        case GIT_SERVICE_UPLOADPACK_LS: self = .list
        case GIT_SERVICE_UPLOADPACK: self = .objects
        default: return nil
        }
    }

    /// What comes behind the repository's URL.
    var suffix: String {
        switch self {
        case .list: "/info/refs?service=git-upload-pack"
        case .objects: "/git-upload-pack"
        }
    }

    /// The content type of every answer by a git server, and of no other.
    var answerType: String {
        switch self {
        case .list: "application/x-git-upload-pack-advertisement"
        case .objects: "application/x-git-upload-pack-result"
        }
    }

    /// The header lines of the request, but for who asks.
    var headerLines: [String] {
        switch self {
        case .list: ["Accept: \(answerType)"]
        case .objects: ["Accept: \(answerType)", "Content-Type: application/x-git-upload-pack-request", "Expect:"]
        }
    }
}
