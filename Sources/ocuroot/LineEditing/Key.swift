/// What a person pressed, as a line editor understands it.
enum Key: Hashable, Sendable {
    /// Text, also pasted text of several lines.
    case text(String)
    case enter, tab
    case backspace, delete
    case left, right, up, down, home, end
    case wordLeft, wordRight
    /// Cuts: to the end, to the start, the word before the cursor.
    case killToEnd, killToStart, killWord
    /// Puts back what was cut last.
    case yank
    case clearScreen
    /// Ctrl-C.
    case interrupt
    /// Ctrl-D: ends the input on an empty line, else deletes.
    case endOfInput
    /// A key that means nothing here.
    case unknown
}
