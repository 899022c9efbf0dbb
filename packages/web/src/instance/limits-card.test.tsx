import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const limits = {
  memoryBytes: 2 * 1024 ** 3,
  cpus: null,
  pids: 512,
  restart: "unless-stopped",
  stopGraceSeconds: 30,
  log: { maxBytes: 10_000_000, maxFiles: 3 },
};

function open(answer: () => unknown) {
  return renderApp({
    path: "/instances/zhangsan",
    instances: [anInstance()],
    answers: { "instances.limits": answer },
  });
}

/** The value next to a name. */
const fact = async (name: string) =>
  (await screen.findByText(name, { selector: "dt" })).nextElementSibling?.textContent;

test("says what bounds the container, and what does not", async () => {
  open(() => limits);
  await expect.poll(() => fact("Memory limit")).toBe("2 GiB");
  expect(await fact("CPU limit")).toBe("None");
  expect(await fact("Process limit")).toBe("512");
  expect(await fact("Stop timeout")).toBe("30 secs");
  expect(await fact("Restart after it exits")).toBe("Unless stopped");
  expect(await fact("Log kept by Docker")).toBe("3 files of 10 MB");
});

test("a template that cannot be read is said, and tried again", async () => {
  const { fake } = open(() => {
    throw panelError("TEMPLATE_INVALID", "mem_limit is not a size");
  });
  const notice = await screen.findByRole("alert");
  expect(within(notice).getByText("mem_limit is not a size")).toBeTruthy();
  fake.answers["instances.limits"] = () => ({ ...limits, log: { maxBytes: null, maxFiles: null } });
  fireEvent.click(within(notice).getByRole("button", { name: "Try again" }));
  await expect.poll(() => fact("Log kept by Docker")).toBe("None");
});
