/** Characters that would break a log line or a terminal, and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Invisible characters that reorder the text around them. */
const TURNING = /\p{Bidi_Control}/u;
const VISIBLE = /[^\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

export type NameProblem = "empty" | "long" | "control" | "turning";

/** Why a name is refused; null for 1 to `longest` characters (code points) of any script, trimmed. */
export function nameProblem(text: string, longest = 64): NameProblem | null {
  if (text.length > 1024) return "long";
  const name = text.trim();
  if (!VISIBLE.test(name)) return "empty";
  if ([...name].length > longest) return "long";
  if (UNPRINTABLE.test(name)) return "control";
  return TURNING.test(name) ? "turning" : null;
}

/** The sentence for each problem; `subject` is `The name`, `A tag` and so on. */
export function nameSentences(subject: string, longest: number): Record<NameProblem, string> {
  return {
    empty: `${subject} must not be empty.`,
    long: `${subject} must be 1 to ${longest} characters long.`,
    control: `${subject} must not contain control characters or line breaks.`,
    turning: `${subject} must not contain invisible marks that turn the direction of writing, such as U+202E; Arabic and Hebrew need none.`,
  };
}
