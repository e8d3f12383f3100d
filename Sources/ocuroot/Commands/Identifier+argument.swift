import ArgumentParser
import Model

extension Identifier: ExpressibleByArgument {}
