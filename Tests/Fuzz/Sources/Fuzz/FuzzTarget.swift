import Glibc

/// What an input is given to.
///
/// A finding is a trap: libFuzzer writes the input to a file.
enum FuzzTarget: String, CaseIterable {
    /// Scan, parse and resolve.
    case syntax
    /// Compile and run, then call every function that the file exports.
    case program
    /// `json.decode`, `json.encode`, `json.indent`.
    case json
    /// What `repr` shows of an expression's value reads back as an equal value.
    case repr
    /// What a git host sends, one target for each kind: the payload's parser, and the check of signatures.
    case github = "webhook-github"
    case gitlab = "webhook-gitlab"
    case gitea = "webhook-gitea"
    case bitbucket = "webhook-bitbucket"
    case bitbucketDataCenter = "webhook-bitbucket-dc"
    case azure = "webhook-azure"
    case generic = "webhook-generic"
    /// The trailers of a commit's message, and what they ask for.
    case trailers
    /// A commit's signature.
    case signature
    /// A file of allowed signers.
    case signers
    /// What a git host's API answers.
    case answers
    /// The file of an ssh private key.
    case sshKey = "ssh-key"
    /// A repository's URL.
    case url

    static let chosen: FuzzTarget = {
        guard let name = getenv("OCUROOT_FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name)) else {
            let names = allCases.map(\.rawValue).joined(separator: ", ")
            preconditionFailure("OCUROOT_FUZZ_TARGET must be one of \(names)")
        }
        return target
    }()

    func run(_ bytes: [UInt8]) {
        let start = FuzzTarget.processorSeconds()
        switch self {
        case .syntax: SyntaxTarget.run(bytes)
        case .program: ProgramTarget.run(bytes)
        case .json: JSONTarget.run(bytes)
        case .repr: ReprTarget.run(bytes)
        case .github: WebhookTarget.run(bytes, as: .github)
        case .gitlab: WebhookTarget.run(bytes, as: .gitlab)
        case .gitea: WebhookTarget.run(bytes, as: .gitea)
        case .bitbucket: WebhookTarget.run(bytes, as: .bitbucket)
        case .bitbucketDataCenter: WebhookTarget.run(bytes, as: .bitbucketDataCenter)
        case .azure: WebhookTarget.run(bytes, as: .azure)
        case .generic: WebhookTarget.run(bytes, as: .generic)
        case .trailers: TrailersTarget.run(bytes)
        case .signature: SignatureTarget.run(bytes)
        case .signers: SignersTarget.run(bytes)
        case .answers: AnswerTarget.run(bytes)
        case .sshKey: KeyTarget.run(bytes)
        case .url: URLTarget.run(bytes)
        }
        let seconds = FuzzTarget.processorSeconds() - start
        Finding.unless(seconds < FuzzTarget.secondsMax, "within tight limits an input took \(seconds) s")
    }

    /// Steps are few, so an input that takes longer than this does work that is not charged.
    private static let secondsMax = 4.0

    static func exit(_ status: CInt) -> Never { Glibc.exit(status) }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
