import Foundation
import Testing

@testable import ocuroot

@Suite(.serialized) struct ServingTests {
    @Test func `a closed terminal ends a server, unless nohup keeps that from it`() {
        let before = signal(SIGHUP, SIG_DFL)
        defer { signal(SIGHUP, before) }
        #expect(Serving.endsAtHangup)
        signal(SIGHUP, SIG_IGN)
        #expect(!Serving.endsAtHangup)
    }
}
