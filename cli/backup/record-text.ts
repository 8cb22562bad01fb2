const MAX_LINES_IN_BLOCK = 1000;

/**
 * The text of the current record, line by line. Lines are joined into blocks, because a short text may have millions of
 * lines.
 */
export class RecordText {
  private readonly blocks = new Array<string>();
  private lines = new Array<string>();
  private characters = 0;

  /** Includes a line break after each line. */
  public get length(): number {
    return this.characters;
  }

  public get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  public get hasOneLine(): boolean {
    return this.blocks.length === 0 && this.lines.length === 1;
  }

  public get lastLine(): string {
    return this.lines.at(-1) ?? "";
  }

  public push(line: string): void {
    if (this.lines.length === MAX_LINES_IN_BLOCK) {
      this.blocks.push(this.lines.join("\n"));
      this.lines = [];
    }
    this.lines.push(line);
    this.characters += line.length + 1;
  }

  public replaceLastLine(line: string): void {
    this.characters += line.length - this.lastLine.length;
    this.lines[this.lines.length - 1] = line;
  }

  public toString(): string {
    return [...this.blocks, ...this.lines].join("\n");
  }
}
