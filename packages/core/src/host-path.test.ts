import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAbsoluteHostPath, isWithin, resolveHostPath } from "./host-path.ts";

describe("isAbsoluteHostPath", () => {
  test.each([
    "/",
    "/srv/claw",
    "C:\\claw",
    "c:/claw",
    "Z:\\",
    "\\\\server\\share",
    "\\\\server\\share\\a",
  ])("accepts %s", (given) => {
    expect(isAbsoluteHostPath(given)).toBe(true);
  });

  test.each([
    "",
    ".",
    "./a",
    "a/b",
    "C:",
    "C:claw",
    "\\claw",
    "\\\\server",
    "\\\\server\\",
    "1:\\a",
  ])("refuses %j, which depends on where the reader stands", (given) => {
    expect(isAbsoluteHostPath(given)).toBe(false);
  });
});

describe("resolveHostPath", () => {
  test.each([
    ["/srv/claw", "./instances/a/data", "/srv/claw/instances/a/data"],
    ["/srv/claw/", "instances", "/srv/claw/instances"],
    ["/srv/../opt//claw", "a", "/opt/claw/a"],
    ["/", "a", "/a"],
    ["/srv/claw", ".", "/srv/claw"],
    ["/srv/claw", "../../../etc", "/etc"],
    ["/srv/claw", "/etc/./ssl/../hosts", "/etc/hosts"],
    ["/home/张三/我的 Claw", "./instances/a", "/home/张三/我的 Claw/instances/a"],
    ["/srv/back\\slash", "a", "/srv/back\\slash/a"],
    ["C:\\Claw", "./instances/a/data", "C:\\Claw\\instances\\a\\data"],
    ["c:/Claw Home/", "./instances/a", "c:\\Claw Home\\instances\\a"],
    ["D:\\用户\\张三", "./instances/a", "D:\\用户\\张三\\instances\\a"],
    ["C:\\", "instances", "C:\\instances"],
    ["C:\\claw", "..\\..\\..\\b", "C:\\b"],
    ["C:\\claw", "D:/other/x", "D:\\other\\x"],
    ["\\\\nas\\team", "./instances/a", "\\\\nas\\team\\instances\\a"],
    ["\\\\nas/team/", "../../a", "\\\\nas\\team\\a"],
    ["\\\\nas\\team", ".", "\\\\nas\\team\\"],
  ])("from %s, %s is %s", (base, relative, resolved) => {
    expect(resolveHostPath(base, relative)).toBe(resolved);
  });

  test("a Linux path stays one on a Windows host, where it means the machine of Docker Desktop", () => {
    expect(resolveHostPath("C:\\claw", "/var/lib/x")).toBe("/var/lib/x");
  });

  const name = fc
    .string({
      unit: fc.constantFrom("a", "B", "7", " ", ".", "张", "😀", "$", "'", "-"),
      maxLength: 6,
    })
    .filter((part) => !/^[. ]*$/.test(part));
  const segments = fc.array(fc.oneof(name, fc.constantFrom(".", "..", "")), { maxLength: 7 });
  const base = segments.map((parts) => parts.join("/"));
  const relative = fc
    .tuple(fc.option(name, { nil: "." }), segments)
    .map(([first, rest]) => [first, ...rest].join("/"));

  test("agrees with node:path on Linux", () => {
    fc.assert(
      fc.property(base, relative, (folder, rest) => {
        expect(resolveHostPath(`/${folder}`, rest)).toBe(path.posix.resolve(`/${folder}`, rest));
      }),
    );
  });

  test("agrees with node:path on Windows, whatever the separators", () => {
    const root = fc.constantFrom(
      "C:\\",
      "c:/",
      "Z:\\\\",
      "\\\\server\\share\\",
      "\\\\server/share/",
    );
    const slash = (text: string, backslashes: readonly boolean[]) =>
      text.replace(/\//g, (_, at: number) => (backslashes[at % backslashes.length] ? "\\" : "/"));
    const mix = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(root, base, relative, mix, (start, folder, rest, backslashes) => {
        const from = start + slash(folder, backslashes);
        const to = slash(rest, backslashes);
        expect(resolveHostPath(from, to)).toBe(path.win32.resolve(from, to));
      }),
    );
  });

  test("resolving twice changes nothing", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("/", "C:\\", "\\\\nas\\x\\"),
        base,
        relative,
        (root, folder, rest) => {
          const once = resolveHostPath(root + folder, rest);
          expect(resolveHostPath(once, ".")).toBe(once);
          expect(isAbsoluteHostPath(once)).toBe(true);
        },
      ),
    );
  });
});

describe("isWithin", () => {
  test.each([
    ["/srv/a", "/srv/a", true],
    ["/srv/a/", "/srv/a/data", true],
    ["/srv/a", "/srv/ab", false],
    ["/srv/a", "/srv/a\\b", false],
    ["/srv/a", "/srv/a/../b", false],
    ["/", "/etc", true],
    ["C:\\claw\\a", "C:/claw/a/data", true],
    ["C:\\claw\\a", "C:\\claw\\ab", false],
    ["C:\\claw\\a", "C:\\claw\\a\\..", false],
    ["C:\\claw", "/claw/a", false],
    ["\\\\nas\\x", "\\\\nas\\x\\a", true],
    ["\\\\nas\\x", "\\\\nas\\xy", false],
  ])("of %s, %s: %s", (folder, inner, expected) => {
    expect(isWithin(folder, inner)).toBe(expected);
  });
});
