import { expect, test } from "vitest";
import { channelsWithoutPlugin } from "./lacking-plugins.ts";

const schemaWith = (entries: object) => ({
  properties: { plugins: { properties: { entries: { properties: entries } } } },
});

test("the plugins that a schema does not list are lacking, by the names of their channels", () => {
  const lacking = channelsWithoutPlugin(schemaWith({ telegram: {}, "openclaw-qqbot": {} }));
  const keys = lacking.map(({ key }) => key);
  expect(keys).toContain("slack");
  expect(keys).not.toContain("telegram");
  expect(keys).not.toContain("qqbot");
});

test("a schema that lists none does not tell", () => {
  expect(channelsWithoutPlugin(schemaWith({}))).toEqual([]);
  expect(channelsWithoutPlugin({})).toEqual([]);
});
