import { expect, test } from "vitest";
import { InstanceRecord } from "./instance-record.ts";

const record = {
  ...{ id: "anna", name: "Anna", port: 20_000, publishHost: "127.0.0.1", timezone: "UTC" },
  ...{ desired: "running", createdAt: "2026-01-01T00:00:00.000Z" },
  image: { ref: "openclaw:local", id: null, digest: null },
  ...{ openclawVersion: null, compose: "", takenAt: "2026-01-02T00:00:00.000Z" },
};

test.each(["createdAt", "takenAt"])("%s of a foreign backup is a time, not any text", (field) => {
  expect(InstanceRecord.safeParse(record).success).toBe(true);
  expect(InstanceRecord.safeParse({ ...record, [field]: "yesterday" }).success).toBe(false);
});
