import { expect, test } from "vitest";
import { channelTokens } from "./channel-tokens.ts";

test("tokens of channels and of their accounts are found, by their channel", () => {
  const text = `{ channels: {
    telegram: { enabled: true, botToken: "t:1" },
    slack: { accounts: { work: { botToken: "b", appToken: "a" } } },
  } }`;
  expect(channelTokens(text)).toEqual([
    { channel: "telegram", token: "t:1" },
    { channel: "slack", token: "b" },
    { channel: "slack", token: "a" },
  ]);
});

test.each([
  ["a reference", '{ channels: { discord: { token: "${DISCORD}" } } }'],
  ["another place", '{ gateway: { auth: { token: "t" } } }'],
  ["nothing in it", '{ channels: { discord: { token: "" } } }'],
  ["no configuration", "{"],
])("is none: %s", (_, text) => {
  expect(channelTokens(text)).toEqual([]);
});
