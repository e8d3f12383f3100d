/// One thread of execution.
public final class Evaluation {
    let heap: Heap
    init(heap: Heap) { self.heap = heap }
}
