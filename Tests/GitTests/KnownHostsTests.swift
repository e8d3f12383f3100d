import Testing

@testable import Git

@Suite struct `Known hosts` {
    private static let key: [UInt8] = [1, 2, 3]

    @Test(arguments: [
        ("example.com ssh-ed25519 AQID", "example.com", 22, KnownHosts.Answer.trusted),
        ("EXAMPLE.com ssh-ed25519 AQID", "example.COM", 22, .trusted),
        ("a,example.com ssh-ed25519 AQID comment", "example.com", 22, .trusted),
        ("*.example.com ssh-ed25519 AQID", "git.example.com", 22, .trusted),
        ("*.example.com ssh-ed25519 AQID", "example.com", 22, .unknown),
        ("git?.example.com ssh-ed25519 AQID", "git1.example.com", 22, .trusted),
        ("*.example.com,!bad.example.com ssh-ed25519 AQID", "bad.example.com", 22, .unknown),
        ("example.com ssh-ed25519 AQID", "example.com", 2222, .unknown),
        ("[example.com]:2222 ssh-ed25519 AQID", "example.com", 2222, .trusted),
        ("example.com ssh-ed25519 BAUG", "example.com", 22, .different),
        ("example.com ssh-rsa BAUG\nexample.com ssh-ed25519 AQID", "example.com", 22, .trusted),
        ("example.com ssh-ed25519 AQID\n@revoked * ssh-ed25519 AQID", "example.com", 22, .revoked),
        ("@revoked * ssh-ed25519 BAUG", "example.com", 22, .unknown),
        ("@cert-authority * ssh-ed25519 AQID", "example.com", 22, .unknown),
        ("|1|salt|hash ssh-ed25519 AQID", "example.com", 22, .unknown),
        ("# example.com ssh-ed25519 AQID", "example.com", 22, .unknown),
        ("example.com", "example.com", 22, .unknown),
        ("", "example.com", 22, .unknown),
    ])
    func `answer`(text: String, host: String, port: Int, answer: KnownHosts.Answer) {
        #expect(KnownHosts(text: text).answer(host: host, port: port, key: Self.key) == answer)
    }
}
