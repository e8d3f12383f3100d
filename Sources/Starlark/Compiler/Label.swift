/// A place in the code that jumps refer to before it is known.
struct Label {
    let index: Int
}
