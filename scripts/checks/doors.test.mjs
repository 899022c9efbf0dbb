import assert from "node:assert/strict";
import test from "node:test";
import { checkDoors } from "./doors.mjs";
import { planted } from "./planted.mjs";

const DOOR = "api/src/services/instance/config-versions.ts";

const check = (name, text) => checkDoors(planted({ [name]: text }));

for (const [what, text] of [
  ["a call", `ctx.disk.storage.writeConfig("anna", "{}");`],
  ["a call of what may be missing", `ctx.disk.storage?.writeConfig("anna", "{}");`],
  ["a name in quotes", `ctx.disk.storage["writeConfig"]("anna", "{}");`],
  ["a function that is handed on", "write(ctx.disk.storage.writeConfig);"],
  ["a part of the storage", "const { writeConfig } = ctx.disk.storage;"],
  ["a part under another name", "const f = ({ writeConfig: write }) => write();"],
]) {
  test(`a configuration that is written past its history is found: ${what}`, () => {
    const found = check("api/src/services/x.ts", `// 1\n${text}`);
    assert.deepEqual(
      found.map(({ rule, file, line }) => [rule, file, line]),
      [["door", "packages/api/src/services/x.ts", 2]],
    );
  });
}

for (const [what, name, text] of [
  ["the door itself", DOOR, `storage.writeConfig("anna", "{}");`],
  ["a test", "api/src/services/x.test.ts", `storage.writeConfig("anna", "{}");`],
  ["a driver that offers it", "api/src/files/x.ts", "export const x = { writeConfig() {} };"],
  ["the interface", "api/src/files/y.ts", "export interface Y { writeConfig(): void }"],
  ["a key that is computed", "api/src/services/x.ts", "values[writeConfig];"],
]) {
  test(`allowed: ${what}`, () => assert.deepEqual(check(name, text), []));
}
