import { isDeviceId } from "@claw/core/instance";

const MAX_LENGTH = 40;
const HAN = /\p{Script=Han}/u;

/**
 * An id for a display name: lower-case ASCII letters, digits and hyphens, Chinese in pinyin (张三 →
 * zhangsan), not one of `taken`. Empty when nothing in the name fits an id.
 */
export async function proposeId(name: string, taken: ReadonlySet<string>): Promise<string> {
  const latin = HAN.test(name) ? await romanise(name) : name;
  const base = latin
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, "");
  if (base === "") return "";
  if (!taken.has(base) && !isDeviceId(base)) return base;
  for (let number = 2; ; number += 1) {
    const suffix = `-${number}`;
    const candidate = base.slice(0, MAX_LENGTH - suffix.length).replace(/-+$/, "") + suffix;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Keeps words apart; joins the syllables of one word. */
async function romanise(name: string): Promise<string> {
  const { pinyin } = await import("pinyin-pro");
  return name.replace(/\p{Script=Han}+/gu, (word) =>
    pinyin(word, { toneType: "none", type: "array", surname: "head", v: true }).join(""),
  );
}
