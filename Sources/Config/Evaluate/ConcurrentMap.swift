import Foundation

extension Array where Element: Sendable {
    /// Transforms the elements on all cores, keeping their order.
    func concurrentMap<Result: Sendable>(
        _ transform: @escaping @Sendable (Element) -> Result
    ) async -> [Result] {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let chunkSize = Swift.max(8, (count + cores * 4 - 1) / (cores * 4))
        guard count > chunkSize else { return map(transform) }
        return await withTaskGroup(of: (Int, [Result]).self) { group in
            for start in stride(from: 0, to: count, by: chunkSize) {
                let chunk = self[start..<Swift.min(start + chunkSize, count)]
                group.addTask { (start, chunk.map(transform)) }
            }
            var chunks: [(Int, [Result])] = []
            for await chunk in group { chunks.append(chunk) }
            return chunks.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}
