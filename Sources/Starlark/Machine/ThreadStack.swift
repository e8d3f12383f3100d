#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// See https://man7.org/linux/man-pages/man3/pthread_getattr_np.3.html; the imported headers leave it out.
@_silgen_name("pthread_getattr_np")
private func getAttributes(_ thread: pthread_t, _ attributes: UnsafeMutablePointer<pthread_attr_t>) -> CInt

/// How much of the current thread's stack is left: callbacks and loads nest on it.
enum ThreadStack {
    /// What must be left for one more: the deepest builtin and the host's functions need less.
    static let reserveBytes = 128 << 10

    /// The lowest address that a frame may have which is to call on; 0 when the system does not say where the stack
    /// ends.
    ///
    /// Takes about a microsecond, on the main thread some fifty.
    static func lowest() -> UInt {
        var attributes = pthread_attr_t()
        guard getAttributes(pthread_self(), &attributes) == 0 else { return 0 }
        defer { pthread_attr_destroy(&attributes) }
        var end: UnsafeMutableRawPointer?
        var bytes = 0
        guard pthread_attr_getstack(&attributes, &end, &bytes) == 0 else { return 0 }
        return UInt(bitPattern: end) + UInt(min(reserveBytes, bytes / 2))
    }

    /// How much of the stack there is between the caller's frame and the reserve; 0 when it is in the reserve.
    static func bytesLeft() -> Int {
        let lowest = lowest()
        var marker: UInt8 = 0
        let here = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
        return here > lowest ? Int(here - lowest) : 0
    }

    /// Whether the caller's frame stands above that address.
    @inline(__always)
    static func reaches(above lowest: UInt) -> Bool {
        var marker: UInt8 = 0
        return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) > lowest }
    }
}
