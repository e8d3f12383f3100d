/// The elements that `[low:high:step]` takes from a sequence.
struct SliceRange {
    let start: Int
    let step: Int
    let count: Int

    /// Clamps the bounds to a sequence of `count` elements; None stands for a bound that is not given.
    init(_ low: Value, _ high: Value, _ stride: Value, count length: Int) throws(StarlarkError) {
        step = stride.isNone ? 1 : try SliceRange.number(stride, "slice step")
        if step == 0 { throw StarlarkError(.evaluation, "zero is not a valid slice step") }
        let least = step > 0 ? 0 : -1
        let most = step > 0 ? length : length - 1
        let first = try SliceRange.bound(low, "start index", length, default: step > 0 ? 0 : length - 1)
        let last = try SliceRange.bound(high, "end index", length, default: step > 0 ? length : -1)
        start = max(least, min(most, first))
        let end = max(least, min(most, last))
        if step > 0 {
            count = end > start ? (end - start - 1) / step + 1 : 0
        } else {
            count = start > end ? (start - end - 1) / Int(clamping: step.magnitude) + 1 : 0
        }
    }

    private static func bound(
        _ value: Value, _ what: StaticString, _ length: Int, default fallback: Int
    ) throws(StarlarkError) -> Int {
        if value.isNone { return fallback }
        let number = try number(value, what)
        return number < 0 ? number + length : number
    }

    private static func number(_ value: Value, _ what: StaticString) throws(StarlarkError) -> Int {
        if value.isSmall { return value.small }
        if value.kind == .integer { return Numbers.isNegative(value) ? Value.smallMin : Value.smallMax }
        throw StarlarkError(.evaluation, "invalid \(what): got \(value.typeName), want int")
    }

    /// Copies the elements.
    func copy(_ source: UnsafeBufferPointer<Value>, to target: UnsafeMutablePointer<Value>) {
        guard let base = source.baseAddress, count > 0 else { return }
        if step == 1 {
            target.update(from: base + start, count: count)
        } else {
            for index in 0..<count { target[index] = base[start + index * step] }
        }
    }
}
