/** What the scripts tell a person, in English and Simplified Chinese, picked by the system's language. */

const chinese = Intl.DateTimeFormat().resolvedOptions().locale.startsWith("zh");

/** Pick one of two texts; the environment's LANG wins over the system's setting when it names Chinese. */
export function text(en, zh, env = process.env) {
  const lang = env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return (lang ? /^zh/i.test(lang) : chinese) ? zh : en;
}

export const say = (en, zh = en) => process.stdout.write(`${text(en, zh)}\n`);
export const warn = (en, zh = en) => process.stderr.write(`${text(en, zh)}\n`);

/** An error a person can act on: it is printed as its sentence, without a stack. */
export class Sentence extends Error {
  constructor(en, zh = en) {
    super(text(en, zh));
    this.name = "Sentence";
  }
}

/** Print an error that ends a script: a Sentence as such, anything else with its stack. */
export function explain(error) {
  process.stderr.write(`${error instanceof Sentence ? error.message : (error?.stack ?? error)}\n`);
}
