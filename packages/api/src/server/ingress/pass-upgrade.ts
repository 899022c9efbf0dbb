import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { endUpgrade, refuseUpgrade } from "./answers.ts";
import { headersOf, ofHandshake } from "./headers.ts";
import { type Passage, requestUpstream } from "./upstream.ts";

export const HANDSHAKE_WITHIN_MS = 20_000;

/** Switches to a WebSocket with the container, and carries its bytes unread. `signal` cuts it. */
export function passUpgrade(
  passage: Passage,
  { socket, head }: { socket: Duplex; head: Buffer },
  signal: AbortSignal,
): void {
  if (signal.aborted) return void socket.destroy();
  const handshake = [
    ["Connection", "Upgrade"],
    ["Upgrade", "websocket"],
  ] as const;
  const upstream = requestUpstream(passage, handshake, { agent: false });
  const answered = new AbortController();
  const cut = () => socket.destroy();
  signal.addEventListener("abort", cut, { once: true });
  socket.once("close", () => {
    signal.removeEventListener("abort", cut);
    answered.abort();
    upstream.destroy();
  });
  const refuse = (kind: "down" | "late", status?: number) => {
    if (answered.signal.aborted) return;
    answered.abort();
    refuseUpgrade(socket, kind, status);
    upstream.destroy();
  };
  void passage.clock.sleep(HANDSHAKE_WITHIN_MS, answered.signal).then(() => refuse("late"));
  upstream.on("error", () => refuse("down"));
  upstream.once("close", () => refuse("down"));
  upstream.once("response", ({ statusCode = 0 }: IncomingMessage) =>
    refuse("down", statusCode >= 300 ? statusCode : undefined),
  );
  upstream.once("upgrade", (switched: IncomingMessage, remote: Duplex, first: Buffer) => {
    answered.abort();
    remote.on("error", cut);
    socket.once("close", () => remote.destroy());
    // Its last bytes, such as the reason for closing, still go out.
    remote.once("close", () => endUpgrade(socket));
    const lines = ofHandshake(headersOf(switched.rawHeaders)).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
    socket.write(first);
    remote.write(head);
    remote.pipe(socket);
    socket.pipe(remote);
  });
  upstream.end();
}
