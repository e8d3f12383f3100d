import Model

/// The payload that GitHub made common: one ref, `before` and `after`; `create` and `delete` have a short name.
enum CommonPayload {
    private struct Fields {
        var ref: String?
        var type: String?
        var before: String?
        var after: String?
    }

    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        var fields = Fields()
        try JSONWalk.over(json) { walk throws(JSONWalk.Malformed) in
            try walk.object { key, walk throws(JSONWalk.Malformed) in
                switch key {
                case "ref": fields.ref = try walk.string()
                case "ref_type": fields.type = try walk.string()
                case "before": fields.before = try walk.string()
                case "after", "sha": fields.after = try walk.string()
                case "repository": try repository(&walk, into: &found)
                case "pusher", "sender": try person(&walk, into: &found)
                default: break
                }
            }
        }
        if found.kind == .push { add(fields, to: &found) }
        hint = found
    }

    private static func add(_ fields: Fields, to hint: inout WebhookHint) {
        if fields.ref?.hasPrefix("refs/") == true {
            hint.add(ref: fields.ref, old: fields.before, new: fields.after)
        } else {
            hint.add(
                fields.type, named: fields.ref, old: fields.before, new: fields.after,
                isDeleted: hint.event == "delete")
        }
    }

    private static func repository(
        _ walk: inout JSONWalk, into hint: inout WebhookHint
    ) throws(JSONWalk.Malformed) {
        var found = hint
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "full_name", "clone_url", "ssh_url", "html_url": found.add(repository: try walk.string())
            default: break
            }
        }
        hint = found
    }

    private static func person(_ walk: inout JSONWalk, into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "login", "username", "name": found.name(pusher: try walk.string())
            default: break
            }
        }
        hint = found
    }
}
