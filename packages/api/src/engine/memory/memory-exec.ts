import type { ExecResult, RunOptions } from "../engine.ts";

/** Every provider answers, with whatever key. */
const PROBED = JSON.stringify({ auth: { probes: { results: [{ status: "ok" }] } } });

/** The answers of the `openclaw` commands that the panel runs, reduced to what it reads. */
export function memoryExec(
  argv: readonly string[],
  sees: (file: string) => boolean = () => true,
): ExecResult {
  const command = argv.slice(1, 3).join(" ");
  // The check for a file that the panel has put into the data folder.
  if (argv[0] === "sh" && argv[3]?.startsWith("/"))
    return { exitCode: sees(argv[3]) ? 0 : 1, stdout: "", stderr: "" };
  // The probe of the gateway's endpoints, which answer while the container is up.
  if (argv[0] === "sh") return { exitCode: 0, stdout: "", stderr: "" };
  if (argv[0] !== "openclaw") return { exitCode: 127, stdout: "", stderr: `${argv[0]}: not found` };
  if (command === "config validate")
    return { exitCode: 0, stdout: '{"valid":true,"warnings":[]}\n', stderr: "" };
  if (command === "models status") return { exitCode: 0, stdout: `${PROBED}\n`, stderr: "" };
  if (command === "models set") return { exitCode: 0, stdout: "", stderr: "" };
  if (argv[1] === "onboard") return { exitCode: 0, stdout: "{}\n", stderr: "" };
  return { exitCode: 2, stdout: "", stderr: `the memory engine has no command ${command}` };
}

/** The answers of those that run in a container of their own. */
export function memoryRun(
  argv: readonly string[],
  { env, files }: Pick<RunOptions, "env" | "files">,
  { configSchema, providers }: { configSchema?: object; providers?: object },
): ExecResult {
  const command = argv.slice(0, 3).join(" ");
  if (configSchema && command === "openclaw config schema")
    return { exitCode: 0, stdout: `${JSON.stringify(configSchema, null, 2)}\n`, stderr: "" };
  if (
    command === "openclaw config validate" &&
    files?.[env?.OPENCLAW_CONFIG_PATH ?? ""]?.includes("STUB_INVALID")
  )
    return { exitCode: 1, stdout: `${JSON.stringify(STUB_INVALID)}\n`, stderr: "" };
  // The panel has one program for an image's Node.
  if (providers && argv[0] === "node")
    return { exitCode: 0, stdout: JSON.stringify(providers), stderr: "" };
  return memoryExec(argv);
}

/** As the stub image says it. */
const STUB_INVALID = { valid: false, issues: [{ path: "gateway", message: "STUB_INVALID" }] };
