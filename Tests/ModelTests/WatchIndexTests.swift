import Model
import Testing

@Suite struct WatchIndexTests {
    private func index() -> WatchIndex<String> {
        var index = WatchIndex<String>()
        index.insert("root", directory: "", loads: [])
        index.insert(
            "api", directory: "services/api",
            loads: [LoadedFile(path: "tools/go.star", chain: ["services/api/package.ocu.star"])])
        index.insert("api-docs", directory: "services/api/docs", loads: [])
        index.insert("web", directory: "services/web", loads: [])
        return index
    }

    @Test func `a changed file affects the packages of every directory above it, and no other`() {
        let affected = index().affected(by: ["services/api/docs/index.md"])
        #expect(Set(affected.keys) == ["root", "api", "api-docs"])
        #expect(affected["api"] == .directory(path: "services/api/docs/index.md"))
    }

    @Test func `a changed loaded file affects who loads it, with the chain of loads`() {
        var index = WatchIndex<String>()
        let chain = ["services/api/package.ocu.star", "tools/go.star"]
        index.insert("api", directory: "services/api", loads: [LoadedFile(path: "tools/base.star", chain: chain)])
        let reason = AffectedReason.load(path: "tools/base.star", chain: chain)
        #expect(index.affected(by: ["tools/base.star"]) == ["api": reason])
        #expect(
            reason.description
                == "tools/base.star changed, loaded by tools/go.star from services/api/package.ocu.star")
    }

    @Test func `a directory whose name only begins like a package's is not the package's`() {
        #expect(index().affected(by: ["services/api2/main.go"]).keys.sorted() == ["root"])
    }

    @Test func `a file outside of every package affects nothing`() {
        var index = WatchIndex<String>()
        index.insert("api", directory: "services/api", loads: [])
        #expect(index.affected(by: ["README.md", "services/README.md"]).isEmpty)
    }
}
