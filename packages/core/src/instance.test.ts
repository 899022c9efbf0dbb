import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  HostPort,
  InstanceId,
  InstanceName,
  isDeviceId,
  NewInstance,
  NewInstanceId,
} from "./instance.ts";
import { nameProblem } from "./name-problem.ts";

describe("the id of a new instance", () => {
  test.each([
    "con",
    "prn",
    "aux",
    "nul",
    "com1",
    "com9",
    "lpt1",
    "lpt9",
  ])("is not %s, which a folder on Windows cannot be called", (id) => {
    const { error } = NewInstanceId.safeParse(id);
    expect(error?.issues[0]?.message).toContain(`must not be ${id}: Windows has a device`);
    expect(NewInstance.safeParse({ id, name: "x" }).success).toBe(false);
    // An existing instance keeps its id.
    expect(InstanceId.parse(id)).toBe(id);
  });

  test.each(["console", "com", "com10", "con-1", "null", "aux2"])("may be %s", (id) => {
    expect(NewInstanceId.parse(id)).toBe(id);
    expect(isDeviceId(id)).toBe(false);
  });
});

describe("InstanceId", () => {
  test.each([
    "a",
    "7",
    "zhangsan",
    "zhang-san",
    "a--b",
    "123",
    "0x1f",
    "1e3",
    "on",
    "null",
    "constructor",
    "a".repeat(40),
    `a${"-".repeat(38)}b`,
  ])("accepts %s", (id) => {
    expect(InstanceId.parse(id)).toBe(id);
  });

  test.each([
    ["nothing", ""],
    ["41 characters", "a".repeat(41)],
    ["a hyphen first", "-a"],
    ["a hyphen last", "a-"],
    ["a hyphen alone", "-"],
    ["a capital", "Zhangsan"],
    ["an underscore", "zhang_san"],
    ["a dot", "zhang.san"],
    ["a space", "zhang san"],
    ["space around it", " a "],
    ["a line break after it", "a\n"],
    ["a second line", "a\nb"],
    ["a path", "../a"],
    ["Chinese", "张三"],
    ["a full-width letter", "ａ"],
    ["a digit of another script", "a٣"],
    ["a zero byte", "a\0"],
    ["__proto__", "__proto__"],
  ])("refuses %s", (_, id) => {
    expect(InstanceId.safeParse(id).success).toBe(false);
  });

  test("says what an id may be", () => {
    expect(InstanceId.safeParse("A").error?.issues).toMatchObject([
      { message: expect.stringContaining("1 to 40 lower-case letters, digits or hyphens") },
    ]);
  });

  test("accepts exactly what can be a host name of at most 40 characters", () => {
    const unit = fc.constantFrom("a", "z", "0", "9", "-", "A", "_", ".", "\n", "é");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 45 }), (id) => {
        const allowed = [...id].every((c) => "az09-".includes(c));
        const ends = !id.startsWith("-") && !id.endsWith("-");
        expect(InstanceId.safeParse(id).success).toBe(
          allowed && ends && id.length >= 1 && id.length <= 40,
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("InstanceName", () => {
  test.each([
    ["张三", "张三"],
    ["  张三\t\n", "张三"],
    ["\u3000张三\u3000", "张三"],
    ["Zhang San (测试)", "Zhang San (测试)"],
    ["محمد", "محمد"],
    ['O\'Brien "x" <b> ${y} {{ z }}', 'O\'Brien "x" <b> ${y} {{ z }}'],
    ["👩‍💻", "👩‍💻"],
    ["م‌ن", "م‌ن"],
    ["字".repeat(64), "字".repeat(64)],
    ["😀".repeat(64), "😀".repeat(64)],
    [` ${"x".repeat(64)} `, "x".repeat(64)],
  ])("makes %j %j", (given, name) => {
    expect(InstanceName.parse(given)).toBe(name);
  });

  test.each([
    ["nothing", ""],
    ["spaces", " \t\u3000 "],
    ["only what cannot be seen", "\u200b\u2060\u00ad"],
    ["a filler that looks empty", "\u3164"],
    ["65 characters", "字".repeat(65)],
    ["65 characters outside the basic plane", "😀".repeat(65)],
    ["spaces beyond all measure", " ".repeat(5000)],
    ["a line break", "a\nb"],
    ["a carriage return", "a\rb"],
    ["a tab", "a\tb"],
    ["an escape", "a\u001b[31mb"],
    ["a zero byte", "a\0b"],
    ["delete", "a\u007fb"],
    ["a C1 control", "a\u0085b"],
    ["a line separator", "a\u2028b"],
    ["a paragraph separator", "a\u2029b"],
    ["a right-to-left override", "a\u202eb"],
    ["an embedding", "a\u202ab"],
    ["an isolate", "a\u2067b"],
    ["a right-to-left mark", "a\u200fb"],
    ["an Arabic letter mark", "a\u061cb"],
    ["half a surrogate pair", "a\ud83d"],
    ["the other half", "\ude00a"],
    ["a number", 7],
  ])("refuses %s", (_, name) => {
    expect(InstanceName.safeParse(name).success).toBe(false);
  });

  test("says which of its rules a text breaks", () => {
    const said = (name: string) => InstanceName.safeParse(name).error?.issues.map((i) => i.message);
    expect(said("  ")).toEqual(["The name must not be empty."]);
    expect(said("x".repeat(65))).toEqual(["The name must be 1 to 64 characters long."]);
    expect(said("a\nb")).toEqual([expect.stringContaining("line breaks")]);
    expect(said("a\u202eb")).toEqual([expect.stringContaining("direction of writing")]);
    expect(["محمد", "שלום", "ᠮᠣᠩᠭᠣᠯ"].map((name) => nameProblem(name))).toEqual([null, null, null]);
  });

  test("whatever it accepts is trimmed, 1 to 64 characters, one line, and survives UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 70 }), (given) => {
        const parsed = InstanceName.safeParse(given);
        fc.pre(parsed.success);
        const name = parsed.data as string;
        expect(name).toBe(given.trim());
        expect([...name].length).toBeGreaterThanOrEqual(1);
        expect([...name].length).toBeLessThanOrEqual(64);
        expect(name.split(/[\r\n\u2028\u2029]/)).toHaveLength(1);
        expect(Buffer.from(name, "utf8").toString("utf8")).toBe(name);
      }),
      { numRuns: 200 },
    );
  });
});

describe("HostPort", () => {
  test.each([1024, 18789, 65535])("accepts %i", (port) => {
    expect(HostPort.parse(port)).toBe(port);
  });
  test.each([
    0,
    -1,
    1023,
    65536,
    18789.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "18789",
    null,
  ])("refuses %s", (port) => {
    expect(HostPort.safeParse(port).success).toBe(false);
  });
});

describe("NewInstance", () => {
  test("starts by default and leaves the port to the panel", () => {
    expect(NewInstance.parse({ id: "a", name: " 甲 " })).toEqual({
      id: "a",
      name: "甲",
      start: true,
    });
  });

  test("takes a port and can be made without starting", () => {
    const given = { id: "a", name: "甲", port: 20000, start: false };
    expect(NewInstance.parse(given)).toEqual(given);
  });

  test("names each field that is wrong", () => {
    const { error } = NewInstance.safeParse({ id: "A", name: "", port: 1 });
    expect(error?.issues.map(({ path }) => path[0])).toEqual(["id", "name", "port"]);
  });
});
