import Starlark
import Testing

@Suite
struct ModuleTests {
    @Test
    func `JSON is written`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq(json.encode({"b": [1, 2.5, None], "a": True}), '{"a":true,"b":[1,2.5,null]}')
            assert_eq(json.encode(struct(y=(1,), x="é\n\"")), '{"x":"é\\n\\"","y":[1]}')
            assert_eq(json.encode([range(2), set([7]), {}, [], 1 << 70]), "[[0,1],[7],{},[],1180591620717411303424]")
            assert_eq(json.encode("\x01\x7f"), '"\\u0001\x7f"')
            assert_eq(json.encode("é"[:1]), '"\\ufffd"')
            shared = [1]
            assert_eq(json.encode([shared, shared]), "[[1],[1]]")
            assert_eq(json.indent('{"a":[1,{}],"b":"x"}', prefix=">", indent="  "),
                '{\n>  "a": [\n>    1,\n>    {}\n>  ],\n>  "b": "x"\n>}')
            assert_eq(json.encode_indent([1]), "[\n\t1\n]")
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            json.encode({1: 2}) ### json.encode: dict has int key, want string
            json.encode([{"a": len}]) ### json.encode: at list index 0: in dict key "a": cannot encode builtin_function_or_method as JSON
            json.encode(struct(f=[1, lambda: 0])) ### in field .f: at list index 1: cannot encode function as JSON
            json.encode(float("nan")) ### cannot encode non-finite float nan
            [json.encode(x) for x in [[]] if x.append(x) or True] ### at list index 0: cycle in JSON structure
            json.indent("[1") ### json.indent: invalid character
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `JSON is read`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq(json.decode(' {"a": [1, -2.5e1, null, true], "b": {}} '), {"a": [1, -25.0, None, True], "b": {}})
            assert_eq(json.decode('"\\u00e9\\ud83d\\ude00\\/\\n"'), "é😀/\n")
            assert_eq(json.decode('"\\ud800x"'), "\uFFFDx")
            assert_eq(json.decode("123456789012345678901234567890"), 123456789012345678901234567890)
            assert_eq(json.decode("[]"), [])
            assert_eq(json.decode("nope", default=3), 3)
            x = json.decode('{"k": [1], "k": 2}')
            x["n"] = 1
            assert_eq(x, {"k": 2, "n": 1})
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            json.decode("") ### at offset 0, unexpected end of file
            json.decode("[1,") ### unexpected end of file
            json.decode("[1 2]") ### got '2', want ',' or ']'
            json.decode("[1,]") ### unexpected character ']'
            json.decode('{"a" 1}') ### after object key, got '1', want ':'
            json.decode('{1: 2}') ### got int for object key, want string
            json.decode('{"a": 1]') ### in object, got ']', want ',' or '}'
            json.decode("1 x") ### unexpected character 'x' after value
            json.decode('"a') ### unclosed string literal
            json.decode('"\\q"') ### in string escape code
            json.decode("01") ### invalid number: 01
            json.decode("1.2.3") ### invalid number: 1.2.3
            json.decode("tru") ### unexpected character 't'
            json.decode(1) ### got int, want string
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `mathematics`() {
        let problems = LibraryChunks.problems(
            #"""
            assert_eq([math.ceil(1.2), math.floor(-1.2), math.ceil(5), math.floor(1e20)], [2, -2, 5, 100000000000000000000])
            assert_eq([math.round(2.5), math.round(-2.5), math.fabs(-1), math.sqrt(9)], [3.0, -3.0, 1.0, 3.0])
            assert_eq([math.pow(2, 10), math.mod(-7, 3), math.remainder(7, 4), math.hypot(3, 4)], [1024.0, -1.0, -1.0, 5.0])
            assert_eq([math.log(8, 2), math.exp(0), math.copysign(1, -0.0)], [3.0, 1.0, -1.0])
            assert_eq("%f" % math.pi, "3.141593")
            assert_eq("%f" % math.sin(math.pi / 2), "1.000000")
            assert_eq(math.degrees(math.pi), 180.0)
            """#)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            math.sqrt("x") ### sqrt: for parameter 1: got string, want float or int
            math.ceil(float("inf")) ### cannot convert float infinity to integer
            math.log(1, 1) ### division by zero
            math.sqr(1) ### did you mean .sqrt?
            """#)
        #expect(failures.isEmpty)
    }

    @Test
    func `times and durations`() {
        let settings = EvaluationSettings(now: { 1_600_000_000_123_456_789 })
        let problems = LibraryChunks.problems(
            #"""
            assert_eq(str(time.now()), "2020-09-13 12:26:40.123456789 +0000 UTC")
            t = time.time(year=2024, month=2, day=29, hour=13, minute=4, second=5)
            assert_eq(str(t), "2024-02-29 13:04:05 +0000 UTC")
            assert_eq([t.year, t.month, t.day, t.hour, t.minute, t.second, t.unix], [2024, 2, 29, 13, 4, 5, 1709211845])
            assert_eq(t.format("Mon Jan _2 3:04PM 2006 002"), "Thu Feb 29 1:04PM 2024 060")
            assert_eq(str(t + time.hour * 24), "2024-03-01 13:04:05 +0000 UTC")
            assert_eq(str(t - time.parse_time("2024-02-29T12:00:00+01:00")), "2h4m5s")
            assert_eq(t < t + time.second, True)
            assert_eq({t: 1}[time.from_timestamp(1709211845)], 1)
            assert_eq([str(time.parse_duration(d)) for d in ["90s", "1.5h", "-2m0.5s", "100us", "0"]],
                ["1m30s", "1h30m0s", "-2m0.5s", "100µs", "0s"])
            assert_eq(time.parse_duration("90s").minutes, 1.5)
            assert_eq([time.hour // time.minute, time.hour / time.minute, (time.hour / 4) == time.minute * 15],
                [60, 60.0, True])
            assert_eq(time.is_valid_timezone("../../etc/passwd"), False)
            summer = time.parse_time("2030-07-01T12:00:00Z").in_location("Europe/Berlin")
            assert_eq(str(summer), "2030-07-01 14:00:00 +0200 CEST")
            assert_eq(str(summer + time.hour * 24 * 180), "2030-12-28 13:00:00 +0100 CET")
            assert_eq(time.parse_time("01/02/06 15:04", format="01/02/06 15:04", location="America/New_York").unix,
                1136232240)
            """#, settings)
        #expect(problems.isEmpty)
        let failures = LibraryChunks.failures(
            #"""
            time.now() ### time.now() is not available
            time.parse_time("2024-02-30T00:00:00Z") ### day out of range
            time.parse_time("2024") ### parsing time "2024"
            time.parse_duration("1x") ### unknown unit "x" in duration "1x"
            time.parse_duration("1") ### missing unit in duration "1"
            time.parse_time("2024-01-01T00:00:00Z", location="Nowhere/X") ### unknown time zone Nowhere/X
            time.time(2024) ### time: unexpected positional arguments
            time.hour * (1 << 62) ### out of range
            time.hour / 0 ### division by zero
            """#)
        #expect(failures.isEmpty)
    }
}
