/** Each test that a document names as proof must exist: its file, and its title or a part of it. */
/** Excludes names that stand for all files with that ending, as `.docker.test.ts`. */
const TEST_FILE = /^[^.].*\.(test|contract|soak)\.(ts|tsx|mjs)$/;
/** A code span or a quotation, possibly across a line break. */
const TOKEN = /`([^`\n]+)`|"([^"]+)"/g;
const LITERAL = /"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g;
/** Placeholders in titles for values of a table or of the test itself. */
const PLACEHOLDER = /%[sdijfo]|\$\{[^}]*\}|\$[\w.]+/;

/**
 * Parts of a document to which the last named file applies: a list item with its children, a table.
 */
function blocksOf(text) {
  const blocks = [];
  let start = true;
  text.split("\n").forEach((line, index) => {
    const isRow = line.startsWith("|");
    const goesOn = isRow ? blocks.at(-1)?.isTable : /^\s+\S/.test(line) && !start;
    if (goesOn) blocks.at(-1).text += `\n${line}`;
    else blocks.push({ text: line, line: index + 1, isTable: isRow });
    start = line.trim() === "";
  });
  return blocks;
}

/**
 * True when `quoted` is part of a title, also as the reporter writes it, with values in place of
 * the placeholders: then it begins with the title's first words, at least two, since a word such as
 * "o" in `o${n}` begins half of all sentences.
 */
function isTitle(quoted, literal) {
  if (literal.includes(quoted)) return true;
  const [first, ...rest] = literal.split(PLACEHOLDER).filter((part) => part.trim() !== "");
  const isTemplate = PLACEHOLDER.test(literal) && first !== undefined;
  if (!isTemplate || !quoted.startsWith(first.trimStart())) return false;
  return first.trim().includes(" ") || rest.some((part) => quoted.includes(part));
}

const literalsOf = (text) =>
  [...text.matchAll(LITERAL)].map(([, double, back]) =>
    (double ?? back).replaceAll('\\"', '"').replaceAll("\\n", "\n"),
  );

/** The test file that a document names, by its path or a unique ending, preferably in `folder`. */
function fileOf(code, folder, tests) {
  const inFolder = folder && `${folder.replace(/\/$/, "")}/${code}`;
  const whole = [inFolder, code].find((name) => tests.has(name));
  if (whole) return whole;
  const ending = [...tests.keys()].filter((name) => name.endsWith(`/${code}`));
  return ending.length === 1 ? ending[0] : undefined;
}

/** documents: Map of name → text; tests: Map of file name (with "/") → text of every test. */
export function checkNamedTests(documents, tests) {
  const violations = [];
  for (const [file, text] of documents) {
    let folder = "";
    for (const block of blocksOf(text)) {
      const within = /All in `([^`]+)`|^- `([^`]+\/)`:/.exec(block.text);
      if (within) folder = within[1] ?? within[2];
      else if (block.text.startsWith("#")) folder = "";
      let named;
      for (const { 1: code, 2: quoted, index } of block.text.matchAll(TOKEN)) {
        const line = block.line + block.text.slice(0, index).split("\n").length - 1;
        const broken = (message) => violations.push({ rule: "named-tests", file, line, message });
        if (code !== undefined && TEST_FILE.test(code)) {
          named = fileOf(code, folder, tests);
          if (!named) broken(`there is no test file ${code}`);
        }
        if (quoted === undefined || named === undefined) continue;
        const title = quoted.replaceAll(/\s+/g, " ");
        if (!literalsOf(tests.get(named)).some((literal) => isTitle(title, literal)))
          broken(`${named} has no test "${title}"`);
      }
    }
  }
  return violations;
}

/** The tests of a project, as `checkNamedTests` takes them. */
export function testsOf({ files }) {
  const tests = [...files.values()].filter(({ name }) => TEST_FILE.test(name));
  return new Map(tests.map(({ name, text }) => [name, text]));
}
