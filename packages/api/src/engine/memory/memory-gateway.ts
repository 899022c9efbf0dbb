import { readFile } from "node:fs/promises";
import path from "node:path";
import { messageOf } from "@claw/core/errors";
import { parseJson5Object } from "@claw/core/json5-edit";

/** A folder of the machine, and where a container has it. */
export interface FolderMount {
  source: string;
  target: string;
}

/** The behaviour of one gateway run, derived from its configuration. */
export interface GatewayPlan {
  /** The reason for an immediate exit, or null. */
  fault: { line: string; exitCode: number } | null;
  healthy: boolean;
  /** Lines printed at the start, and per second afterwards. */
  burst: number;
  rate: number;
}

/**
 * Reads the configuration as OpenClaw does, and the switches in its text that the stub image also
 * knows (templates/image/build-stub-image.sh).
 */
export async function planGateway(mounts: readonly FolderMount[]): Promise<GatewayPlan> {
  const plan: GatewayPlan = { fault: null, healthy: true, burst: 0, rate: 0 };
  const refused = (line: string): GatewayPlan => ({ ...plan, fault: { line, exitCode: 78 } });
  const mount = mounts.find((mount) => mount.target === "/home/node/.openclaw");
  if (!mount) return refused("Missing config. Run `openclaw setup` or set gateway.mode=local.");
  let text: string;
  try {
    text = await readFile(path.join(mount.source, "openclaw.json"), "utf8");
    parseJson5Object(text);
  } catch (error) {
    return refused(`Gateway failed to start: ${messageOf(error)}`);
  }
  if (text.includes("STUB_INVALID")) return refused("Gateway failed to start: Invalid config");
  if (text.includes("STUB_CRASH"))
    return { ...plan, fault: { line: "Gateway failed: STUB_CRASH", exitCode: 1 } };
  return {
    fault: null,
    healthy: !text.includes("STUB_UNHEALTHY"),
    burst: numberOf(text, "STUB_LOG_BURST"),
    rate: numberOf(text, "STUB_LOG_RATE"),
  };
}

function numberOf(text: string, name: string): number {
  return Number(new RegExp(`${name}:(\\d+)`).exec(text)?.[1] ?? 0);
}
