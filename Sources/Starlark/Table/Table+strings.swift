extension Table {
    /// The place of a string key, or -1: needs no machine, so hosts' data can be turned into dicts outside a run.
    func find(string key: Value) -> Int {
        let hash = Hash.string(key)
        for place in firstPlace..<max(places, firstPlace) where entries[place].hash == hash {
            let other = entries[place].key
            if other.raw == key.raw || (other.isObject(.string) && Equality.sameBytes(other, key)) { return place }
        }
        return -1
    }
}
