/** Starts a program by its path and argument list (never through a shell) and waits for its end. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Sentence } from "./words.mjs";

/**
 * Resolves at the end with {code, signal, output}. `output` holds stdout and stderr unless stdio is
 * given. Rejects only when the program cannot be started.
 */
export async function run(file, args, { stdio, ...options } = {}) {
  const child = spawn(file, args, {
    stdio: stdio ?? ["ignore", "pipe", "pipe"],
    windowsHide: true,
    ...options,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk) => {
      output += chunk;
    });
  }
  const [code, signal] = await once(child, "close");
  return { code, signal, output };
}

/** Runs to the end; throws a Sentence with the last lines of output when it fails. */
export async function mustRun(what, file, args, options) {
  const { code, signal, output } = await run(file, args, options);
  if (code === 0) return output;
  const tail = output.trimEnd().split("\n").slice(-20).join("\n");
  throw new Sentence(`${what}: failed (${signal ?? `exit code ${code}`})\n${tail}`);
}
