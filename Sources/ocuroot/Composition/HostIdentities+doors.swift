import HostAPI
import Model
import Server

extension HostIdentities {
    /// What the server has done at git hosts.
    var doors: HostDoors {
        HostDoors(
            runnerCredentials: { url in
                do throws(HostAPIError) {
                    return try await reading(url, isNarrow: true).forms
                } catch {
                    throw Problem(
                        status: 503, code: "no_token", detail: "\(error)",
                        hint: error.hint ?? "'ocuroot auth test' tries what is kept")
                }
            },
            register: { order in
                let api = order.way.api
                do throws(HostAPIError) {
                    let hook = try await register(order)
                    return .done(id: hook.id, isNew: hook.isNew, api: api)
                } catch {
                    return .failed("\(error)", hint: error.hint, status: error.status, api: api)
                }
            },
            unregister: { removal in
                let api = removal.way.api
                do throws(HostAPIError) {
                    let removed = try await unregister(removal)
                    return .done(ids: removed.ids, others: removed.others, api: api)
                } catch {
                    return .failed("\(error)", hint: error.hint, status: error.status, api: api)
                }
            })
    }
}
