import Model

/// What people may write for a target or a notification.
enum NotifyArgument {
    /// A notification's id.
    ///
    /// - Throws: a ``CommandError`` for a text that is none.
    static func notice(_ text: String) throws -> NoticeID {
        guard let id = NoticeID(text) else {
            throw CommandError(
                "'\(text)' is neither a target's id, such as nt2, nor a notification's, such as n77",
                hint: "'ocuroot notify list' and 'ocuroot notify list --dead' show them", status: .usage)
        }
        return id
    }
}
