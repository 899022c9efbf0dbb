/** The content of a pasted line, unchecked. */
export interface PastedLine {
  /** Counted from 1, as in editors. */
  number: number;
  text: string;
  /** Missing when the line is only a name. */
  id: string | undefined;
  name: string;
  /** The owner: a third column, where lines may have one. */
  owner?: string;
  /** More columns than expected. */
  surplus: boolean;
}

export type IsUser = (word: string) => boolean;

const ID = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
/** Text meant as an id, valid or not. */
const LIKE_AN_ID = /^[\w.-]+$/;
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

/**
 * Lines such as `zhangsan 张三`, with columns separated by tabs (spreadsheets), else commas, else
 * spaces. A single column is a name. Skips empty lines and a heading `id, …`. With `isUser`, a third
 * column is a user name; separated by spaces, only a word for which `isUser` returns true.
 */
export function parseLines(text: string, isUser?: IsUser): PastedLine[] {
  return text
    .split(/\r\n?|\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== "")
    .map(({ line, number }) => ({ number, text: line, columns: columnsOf(line, isUser) }))
    .filter(({ columns }, index) => index > 0 || !isHeading(columns))
    .map(({ number, text: line, columns }) => {
      const [first = "", second, third] = columns;
      const surplus = columns.length > (isUser ? 3 : 2);
      const owner = isUser && third ? { owner: third.toLowerCase() } : {};
      if (second === undefined) return { number, text: line, id: undefined, name: first, surplus };
      // A table may also begin with the name.
      const swapped = !ID.test(first) && ID.test(second) && !LIKE_AN_ID.test(first);
      const [id, name] = swapped ? [second, first] : [first, second];
      return { number, text: line, id: id === "" ? undefined : id, name, ...owner, surplus };
    });
}

function columnsOf(line: string, isUser?: IsUser): string[] {
  for (const separator of [/\t/, /[,，]/]) {
    if (separator.test(line)) {
      const columns = line.split(separator).map(unquoted);
      while (columns.at(-1) === "") columns.pop();
      return columns;
    }
  }
  const [, first = "", rest = ""] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
  // "Carla Díaz" is a name; "carla Díaz" and "Carla_1 卡拉" are an id and a name.
  const isId = ID.test(first) || (LIKE_AN_ID.test(first) && OTHER_SCRIPT.test(rest));
  if (!isId || rest === "") return [unquoted(line)];
  const [, name, last] = /^(.*\S)\s+(\S+)$/.exec(rest) ?? [];
  return name && last && isUser?.(last) ? [first, name, last] : [first, rest.trim()];
}

function isHeading(columns: readonly string[]): boolean {
  return columns.length > 1 && columns[0]?.toLowerCase() === "id";
}

const unquoted = (column: string) =>
  column
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .trim();
