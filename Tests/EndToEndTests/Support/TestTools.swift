import Foundation

/// What `hack/install-test-tools` installs, as the tests find it.
enum TestTools {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// The Python whose packages include playwright.
    static let python = root + "/.build-tools/venv/bin/python"

    /// Opens a page in Chromium and waits until one text gives way to another.
    static let browserScript = root + "/Tests/Browser/watch_page.py"
}
