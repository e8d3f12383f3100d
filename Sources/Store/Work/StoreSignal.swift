import Model

/// A hint that something was committed; whoever gets it reads what is true now.
public enum StoreSignal: Hashable, Sendable {
    /// The controller has work that may be due.
    case work(ControllerName)
    /// Events up to this one exist.
    case event(EventID)
    /// Hints may have been lost: read everything again. Also the first signal of all.
    case reconnected
}
