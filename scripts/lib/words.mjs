/** The scripts' messages in English and Simplified Chinese, chosen by the system's language. */

const chinese = Intl.DateTimeFormat().resolvedOptions().locale.startsWith("zh");

/**
 * Chooses one of two texts; the environment's LANG overrides the system's setting when it names
 * Chinese.
 */
export function text(en, zh, env = process.env) {
  const lang = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return (lang ? /^zh/i.test(lang) : chinese) ? zh : en;
}

export const say = (en, zh = en) => process.stdout.write(`${text(en, zh)}\n`);
export const warn = (en, zh = en) => process.stderr.write(`${text(en, zh)}\n`);

/** An error that the user can act on: printed as its sentence, without a stack. */
export class Sentence extends Error {
  constructor(en, zh = en) {
    super(text(en, zh));
    this.name = "Sentence";
  }
}

/** Prints an error that ends a script: a Sentence as such, anything else with its stack. */
export function explain(error) {
  process.stderr.write(`${error instanceof Sentence ? error.message : (error?.stack ?? error)}\n`);
}
