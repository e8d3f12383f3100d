import Starlark
import Testing

@Suite
struct ContainerFunctionTests {
    @Test
    func `containers are made from iterables`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq(list((1, 2)), [1, 2])
            assert_eq(list("ab".elems()), ["a", "b"])
            assert_eq(list("aé".codepoints()), ["a", "é"])
            assert_eq(tuple({"a": 1, "b": 2}), ("a", "b"))
            assert_eq(tuple(range(3)), (0, 1, 2))
            assert_eq(list(set([1, 2, 1])), [1, 2])
            assert_eq(dict([("a", 1), ["b", 2]], c=3), {"a": 1, "b": 2, "c": 3})
            assert_eq(dict({"a": 1}, a=2), {"a": 2})
            assert_eq(dict(["ab".elems()]), {"a": "b"})
            assert_eq(list(range(5, 0, -2)), [5, 3, 1])
            assert_eq([len(x) for x in ["é", b"abc", [1], (), {1: 2}, set([1]), range(10)]], [2, 3, 1, 0, 1, 1, 10])
            assert_eq(list(enumerate("ab".elems(), 5)), [(5, "a"), (6, "b")])
            assert_eq(zip([1, 2, 3], "ab".elems(), range(10)), [(1, "a", 0), (2, "b", 1)])
            assert_eq(zip(), [])
            assert_eq(reversed((1, 2, 3)), [3, 2, 1])
            assert_eq([any([0, 1]), any([]), all([1, 0]), all([])], [True, False, False, True])
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            list(1) ### list: for parameter 1: got int, want iterable
            list("abc") ### got string, want iterable
            tuple([1], [2]) ### tuple: got 2 arguments, want at most 1
            set([[]]) ### set: unhashable type: list
            dict(1) ### dict: got int, want iterable
            dict([1]) ### dictionary update sequence element #0 is not iterable (int)
            dict([(1, 2), (1, 2, 3)]) ### dictionary update sequence element #1 has length 3, want 2
            dict([([], 1)]) ### dict: unhashable type: list
            range(0, 10, 0) ### range: step argument must not be zero
            range("a") ### got string, want int
            len(1) ### value of type int has no len
            enumerate([], 1, 2) ### got 3 arguments, want at most 2
            zip([1], 2) ### zip: argument #2 is not iterable: int
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `sorting is stable and takes a key`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq(sorted([3, 1, 2]), [1, 2, 3])
            assert_eq(sorted([3, 1, 2], reverse=True), [3, 2, 1])
            assert_eq(sorted(["b", "B", "a"], key=lambda s: s.lower()), ["a", "b", "B"])
            assert_eq(sorted(["b", "B", "a"], key=lambda s: s.lower(), reverse=True), ["b", "B", "a"])
            assert_eq(sorted([(1, "x"), (0, "y"), (1, "a")]), [(0, "y"), (1, "a"), (1, "x")])
            assert_eq(sorted([2, 1.5, 1 << 70, -1]), [-1, 1.5, 2, 1 << 70])
            words = [str(i * 7919 % 1000) for i in range(1000)]
            assert_eq(sorted(words, key=int), [str(i) for i in range(1000)])
            assert_eq(sorted(range(500, 0, -1)), list(range(1, 501)))
            assert_eq(max(3, 9, 4), 9)
            assert_eq(min(["aa", "b"], key=len), "b")
            assert_eq(max([1, 1.0]), 1)
            assert_eq(min([2, 1]), 1)
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            sorted([1, None]) ### NoneType < int not implemented
            sorted([1, "one"]) ### string < int not implemented
            sorted([1], key=3) ### for parameter key: got int, want callable
            sorted([1], lambda x: fail("no ", x)) ### fail: no  1
            sorted([1], ky=len) ### unexpected keyword argument ky (did you mean key?)
            max([]) ### max: argument is an empty sequence
            max() ### max requires at least one positional argument
            min(1, "a") ### min: string < int not implemented
            max(1) ### max: int value is not iterable
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `a key function cannot change the list being sorted`() {
        let problems = LibraryChunks.problems(
            #"""
            values = [3, 1, 2]
            def key(x):
                values.append(x)
                return x
            assert_eq(sorted(list(values), key=key), [1, 2, 3])
            assert_eq(len(values), 6)
            """#)
        #expect(problems.isEmpty)
    }

    @Test
    func `attributes, types, printing and failing`() {
        let lines = Lines()
        let settings = EvaluationSettings(print: { lines.append($0) })
        let problems = LibraryChunks.problems(
            #"""
            s = struct(b=1, a=[2])
            assert_eq(s.b, 1)
            assert_eq(dir(s), ["a", "b"])
            assert_eq(str(s), "struct(a = [2], b = 1)")
            assert_eq(s == struct(a=[2], b=1), True)
            assert_eq(hasattr(s, "a"), True)
            assert_eq(hasattr(s, "c"), False)
            assert_eq(getattr(s, "c", 7), 7)
            assert_eq(getattr("abc", "upper")(), "ABC")
            assert_eq(dir([]), ["append", "clear", "extend", "index", "insert", "pop", "remove"])
            assert_eq(dir(1), [])
            assert_eq([type(x) for x in [None, True, 1, 1.0, "", b"", [], (), {}, set(), range(1), len, dir]],
                ["NoneType", "bool", "int", "float", "string", "bytes", "list", "tuple", "dict", "set", "range",
                "builtin_function_or_method", "builtin_function_or_method"])
            print("a", 1, [None, "b"], sep="-")
            print()
            fields = {"x": 1, "y": 2}
            assert_eq(struct(**fields), struct(y=2, x=1))
            assert_eq(str(struct()), "struct()")
            """#, settings)
        #expect(problems.isEmpty)
        #expect(lines.all == ["a-1-[None, \"b\"]", ""])
        let failures = LibraryChunks.failures(
            #"""
            fail("a", 1, ["b"], sep=", ") ### fail: a, 1, ["b"]
            getattr(1, "x") ### int has no .x field or method
            getattr([], "apend") ### did you mean .append?
            getattr([], 1) ### for parameter 2: got int, want string
            struct(1) ### struct: unexpected positional arguments
            struct(name=1).nmae ### did you mean .name?
            print(1, sp="") ### unexpected keyword argument sp (did you mean sep?)
            """#)
        #expect(failures.isEmpty)
    }
}
