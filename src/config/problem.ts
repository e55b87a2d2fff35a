/** Something wrong with the configuration, where it stands in the data. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A finding with its place in the file. `line` and `column` begin at 1; `path` reads like `devices[2].link.port`. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Empty when the file as a whole is meant. */
  readonly path: string;
  readonly message: string;
}

export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = String(key);
    if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** One line a problem: `file:line: path: message`. */
export function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ file, line, path, message }) => [`${file}:${line}`, ...(path === '' ? [] : [path]), message].join(': '))
    .join('\n');
}
