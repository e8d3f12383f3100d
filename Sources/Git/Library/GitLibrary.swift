import CLibGit2

/// The state that libgit2 keeps per process.
public enum GitLibrary {
    /// Objects of more bytes than this in a pack that is received are refused: 512 MiB.
    static let packedObjectBytesMax = 512 << 20

    private static let startCode: Int32 = {
        let code = git_libgit2_init()
        guard code >= 0 else { return code }
        let bounded = ocu_git_set_pack_object_bytes_max(packedObjectBytesMax)
        return bounded < 0 ? bounded : SocketStream.register()
    }()

    /// Initialises libgit2 at the first call; every ``Handle`` is made through it.
    ///
    /// That takes some milliseconds, since it reads the system's certificates: who has something to wait for first may
    /// call it meanwhile.
    /// - Throws: `failed` when libgit2 cannot be used at all.
    public static func start() throws(GitError) {
        try check(startCode, "start", "libgit2")
    }
}
