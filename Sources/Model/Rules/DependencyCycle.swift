/// Finds cycles among placements whose deployments take each other's outputs.
public enum DependencyCycle {
    /// The cycle that `start` is part of, from `start` back to `start`; nil when it is part of none.
    ///
    /// - Parameter dependencies: the placements that each placement takes outputs of. Visited once each.
    public static func through(
        _ start: PlacementAddress, dependencies: [PlacementAddress: [PlacementAddress]]
    ) -> [PlacementAddress]? {
        var cameFrom: [PlacementAddress: PlacementAddress] = [:]
        var frontier = [start]
        while let current = frontier.popLast() {
            for next in (dependencies[current] ?? []).sorted() {
                if next == start { return path(to: current, from: start, cameFrom) + [start] }
                if cameFrom[next] == nil {
                    cameFrom[next] = current
                    frontier.append(next)
                }
            }
        }
        return nil
    }

    private static func path(
        to end: PlacementAddress, from start: PlacementAddress, _ cameFrom: [PlacementAddress: PlacementAddress]
    ) -> [PlacementAddress] {
        var reversed = [end]
        while let last = reversed.last, last != start, let before = cameFrom[last] {
            reversed.append(before)
        }
        return reversed.reversed()
    }
}
