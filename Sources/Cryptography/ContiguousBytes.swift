/// Gives `body` the bytes of any collection as one buffer, copying only when it is not one already.
///
/// The buffer is valid during the call only.
func withContiguousBytes<R>(of bytes: some Collection<UInt8>, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    if let result = bytes.withContiguousStorageIfAvailable({ body(UnsafeRawBufferPointer($0)) }) { return result }
    return Array(bytes).withUnsafeBytes(body)
}
