import Model

extension CommandError {
    /// What the server says is wrong.
    init(problem: Problem, _ address: ServerAddress) {
        if problem.status == 401 {
            let reason =
                address.apiKey == nil ? "no API key was found" : "the server at \(address.shown) refused the API key"
            self.init(
                reason,
                hint: "set OCUROOT_API_KEY, or name the data directory of an 'ocuroot up' whose api-key you may read")
        } else if problem.code == "still_deployed" {
            self.init(problem.detail, hint: "--destroy destroys what is deployed, --orphan leaves it as it is")
        } else {
            self.init(problem.detail, hint: problem.hint ?? "see 'ocuroot status' for how things are")
        }
    }
}
