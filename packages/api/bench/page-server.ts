import { spawn } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createAuthority } from "../src/certificates/x509/authority.ts";
import { issueLeaf } from "../src/certificates/x509/issue.ts";
import { type WriterOptions, writerSource } from "./log-writer.ts";
import type { Tls } from "./visit.ts";

/** Where the data folder of an instance is in its container. */
const DATA = "/home/node/.openclaw";
const FILE = "bench-page.mjs";

/** Bytes of `/asset`: as large as the largest script of the Control UI. */
export const ASSET_BYTES = 3_600_000;

/** Runs in an instance's container in place of OpenClaw. */
export const PAGE_COMMAND = ["node", `${DATA}/${FILE}`, "18789"];

/** Serves an asset, takes uploads, gives everything else a short answer, and echoes WebSockets. */
const SOURCE = `
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
const [, , port, cert, key] = process.argv;
const asset = randomBytes(${ASSET_BYTES});
const answer = (request, response) => {
  if (request.method === "POST") return request.resume().once("end", () => response.end("ok"));
  if (request.url !== "/asset") return response.end("ok");
  const headers = { "content-type": "application/octet-stream", "content-length": asset.length };
  response.writeHead(200, headers).end(asset);
};
const server = cert
  ? createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) }, answer)
  : createServer(answer);
// Longer than any pause of a bench: a connection could be closed just as it is used.
server.keepAliveTimeout = 600_000;
server.on("upgrade", (request, socket) => {
  const key = request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  const accept = createHash("sha1").update(key).digest("base64");
  socket.setNoDelay(true).on("error", () => socket.destroy());
  socket.write("HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n" +
    "Sec-WebSocket-Accept: " + accept + "\\r\\n\\r\\n");
  socket.pipe(socket);
});
// process.stdout would make the pipe one that takes less than it is given.
server.listen(Number(port), () => writeSync(1, server.address().port + "\\n"));
process.on("SIGTERM", () => process.exit(0));
`;

/** With `floods`, it also writes lines as `writeWriter`'s program does. */
export async function writePageServer(
  home: string,
  id: string,
  { floods }: { floods?: WriterOptions } = {},
): Promise<void> {
  const source = floods ? SOURCE + writerSource(floods) : SOURCE;
  await writeFile(path.join(home, "instances", id, "data", FILE), source, { mode: 0o644 });
}

/** The same server with TLS as a program of this machine: neither Docker nor the panel is on the way. */
export async function startPlainServer(
  folder: string,
): Promise<AsyncDisposable & { port: number; tls: Tls }> {
  const servername = "plain.internal";
  const names = [servername];
  const { pem, certificate, key, serverKey } = createAuthority({ names, now: Date.now() });
  const signing = { key, publicKey: createPublicKey(serverKey) };
  const inFolder = (name: string) => path.join(folder, name);
  const [program, certFile, keyFile] = [inFolder(FILE), inFolder("cert.pem"), inFolder("key.pem")];
  await writeFile(program, SOURCE);
  await writeFile(
    certFile,
    issueLeaf(signing, { issuer: certificate.raw, names, now: Date.now() }),
  );
  await writeFile(keyFile, serverKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const argv = [program, "0", certFile, keyFile];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return {
    port: Number(line.toString()),
    tls: { ca: pem, servername },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
