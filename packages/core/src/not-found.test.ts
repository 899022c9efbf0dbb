import { expect, test } from "vitest";
import { backupNotFound, instanceNotFound, jobNotFound } from "./not-found.ts";

test.each([
  [instanceNotFound("anna"), "INSTANCE_NOT_FOUND", "There is no instance anna."],
  [jobNotFound("j1"), "JOB_NOT_FOUND", "There is no job j1."],
  [
    backupNotFound(),
    "BACKUP_NOT_FOUND",
    "There is no such backup any more. Load the list of backups again.",
  ],
])("%s is told with its reason", (error, reason, message) => {
  expect({ reason: error.reason, message: error.message }).toEqual({ reason, message });
});
