import type { Invitation } from "@claw/core/access/user";
import { createRoot } from "solid-js";
import { expect, test } from "vitest";
import type { Invited } from "../../api/client.ts";
import { panelError } from "../../testing/fake-api.ts";
import { createInviting } from "./create-inviting.ts";

const ALL: Invitation[] = ["anna", "bob", "cy"].map((username) => ({
  username,
  displayName: username,
  instance: { id: username, name: username },
}));

const linkOf = (username: string): Invited => ({
  url: `http://panel.example/invite#code=${username}`,
  expiresAt: "2026-12-07T08:00:00.000Z",
});

/** A panel that answers when the test says so. */
function slowPanel() {
  const calls: { username: string; answer: PromiseWithResolvers<Invited> }[] = [];
  const invite = ({ username }: Invitation) => {
    const answer = Promise.withResolvers<Invited>();
    calls.push({ username, answer });
    return answer.promise;
  };
  const next = async (count: number) => {
    await expect.poll(() => calls.length).toBe(count);
    return calls[count - 1];
  };
  return {
    calls,
    invite,
    accept: async (count: number) => {
      const call = await next(count);
      call?.answer.resolve(linkOf(call.username));
    },
    refuse: async (count: number) =>
      (await next(count))?.answer.reject(panelError("USER_EXISTS", "The user name is taken.")),
  };
}

test("one after another; a failure stops nobody else, and is tried again alone", async () => {
  const panel = slowPanel();
  const { inviting, dispose } = createRoot((end) => ({
    inviting: createInviting(panel.invite, ALL),
    dispose: end,
  }));
  const states = () => inviting.all().map(({ state }) => state);
  const first = inviting.run("waiting");
  await panel.refuse(1);
  await expect.poll(states).toEqual(["failed", "running", "waiting"]);
  expect(panel.calls.length, "one at a time").toBe(2);
  await panel.accept(2);
  await panel.accept(3);
  await first;
  expect(states()).toEqual(["failed", "done", "done"]);
  expect(inviting.all()[0]?.failure?.reason).toBe("USER_EXISTS");
  expect(inviting.invited().map(({ link }) => link.url)).toEqual(
    ["bob", "cy"].map((name) => linkOf(name).url),
  );

  const again = inviting.run("failed");
  await panel.accept(4);
  await again;
  expect(panel.calls.map(({ username }) => username)).toEqual(["anna", "bob", "cy", "anna"]);
  expect(inviting.counts()).toEqual({ waiting: 0, running: 0, done: 3, failed: 0, skipped: 0 });
  dispose();
});

test("stopped, it finishes the call under way, keeps its link, and can go on with the others", async () => {
  const panel = slowPanel();
  const { inviting, dispose } = createRoot((end) => ({
    inviting: createInviting(panel.invite, ALL),
    dispose: end,
  }));
  const states = () => inviting.all().map(({ state }) => state);
  const first = inviting.run("waiting");
  inviting.stop();
  await panel.accept(1);
  await first;
  expect(states()).toEqual(["done", "skipped", "skipped"]);
  expect([inviting.running(), inviting.stopping()]).toEqual([false, false]);

  const rest = inviting.run("skipped");
  await panel.accept(2);
  await panel.accept(3);
  await rest;
  expect(states()).toEqual(["done", "done", "done"]);
  dispose();
});

test("nobody is invited any more once the window is gone", async () => {
  const panel = slowPanel();
  const { running, dispose } = createRoot((end) => ({
    running: createInviting(panel.invite, ALL).run("waiting"),
    dispose: end,
  }));
  dispose();
  await panel.accept(1);
  await running;
  expect(panel.calls.length).toBe(1);
});
