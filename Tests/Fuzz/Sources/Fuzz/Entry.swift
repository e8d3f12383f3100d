/// libFuzzer's own `main`, which hands every input to the function.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Takes libFuzzer's options and directories; `OCUROOT_FUZZ_TARGET` names what is given the inputs.
@main
enum Entry {
    static func main() {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        let status = runDriver(&count, &arguments) { start, count in
            FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
            return 0
        }
        FuzzTarget.exit(status)
    }
}
