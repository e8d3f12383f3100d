/// Compiled.
public final class Program: Sendable {
    let heap: Heap
    init(heap: Heap) { self.heap = heap }
}
