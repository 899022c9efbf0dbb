import { expect, test } from "vitest";
import { drafts } from "./draft.ts";

const DRAFT = { text: "{token: 'secret'}", revision: "r1" };

test("all drafts go together, and nothing else that the browser keeps", () => {
  localStorage.setItem("claw.theme", "dark");
  drafts.write("anna", DRAFT);
  drafts.write("bob", DRAFT);
  drafts.removeAll();
  expect([drafts.read("anna"), drafts.read("bob")]).toEqual([null, null]);
  expect(localStorage.getItem("claw.theme")).toBe("dark");
});

test("whoever signs in next finds their own drafts, not somebody else's", () => {
  drafts.keepFor("anna");
  drafts.write("bot", DRAFT);
  drafts.keepFor("anna");
  expect(drafts.read("bot")).toEqual(DRAFT);
  drafts.keepFor("bob");
  expect(drafts.read("bot")).toBeNull();
});
