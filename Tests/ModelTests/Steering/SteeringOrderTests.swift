import Model
import Testing

@Suite struct SteeringOrderTests {
    private func order(_ token: String, _ value: String) throws -> SteeringOrder {
        try #require(try SteeringOrder(Trailer(token: token, value: value)))
    }

    private func mistake(_ token: String, _ value: String) throws -> SteeringMistake {
        let error = #expect(throws: SteeringMistake.self) { try SteeringOrder(Trailer(token: token, value: value)) }
        return try #require(error)
    }

    @Test(arguments: [
        ("api@prod=12", "api@prod", "12", ""), ("api@prod=#12", "api@prod", "#12", ""),
        ("shop//svc/api@eu/prod=v1.2 checkout is down", "shop//svc/api@eu/prod", "v1.2", "checkout is down"),
        ("  api@* = b42\t since = it works ", "api@*", "b42", "since = it works"),
        ("api@prod=release@2", "api@prod", "release@2", ""),
    ])
    func `a pin names a package, environments, a build and a reason`(
        value: String, subject: String, build: String, reason: String
    ) throws {
        let order = try order("Ocuroot-Pin", value)
        #expect(order.subject.description == subject)
        #expect(order.action == .pin(BuildReference(build)))
        #expect(order.reason == reason)
        #expect(try SteeringOrder(order.trailer) == order)
    }

    @Test(arguments: [
        ("Ocuroot-Pin", ""), ("Ocuroot-Pin", "api@prod"), ("Ocuroot-Pin", "api@prod="), ("Ocuroot-Pin", "=12"),
        ("Ocuroot-Pin", "api@prod 12=3"), ("Ocuroot-Hold", "  "), ("Ocuroot-Annotate", "api key=1"),
        ("Ocuroot-Annotate", "api@12"), ("Ocuroot-Annotate", "api@12 =1"), ("Ocuroot-Annotate", "api@ key=1"),
        ("Ocuroot-Annotate", "api@12 two words=1"),
    ])
    func `what cannot be read is told with the form that can`(token: String, value: String) throws {
        let form = token == "Ocuroot-Pin" ? "=BUILD" : token == "Ocuroot-Hold" ? "@ENVIRONMENT" : "@BUILD key=value"
        #expect(try mistake(token, value).hint.hasSuffix(form))
    }

    @Test func `one package is pinned at a time, and never everywhere by omission`() throws {
        #expect(try mistake("Ocuroot-Pin", "a*@prod=1").message.contains("one package"))
        #expect(try mistake("Ocuroot-Pin", "@prod=1").message.contains("one package"))
        #expect(try mistake("Ocuroot-Pin", "api=1").hint == "write api@ENVIRONMENT=1, or api@*=1")
    }

    @Test func `tokens are the same in upper and lower case, and a misspelt one is told`() throws {
        #expect(try order("OCUROOT-hold", "api@prod").action == .hold)
        let misspelt = try mistake("Ocuroot-Pinn", "api@prod=1")
        #expect(misspelt.message == "there is no trailer 'Ocuroot-Pinn' (did you mean 'Ocuroot-Pin'?)")
        #expect(misspelt.hint.contains("Ocuroot-Unpin, Ocuroot-Hold"))
        #expect(try SteeringOrder(Trailer(token: "Signed-off-by", value: "x")) == nil)
        #expect(try SteeringOrder(Trailer(token: "Ocuroot", value: "x")) == nil)
    }

    @Test func `a hold names any number of placements`() throws {
        let all = try order("Ocuroot-Hold", "*@prod frozen for the holidays")
        #expect(all.subject == PlacementGlob(package: .any, environment: NameGlob("prod")))
        #expect(all.reason == "frozen for the holidays")
        #expect(try order("Ocuroot-Hold", "@prod").subject == all.subject)
        #expect(try order("Ocuroot-Resume", "svc/*").subject.environment == nil)
        #expect(try order("Ocuroot-Retry", "api").action == .retry)
        #expect(try order("Ocuroot-Unpin", "*").subject.package == .any)
    }

    @Test func `an annotation's value is the rest of the line`() throws {
        let order = try order("Ocuroot-Annotate", "shop//api@v1.2 tested = by hand = yes")
        #expect(order.subject.description == "shop//api")
        #expect(order.action == .annotate(BuildReference("v1.2"), key: "tested", value: "by hand = yes"))
        #expect(try SteeringOrder(order.trailer) == order)
        #expect(
            try self.order("Ocuroot-Annotate", "api@12 note=").action
                == .annotate(
                    BuildReference("12"), key: "note", value: ""))
    }

    @Test func `names that cannot be and values that are too long are refused`() throws {
        #expect(try mistake("Ocuroot-Hold", "a/@prod").message.contains("names no"))
        #expect(try mistake("Ocuroot-Hold", "api@").message.contains("names no environment: it is empty"))
        #expect(try mistake("Ocuroot-Hold", "//api@prod").message.contains("names no repo"))
        #expect(try mistake("Ocuroot-Hold", "-x@prod").message.contains("begins with '-'"))
        let long = String(repeating: "x", count: SteeringOrder.valueBytesMax)
        #expect(try mistake("Ocuroot-Hold", "api@prod " + long).message.contains("2000 bytes"))
    }

    @Test func `a reason is one line that no terminal obeys`() throws {
        #expect(try order("Ocuroot-Hold", "api@prod \u{1B}[31mred").reason == "[31mred")
        #expect(try order("Ocuroot-Hold", "api@prod a\u{202E}b\0").reason == "a b")
    }
}
