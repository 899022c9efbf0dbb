/** The rooms of the page, lowest first. A file may import its own room and those before it. */
import { isTest } from "./project.mjs";

const SRC = "packages/web/src/";

/** Foundations, live data, parts shared by several features, features, the frame around them. */
const WEB_ROOMS = [
  ...[
    "routes.ts",
    "search",
    "theme",
    "i18n",
    "ui",
    "preferences",
    "api",
    "forms",
    "session",
    "live",
  ],
  ...["naming", "status", "jobs", "owner", "labels", "backups", "actions", "bulk", "creation"],
  ...["config-form", "config", "templates", "rollout", "instances", "logs", "instance"],
  ...["system", "network", "dashboard", "home", "access"],
  ...["palette", "frame", "app.tsx", "main.tsx"],
];

const inWeb = (name) => name.startsWith(SRC) && !isTest(name);
/** The folder directly below src; a file directly in src is a room of its own. */
const roomOf = (name) => name.slice(SRC.length).split("/")[0];
const folderOf = (name) => name.slice(0, name.lastIndexOf("/"));

function* violationsOf(file, rooms) {
  const own = rooms.indexOf(roomOf(file.name));
  if (own < 0) {
    const message = `${roomOf(file.name)} has no place in the order of rooms (scripts/checks/web-rooms.mjs)`;
    yield { rule: "web-room", file: file.name, line: 1, message };
    return;
  }
  for (const { target, line } of file.imports) {
    if (!target || !inWeb(target) || rooms.indexOf(roomOf(target)) <= own) continue;
    const message = `${target}: ${roomOf(file.name)} lies below ${roomOf(target)} and may not import it`;
    yield { rule: "web-room", file: file.name, line, message };
  }
}

/** Folders that import each other, even within one room. */
function* mutual(files) {
  const seen = new Map();
  for (const { name, imports } of files)
    for (const { target, line } of imports) {
      if (!target || !inWeb(target) || folderOf(target) === folderOf(name)) continue;
      if (folderOf(name) === SRC.slice(0, -1) || folderOf(target) === SRC.slice(0, -1)) continue;
      seen.set(`${folderOf(name)} ${folderOf(target)}`, { file: name, line });
    }
  for (const [pair, where] of seen) {
    const [from, to] = pair.split(" ");
    if (from < to && seen.has(`${to} ${from}`)) {
      yield { rule: "web-room", ...where, message: `${from} and ${to} import each other` };
    }
  }
}

export function checkWebRooms({ files }, rooms = WEB_ROOMS) {
  const web = [...files.values()].filter(({ name }) => inWeb(name));
  return [...web.flatMap((file) => [...violationsOf(file, rooms)]), ...mutual(web)];
}
