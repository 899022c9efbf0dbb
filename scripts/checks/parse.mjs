/** A source file's imports, exports and uses of the outside world, from its syntax tree. */
import { parse as parseSource } from "@babel/parser";

/** Calls visit(node) for every node of the tree. */
function walk(node, visit) {
  if (!node || typeof node.type !== "string") return;
  visit(node);
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc" || key.endsWith("Comments")) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === "object") walk(child, visit);
    }
  }
}

function parseTree(text, name) {
  const plugins = ["typescript", ...(name.endsWith("x") ? ["jsx"] : [])];
  return parseSource(text, { sourceType: "module", plugins, sourceFilename: name });
}

const line = (node) => node.loc.start.line;
const isTypeDeclaration = (node) => /^TS(Interface|TypeAlias)Declaration$/.test(node.type);
const importOf = (node, source, kind) => ({ source, kind, line: line(node) });

function readImport(node) {
  switch (node.type) {
    case "ImportDeclaration":
      return importOf(node, node.source.value, node.importKind ?? "value");
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return node.source && importOf(node, node.source.value, node.exportKind ?? "value");
    case "ImportExpression":
      return node.source.type === "StringLiteral"
        ? importOf(node, node.source.value, "value")
        : undefined;
    case "CallExpression":
      return node.callee.type === "Import" && node.arguments[0]?.type === "StringLiteral"
        ? importOf(node, node.arguments[0].value, "value")
        : undefined;
    case "TSImportType":
      return importOf(node, (node.argument.literal ?? node.argument).value, "type");
    default:
      return undefined;
  }
}

/** A value that the file itself declares and exports; no type, no re-export. */
function exportsValue(node) {
  if (node.type === "ExportDefaultDeclaration") return true;
  if (node.type !== "ExportNamedDeclaration" || node.source) return false;
  return node.declaration ? !isTypeDeclaration(node.declaration) : node.exportKind !== "type";
}

/** The keys by which a node takes members from an object: `a.b`, `a?.["b"]`, `const { b } = a`. */
function keysTaken(node) {
  switch (node.type) {
    case "MemberExpression":
    case "OptionalMemberExpression":
      return [{ key: node.property, computed: node.computed }];
    case "ObjectPattern":
      return node.properties.filter(({ type }) => type === "ObjectProperty");
    default:
      return [];
  }
}

function* readMembers(node) {
  for (const { key, computed } of keysTaken(node)) {
    if (key.type === "StringLiteral") yield { name: key.value, line: line(key) };
    else if (key.type === "Identifier" && !computed) yield { name: key.name, line: line(key) };
  }
}

/**
 * → {imports: [{source, kind, line}], members: [{name, line}], hasCode}; members: what it takes from
 * objects; hasCode: it exports a value of its own.
 */
export function parseFile(text, name) {
  const tree = parseTree(text, name);
  const imports = [];
  const members = [];
  let hasCode = false;
  walk(tree.program, (node) => {
    const found = readImport(node);
    if (found) imports.push(found);
    members.push(...readMembers(node));
    hasCode ||= exportsValue(node);
  });
  return { imports, members, hasCode };
}
