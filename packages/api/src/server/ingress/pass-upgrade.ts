import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { refusedUpgrade } from "./answers.ts";
import { headersOf, ofHandshake } from "./headers.ts";
import { type Passage, requestUpstream } from "./upstream.ts";

const HANDSHAKE_WITHIN_MS = 20_000;

/** Switches to a WebSocket with the container, and carries its bytes unread. `signal` cuts it. */
export function passUpgrade(
  passage: Passage,
  { socket, head }: { socket: Duplex; head: Buffer },
  signal: AbortSignal,
): void {
  const upstream = requestUpstream(passage, [
    ["Connection", "Upgrade"],
    ["Upgrade", "websocket"],
  ]);
  let remote: Duplex | undefined;
  const cut = () => {
    upstream.destroy();
    remote?.destroy();
    socket.destroy();
  };
  signal.addEventListener("abort", cut, { once: true });
  socket.once("close", () => {
    signal.removeEventListener("abort", cut);
    cut();
  });
  const refuse = (kind: "down" | "late") => {
    socket.end(refusedUpgrade(kind));
    upstream.destroy();
  };
  upstream.setTimeout(HANDSHAKE_WITHIN_MS, () => refuse("late"));
  upstream.once("error", () => {
    if (remote) cut();
    else refuse("down");
  });
  upstream.once("response", (answered: IncomingMessage) => {
    answered.resume();
    socket.end(`HTTP/1.1 ${answered.statusCode ?? 502} Refused\r\nConnection: close\r\n\r\n`);
  });
  upstream.once("upgrade", (answered: IncomingMessage, opened: Duplex, first: Buffer) => {
    remote = opened;
    upstream.setTimeout(0);
    const lines = ofHandshake(headersOf(answered.rawHeaders)).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
    socket.write(first);
    opened.write(head);
    opened.once("close", cut);
    opened.on("error", cut);
    opened.pipe(socket);
    socket.pipe(opened);
  });
  upstream.end();
}
