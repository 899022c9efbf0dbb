import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const finishing = anInstance({
  status: "stopping",
  statusReason: "…",
  statusDetail: {
    code: "FINISHING_WORK",
    exitCode: null,
    lines: [],
    work: ["root-request", "chat-run", "embedded-run", "cron-run", "of-a-later-version"],
  },
});

test.each([
  ["administrator", "/instances/zhangsan"],
  ["member", "/"],
] as const)("to the %s at %s a stop names the work it waits for, and can be hurried", async (role, path) => {
  const { fake } = renderApp({
    path,
    me: { role },
    instances: [finishing],
    answers: { "instances.stopNow": () => finishing },
  });
  expect(
    await screen.findByText(
      "Finishing before it stops: a request to the gateway, conversation, scheduled job, other running work.",
    ),
  ).toBeTruthy();
  fireEvent.click(await screen.findByRole("button", { name: "Stop 张三 now" }));
  await expect
    .poll(() => fake.calls.find((call) => call.path === "instances.stopNow")?.input)
    .toEqual({ id: "zhangsan" });
});

test("a refusal is shown, and it can be tried again", async () => {
  const answers = {
    "instances.stopNow": () => {
      throw panelError("ENGINE_UNREACHABLE", "Docker is away");
    },
  };
  renderApp({ path: "/instances/zhangsan", instances: [finishing], answers });
  const button = await screen.findByRole("button", { name: "Stop 张三 now" });
  fireEvent.click(button);
  expect(await screen.findByText(/Failed to stop|Could not stop/)).toBeTruthy();
  await expect.poll(() => button.hasAttribute("disabled")).toBe(false);
});

test("an instance that stops without a wait offers nothing", async () => {
  renderApp({ path: "/instances/zhangsan", instances: [anInstance({ status: "stopping" })] });
  await screen.findByRole("heading", { name: "张三" });
  expect(screen.queryByRole("button", { name: "Stop 张三 now" })).toBeNull();
});
