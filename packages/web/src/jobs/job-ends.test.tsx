import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { aJob, anInstance } from "../testing/fixtures.ts";
import { renderApp } from "../testing/render-app.tsx";

const MEMBER = { username: "zhang", displayName: "张三丰", role: "member" } as const;
const job = aJob({ id: "job-7", kind: "backup", instanceId: null });

async function backUp() {
  const view = renderApp({
    me: MEMBER,
    path: "/",
    instances: [anInstance({ owner: "zhang" })],
    answers: { "backups.create": () => job },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Back up" }));
  await screen.findByText("Backing up 张三");
  const push = (patch: Parameters<typeof aJob>[0]) =>
    view.fake.push("jobs.watch", { type: "changed", job: { ...job, ...patch } });
  push({});
  return { ...view, push };
}

test("the end of a backup that was begun here is told, with the way to it", async () => {
  const { push } = await backUp();
  expect(screen.queryByText("Back up: done")).toBeNull();
  push({ status: "succeeded" });
  expect(await screen.findByText("Back up: done")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Show" }));
  await expect.poll(() => window.location.pathname).toBe("/backups");
});

test("one that failed is told with the reason; somebody else's is not told", async () => {
  const { push, fake } = await backUp();
  fake.push("jobs.watch", { type: "changed", job: aJob({ id: "other", status: "succeeded" }) });
  push({ status: "failed", error: { reason: "DISK_FULL", message: "The disk is full." } });
  expect(await screen.findByText("Back up: failed")).toBeTruthy();
  expect(screen.queryByText("Get the image: done")).toBeNull();
});

test("one that did a part of its work is not told as failed, and names what it failed for", async () => {
  const { push } = await backUp();
  const still = { bytes: 0, totalBytes: 0, files: 0, bytesPerSecond: 0, secondsLeft: null };
  const one = { ...still, downMs: null, problem: null };
  push({
    status: "partial",
    detail: {
      ...still,
      instances: [
        { ...one, id: "zhangsan", name: "张三", phase: "failed" },
        { ...one, id: "lisi", name: "李四", phase: "done" },
      ],
    },
    result: { failed: [{ id: "zhangsan", reason: "DISK_FULL", message: "The disk is full." }] },
  });
  expect(await screen.findByText("Back up: partly done")).toBeTruthy();
  expect(screen.getByText("1 of 2 done; the others failed: 张三")).toBeTruthy();
});
