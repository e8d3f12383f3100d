import Hummingbird
import Model

/// A body that was read under a budget which other requests share.
struct BoundedBody: Sendable {
    let bytes: ByteBuffer
    private let budget: ByteBudget
    private let source: String

    /// Reads a body to its end; what is not there yet takes nothing from the budget.
    ///
    /// - Parameter source: who sends it, for the share of the budget that one may have.
    /// - Throws: a ``Problem`` when it is too long, or all bodies together are.
    init(_ body: RequestBody, bytesMax: Int, budget: ByteBudget, source: String) async throws {
        var collected = ByteBuffer()
        do {
            for try await chunk in body {
                guard collected.readableBytes + chunk.readableBytes <= bytesMax else {
                    throw Problem.bodyTooLarge(bytesMax: bytesMax)
                }
                guard budget.take(chunk.readableBytes, for: source) else {
                    throw Problem(
                        status: 503, code: "busy", detail: "too many bodies are being read right now",
                        hint: "send it again in a moment")
                }
                collected.writeImmutableBuffer(chunk)
            }
        } catch {
            budget.giveBack(collected.readableBytes, of: source)
            throw error
        }
        bytes = collected
        self.budget = budget
        self.source = source
    }

    /// Says that the body is done with.
    func giveBack() {
        budget.giveBack(bytes.readableBytes, of: source)
    }
}
