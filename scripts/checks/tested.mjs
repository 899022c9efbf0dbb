/**
 * Every file of core and the services must have a test: beside it, in tests/ under its name, or one
 * that imports it.
 */
import path from "node:path";
import { isTest } from "./project.mjs";
import { roomOf } from "./rooms.mjs";

const subject = (name) => path.posix.basename(name).replace(/\..*$/, "");

export function checkTested({ files }) {
  const tests = [...files.values()].filter(({ name }) => /\.test\.tsx?$/.test(name));
  const imported = new Set(tests.flatMap(({ imports }) => imports.map(({ target }) => target)));
  const inTests = new Set(
    tests.filter(({ name }) => name.includes("/tests/")).map(({ name }) => subject(name)),
  );
  return [...files.values()]
    .filter((file) => ["core", "services"].includes(roomOf(file.name)) && !isTest(file.name))
    .filter(({ hasCode }) => hasCode)
    .filter(({ name }) => {
      const beside = name.replace(/\.ts$/, ".test.ts");
      return !files.has(beside) && !imported.has(name) && !inTests.has(subject(name));
    })
    .map(({ name }) => ({ rule: "tested", file: name, line: 1, message: "has no test" }));
}
