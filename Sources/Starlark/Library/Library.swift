/// Everything that is built in: universal names, methods of the builtin types.
///
/// Made once, never freed.
///
/// `@unchecked Sendable`: nothing is written after init but hash caches, which are atomic.
final class Library: @unchecked Sendable {
    static let shared = Library()

    /// The names every file has.
    let universals: [String: Value]
    let methods: MethodTable
    /// The number of each method name; the same name has one number for every type.
    private let numbers: [String: Int]
    private let names: [Kind: [String]]
    private let modules: [LibraryModule: Value]
    /// What `type` returns, by the kind's number; unbound where it depends on the value.
    let typeNames: UnsafePointer<Value>
    private let heap = Heap(limit: .max)

    private init() {
        var numbers: [String: Int] = [:]
        var names: [Kind: [String]] = [:]
        for kind in Kind.allCases {
            for method in Library.methods(of: kind) where numbers[method.name] == nil {
                numbers[method.name] = numbers.count + 1
            }
            names[kind] = Library.methods(of: kind).map(\.name).sorted()
        }
        let stride = numbers.count + 1
        let size = stride * Kind.allCases.count
        let table = UnsafeMutablePointer<UnsafePointer<Builtin>?>.allocate(capacity: size)
        table.initialize(repeating: nil, count: size)
        for kind in Kind.allCases {
            for method in Library.methods(of: kind) {
                table[Int(kind.rawValue) * stride + (numbers[method.name] ?? 0)] = Library.immortal(method)
            }
        }
        methods = MethodTable(methods: UnsafePointer(table), stride: stride)
        self.numbers = numbers
        self.names = names
        var universals: [String: Value] = ["None": .none, "True": .true, "False": .false]
        for builtin in Library.universalFunctions {
            universals[builtin.name] = try? heap.allocator.builtin(Library.immortal(builtin))
        }
        self.universals = universals
        universalNames = Set(universals.keys)
        modules = Library.modules(heap.allocator)
        let typeNames = UnsafeMutablePointer<Value>.allocate(capacity: Kind.allCases.count)
        for kind in Kind.allCases {
            var name = Value.unbound
            if let text = kind.typeName, let value = try? heap.allocator.string(text) { name = value }
            (typeNames + Int(kind.rawValue)).initialize(to: name)
        }
        self.typeNames = UnsafePointer(typeNames)
        heap.freeze()
    }

    static func immortal(_ builtin: Builtin) -> UnsafePointer<Builtin> { LastingBuiltin(builtin).pointer }

    /// The names of `universals`.
    let universalNames: Set<String>

    /// A module of the library, or the `struct` constructor.
    func value(of module: LibraryModule) throws(StarlarkError) -> Value {
        guard let value = modules[module] else { throw StarlarkError(.host, "no library module \(module)") }
        return value
    }

    /// The number of a method name, 0 when no builtin type has such a method.
    func methodNumber(_ name: String) -> Int { numbers[name] ?? 0 }

    /// The names of a kind's methods, sorted.
    func methodNames(of kind: Kind) -> [String] { names[kind] ?? [] }
}
