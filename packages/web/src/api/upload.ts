import type { Backup } from "@claw/core/backup/backup";
import { TRPCClientError } from "@trpc/client";
import { isProxyLimit, ProxyLimit } from "./proxy-limit.ts";

export interface UploadOptions {
  /** Under which `backups.watchUpload` tells how far the panel has verified it. */
  key: string;
  signal: AbortSignal;
  /** Bytes that are on their way. */
  onProgress: (bytes: number) => void;
}

export interface Uploaded {
  backup: Backup;
  /** The panel had no file of the same bytes. */
  isNew: boolean;
}

/** Sends a file to the panel; rejects with the panel's error, or with what `signal` says. */
export type Upload = (file: File, options: UploadOptions) => Promise<Uploaded>;

/** An XMLHttpRequest, because `fetch` does not tell how far a body has been sent. */
export function createUpload(origin: string, token: () => string | null): Upload {
  return (file, { key, signal, onProgress }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const value = token();
      request.open("POST", `${origin}/backups/upload`);
      request.setRequestHeader("content-type", "application/octet-stream");
      request.setRequestHeader("x-upload-key", key);
      if (value !== null) request.setRequestHeader("authorization", `Bearer ${value}`);
      const abort = () => request.abort();
      signal.addEventListener("abort", abort);
      request.upload.onprogress = (event) => onProgress(event.loaded);
      request.onload = () => {
        const answer = parse(request.responseText);
        if (request.status === 200 || request.status === 201)
          resolve({ backup: answer as Backup, isNew: request.status === 201 });
        else reject(asPanelError(answer, request));
      };
      request.onerror = () => reject(TRPCClientError.from(new TypeError("Failed to send.")));
      request.onabort = () => reject(signal.reason);
      request.onloadend = () => signal.removeEventListener("abort", abort);
      request.send(file);
    });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The panel's streaming routes answer errors as its procedures do. */
function asPanelError(answer: unknown, request: XMLHttpRequest): unknown {
  if (answer !== null && typeof answer === "object" && "error" in answer)
    return TRPCClientError.from(answer as Parameters<typeof TRPCClientError.from>[0]);
  if (isProxyLimit(request.status, null)) return TRPCClientError.from(new ProxyLimit());
  return new Error("The panel's answer cannot be read.");
}
