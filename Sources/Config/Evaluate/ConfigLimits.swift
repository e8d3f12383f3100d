/// The bounds on what configuration may use.
public struct ConfigLimits: Sendable, Hashable {
    /// What one evaluation may use before it is stopped.
    public struct Bounds: Sendable, Hashable {
        /// Steps of the Starlark machine; nil for no bound.
        public var stepsMax: Int?
        /// Bytes that values may take.
        public var memoryBytesMax: Int
        /// Time on the clock; nil for no bound.
        public var timeMax: Duration?

        /// Makes a value from its parts.
        public init(stepsMax: Int?, memoryBytesMax: Int, timeMax: Duration?) {
            self.stepsMax = stepsMax
            self.memoryBytesMax = memoryBytesMax
            self.timeMax = timeMax
        }
    }

    /// For the top level of one file: 10,000,000 steps, 64 MiB, 10 s.
    public var file = Bounds(stepsMax: 10_000_000, memoryBytesMax: 64 << 20, timeMax: .seconds(10))
    /// For one policy call: 1,000,000 steps, 64 MiB, 2 s.
    public var policy = Bounds(stepsMax: 1_000_000, memoryBytesMax: 64 << 20, timeMax: .seconds(2))
    /// For one function that a runner executes: any number of steps and any time, 1 GiB.
    public var run = Bounds(stepsMax: nil, memoryBytesMax: 1 << 30, timeMax: nil)
    /// The size of one file: 4 MiB.
    public var fileBytesMax = 4 << 20
    /// How many files one package file may load, through any depth.
    public var loadsMax = 2000
    /// How many files may be loaded in one evaluation of many files.
    public var graphFilesMax = 20_000
    /// How many files are read from the tree at once.
    var readBatchMax = 512
    /// What `print` keeps of one evaluation on the server.
    public var outputBytesMax = 64 << 10
    /// Environments in one repo file.
    public var environmentsMax = 1000
    /// Packages in one package file.
    public var packagesMax = 1000
    /// The size of a text that yaml encodes or decodes: 1 MiB.
    public var yamlBytesMax = 1 << 20

    /// The default bounds.
    public init() {}
}
