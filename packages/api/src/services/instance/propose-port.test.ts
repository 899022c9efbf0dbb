import { expect, test } from "vitest";
import { createTestPanel } from "../../../tests/support/test-app.ts";
import { createInstance } from "./create-instance.ts";
import { proposePort } from "./propose-port.ts";

test("proposes the port that the next instance then gets", async () => {
  await using panel = await createTestPanel();
  const { port } = await proposePort(panel.context);
  const { port: given } = await createInstance(panel.context, {
    id: "anna",
    name: "Anna",
    start: false,
  });
  expect(given).toBe(port);
  expect((await proposePort(panel.context)).port).toBe(port + 1);
});
