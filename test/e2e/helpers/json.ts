/** A JSON value with typed access: what is not there, or not of the type asked for, is an error with its path. */
export class Json {
  public constructor(
    public readonly value: unknown,
    private readonly path = "$",
  ) {}

  public static parse(text: string): Json {
    const value: unknown = JSON.parse(text);
    return new Json(value);
  }

  public at(...keys: readonly (string | number)[]): Json {
    return keys.reduce<Json>((json, key) => {
      const entry = new Map<string, unknown>(Object.entries(json.object)).get(String(key));
      if (entry === undefined) {
        throw new Error(`${json.path} has no ${key}: ${JSON.stringify(json.value)}`);
      }
      return new Json(entry, `${json.path}.${key}`);
    }, this);
  }

  public has(key: string): boolean {
    return Object.hasOwn(this.object, key);
  }

  public get keys(): string[] {
    return Object.keys(this.object);
  }

  public get list(): Json[] {
    if (!isList(this.value)) {
      throw this.isNot("a list");
    }
    return this.value.map((entry, index) => new Json(entry, `${this.path}.${index}`));
  }

  public get text(): string {
    if (typeof this.value !== "string") {
      throw this.isNot("a text");
    }
    return this.value;
  }

  private get object(): object {
    if (typeof this.value !== "object" || this.value === null) {
      throw this.isNot("an object or a list");
    }
    return this.value;
  }

  private isNot(type: string): Error {
    return new Error(`${this.path} is not ${type}: ${JSON.stringify(this.value)}`);
  }
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
