import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

const MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

/** A registry on the loopback address with one image of one small layer. */
export class FakeRegistry implements AsyncDisposable {
  readonly #server: Server;
  readonly #blobs = new Map<string, Buffer>();

  constructor() {
    const layer = Buffer.concat([tarFile("hello.txt", "hello\n"), Buffer.alloc(1024)]);
    const config = Buffer.from(
      JSON.stringify({
        architecture: process.arch === "arm64" ? "arm64" : "amd64",
        os: "linux",
        config: { Cmd: ["/hello"], Labels: { "claw.test": "1" } },
        rootfs: { type: "layers", diff_ids: [digestOf(layer)] },
        history: [{ created_by: "test" }],
      }),
    );
    const packed = gzipSync(layer);
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: {
          mediaType: "application/vnd.docker.container.image.v1+json",
          size: config.length,
          digest: this.#add(config),
        },
        layers: [
          {
            mediaType: "application/vnd.docker.image.rootfs.diff.tar.gzip",
            size: packed.length,
            digest: this.#add(packed),
          },
        ],
      }),
    );
    this.#blobs.set("1.0", manifest).set(digestOf(manifest), manifest);
    this.#server = createServer((request, response) => {
      const [, name] = /^\/v2\/claw-test\/(?:manifests|blobs)\/(.+)$/.exec(request.url ?? "") ?? [];
      if (request.url === "/v2/") return void response.writeHead(200).end("{}");
      const blob = name === undefined ? undefined : this.#blobs.get(name);
      if (!blob)
        return void response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
      const isManifest = request.url?.includes("/manifests/");
      response.writeHead(200, {
        "content-type": isManifest ? MANIFEST : "application/octet-stream",
        "content-length": blob.length,
        "docker-content-digest": digestOf(blob),
      });
      response.end(request.method === "HEAD" ? undefined : blob);
    });
  }

  /** Resolves with the image's reference. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}/claw-test:1.0`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
  }

  #add(blob: Buffer): string {
    const digest = digestOf(blob);
    this.#blobs.set(digest, blob);
    return digest;
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** One file in tar format: a header with a checksum, and the content in blocks of 512. */
function tarFile(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  const size = Buffer.byteLength(content);
  header.write(name, 0);
  header.write("0000644\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(size / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}
