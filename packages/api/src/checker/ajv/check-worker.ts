/** The entry of a worker: checks one text after another, and keeps the schemas that it compiled. */
import { setFlagsFromString } from "node:v8";
import { parentPort } from "node:worker_threads";
import type { ConfigIssue } from "@claw/core/config-views";
import { messageOf } from "@claw/core/errors";
import { type CheckText, compileSchema } from "./compile-schema.ts";

/*
 * V8's middle compiler needs 6 GB and half a minute for the check of OpenClaw's schema, once a long
 * text has made it hot, and no limit of a worker holds for it. The flag counts for the process.
 */
setFlagsFromString("--no-maglev");

export interface CheckRequest {
  key: string;
  /** Null: sent before. */
  schema: string | null;
  text: string;
}

export type CheckAnswer =
  | { kind: "checked"; issues: ConfigIssue[] }
  | { kind: "unusable"; why: string };

const compiled = new Map<string, CheckText>();

function answerTo({ key, schema, text }: CheckRequest): CheckAnswer {
  try {
    const check = compiled.get(key) ?? compileSchema(schema ?? "");
    compiled.set(key, check);
    return { kind: "checked", issues: check(text) };
  } catch (error) {
    return { kind: "unusable", why: messageOf(error) };
  }
}

parentPort?.on("message", (request: CheckRequest) => parentPort?.postMessage(answerTo(request)));
