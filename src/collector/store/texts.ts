/** Numbers for the texts of a group, most of which repeat: 0 stands for null, 1 for the first. */
export interface Texts {
  codeOf(text: string | null): number;
  all: readonly string[];
}

export function createTexts(): Texts {
  const all: string[] = [];
  const codes = new Map<string, number>();
  return {
    all,
    codeOf(text) {
      if (text === null) return 0;
      const known = codes.get(text);
      if (known !== undefined) return known;
      codes.set(text, all.push(text));
      return all.length;
    },
  };
}
