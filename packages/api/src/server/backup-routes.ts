import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { Backup } from "@claw/core/backup/backup";
import { DomainError, reasonOf } from "@claw/core/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AppContext } from "../context.ts";
import { admit } from "../services/access/admit.ts";
import { recordAuditEvent } from "../services/access/record-audit-event.ts";
import { DOWNLOAD_PATH, findDownload } from "../services/backup/transfer/download-backup.ts";
import { uploadBackup } from "../services/backup/transfer/upload-backup.ts";
import { UPLOAD_KEY } from "../services/runtime/upload-board.ts";
import type { BodyDeadlines } from "./body-deadlines.ts";
import { type ByteRange, byteRange } from "./byte-range.ts";
import { refuse } from "./error-answers.ts";
import { bearerOf, originOf } from "./request-context.ts";

export const UPLOAD_PATH = "/backups/upload";
export const UPLOAD_TYPE = "application/octet-stream";
/** Upload key: `backups.watchUpload` reports verification progress under it. */
const KEY_HEADER = "x-upload-key";

/** How long a refused client may keep sending before the connection is cut. */
const LINGER_MS = 10_000;

/**
 * Streams backups in and out; memory use is independent of their size.
 *
 * `GET /backups/download/<ticket>` fetches a file once. Its ETag is the file's SHA-256. An
 * interrupted download resumes under the same ticket with a Range request whose If-Range is that
 * ETag, as browsers send, up to ten minutes after the last bytes; any other second request is
 * refused. A leaked ticket is therefore useless without the hash, which only the first reader
 * received. HEAD does not consume the ticket.
 *
 * `POST /backups/upload` takes a file as its body and returns the `Backup`: 201, or 200 if the same
 * file was already listed.
 */
export async function serveBackups(
  server: FastifyInstance,
  app: AppContext,
  bodies: Pick<BodyDeadlines, "lift">,
): Promise<void> {
  server.route<{ Params: { ticket: string } }>({
    method: ["GET", "HEAD"],
    url: `${DOWNLOAD_PATH}:ticket`,
    handler: (request, reply) => download(app, request, reply),
  });

  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Leaves the body unread, so only the disk limits its size.
    scope.addContentTypeParser(UPLOAD_TYPE, async () => undefined);
    scope.post(UPLOAD_PATH, (request, reply) => upload(app, request, reply, bodies));
  });
}

async function download(
  app: AppContext,
  request: FastifyRequest<{ Params: { ticket: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { ticket } = request.params;
  const backup = await findDownload(app, ticket);
  const { size, filename } = backup;
  const etag = `"${backup.sha256}"`;
  const range = requestedRange(request, backup, etag);
  reply.headers({ "cache-control": "no-store", "accept-ranges": "bytes", etag });
  if (range === "unsatisfiable") {
    const message = `The file ends after ${size} bytes.`;
    reply.header("content-range", `bytes */${size}`);
    return refuse(reply, { code: "BAD_REQUEST", httpStatus: 416, message });
  }
  const part = range === "whole" ? { start: 0, end: size - 1 } : range;
  reply.headers({
    "content-type": "application/x-tar",
    "content-disposition": `attachment; filename="${filename}"`,
    "content-length": part.end - part.start + 1,
  });
  if (range !== "whole")
    reply.code(206).header("content-range", `bytes ${part.start}-${part.end}/${size}`);
  if (request.method === "HEAD") return reply.send();

  const continues = range !== "whole" && request.headers["if-range"] === etag;
  const { ended } = app.runtime.tickets.use(ticket, { continues });
  reply.raw.once("close", ended);
  if (reply.raw.destroyed) ended();
  const bytes = Readable.from(exactly(part, app.disk.repository.get(filename, part)), {
    objectMode: false,
  });
  // The response has started, so closing the connection is the only way to signal an error.
  bytes.once("error", (error) =>
    app.log.warn({ err: error }, `a download of ${filename} broke off`),
  );
  return reply.send(bytes);
}

/** Fails on a truncated file; otherwise the client would wait for the missing bytes. */
async function* exactly({ start, end }: ByteRange, source: AsyncIterable<Uint8Array>) {
  let left = end - start + 1;
  for await (const chunk of source) {
    left -= chunk.length;
    yield chunk;
  }
  if (left !== 0) throw new Error(`the file is ${left} bytes shorter than it was`);
}

function requestedRange({ headers }: FastifyRequest, { size }: Backup, etag: string) {
  const condition = headers["if-range"];
  return condition === undefined || condition === etag ? byteRange(headers.range, size) : "whole";
}

async function upload(
  app: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  bodies: Pick<BodyDeadlines, "lift">,
): Promise<FastifyReply> {
  // The response, even a refusal, can finish while the client is still sending.
  reply.raw.once("finish", () => void cutOff(request.raw));
  const { audit } = await admit(app, {
    action: "backups.upload",
    access: { who: "operator", does: "operate" },
    bearer: bearerOf(request.headers.authorization),
    origin: originOf(request.raw, app.runtime.network.now().trustsProxy),
    input: async () => undefined,
  });
  // From here on `watchSender` aborts stalled uploads.
  bodies.lift(request.raw);
  const length = request.headers["content-length"];
  const key = request.headers[KEY_HEADER];
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  try {
    const { backup, isNew } = await uploadBackup(app, {
      // A premature end must not close the connection: the client still needs the reason.
      body: request.raw.iterator({ destroyOnReturn: false }),
      size: length === undefined ? null : Number(length),
      key: typeof key === "string" && UPLOAD_KEY.test(key) ? key : undefined,
      signal: gone.signal,
    });
    await recordAuditEvent(app, { ...audit, object: backup.id }, "ok");
    return reply.code(isNew ? 201 : 200).send(backup);
  } catch (error) {
    await recordAuditEvent(app, audit, reasonOf(error));
    throw request.raw.destroyed && !request.raw.complete
      ? new DomainError("CANCELLED", "The upload broke off. Nothing of it was kept.", {
          cause: error,
        })
      : error;
  }
}

/** Gives a client that is still sending time to read the response, then cuts the connection. */
async function cutOff(request: IncomingMessage): Promise<void> {
  if (request.complete) return;
  request.resume();
  await Promise.race([
    once(request, "close").catch(() => undefined),
    once(AbortSignal.timeout(LINGER_MS), "abort"),
  ]);
  if (!request.complete) request.socket.destroy();
}
