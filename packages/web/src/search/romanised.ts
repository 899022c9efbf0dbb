const HAN = /\p{Script=Han}/u;

/** The romanized forms of each Chinese name, for search: 张三 → "zhangsan zs". */
export async function romaniseNames(
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const chinese = names.filter((name) => HAN.test(name));
  if (chinese.length === 0) return new Map();
  const { pinyin } = await import("pinyin-pro");
  return new Map(
    chinese.map((name) => {
      const syllables = pinyin(name, { toneType: "none", type: "array", surname: "head", v: true });
      return [name, `${syllables.join("")} ${syllables.map((one) => one[0]).join("")}`];
    }),
  );
}
