import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { errorCode, messageOf } from "@claw/core/errors";
import { CONFIG_MAX_LENGTH, checkConfig } from "@claw/core/openclaw-config";

const FILE = "openclaw.json";

/** Syntax faults of an instance's configuration, as sentences. A missing file is no fault. */
export function checkStagedConfig(root: string): string[] {
  const file = path.join(root, "data", FILE);
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
  try {
    if (!fstatSync(fd).isFile() || fstatSync(fd).size > CONFIG_MAX_LENGTH * 4)
      return [`${FILE} is too large to be a configuration.`];
    checkConfig(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(fd)));
    return [];
  } catch (error) {
    return [`${FILE} cannot be read: ${messageOf(error)}`];
  } finally {
    closeSync(fd);
  }
}
