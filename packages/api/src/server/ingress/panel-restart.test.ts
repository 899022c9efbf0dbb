import { once } from "node:events";
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { FakeHost } from "../../../tests/support/fake-host.ts";
import { Opened } from "../../../tests/support/opened.ts";
import { homeOfTest, TEST_IMAGE, TEST_RANGES } from "../../../tests/support/test-app.ts";
import { Upstream } from "../../../tests/support/upstream.ts";
import { MemoryEngine } from "../../engine/memory/memory-engine.ts";
import { createInstance } from "../../services/instance/create-instance.ts";

async function echoed(socket: Socket): Promise<string> {
  const heard = once(socket, "data");
  socket.write("again");
  return String((await heard)[0]);
}

test("a Control UI that is open while the panel restarts connects again, signed on as before", async () => {
  const home = await homeOfTest();
  const machine = new FakeHost();
  // The container runs on, with its sockets.
  await using upstream = await Upstream.open();
  await using engine = new MemoryEngine({
    ...{ home, ranges: TEST_RANGES, images: [TEST_IMAGE], openclawVersion: "2026.9.6" },
    ...{ startDelayMs: 10, restartDelayMs: 10, heartbeatMs: 1_000 },
  });
  const panel = () => Opened.begin({ home, host: machine, engine });
  const placeOf = ({ app }: Opened) => {
    const spec = app.context.runtime.live.board.specOf("anna");
    if (!spec) throw new Error("there is no instance anna");
    const { host, origin } = new URL(app.context.runtime.addresses.urlOf(spec));
    return { spec, upstream, host, origin };
  };
  const open = (at: Opened, Cookie: string) => {
    const { host, origin } = placeOf(at);
    return at.upgrade(host, { Cookie, Origin: origin });
  };

  let cookie: string;
  let ended: Promise<unknown>;
  {
    await using before = await panel();
    const input = { id: "anna", name: "Anna", start: true, port: upstream.port };
    await createInstance(before.app.context, input);
    await before.app.until("anna", "running");
    cookie = await before.signOn(placeOf(before));
    const [socket, answer] = await open(before, cookie);
    expect(answer).toContain(" 101 ");
    ended = once(socket, "close");
  }
  await ended;
  await using after = await panel();
  await after.app.until("anna", "running");
  const [socket, answer] = await open(after, cookie);
  expect(answer).toContain(" 101 ");
  expect(await echoed(socket)).toBe("again");
  socket.destroy();
});
