import Starlark
import Testing

@Suite
struct ContainerMethodTests {
    @Test
    func `lists grow, shrink and are searched`() {
        let problems = LibraryChunks.problems(
            #"""
            x = [1, 2]
            x.append(3)
            x.extend((4, 5))
            x.extend(x)
            assert_eq(x, [1, 2, 3, 4, 5, 1, 2, 3, 4, 5])
            x.insert(0, "first")
            x.insert(-1, "late")
            x.insert(100, "last")
            assert_eq([x[0], x[-3], x[-1], len(x)], ["first", "late", "last", 13])
            assert_eq([x.pop(), x.pop(0), x.pop(-2)], ["last", "first", "late"])
            x.remove(3)
            assert_eq([x.index(5), x.index(5, 4), x.index(1, -6)], [3, 8, 4])
            x.clear()
            assert_eq(x, [])
            x.extend(range(3))
            assert_eq(x, [0, 1, 2])
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            [].pop() ### pop: index -1 out of range: empty list
            [1].pop(3) ### pop: list index 3 out of range [-1:0]
            [1].remove(2) ### remove: element not found
            [1].index(2) ### index: value not in list
            [1].insert("a", 1) ### for parameter 1: got string, want int
            [].extend(1) ### extend: for parameter 1: got int, want iterable
            [].append() ### append: got 0 arguments, want 1
            [x.append(1) for x in [[1]] for y in x] ### cannot append to list during iteration
            [x.extend(x) for x in [[1]] for y in x] ### cannot extend list during iteration
            [x.clear() for x in [[1]] for y in x] ### cannot clear list during iteration
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `dicts keep the order of insertion`() {
        let problems = LibraryChunks.problems(
            #"""
            d = {"b": 1, "a": 2}
            assert_eq([d.keys(), d.values(), d.items()], [["b", "a"], [1, 2], [("b", 1), ("a", 2)]])
            assert_eq([d.get("a"), d.get("z"), d.get("z", 0)], [2, None, 0])
            assert_eq([d.setdefault("a", 9), d.setdefault("c", 3), d.setdefault("n")], [2, 3, None])
            assert_eq([d.pop("b"), d.pop("zz", "no"), d.popitem()], [1, "no", ("a", 2)])
            d.update([("x", 1)], c=4)
            d.update({"y": 2})
            d.update(d)
            assert_eq(d, {"c": 4, "n": None, "x": 1, "y": 2})
            assert_eq(list(d), ["c", "n", "x", "y"])
            d.clear()
            assert_eq(d, {})
            d.update([(1, "a"), (1.0, "b"), (True, "c")])
            assert_eq(d, {1: "b", True: "c"})
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            {}.pop("a") ### pop: missing key
            {}.popitem() ### popitem: empty dict
            {}.get([]) ### get: unhashable type: list
            {}.setdefault({}) ### setdefault: unhashable type: dict
            {}.update(1) ### update: got int, want iterable
            {}.update([[1]]) ### update: dictionary update sequence element #0 has length 1, want 2
            [d.update(b=2) for d in [{"a": 1}] for x in d] ### cannot insert into hash table during iteration
            [d.pop("a") for d in [{"a": 1}] for x in d] ### cannot delete from hash table during iteration
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `sets and their algebra`() {
        let problems = LibraryChunks.problems(
            #"""
            s = set([3, 1])
            s.add(2)
            s.add(3)
            assert_eq(list(s), [3, 1, 2])
            assert_eq(list(s.union([9], (1,))), [3, 1, 2, 9])
            assert_eq(list(s.intersection([2, 3, 7])), [3, 2])
            assert_eq(list(s.difference([3])), [1, 2])
            assert_eq(list(s.symmetric_difference([2, 8])), [3, 1, 8])
            assert_eq([s.issubset([1, 2, 3, 4]), s.issubset([1]), s.issuperset([1, 2]), s.issuperset([5])],
                [True, False, True, False])
            s.discard(7)
            s.discard(1)
            s.remove(3)
            assert_eq([s.pop(), len(s)], [2, 0])
            s.update([4], [5, 4])
            assert_eq(list(s), [4, 5])
            s.clear()
            assert_eq(len(s), 0)
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            set().remove(1) ### remove: missing key
            set().pop() ### pop: empty set
            set().add([]) ### add: unhashable type: list
            set().union(1) ### union: argument #1 is not iterable: int
            set().issubset(1) ### issubset: for parameter 1: got int, want iterable
            [s.add(1) for s in [set([0])] for x in s] ### cannot insert into hash table during iteration
            """#)
        #expect(failures.isEmpty)
    }
}
