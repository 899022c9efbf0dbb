import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";
import { POLICY, renderWithBackups } from "../testing/backup-scene.ts";
import { panelError } from "../testing/fake-api.ts";
import { anInstance } from "../testing/fixtures.ts";
import "./backups-page.tsx";
import "./policy-dialog.tsx";

const NEXT = ["2026-11-23T19:00:00.000Z", "2026-11-24T19:00:00.000Z", "2026-11-25T19:00:00.000Z"];
const on = {
  ...POLICY,
  policy: { ...POLICY.policy, enabled: true, timezone: "Asia/Shanghai" },
  nextRun: "2026-11-23T19:00:00.000Z",
  lastRun: {
    at: "2026-11-22T19:00:00.000Z",
    jobId: "j",
    status: "failed",
    message: "The disk is full.",
  },
  waiting: "Docker is unreachable.",
};
const card = async () =>
  within(
    (await screen.findByRole("heading", { name: "Schedule and retention" })).closest(
      "section",
    ) as HTMLElement,
  );

async function edit(answers: Record<string, (input: never) => unknown>, policy: object = POLICY) {
  const view = await renderWithBackups([], {
    instances: [anInstance()],
    answers: {
      "backups.policy": () => policy,
      "backups.previewPolicy": () => ({ next: NEXT }),
      ...answers,
    },
  });
  const button = (await card()).getByRole<HTMLButtonElement>("button", { name: "Edit" });
  await expect.poll(() => button.disabled).toBe(false);
  fireEvent.click(button);
  const dialog = within(await screen.findByRole("dialog", { name: "Schedule and retention" }));
  const input = (path: string) =>
    view.fake.calls.filter((call) => call.path === path).at(-1)?.input;
  const save = () => fireEvent.click(dialog.getByRole("button", { name: "Save" }));
  return { ...view, dialog, input, save };
}

test("says when the next one is, how the last went, and what is kept", async () => {
  await renderWithBackups([], { answers: { "backups.policy": () => on } });
  const shown = await card();
  expect(await shown.findByText("Every night at 3:00")).toBeTruthy();
  expect(shown.getByText("All instances")).toBeTruthy();
  expect(shown.getByText("Failed")).toBeTruthy();
  expect(shown.getByText("The disk is full.")).toBeTruthy();
  expect(shown.getByText("Docker is unreachable.")).toBeTruthy();
  expect(shown.getByText(/^Keeps the last 7; of older ones/)).toBeTruthy();
});

test("that cannot be read says why, and is read again", async () => {
  const { fake } = await renderWithBackups([], {
    answers: {
      "backups.policy": () => {
        throw panelError("INTERNAL", "The store is locked.");
      },
    },
  });
  const again = await (await card()).findByRole("button", { name: "Try again" });
  fake.answers["backups.policy"] = () => POLICY;
  fireEvent.click(again);
  expect(await (await card()).findByText("No automatic backups.")).toBeTruthy();
});

test("is switched on with a preset, in the reader's zone, for chosen instances", async () => {
  const { dialog, input, save } = await edit({ "backups.savePolicy": () => on });
  fireEvent.click(dialog.getByRole("switch", { name: "Back up on a schedule" }));
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(dialog.getByLabelText<HTMLInputElement>("Time zone").value).toBe(zone);
  fireEvent.input(dialog.getByLabelText("Time zone"), { target: { value: "Asia/Shanghai" } });
  await expect
    .poll(() => input("backups.previewPolicy"))
    .toEqual({ cron: "0 3 * * *", timezone: "Asia/Shanghai" });
  const runs = within(dialog.getByRole("list", { name: "Next backups" }));
  await expect.poll(() => runs.queryAllByText(/03:00/).length).toBe(3);
  fireEvent.click(dialog.getByRole("radio", { name: "Selected instances" }));
  save();
  expect(await dialog.findByText("Select at least one instance.")).toBeTruthy();
  fireEvent.click(dialog.getByRole("checkbox", { name: /张三/ }));
  fireEvent.input(dialog.getByRole("textbox", { name: "The newest" }), { target: { value: "3" } });
  fireEvent.input(dialog.getByRole("textbox", { name: "Weekly, weeks" }), {
    target: { value: "0" },
  });
  expect(
    dialog.getByText(/^Keeps the last 3; of older ones, one per day for 14 days\.$/),
  ).toBeTruthy();
  save();
  await expect
    .poll(() => input("backups.savePolicy"))
    .toEqual({
      ...POLICY.policy,
      enabled: true,
      timezone: "Asia/Shanghai",
      instanceIds: ["zhangsan"],
      keepLast: 3,
      keepWeekly: 0,
    });
  expect(await screen.findByText("Schedule saved")).toBeTruthy();
  await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
});

test("an expression that is none is said before saving, and nothing is saved", async () => {
  const { dialog, input, save, fake } = await edit(
    {},
    {
      ...on,
      policy: { ...on.policy, cron: "1 2 3 4 5", instanceIds: ["gone"] },
    },
  );
  fake.answers["backups.previewPolicy"] = () => {
    throw panelError("INVALID_INPUT", "Minute 99 is out of range.");
  };
  expect(dialog.getByRole("checkbox", { name: /No longer exists/ })).toBeTruthy();
  fireEvent.input(dialog.getByRole("textbox", { name: "Cron expression" }), {
    target: { value: "99 * * * *" },
  });
  expect(await dialog.findByText(/Minute 99 is out of range/)).toBeTruthy();
  save();
  expect(input("backups.savePolicy")).toBeUndefined();
});

test("numbers that cannot be are marked; a refusal is told", async () => {
  const { dialog, save } = await edit({
    "backups.savePolicy": () => {
      throw panelError("DISK_FULL", "No space.");
    },
  });
  const last = dialog.getByRole("textbox", { name: "The newest" });
  fireEvent.input(last, { target: { value: "0" } });
  expect(dialog.getByText("Enter a whole number from 1 to 1000.")).toBeTruthy();
  fireEvent.input(last, { target: { value: "5" } });
  save();
  expect(await dialog.findByRole("alert")).toBeTruthy();
});
