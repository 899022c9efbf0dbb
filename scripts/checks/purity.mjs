/** core has no clock, randomness, environment or network; the API reads process.env in one file only. */
import { walk } from "./parse.mjs";
import { isConfig, isTest } from "./project.mjs";
import { isApi, roomOf } from "./rooms.mjs";

const IMPURE_GLOBALS = new Set([
  ...["process", "fetch", "WebSocket", "EventSource", "setTimeout", "setInterval", "setImmediate"],
  ...["performance", "crypto", "document", "window", "localStorage", "navigator", "console"],
]);
const RANDOM = /^(random|getRandom|generate)/;
const ENV_FILE = "packages/api/src/config.ts";

const isMember = (node, object, property) =>
  node.type === "MemberExpression" &&
  !node.computed &&
  node.object.name === object &&
  (property === undefined || node.property.name === property);

/** Names of its own that a file binds; an identifier that it binds itself is no global. */
function ownNames(tree) {
  const names = new Set();
  const add = (pattern) =>
    walk(pattern, (node) => node.type === "Identifier" && names.add(node.name));
  walk(tree.program, (node) => {
    if (/^Import.*Specifier$/.test(node.type)) names.add(node.local.name);
    if (node.type === "VariableDeclarator") add(node.id);
    if (node.id?.name) names.add(node.id.name);
    for (const parameter of node.params ?? node.parameters ?? []) add(parameter);
  });
  return names;
}

/** A place where the name is a value, not a property name, a key or a type. */
function isReference(node, parent) {
  if (node.type !== "Identifier" || !parent) return false;
  if (parent.type === "MemberExpression" || parent.type === "OptionalMemberExpression") {
    return parent.object === node || parent.computed;
  }
  if (/^(ObjectProperty|ObjectMethod|ClassProperty|ClassMethod)$/.test(parent.type)) {
    return parent.value === node || parent.computed;
  }
  return !parent.type.startsWith("TS") || parent.expression === node;
}

function impureUse(node, parent, own) {
  if (isMember(node, "Math", "random")) return "randomness (Math.random)";
  if (isMember(node, "Date", "now")) return "the clock (Date.now)";
  if (node.type === "NewExpression" && node.callee.name === "Date" && !node.arguments.length) {
    return "the clock (new Date())";
  }
  if (node.type === "CallExpression" && node.callee.name === "Date") return "the clock (Date())";
  if (node.type === "ImportSpecifier" && RANDOM.test(node.imported.name)) {
    return parent.source.value === "node:crypto" && `randomness (${node.imported.name})`;
  }
  if (isReference(node, parent) && IMPURE_GLOBALS.has(node.name) && !own.has(node.name)) {
    return node.name;
  }
  return undefined;
}

function* coreViolations({ name, tree }) {
  const own = ownNames(tree);
  for (const [node, what] of found(tree, (n, parent) => impureUse(n, parent, own))) {
    yield { rule: "purity", file: name, line: node.loc.start.line, message: `core uses ${what}` };
  }
}

function* environmentViolations({ name, tree }) {
  for (const [node] of found(tree, (n) => isMember(n, "process", "env"))) {
    const message = `process.env is read in ${ENV_FILE} only`;
    yield { rule: "purity", file: name, line: node.loc.start.line, message };
  }
}

function found(tree, test) {
  const list = [];
  walk(tree.program, (node, parent) => {
    const what = test(node, parent);
    if (what) list.push([node, what]);
  });
  return list;
}

export function checkPurity({ files }) {
  const sources = [...files.values()].filter(({ name }) => !isTest(name) && !isConfig(name));
  return sources.flatMap((file) => {
    const room = roomOf(file.name);
    if (room === "core") return [...coreViolations(file)];
    return isApi(room) && file.name !== ENV_FILE ? [...environmentViolations(file)] : [];
  });
}
