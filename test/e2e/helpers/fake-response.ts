/** What a fake of AWS answers. */
export interface FakeResponse {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** The connection ends after so many bytes of the body. */
  readonly cutAt?: number;
}

/** An error that a fake answers instead of the usual response. */
export interface FakeError {
  readonly status: number;
  readonly code: string;
  readonly message?: string;
}

export const jsonResponse = (status: number, content: object): FakeResponse => ({
  status,
  type: "application/x-amz-json-1.1",
  body: Buffer.from(JSON.stringify(content)),
});

export const xmlResponse = (content: string, status = 200): FakeResponse => ({
  status,
  type: "application/xml",
  body: Buffer.from(content && `<?xml version="1.0" encoding="UTF-8"?>${content}`),
});
