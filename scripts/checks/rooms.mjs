/** The room of the architecture in which a file lies. */

const SEAMS = ["engine", "store", "files", "host", "gateway", "certificates", "checker"];

const API_FILES = {
  "main.ts": "main",
  "app.ts": "app",
  "server.ts": "server",
  "client.ts": "client",
  "index.ts": "index",
};

/** → "core" | "web" | "e2e" | "services" | "trpc" | "driver:engine/docker" | "interface:engine" | … */
export function roomOf(name) {
  if (name.startsWith("packages/core/src/")) return "core";
  if (name.startsWith("packages/web/")) return "web";
  if (name.startsWith("e2e/")) return "e2e";
  if (!name.startsWith("packages/api/src/")) return "outside";
  const parts = name.slice("packages/api/src/".length).split("/");
  if (parts.length === 1) return API_FILES[parts[0]] ?? "base";
  const [first, second] = parts;
  if (SEAMS.includes(first)) {
    return parts.length > 2 ? `driver:${first}/${second}` : `interface:${first}`;
  }
  return first;
}

export const isDriver = (room) => room.startsWith("driver:");
export const isInterface = (room) => room.startsWith("interface:");
export const seamOf = (room) => room.split(":")[1]?.split("/")[0];
/** Every room of packages/api/src. */
export const isApi = (room) => !["core", "web", "e2e", "outside"].includes(room);
