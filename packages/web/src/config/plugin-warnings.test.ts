import { expect, test } from "vitest";
import { pluginWarnings } from "./plugin-warnings.ts";

const schemaWith = (...plugins: string[]) => ({
  properties: {
    plugins: { properties: { entries: { properties: Object.fromEntries(namesOf(plugins)) } } },
  },
});
const namesOf = (plugins: string[]) => plugins.map((plugin) => [plugin, { type: "object" }]);

const TEXT = `{
  // channels: { discord: {} },
  channels: { telegram: { botToken: "1:a" }, 'slack': { botToken: "x" } },
  gateway: { whatsapp: {} },
}`;
const marksBy = (schema: Parameters<typeof pluginWarnings>[1]) =>
  pluginWarnings(TEXT, schema).map(({ from, to, severity, message }) => {
    const line = TEXT.slice(0, from).split("\n").length;
    return [line, TEXT.slice(from, to), severity, message];
  });

test("a channel whose plugin the image lacks is marked at its key, and what may come of it is said", () => {
  expect(marksBy(schemaWith("telegram"))).toEqual([
    [
      ...[3, "'slack'", "warning"],
      "slack: the image lacks the plugin @openclaw/slack. Unless the instance has it, OpenClaw tries to install it at its next start, and does not start when that fails",
    ],
  ]);
});

test("none is marked where the image has the plugins, or does not say which it has", () => {
  expect(marksBy(schemaWith("telegram", "slack"))).toEqual([]);
  expect(marksBy(schemaWith())).toEqual([]);
  expect(marksBy({})).toEqual([]);
  expect(marksBy(null)).toEqual([]);
});
