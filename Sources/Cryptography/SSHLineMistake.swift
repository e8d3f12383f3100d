/// What is wrong with a line, as a sentence that says what to do.
struct SSHLineMistake: Error {
    let sentence: String

    init(_ sentence: String) {
        self.sentence = sentence
    }
}
