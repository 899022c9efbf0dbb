/** Terminal colour sequences. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences begin with ESC
const COLOUR = /\u001b\[[0-9;]*m/g;
const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})\s+/;

/**
 * Prefixes with which the gateway, Node.js and the loader name the cause of an exit (OpenClaw
 * 2026.9.6).
 */
const LEADS =
  /^(?:\[[\w/-]+\]\s+)?(?:Gateway failed to start|Gateway start blocked|Refusing to |Missing config|Invalid config|Uncaught |Unhandled |FATAL|panic:|(?:\w*Error)\b)/i;
/** Advice for a shell that the reader does not have. */
const ADVICE = /^(?:Run "|Re-run |If startup is still blocked|Config write audit|Set OPENCLAW_)/;
const STACK = /^\s+at /;

/** The maximum number of details in a sentence. */
const MOST_DETAILS = 4;
const MOST_CHARACTERS = 400;

/**
 * The cause of an exit, taken from a program's last lines; lines that name a cause take precedence
 * over sentences about it. Null when it wrote nothing.
 */
export function complaintOf(lines: readonly string[]): string | null {
  const written = lines.map((line) => line.replace(COLOUR, "").trimEnd());
  const leadAt = written.findLastIndex((line) => LEADS.test(line.replace(TIME, "")));
  const lead = written[leadAt]?.replace(TIME, "");
  if (lead === undefined) return lastWords(written);
  const details = lead.endsWith(":") ? detailsAfter(written, leadAt) : [];
  return shortened(details.length > 0 ? details.join("; ") : lead);
}

/** Lines without a timestamp continue the line above. */
function detailsAfter(lines: readonly string[], at: number): string[] {
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => TIME.test(line) || ADVICE.test(line) || STACK.test(line));
  return (end < 0 ? rest : rest.slice(0, end))
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, MOST_DETAILS);
}

function lastWords(lines: readonly string[]): string | null {
  const last = lines
    .map((line) => line.replace(TIME, "").trim())
    .findLast((line) => line !== "" && !ADVICE.test(line));
  return last === undefined ? null : shortened(last);
}

const shortened = (text: string) =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
