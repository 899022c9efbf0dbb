import { InstanceId } from "@claw/core/instance";
import { expect, test } from "vitest";
import { COMPOSE_FILE, createComposeFileState } from "./compose-file-state.ts";

test("each failure is told, and forgotten when the file is written", () => {
  let told = 0;
  const changes: (string | null)[] = [];
  const state = createComposeFileState(
    () => void told++,
    () => changes.push(state.fault),
  );
  expect(state.fault).toBeNull();
  for (const fault of ["no", "no", "never"]) {
    state.setFault(fault);
    expect(state.fault).toBe(fault);
  }
  state.setFault(null);
  expect([state.fault, told]).toEqual([null, 3]);
  expect(changes).toEqual(["no", "never", null]);
});

test("its name is no instance's", () => {
  expect(InstanceId.safeParse(COMPOSE_FILE).success).toBe(false);
});
