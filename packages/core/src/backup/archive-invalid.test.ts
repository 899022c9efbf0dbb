import { expect, test } from "vitest";
import { archiveInvalid, archiveTooNew } from "./archive-invalid.ts";

test("the sentence says what is wrong, and what to do", () => {
  const cause = new Error("x");
  expect(archiveInvalid("it ends too early", { cause })).toMatchObject({
    reason: "ARCHIVE_INVALID",
    message: expect.stringMatching(/: it ends too early\. Use another copy/),
    cause,
  });
  expect(archiveTooNew(2, 1)).toMatchObject({
    reason: "ARCHIVE_INVALID",
    message: expect.stringMatching(/format 2.*up to 1.*Update the panel/),
  });
});
