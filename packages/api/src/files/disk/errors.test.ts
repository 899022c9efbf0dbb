import { DomainError } from "@claw/core/errors";
import { expect, test } from "vitest";
import { fileError, translated } from "./errors.ts";

const systemError = (code: string) =>
  Object.assign(new Error(`${code}: said by the system`), { code });

test.each(["ENOSPC", "EDQUOT"])("%s means that the disk is full", (code) => {
  expect(fileError(systemError(code))).toMatchObject({
    reason: "DISK_FULL",
    cause: { code },
  });
});

test.each([
  "EACCES",
  "EPERM",
  "EROFS",
  "ELOOP",
  "ENOTDIR",
  "ENOENT",
  "EISDIR",
  "EEXIST",
])("%s means that the panel may not", (code) => {
  expect(fileError(systemError(code))).toMatchObject({
    reason: "FILES_DENIED",
    message: expect.stringContaining(`${code}: said by the system`),
    cause: { code },
  });
});

test("anything else is passed on as it is", async () => {
  const others = [new Error("x"), systemError("EIO"), new DomainError("BUSY", "x"), "text", null];
  for (const other of others) {
    expect(fileError(other)).toBe(other);
    await expect(translated(() => Promise.reject(other))).rejects.toBe(other);
  }
  expect(await translated(async () => 1)).toBe(1);
});
