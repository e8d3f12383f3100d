import Foundation
import Synchronization

/// Values that are costly to ask for: each is asked for by one at a time and kept while it is good, errors briefly.
///
/// Those who want a value while another asks for it wait for that one's answer.
final class SharedAnswers<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// A value, and how long it may be used.
    struct Kept: Sendable {
        let value: Value
        /// From then on it is asked for anew.
        let renewAt: Date
        /// From then on it is of no use, even if it cannot be renewed.
        let endsAt: Date
    }

    private enum Entry {
        case asking(former: Kept?, waiting: [CheckedContinuation<Void, Never>])
        case kept(Kept)
        case failed(HostAPIError, until: Date)
    }

    private enum Claim {
        case value(Value)
        case error(HostAPIError)
        /// Another asks.
        case wait
        /// The caller is to ask.
        case ask
    }

    /// How long a value that cannot be renewed is used before that is tried again.
    private static var renewalPauseSeconds: TimeInterval { 30 }

    private let entriesMax: Int
    private let now: @Sendable () -> Date
    private let entries = Mutex<[Key: Entry]>([:])

    init(entriesMax: Int, now: @escaping @Sendable () -> Date) {
        self.entriesMax = entriesMax
        self.now = now
    }

    /// A value that is good, asked for if there is none.
    ///
    /// - Parameters:
    ///   - pause: how long an error is answered without asking again.
    ///   - ask: asks for the value; one call at a time for a key. When it is cancelled, the next who waits asks.
    func value(
        of key: Key, pause: (HostAPIError) -> Duration, _ ask: () async throws(HostAPIError) -> Kept
    ) async throws(HostAPIError) -> Value {
        while true {
            switch claim(key) {
            case .value(let value): return value
            case .error(let error): throw error
            case .wait: await turn(for: key)
            case .ask:
                do throws(HostAPIError) {
                    let kept = try await ask()
                    settle(key) { _ in .kept(kept) }
                    return kept.value
                } catch {
                    let (now, seconds) = (now(), Double(pause(error).components.seconds))
                    let left = settle(key) { former in
                        if error.code == .cancelled { return former.map(Entry.kept) }
                        guard error.isTransient, let former, former.endsAt > now else {
                            return .failed(error, until: now + seconds)
                        }
                        let again = now + Self.renewalPauseSeconds
                        return .kept(Kept(value: former.value, renewAt: again, endsAt: former.endsAt))
                    }
                    guard error.code != .cancelled, case .kept(let kept) = left else { throw error }
                    return kept.value
                }
            }
        }
    }

    /// Forgets the values, and with them the errors, of keys.
    func forget(where isMeant: (Key, Value?) -> Bool) {
        entries.withLock { entries in
            for (key, entry) in entries {
                switch entry {
                case .kept(let kept): if isMeant(key, kept.value) { entries[key] = nil }
                case .failed: if isMeant(key, nil) { entries[key] = nil }
                case .asking(let former?, let waiting) where isMeant(key, former.value):
                    entries[key] = .asking(former: nil, waiting: waiting)
                case .asking: break
                }
            }
        }
    }

    private func claim(_ key: Key) -> Claim {
        let now = now()
        return entries.withLock { entries in
            var former: Kept?
            switch entries[key] {
            case .kept(let kept) where kept.renewAt > now: return .value(kept.value)
            case .kept(let kept): former = kept
            case .failed(let error, let until) where until > now: return .error(error)
            case .asking: return .wait
            case .failed, nil: break
            }
            makeRoom(in: &entries, at: now)
            entries[key] = .asking(former: former, waiting: [])
            return .ask
        }
    }

    /// Waits until nobody asks for a key.
    private func turn(for key: Key) async {
        await withCheckedContinuation { continuation in
            let isOver = entries.withLock { entries in
                guard case .asking(let former, let waiting) = entries[key] else { return true }
                entries[key] = .asking(former: former, waiting: waiting + [continuation])
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    /// Ends the asking for a key; what is left of it is told by the former value, unless that was forgotten meanwhile.
    @discardableResult
    private func settle(_ key: Key, _ outcome: (Kept?) -> Entry?) -> Entry? {
        let (left, waiting) = entries.withLock { entries -> (Entry?, [CheckedContinuation<Void, Never>]) in
            guard case .asking(let former, let waiting) = entries[key] else { return (nil, []) }
            entries[key] = outcome(former)
            return (entries[key], waiting)
        }
        for continuation in waiting { continuation.resume() }
        return left
    }

    /// Drops what is over or, when that is not enough, all that nobody asks for.
    private func makeRoom(in entries: inout [Key: Entry], at now: Date) {
        guard entries.count >= entriesMax else { return }
        func drop(_ isOver: (Entry) -> Bool) { entries = entries.filter { !isOver($0.value) } }
        drop { entry in
            switch entry {
            case .kept(let kept): kept.endsAt <= now
            case .failed(_, let until): until <= now
            case .asking: false
            }
        }
        guard entries.count >= entriesMax else { return }
        drop { if case .asking = $0 { false } else { true } }
    }
}
