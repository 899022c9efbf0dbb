import type { Backup } from "@claw/core/backup/backup";
import { TRPCClientError } from "@trpc/client";
import { isProxyLimit, ProxyLimit } from "./proxy-limit.ts";

export interface UploadOptions {
  /** The id under which `backups.watchUpload` reports the panel's verification. */
  key: string;
  signal: AbortSignal;
  /** Bytes sent so far. */
  onProgress: (bytes: number) => void;
}

export interface Uploaded {
  backup: Backup;
  /** The panel had no identical file. */
  isNew: boolean;
}

/** Sends a file to the panel; rejects with the panel's error, or with the reason of `signal`. */
export type Upload = (file: File, options: UploadOptions) => Promise<Uploaded>;

/** An XMLHttpRequest, because `fetch` does not report upload progress. */
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

/** The panel's streaming routes report errors as its procedures do. */
function asPanelError(answer: unknown, request: XMLHttpRequest): unknown {
  if (answer !== null && typeof answer === "object" && "error" in answer)
    return TRPCClientError.from(answer as Parameters<typeof TRPCClientError.from>[0]);
  if (isProxyLimit(request.status, null)) return TRPCClientError.from(new ProxyLimit());
  return new Error("The panel's answer cannot be read.");
}
