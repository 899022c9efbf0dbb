import { expect, test } from "vitest";
import { areRecipients, parseRecipients } from "./recipients.ts";

const KEY = `age1${"q".repeat(58)}`;

test("keys stand one a line or between commas, each once", () => {
  expect(parseRecipients(` ${KEY}\n\nage1b, age1c,${KEY}`)).toEqual([KEY, "age1b", "age1c"]);
  expect(parseRecipients("  ")).toEqual([]);
});

test("only what can be a key counts", () => {
  expect(areRecipients([KEY])).toBe(true);
  expect(areRecipients([KEY, "ssh-ed25519 AAAA"])).toBe(false);
  expect(areRecipients([])).toBe(false);
});
