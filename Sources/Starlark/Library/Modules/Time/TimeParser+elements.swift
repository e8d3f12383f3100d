extension TimeParser {
    mutating func readLiteral(_ literal: String) -> Bool {
        let wanted = Array(literal.utf8)
        guard bytes[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    /// Which of the names stands here, letters compared without case.
    mutating func readName(_ names: [String]) -> Int? {
        let found = names.firstIndex { name in
            let part = bytes[index...].prefix(name.utf8.count)
            return String(decoding: part, as: UTF8.self).lowercased() == name.lowercased()
        }
        if let found { index += names[found].utf8.count }
        return found
    }

    mutating func read(_ names: [String], into field: WritableKeyPath<CivilTime, Int>) -> Bool {
        guard let found = readName(names) else { return false }
        civil[keyPath: field] = found + 1
        return true
    }

    /// A number of so many digits.
    mutating func readNumber(digits: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while index < bytes.count, count < digits.upperBound, isDigit(bytes[index]) {
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
            count += 1
        }
        return count >= digits.lowerBound ? value : nil
    }

    mutating func read(
        _ range: ClosedRange<Int>, digits: ClosedRange<Int>, into field: WritableKeyPath<CivilTime, Int>
    ) -> Bool {
        guard let value = readNumber(digits: digits), range.contains(value) else { return false }
        civil[keyPath: field] = value
        return true
    }

    mutating func readDay(_ element: TimeLayout.Element) -> Bool {
        if element == .underDay, index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
        return read(1...31, digits: element == .zeroDay ? 2...2 : 1...2, into: \.day)
    }

    mutating func readYearDay() -> Bool {
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
        guard let value = readNumber(digits: 1...3), (1...366).contains(value) else { return false }
        yearDay = value
        return true
    }

    /// Two digits: 69 and later are of the twentieth century.
    mutating func readShortYear() -> Bool {
        guard let value = readNumber(digits: 2...2) else { return false }
        civil.year = value >= 69 ? 1_900 + value : 2_000 + value
        return true
    }

    mutating func readHalf(isUpper: Bool) -> Bool {
        let part = String(decoding: bytes[index...].prefix(2), as: UTF8.self)
        guard part == (isUpper ? "AM" : "am") || part == (isUpper ? "PM" : "pm") else { return false }
        isAfternoon = part.lowercased() == "pm"
        index += 2
        return true
    }

    /// Three to five capitals; only UTC says what the offset is.
    mutating func readZoneName() -> Bool {
        let name = bytes[index...].prefix(5).prefix { $0 >= 0x41 && $0 <= 0x5A }
        guard name.count >= 3 else { return false }
        index += name.count
        if name.elementsEqual("UTC".utf8) { isUTC = true }
        return true
    }

    mutating func readOffset(isISO: Bool, hasColon: Bool, hasMinutes: Bool) -> Bool {
        guard index < bytes.count else { return false }
        if isISO, bytes[index] == UInt8(ascii: "Z") {
            index += 1
            isUTC = true
            return true
        }
        let sign = bytes[index]
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return false }
        index += 1
        guard let hours = readNumber(digits: 2...2), hours <= 24 else { return false }
        var seconds = hours * 3_600
        if hasMinutes {
            if hasColon, !readLiteral(":") { return false }
            guard let minutes = readNumber(digits: 2...2), minutes < 60 else { return false }
            seconds += minutes * 60
        }
        offset = sign == UInt8(ascii: "-") ? -seconds : seconds
        return true
    }

    mutating func readFractionElement(_ digits: Int, _ isTrimmed: Bool) -> Bool {
        guard isTrimmed else { return readFraction(digits: digits) }
        guard index + 1 < bytes.count, isPoint(bytes[index]), isDigit(bytes[index + 1]) else { return true }
        return readFraction(digits: nil)
    }

    /// A point and digits: exactly so many, or as many as there are.
    mutating func readFraction(digits: Int?) -> Bool {
        guard index < bytes.count, isPoint(bytes[index]) else { return false }
        index += 1
        let found = bytes[index...].prefix(digits ?? 9).prefix { isDigit($0) }
        guard !found.isEmpty, digits == nil || found.count == digits else { return false }
        var value = 0
        for place in 0..<9 {
            value = value * 10 + (place < found.count ? Int(found[found.startIndex + place] - 0x30) : 0)
        }
        nanoseconds = value
        index += found.count
        while digits == nil, index < bytes.count, isDigit(bytes[index]) { index += 1 }
        return true
    }
}
